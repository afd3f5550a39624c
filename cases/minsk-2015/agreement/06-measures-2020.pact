-- Measures to strengthen the ceasefire, agreed on 22 July 2020, in force from 00:01 on 27 July 2020, Kyiv time.
pact minsk-2015 "Minsk: the Package of Measures of 2015 and what followed"
clock Europe/Kyiv

instrument measures-2020 "Measures to strengthen the ceasefire" adopted 2020-07-22

provision ceasefire-2020 "measures 1 and 2"
  paraphrase "From 27 July 2020 there is to be no firing, sniper fire included, and no offensive, reconnaissance or sabotage operation."
  sides must keep ceasefire.violation at most 0 per week
  when 2020-07-27

provision orders-2020 "measures, introduction"
  paraphrase "Each side issues the orders that contain these measures and makes them public."
  ukraine, armed-formations must deliver 1 ceasefire.order
  when 2020-07-27
  no deadline

provision coordination "measure 5"
  paraphrase "A coordination mechanism for answers to violations is to be created."
  sides must establish coordination-mechanism
  when 2020-07-27
  no deadline

provision return-fire "measure 6"
  paraphrase "Return fire is allowed only against an offensive operation, by order, and after the coordination mechanism has been tried in vain."
  ukraine, armed-formations must not return.fire
  when 2020-07-27
  unless offensive.operation and coordination.tried
