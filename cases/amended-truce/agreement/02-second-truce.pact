-- The second text. SUPERSEDES: the provisions of the first end with its adoption, in the state "superseded".
-- What they were before stays as it was: ask for a day in January and the first text answers.

pact amended-truce "Truce of the Harbour"
clock UTC

instrument second-truce "Second Truce of the Harbour" adopted 2004-03-01 supersedes truce

provision no-shelling-2 "second truce, article 1"
  paraphrase "The ban on shelling goes on."
  harbour, hills must not shelling

provision convoys-2 "second truce, article 2"
  paraphrase "Three convoys a day instead of a weekly number; two poor days in seven are forgiven."
  harbour must keep convoy.passed at least 3 per day
  tolerance 2 days in 7
  watch convoy.passed by harbour-monitors complete after 2 days

provision port "second truce, article 3"
  paraphrase "The inner port opens within three weeks."
  harbour must deliver 1 port.opened
  within 3 weeks
