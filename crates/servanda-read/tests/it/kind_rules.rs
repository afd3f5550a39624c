//! Which kind of the agreement a claim read in prose is about.

use expect_test::{Expect, expect};
use servanda_model::{Actor, Claim, ClaimKind, DocumentId, Membership, Name, Place, Quantity, Span};
use servanda_read::prose::{KindRules, kind_rules};

const RULES: &str = r#"
undated_days = 5

[[kind]]
event_kind = "gate.opened"
words = ["open", "throw open"]
also_words = ["gate"]
without_words = ["window"]
kinds = ["event"]
actors = ["north"]
places = ["valley"]

[[kind]]
event_kind = "truck.entered"
frames = ["delivery"]
categories = ["AID"]
unit = "truck"
needs_figure = true
is_counter = true
measure = "total"
"#;

fn rules(text: &str) -> (KindRules, String) {
    let actor = |id: &str, of: &[&str]| Actor {
        id: id.into(),
        label: id.into(),
        member_of: of.iter().map(|of| Membership { of: (*of).into(), since: None, until: None }).collect(),
        ..Actor::default()
    };
    let actors = [actor("north", &[]), actor("north-guard", &["north"]), actor("south", &[])];
    let places = servanda_read::places("places.toml", "[[place]]\nid = \"valley\"\n[[place]]\nid = \"gate\"\nwithin = [\"valley\"]\n[[place]]\nid = \"coast\"\n").0;
    let kinds = [Name::from("gate.opened"), Name::from("truck.entered")];
    let places: Vec<Place> = places;
    let (rules, found) = kind_rules("reading.toml", text, &actors, &places, Some(&kinds));
    let found: Vec<String> = found
        .iter()
        .map(|found| {
            format!("{} {:?} {}", found.code, found.span.of(text).unwrap_or_default(), found.message)
        })
        .collect();
    (rules, found.join("\n"))
}

fn claim(kind: ClaimKind, change: impl Fn(&mut Claim)) -> Claim {
    let mut claim = Claim::new(DocumentId::default(), Span::new(0, 1), "x", kind).unwrap();
    change(&mut claim);
    claim
}

fn check(claim: &Claim, frame: Option<&str>, lemmas: &str, expected: Expect) {
    let (rules, _) = rules(RULES);
    let lemmas: Vec<String> = lemmas.split(' ').map(str::to_owned).collect();
    let found = rules.find(claim, frame.map(Name::from).as_ref(), &lemmas);
    expected.assert_eq(found.map_or("none", |rule| rule.event_kind.as_str()));
}

#[test]
fn every_list_must_fit_and_the_first_rule_wins() {
    let opened = |actor: &str, place: Option<&str>| {
        claim(ClaimKind::Event, |claim| {
            claim.actors = vec![actor.into()];
            claim.place = place.map(Name::from);
        })
    };
    check(&opened("north", None), None, "the north open the gate", expect!["gate.opened"]);
    check(&opened("north-guard", Some("gate")), None, "throw open the gate", expect!["gate.opened"]);
    check(&opened("south", None), None, "open the gate", expect!["none"]);
    check(&opened("north", Some("coast")), None, "open the gate", expect!["none"]);
    check(&opened("north", None), None, "open the gate and the window", expect!["none"]);
    check(&opened("north", None), None, "open the door", expect!["none"]);
    let trucks = claim(ClaimKind::Quantity, |claim| {
        claim.plover = Some("AID-food".into());
        claim.quantities = vec![Quantity::exactly(40, "truck")];
    });
    check(&trucks, Some("delivery.road"), "truck", expect!["truck.entered"]);
    check(&trucks, Some("deliverystuff"), "truck", expect!["none"]);
    check(&trucks, None, "truck", expect!["none"]);
}

#[test]
fn what_the_case_does_not_have_is_said() {
    let (rules, found) = rules(
        "[[kind]]\nevent_kind = \"gate.opend\"\nactors = [\"nroth\"]\nplaces = [\"hill\"]\nkinds = [\"events\"]\nwrods = [\"x\"]\n",
    );
    expect![[r#"
        C167 "\"gate.opend\"" the agreement has no kind 'gate.opend'
        C166 "\"nroth\"" the case declares no actor 'nroth'
        C166 "\"hill\"" the case declares no place 'hill'
        C103 "\"events\"" 'events' is no value of 'kinds'
        C102 "wrods" nothing reads the key 'wrods'"#]]
    .assert_eq(&found);
    assert_eq!(rules.undated_days, None);
    assert_eq!(self::rules(RULES).0.undated_days, Some(5));
}
