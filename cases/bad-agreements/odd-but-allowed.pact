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

kind parade "parades"

provision a "1"
  north must deliver 5 prisoner, 6 prisoner
  while accepted

provision b "2"
  quote "q"
  paraphrase "p"
  north, north must not fire
  unless fire by south
  within 72 hours
  tolerance 1 day in 7
  watch truck by counter complete after 3 days

provision c "3"
  quote "q"
  south must match 2 prisoner for each 1 prisoner
  reading "same" south must match 2 prisoner for each 1 prisoner
  reading "other" no deadline
  reading "other" within 5 days

provision d "4"
  quote "q"
  north must keep truck at least 600 per week
  tolerance 1 day in 7

provision e "5"
  quote "q"
  within 72 hours
