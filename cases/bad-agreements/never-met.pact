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
  north must deliver 5 prisoner
  by 2025-01-01

provision b "point 7"
  quote "words"
  north must keep truck at least 10 per day
  tolerance 3 day in 2

provision c "point 7"
  quote "words"
  north must keep truck at least 0 per day
  tolerance 0 day in 2

provision d "point 7"
  quote "words"
  north must not fire
  when count truck at least 0
  until 2025-01-01

provision e "point 7"
  quote "words"
  north must not fire
  when 2026-01-01
  until 2025-12-01
