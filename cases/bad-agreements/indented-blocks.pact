  pact plan "The plan"
  clock UTC
  instrument first "First" adopted 2025-10-10
  party north "The North"
  kind fire "shots"
  provision quiet "point 1"
    quote "words"
    north must not fire
