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

instrument second "The second" adopted 2025-11-01

provision aid "point 7"
  quote "words"
  north must deliver 5 prisoner
  within 72 hours

provision aid "point 7"
  quote "words"
  north must deliver 5 prisoner
  within 72 hours

instrument third "The third" adopted 2025-12-01

provision aid "point 7"
  quote "words"
  north must deliver 5 prisoner
  within 72 hours
