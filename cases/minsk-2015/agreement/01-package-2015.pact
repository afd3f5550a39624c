-- Package of Measures for the Implementation of the Minsk Agreements, 12 February 2015: thirteen points.
-- This file also declares parties, bodies and kinds for the other instruments of the case. Paraphrases are our own words.

pact minsk-2015 "Minsk: the Package of Measures of 2015 and what followed"
clock Europe/Kyiv

instrument package "Package of Measures for the Implementation of the Minsk Agreements" adopted 2015-02-12 incorporates memorandum

party ukraine          "Ukraine"
party armed-formations "Armed formations of certain areas of the Donetsk and Luhansk regions"
party osce             "OSCE"
-- No "watch" on the monitors: we hold some thirty of some two hundred reports, so a week without a figure here is no sign of calm.

-- The monitors record violations without saying whose they are. What they count is owed by both sides together.
party sides            "The sides together"

zone disengagement-areas "disengagement-areas.geojson"

body monitoring             "Monitoring and verification by the OSCE"
body working-groups         "Working groups of the Trilateral Contact Group"
body coordination-mechanism "Coordination mechanism for answers to violations"

kind ceasefire.violation           "violation of the ceasefire recorded by monitors"       counts violation
kind weapons.withdrawal.started    "withdrawal of heavy weapons begun"
kind weapons.withdrawal.completed  "withdrawal of heavy weapons completed and verified"
kind weapons.present               "weapon seen in violation of its withdrawal line"        counts weapon
kind smm.restriction               "monitors restricted in their movement"                 counts restriction
kind exchange.completed            "exchange of all for all completed"
kind parliament.resolution         "parliament defines the area of the special order"
kind amnesty.law                   "law on pardon and amnesty in force"
kind constitution.reform           "new constitution with decentralisation in force"
kind election.dialogue             "dialogue on local elections begun"
kind election.held                 "local elections held"
kind border.control                "control of the state border handed back"
kind foreign.withdrawn             "foreign formations and equipment withdrawn"
kind mine.laid                     "mine newly laid"                                      counts mine
kind position.advance              "position moved forward"
kind position.reinforced           "position built or reinforced in a disengagement area"
kind disengaged                    "forces and hardware out of the disengagement areas"
kind return.fire                   "return fire"
kind offensive.operation           "offensive operation by the other side"
kind coordination.tried            "coordination mechanism tried without result"
kind ceasefire.order               "ceasefire order issued and made public"
kind death.conflict                "death in organised violence"                           counts person
kind fighting.deadly               "fighting with deaths"
kind fighting.unclear              "fighting with deaths by the highest estimate only"
kind casualty.civilian             "civilian casualty confirmed by monitors"               counts person

provision ceasefire "point 1"
  paraphrase "Firing is to stop at once and altogether in certain areas of the two regions, from midnight at the beginning of 15 February 2015, Kyiv time."
  sides must keep ceasefire.violation at most 0 per week
  when 2015-02-15

-- Laid to both sides together: the event file names those who fought, not who acted. It is not shipped (feeds.toml), hence the watch:
-- without it nothing is on record here, and that is no sign of calm either.
provision no-deadly-fighting "point 1"
  paraphrase "With firing stopped at once and altogether, nobody is to be killed in fighting between the sides from 15 February 2015."
  sides must not fighting.deadly
  when 2015-02-15
  watch fighting.deadly by ucdp complete after 366 days

provision positions "point 1; memorandum, point 2"
  paraphrase "The forces of both sides stay where they stand; neither moves its positions forward."
  ukraine, armed-formations must not position.advance
  when 2015-02-15

provision weapons-start "point 2"
  paraphrase "The withdrawal of heavy weapons is to begin on the second day of the ceasefire at the latest."
  ukraine, armed-formations must deliver 1 weapons.withdrawal.started
  when 2015-02-15
  by 2015-02-16

provision weapons-completion "point 2"
  paraphrase "The withdrawal of heavy weapons is to be complete within fourteen days."
  ukraine, armed-formations must deliver 1 weapons.withdrawal.completed
  when 2015-02-15
  within 14 calendar days of 2015-02-16
  reading "fourteen days from the ceasefire" within 14 calendar days of 2015-02-15

provision weapons-absence "point 2"
  paraphrase "Heavy weapons stay behind their lines: 50, 70 or 140 kilometres apart by their kind."
  sides must keep weapons.present at most 0 per week
  when 14 calendar days after 2015-02-16

provision osce-monitoring "point 3"
  paraphrase "The OSCE is to monitor and verify the ceasefire and the withdrawal from the first day of the withdrawal."
  osce must establish monitoring
  when weapons.withdrawal.started
  within 1 calendar days

provision monitors-access "point 3; statement of 17 July 2019"
  paraphrase "Monitors are to have safe and secure access."
  ukraine, armed-formations must keep smm.restriction at most 0 per week
  when 2015-02-15

provision election-dialogue "point 4"
  paraphrase "A dialogue on the modalities of local elections is to begin on the first day of the withdrawal."
  ukraine, armed-formations must deliver 1 election.dialogue
  when weapons.withdrawal.started
  within 1 calendar days

provision area-resolution "point 4"
  paraphrase "Within thirty days of the signing the parliament of Ukraine is to lay down the area under the special order."
  ukraine must deliver 1 parliament.resolution
  within 30 calendar days

provision amnesty "point 5"
  paraphrase "A law is to bar the prosecution of people for the events in the two regions."
  ukraine must deliver 1 amnesty.law
  no deadline

provision exchange "point 6"
  paraphrase "All hostages and unlawfully held people are to be exchanged, all for all, by the fifth day after the withdrawal."
  ukraine, armed-formations must deliver 1 exchange.completed
  when fulfilled weapons-completion
  within 5 calendar days

provision border "point 9"
  paraphrase "Ukraine is to have control of its border back, beginning on the day after local elections and ending after the political settlement, once the constitutional reform is done."
  armed-formations must deliver 1 border.control to ukraine
  when election.held and fulfilled constitution
  by 2015-12-31

provision foreign-formations "point 10"
  paraphrase "Foreign formations, equipment and mercenaries are to leave Ukraine under the eyes of the OSCE."
  sides must deliver 1 foreign.withdrawn
  no deadline

provision constitution "point 11"
  paraphrase "A new constitution with decentralisation is to be in force by the end of 2015."
  ukraine must deliver 1 constitution.reform
  by 2015-12-31

provision working-groups-set-up "point 13"
  paraphrase "The Trilateral Contact Group is to work harder, also through working groups."
  sides must establish working-groups
  no deadline
