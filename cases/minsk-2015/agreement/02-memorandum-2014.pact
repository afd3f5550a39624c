-- Memorandum of 19 September 2014, as far as it still binds beside the Package.
pact minsk-2015 "Minsk: the Package of Measures of 2015 and what followed"
clock Europe/Kyiv

instrument memorandum "Memorandum of 19 September 2014" adopted 2014-09-19

provision no-new-mines "memorandum, point 6"
  paraphrase "No new mines are to be laid in the safety zone, and those already laid are to be removed."
  ukraine, armed-formations must not mine.laid
