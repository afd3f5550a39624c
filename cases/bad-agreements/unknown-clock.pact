pact plan "The plan"
clock EST5
