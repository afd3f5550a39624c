-- An invented accord about a dam: North holds the water, South has the power line.

pact river-accord "Accord on the Long River"
clock UTC

instrument river "Accord on the Long River" adopted 2014-03-01

party north "North"
party south "South"

-- A body is set up, or not yet. Claims of kind "body" with its name report it.
body commission "River commission"

kind power.sent         "electricity sent over the line"     counts gigawatt-hour
kind water.released     "water released at the dam"          counts hectometre
kind gates.opened       "flood gates opened"
kind warning.sent       "warning sent downstream"
kind inspection.allowed "inspection of the dam allowed"      counts inspection
kind drought.declared   "drought declared at the gauge"

-- ESTABLISH: claims that only plan or expect a body do not count.
provision commission-seated "article 1"
  paraphrase "Within thirty days the two have a river commission at work."
  north, south must establish commission
  within 30 days

-- MATCH: at every moment, what was returned is compared with what is due by then. The balance runs on for good.
provision water-for-power "article 2"
  paraphrase "For every ten gigawatt-hours that South sends, North releases three cubic hectometres."
  north must match 3 water.released for each 10 power.sent by south
  assume within 2 days "the accord says without delay; the water needs a day to come down"

-- WHENEVER: one instance each time. Two openings are two duties, each with its own deadline.
provision flood-warning "article 3"
  paraphrase "Each time North opens the flood gates it warns South within six hours."
  north must deliver 1 warning.sent to south
  whenever gates.opened by north
  within 6 hours

-- WATCH: where the watched source has not yet reported, a missing inspection is no breach but awaits reports.
provision inspections "article 4"
  paraphrase "North allows one inspection of the dam a week."
  north must keep inspection.allowed at least 1 per week
  when established commission
  watch inspection.allowed by commission-office complete after 3 days

-- MAY: a power. A claim whose event kind is the name of the power reports that it was used.
provision drought-pause "article 5"
  paraphrase "While the gauge shows drought North may suspend the exchange."
  north may suspend water-for-power
  when drought.declared

provision drought-end "article 5"
  paraphrase "North takes the exchange up again when it can."
  north may resume water-for-power
  when drought.declared
