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

number toll 5 since 2026-01-01 "b", 4 since 2025-01-01 "a", 6 since 2025-01-01 "c"
