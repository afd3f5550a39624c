  north must not fire
  within 72 hours
