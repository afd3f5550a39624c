-- Recommitments to the ceasefire, each a small instrument. The package's own promise stays in force beside them:
-- a recommitment repeats it from a fresh day, which is how compliance after each of them can be seen by itself.
-- For the one of 2016 and the one of March 2019 we have the monitors' word only, not the text.
pact minsk-2015 "Minsk: the Package of Measures of 2015 and what followed"
clock Europe/Kyiv

instrument school-2016 "Recommitment for the school year 2016" adopted 2016-09-01

provision ceasefire-school-2016 "recommitment, 1 September 2016"
  paraphrase "For the new school year the sides renew the ceasefire from 1 September 2016."
  sides must keep ceasefire.violation at most 0 per week
  until 2018-03-05

instrument recommitment-2018-03 "Statement of the Trilateral Contact Group of 2 March 2018" adopted 2018-03-02

provision ceasefire-2018-03 "statement, 2 March 2018"
  paraphrase "The sides commit themselves again to a full and unlimited ceasefire from 00:01 on 5 March 2018, Kyiv time; return fire is ruled out."
  sides must keep ceasefire.violation at most 0 per week
  when 2018-03-05
  until 2018-03-30

instrument recommitment-2018-easter "Statement of the Trilateral Contact Group of 26 March 2018" adopted 2018-03-26

provision ceasefire-2018-easter "statement, 26 March 2018"
  paraphrase "Before Easter the sides commit themselves again, from 00:01 on 30 March 2018, Kyiv time."
  sides must keep ceasefire.violation at most 0 per week
  when 2018-03-30
  until 2019-03-08

instrument recommitment-2019-03 "Recommitment of March 2019" adopted 2019-03-08

provision ceasefire-2019-03 "recommitment, 8 March 2019"
  paraphrase "The contact group's recommitment takes effect on 8 March 2019."
  sides must keep ceasefire.violation at most 0 per week
  until 2019-07-21

instrument recommitment-2019-07 "Statement of the Trilateral Contact Group of 17 July 2019" adopted 2019-07-17

provision ceasefire-2019-07 "statement, 17 July 2019"
  paraphrase "Full and unlimited ceasefire from 00:01 on 21 July 2019, Kyiv time, with sniper fire and reconnaissance ruled out."
  sides must keep ceasefire.violation at most 0 per week
  when 2019-07-21
  until 2020-07-27

provision orders-2019-07 "statement, 17 July 2019"
  paraphrase "Ceasefire orders are to be issued, kept and made public by the command of each side."
  ukraine, armed-formations must deliver 1 ceasefire.order
  when 2019-07-21
  no deadline
