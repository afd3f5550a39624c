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

provision aid "point 7"
  quote "words"
  north must not fire
  when accepted and calm or 2025-11-01
