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
  north must delivr 5 prisoner

provision b "point 7"
  quote "words"
  north must

provision c "point 7"
  quote "words"
  north may cancel a

provision d "point 7"
  quote "words"
  must not fire

provision e "point 7"
  quote "words"
  north must keep truck atleast 5 per day

provision f "point 7"
  quote "words"
  north must keep truck at least 5 per month

provision g "point 7"
  quote "words"
  north must match 5 truck for 1 prisoner
