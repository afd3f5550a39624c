-- Security Council resolution 2803, adopted on 17 November 2025 by 13 votes to none with two abstentions.

pact gaza-2025 "Gaza: the 20-point plan of 2025 and its instruments"
clock Asia/Jerusalem

instrument unscr2803 "Security Council resolution 2803 (2025)" adopted 2025-11-17 incorporates plan20

-- "until 2028-01-01" is the first moment after 31 December 2027.
provision force-authorisation "resolution 2803, authorisation of the force"
  paraphrase "States working with the Board of Peace may set up the force; what the resolution authorises runs until the end of 2027."
  us must establish isf
  until 2028-01-01
  no deadline

provision board-authorisation "resolution 2803, authorisation of the Board of Peace"
  paraphrase "The Board of Peace and the international presence are authorised until the end of 2027."
  us must establish board-of-peace
  until 2028-01-01
  no deadline

provision authorisation-renewal "resolution 2803, further action by the Council"
  paraphrase "The Council may take further action on the authorisation."
  unsc may extend force-authorisation
