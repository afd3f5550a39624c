-- An invented agreement of five promises. One clause a line; "--" begins a comment.

pact two-valleys "Accord of the Two Valleys"
clock UTC

-- What was signed, and when. Its provisions do not exist before that day.
instrument accord "Accord of the Two Valleys" adopted 2019-03-01

-- Who may owe something. Each party is also an actor in actors.toml.
party upper "Upper Valley"
party lower "Lower Valley"

-- What can happen. "counts" says that occurrences have an amount, and of what.
kind ceasefire.start  "the guns fall silent"
kind detainee.freed   "detainee set free"             counts person
kind shooting         "shooting at the other valley"  counts shot
kind flour.delivered  "sack of flour let through"     counts sack
kind road.mined       "mine laid on the pass road"
kind road.cleared     "pass road cleared of mines"

-- A named condition, to be written once and used often.
milestone silence when ceasefire.start

-- DELIVER: so many of something, once.
provision detainees "article 1"
  paraphrase "Upper frees all forty people of Lower within three days of the silence."
  upper must deliver 40 detainee.freed to lower
  when silence
  within 72 hours
  -- The sentence "within three days" allows two readings. The written one counts exact hours; this one counts civil days.
  reading "three civil days" within 3 calendar days

-- NOT: never, as long as the promise binds. Two obligors, so two instances: each answers for itself.
provision no-shooting "article 2"
  paraphrase "Neither valley fires at the other."
  upper, lower must not shooting
  when silence

-- KEEP: so much in every civil week. One missed week in four is tolerated.
provision flour "article 3"
  paraphrase "Upper lets two hundred sacks of flour a week through the pass, with one poor week in four forgiven."
  upper must keep flour.delivered at least 200 per week
  when silence
  tolerance 1 week in 4
  -- The mission's silence means something: two days after a week's end its report would be there.
  watch flour.delivered by mission complete after 2 days

provision no-mines "article 4"
  paraphrase "Nobody mines the pass road."
  upper, lower must not road.mined
  when silence

-- A duty that starts when another is broken.
provision clearance "article 4"
  paraphrase "If the road is mined all the same, Upper clears it soon."
  upper must deliver 1 road.cleared
  if breached no-mines
  assume within 14 days "the accord says soon; clearing the road took two weeks before"
