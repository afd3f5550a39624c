-- The implementation steps agreed at Sharm el-Sheikh on 9 October 2025, as published by media on 9 and 10 October.

pact gaza-2025 "Gaza: the 20-point plan of 2025 and its instruments"
clock Asia/Jerusalem

instrument steps "Implementation steps for the end of the war" adopted 2025-10-09 incorporates plan20, protocol-jan

provision ceasefire "steps, points 1 and 2"
  paraphrase "The war ends at once when the government of Israel approves; all military operations, bombardment from the air and by artillery included, are suspended."
  israel, hamas must not strike, attack
  when in-effect

provision surveillance-pause "steps, point 2"
  paraphrase "For 72 hours no surveillance flights are to pass over the areas from which forces have withdrawn."
  israel must not surveillance.flight
  when pulled-back
  until 72 hours after pulled-back

provision initial-withdrawal "steps, point 4"
  paraphrase "Israeli forces are to be back at the lines of the attached map within 24 hours of the approval."
  israel must deliver 1 withdrawal.initial
  when in-effect
  within 24 hours

provision no-return "steps, point 4"
  paraphrase "Israeli forces are not to go back into the areas they have left as long as Hamas carries out the agreement in full."
  -- The text does not say who finds that Hamas has not. We keep the promise binding and note the exception as a power (next provision).
  israel must not zone.reentry
  when pulled-back

provision return-exception "steps, point 4"
  paraphrase "If Hamas does not carry out the agreement in full, Israel is no longer held to stay out."
  israel may suspend no-return
  if breached hostages-deceased

provision hostages-living "steps, point 5; plan, point 4"
  paraphrase "All living hostages are to be released within 72 hours of the pull-back."
  hamas must deliver living-hostages hostage.living to israel
  when pulled-back
  within 72 hours
  watch hostage.living by icrc complete after 1 days
  reading "72 hours from the approval (plan, point 4)" within 72 hours of in-effect
  reading "three civil days" within 3 calendar days

provision hostages-deceased "steps, point 5; plan, point 4"
  paraphrase "The remains of all deceased hostages are to be handed over within 72 hours of the pull-back."
  hamas must deliver deceased-hostages hostage.deceased to israel
  when pulled-back
  within 72 hours
  watch hostage.deceased by icrc complete after 1 days
  watch hostage.deceased by israel-pmo complete after 1 days
  -- The steps also set up an exchange of information on remains that cannot be found in time, which can be read as allowing more time.
  reading "72 hours from the approval (plan, point 4)" within 72 hours of in-effect
  reading "no fixed day for remains that must be searched for" no deadline

provision prisoners "steps, point 5; plan, point 5"
  paraphrase "In parallel with the release of the hostages, Israel is to free 250 prisoners serving life terms and 1,700 people detained from Gaza during the war."
  israel must deliver 250 prisoner.life, 1700 prisoner.gaza
  when in-effect
  assume within 5 days "the steps say in parallel with the release of the hostages; the lists name no hour"
  reading "only after all hostages, living and dead (plan, point 5)" when fulfilled hostages-living and fulfilled hostages-deceased

provision no-ceremonies "steps, point 5"
  paraphrase "The exchanges are to take place without public ceremonies and without media."
  israel, hamas must not ceremony
  when in-effect

provision joint-task-force "steps, point 6"
  paraphrase "A task force of the United States, Qatar, Egypt, Turkey and other agreed states is to follow the implementation with both sides."
  us must establish task-force
  when in-effect
  no deadline
  reading "the coordination centre at Kiryat Gat serves as the task force" us must establish cmcc
