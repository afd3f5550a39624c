-- Agreed conclusions of the summit in Paris, 9 December 2019.
pact minsk-2015 "Minsk: the Package of Measures of 2015 and what followed"
clock Europe/Kyiv

instrument paris-2019 "Agreed conclusions, Paris, 9 December 2019" adopted 2019-12-09

provision ceasefire-support "conclusions, part 1"
  paraphrase "The ceasefire and all measures that support it are to be carried out in full before the end of 2019."
  ukraine, armed-formations must deliver 1 ceasefire.order
  by 2019-12-31

provision more-areas "conclusions, part 1"
  paraphrase "Forces and equipment are to leave three more areas by the end of March 2020, if the contact group agrees on them."
  ukraine, armed-formations must deliver 3 disengaged
  by 2020-03-31

provision detainees "conclusions, part 1"
  paraphrase "Detainees are to be exchanged by the end of the year 2019, all identified for all identified to begin with."
  ukraine, armed-formations must deliver 1 exchange.completed
  by 2019-12-31
