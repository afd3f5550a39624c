pact plan "The plan"
clock UTC
instrument first "The first instrument" adopted 2025-10-10
party north "The North"
party south "The South"
body board "The board"
kind prisoner "prisoners"
kind truck "trucks" counts truck
kind fire "shots"
kind accepted "acceptance"
zone strip "strip.geojson"
number quota 600 since 2025-10-10 "point 7"
milestone calm when accepted

provision base "point 1"
  quote "words"
  south must not prisoner, truck, fire

provision a "point 7"
  quote "words"
  north must deliver -5 prisoner
  within 72 hours

provision b "point 7"
  quote "words"
  north must deliver 1.2345 prisoner
  no deadline

provision c "point 7"
  quote "words"
  north must deliver 4,5 prisoner
  no deadline

provision d "point 7"
  quote "words"
  north must deliver 99999999999999 prisoner
  no deadline

provision e "point 7"
  quote "words"
  north must match 1 truck for each 0 prisoner by south
