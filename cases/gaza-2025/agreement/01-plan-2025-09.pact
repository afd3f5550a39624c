-- The 20-point plan, made public on 29 September 2025.
--
-- This file also declares everything that the other three instruments of the case use:
-- parties, bodies, kinds of occurrence, numbers, milestones.
-- All paraphrases are our own words. Where the text leaves something open, the clause says so:
-- "no deadline" where none is set, "assume" where we had to choose one, "reading" where two readings are defensible.

pact gaza-2025 "Gaza: the 20-point plan of 2025 and its instruments"
clock Asia/Jerusalem

instrument plan20 "20-point Comprehensive Plan to End the Gaza Conflict" adopted 2025-09-29 incorporates protocol-jan

party israel "Israel"
party hamas  "Hamas"
party us     "United States"
party unsc   "UN Security Council"

body task-force              "Task force of mediators and guarantors"
body cmcc                    "Civil-Military Coordination Center, Kiryat Gat"
body board-of-peace          "Board of Peace"
body technocratic-committee  "Palestinian technocratic committee"
body monitors                "Independent monitors of demilitarisation"
body isf                     "International Stabilization Force"

-- Steps that start or gate promises.
kind plan.acceptance          "public acceptance of the plan"
kind cabinet.approval         "approval of the agreement by the Israeli government"
kind ceasefire.start          "ceasefire takes effect"
kind withdrawal.initial       "pull-back of forces to the agreed line"
kind withdrawal.terms         "agreed standards, milestones and time frames of the further withdrawal"
kind withdrawal.staged        "further withdrawal completed, security perimeter apart"
kind demilitarisation.done    "demilitarisation of Gaza verified as complete"
kind governance.handover      "administration of Gaza handed over"
kind amnesty.declared         "amnesty and safe passage declared"
kind dialogue.opened          "dialogue on a political horizon opened"
kind rafah.opened             "Rafah crossing opened in both directions"

-- What is counted.
kind hostage.living           "living hostage returned"                            counts person
kind hostage.deceased         "deceased hostage returned"                          counts person
kind hostage.deceased.israeli "deceased hostage returned, Israeli nationals only"  counts person
kind remains.gazan            "remains of a Gazan returned"                        counts person
kind prisoner.life            "prisoner serving a life or long term released"      counts person
kind prisoner.gaza            "detainee taken from Gaza during the war released"   counts person
kind truck.entered            "truck entered Gaza"                                 counts truck
kind truck.fuel               "fuel or cooking-gas truck entered Gaza"             counts truck

-- What the parties agreed to cease. The same kinds, coded by the same rules, for both sides.
kind strike                   "air or artillery strike"                            counts person
kind attack                   "armed attack on forces or people of the other side" counts person
kind surveillance.flight      "surveillance flight over areas just vacated"
kind zone.reentry             "forces move back into areas they had left"
kind ceremony                 "public ceremony or media event at an exchange"
kind aid.halt                 "entry of aid halted"
kind aid.seizure              "aid seized or diverted by a party"
kind forced.departure         "people forced to leave Gaza"
kind annexation               "occupation or annexation declared"

-- Context and rival counts that no duty of the agreement is measured by.
kind aid.collected            "truck with aid collected at a crossing"               counts truck
kind aid.arrived              "truck with aid arrived at its destination"            counts truck
kind aid.intercepted          "truck with aid intercepted on its way"                counts truck
kind violation                "violation of the ceasefire, as one side counts it"  counts violation
kind death.truce              "person killed since the ceasefire"                  counts person
kind death.reported           "person killed, as daily reports have it, by component" counts person
kind line.share               "share of Gaza behind the line"                      counts percent
kind movement.coordinated     "humanitarian movement coordinated with the forces"  counts movement
kind ipc.phase3plus           "people in IPC phase 3 or above"                     counts person
kind ipc.phase4               "people in IPC phase 4, projected"                   counts person

number living-hostages   20 since 2025-10-09 "Hamas and Israel both spoke of 20 living hostages; see sources/icrc-2025-10-13.md"
number deceased-hostages 28 since 2025-10-09 "28 of 48 hostages were held to be dead; see sources/afp-2025-12-02.md"

