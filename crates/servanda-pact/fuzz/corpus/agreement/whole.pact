pact accord "The river accord"
clock UTC

instrument accord "River accord" adopted 2025-10-10

party north  "The North"
party south  "The South"
body council  "The council of the river"

kind prisoner.north  "prisoners held by the North, returned"  counts person
kind prisoner.south  "prisoners held by the South, returned"  counts person
kind truck.entered   "trucks that entered"                    counts truck
kind shelling        "shells fired across the river"
kind accepted        "public acceptance by both sides"

zone strip  "strip.geojson"
number quota  600 since 2025-10-10 "article 7", 700 since 2026-01-01 "annex B"
milestone calm  when accepted and 3 days after 2025-10-12

provision prisoners  "article 4"
  quote "within seventy-two hours all prisoners shall be returned"
  north must deliver 20 prisoner.north to south
  when    accepted
  within  72 hours
  reading "days of the calendar" within 3 calendar days

provision answer     "article 5"
  paraphrase "for each prisoner fifteen are returned"
  south must match 15 prisoner.south for each 1 prisoner.north by north
  assume  within 5 days  "the text sets no deadline"

provision quiet      "article 1"
  quote "both sides cease all fire"
  north, south must not shelling in strip
  when    calm
  until   fulfilled prisoners

provision aid        "article 7"
  quote "at least six hundred trucks a day"
  north must keep truck.entered at least quota per day in strip
  when       accepted
  tolerance  1 day in 7
  watch      truck.entered by counter complete after 3 days

provision council    "article 9"
  quote "the council shall take up its work"
  north, south must establish council as operational
  by      2026-01-01

provision halt       "article 12"
  quote "in case of breach the other side may suspend deliveries"
  south may suspend aid
  if      breached quiet
