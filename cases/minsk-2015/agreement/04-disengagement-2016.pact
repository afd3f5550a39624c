-- Framework decision of the Trilateral Contact Group on disengagement, 21 September 2016: three pilot areas.
-- The text is not among our documents; the paraphrase keeps to what the monitors report about it.
pact minsk-2015 "Minsk: the Package of Measures of 2015 and what followed"
clock Europe/Kyiv

instrument disengagement "Framework decision on disengagement of forces and hardware" adopted 2016-09-21

provision areas-cleared "framework decision"
  paraphrase "Forces and hardware leave the areas near Stanytsia Luhanska, Zolote and Petrivske."
  ukraine, armed-formations must deliver 3 disengaged
  no deadline

provision no-positions-in-areas "framework decision"
  paraphrase "No positions are built or strengthened in the three areas."
  ukraine, armed-formations must not position.reinforced in disengagement-areas