-- In effect: the government of Israel approved the first phase in the night to 10 October; sources that do not report the vote
-- report the start of the ceasefire. Whichever is on record first.
milestone in-effect    when cabinet.approval by israel or ceasefire.start
milestone pulled-back  when withdrawal.initial by israel
-- The further withdrawal waits for the force and for terms that are linked to demilitarisation.
milestone handover-ready when established isf and withdrawal.terms

-- Point 5, second half. Nothing is said on when the remains are due, nor whether foreign nationals count.
provision remains-ratio "point 5"
  paraphrase "For each hostage whose remains come back, Israel is to hand over the remains of fifteen Gazans."
  israel must match 15 remains.gazan for each 1 hostage.deceased by hamas
  when in-effect
  assume within 5 days "the text sets no deadline; transfers on record followed within one to four days"
  watch remains.gazan by gaza-moh complete after 5 days
  reading "Israeli nationals only" israel must match 15 remains.gazan for each 1 hostage.deceased.israeli by hamas

provision amnesty "point 6"
  paraphrase "Once every hostage is back, members of Hamas who commit to peaceful coexistence and give up their weapons are to receive an amnesty, and those who wish to leave safe passage."
  israel must deliver 1 amnesty.declared
  when fulfilled hostages-living and fulfilled hostages-deceased
  no deadline

provision aid-channels "point 8"
  paraphrase "Aid is to enter and be distributed through the United Nations, the Red Crescent and other bodies tied to neither side, and neither side is to interfere with it."
  israel, hamas must not aid.halt, aid.seizure
  when in-effect

provision rafah-crossing "point 8"
  paraphrase "The Rafah crossing is to be opened in both directions under the mechanism of the January 2025 agreement."
  israel must deliver 1 rafah.opened
  when in-effect
  no deadline
  reading "with the first exchange" assume within 5 calendar days "an opening was announced for 14 October 2025"

provision governing-committee "point 9"
  paraphrase "A temporary committee of qualified, non-partisan Palestinians is to run daily public services in Gaza."
  -- The text does not say who sets it up; the United States announced that it would.
  us must establish technocratic-committee
  when in-effect
  no deadline

provision oversight-board "point 9"
  paraphrase "An international transitional body, the Board of Peace, chaired by the President of the United States, is to oversee the committee and the funding of redevelopment."
  us must establish board-of-peace
  when in-effect
  no deadline

provision no-forced-departure "point 12"
  paraphrase "Nobody is to be made to leave Gaza; those who go may come back."
  israel must not forced.departure
  when in-effect

provision governance-exit "point 13"
  paraphrase "Hamas and the other factions are to have no part in governing Gaza; the administration passes to the committee."
  hamas must deliver 1 governance.handover
  when established technocratic-committee
  no deadline

provision demilitarisation-monitors "point 13"
  paraphrase "Independent monitors are to supervise the demilitarisation of Gaza."
  us must establish monitors
  when in-effect
  no deadline

provision demilitarisation "point 13"
  paraphrase "Military installations are to be taken down and weapons placed beyond use, in a process that independent monitors supervise."
  hamas must deliver 1 demilitarisation.done
  when in-effect
  no deadline
  reading "only once monitors are in place" when established monitors

provision stabilization-force "point 15"
  paraphrase "The United States is to work with Arab and other partners on a temporary International Stabilization Force that deploys in Gaza, trains and supports vetted Palestinian police, and helps to secure the borders."
  us must establish isf
  when in-effect
  no deadline
  reading "at once means within thirty days" assume within 30 days "the plan speaks of immediate deployment"

provision no-annexation "point 16"
  paraphrase "Israel is neither to occupy nor to annex Gaza."
  israel must not annexation
  when in-effect

provision staged-withdrawal "point 16"
  paraphrase "As the force establishes control and stability, Israeli forces are to withdraw by standards, milestones and time frames, linked to demilitarisation, that they agree with the force, the guarantors and the United States, until only a security perimeter is left."
  israel must deliver 1 withdrawal.staged
  when handover-ready
  no deadline

provision political-dialogue "point 20"
  paraphrase "The United States is to open a dialogue between Israel and the Palestinians on a political horizon for coexistence."
  us must deliver 1 dialogue.opened
  when in-effect
  no deadline
