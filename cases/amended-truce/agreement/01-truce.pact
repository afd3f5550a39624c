-- The first text of an invented truce over a harbour.

pact amended-truce "Truce of the Harbour"
clock UTC

instrument truce "Truce of the Harbour" adopted 2004-01-05

party harbour "Harbour authority"
party hills   "Hill council"

kind shelling       "shelling"
kind convoy.passed  "convoy let through to the hills"  counts convoy
kind prisoner.freed "prisoner set free"                counts person
kind port.opened    "inner port opened"

-- A DATED NUMBER: each value holds from its day, with where it comes from. A week is measured by the value in force then,
-- so that the decision of February does not turn January's weeks into breaches.
number weekly-convoys 10 since 2004-01-05 "truce, article 2", 15 since 2004-02-02 "decision 4 of the joint committee"

provision no-shelling "truce, article 1"
  paraphrase "Neither side shells the other."
  harbour, hills must not shelling

provision convoys "truce, article 2"
  paraphrase "The harbour lets ten convoys a week through; the joint committee may raise the number."
  harbour must keep convoy.passed at least weekly-convoys per week
  watch convoy.passed by harbour-monitors complete after 2 days

provision prisoners "truce, article 3"
  paraphrase "The hill council frees thirty prisoners by the middle of February."
  hills must deliver 30 prisoner.freed to harbour
  by 2004-02-15
