-- The humanitarian protocol of the January 2025 ceasefire, as far as the later instruments take it over.
--
-- The plan of September 2025 (point 7) refers to the quantities agreed on 19 January 2025; the annex to the implementation steps of
-- October 2025, as published by media, repeats them: 600 trucks a day, counted by the week (4,200), among them 50 with fuel and gas.
-- Here they bind from the start of the October ceasefire; what happened under the January ceasefire itself is not part of this case.

pact gaza-2025 "Gaza: the 20-point plan of 2025 and its instruments"
clock Asia/Jerusalem

instrument protocol-jan "Humanitarian protocol of January 2025" adopted 2025-01-19

provision aid-trucks "humanitarian protocol; plan, point 7; steps, point 3"
  paraphrase "At least 600 trucks with aid and goods are to enter each day, reckoned as 4,200 in a week, private goods included."
  israel must keep truck.entered at least 4200 per week
  when in-effect
  watch truck.entered by un2720 complete after 3 days
  watch truck.entered by cogat complete after 3 days
  watch truck.entered by ggmo complete after 3 days
  reading "each day by itself" israel must keep truck.entered at least 600 per day

provision aid-fuel "humanitarian protocol; annex to the steps"
  paraphrase "Fifty trucks with fuel and cooking gas are to enter each day."
  israel must keep truck.fuel at least 50 per day
  when in-effect
  watch truck.fuel by ggmo complete after 3 days
