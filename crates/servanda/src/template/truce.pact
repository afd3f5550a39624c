-- The agreement, clause by clause, beside its words. Lines that begin with two hyphens are remarks.

pact two-rivers "The two rivers truce"
clock UTC

instrument truce "Truce of the two rivers" adopted 2024-03-01

party upland  "Upland Council"
party lowland "Lowland Council"

-- Kinds of occurrence: what claims report and promises count.
kind truce.start      "the truce takes effect"
kind prisoner.freed   "prisoner freed"                 counts person
kind shot             "shot fired across the river"

milestone in-effect when truce.start

provision prisoners "point 1"
  quote "Upland frees forty prisoners within three days of the beginning of the truce."
  upland must deliver 40 prisoner.freed to lowland
  when in-effect
  within 72 hours

provision quiet "point 2"
  paraphrase "Neither side shoots across the river."
  upland, lowland must not shot
  when in-effect
