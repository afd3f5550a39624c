pact plan "The plan"
clok UTC
instrument first "The first instrument" adopted 2025-13-10
instrument second "The second instrument" adopted 2025-10-10 supersedes frist
party north "The North"
party north "The North again"
party south “The South”
party 2nd "The second"
kind truck "trucks" counts truck
kind prisoner prisoners
kind parade "parades"
number quota 600 since 2026-01-01 "later", 500 since 2025-01-01 "earlier"
milestone calm when calm

provision aid "point 7"
  north must keep truk at least 4,200 per week
  within 3 months
  tolerance 7 day in 7
  when truck and calm or accepted

provision release "point 4"
  quote "all prisoners"
  nroth must deliver 20 prisoner
  witin 72 hours
  watch prisoner by counter

provision quiet "point 1
  quote "no fire"
within 72 hours
  by 2025-02-20 25:00
