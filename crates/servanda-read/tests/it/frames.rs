//! What is said to happen, to be wanted and to be promised, and how firmly.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use servanda_language::{Analysis, Model, analyse};
use servanda_model::{Polarity, Span};
use servanda_read::prose::attribution::{Cues, utterances};
use servanda_read::prose::frames::{Lexicon, between, propositions};
use servanda_read::prose::{Block, BlockRole, Proposition};

fn read(text: &str) -> (Analysis, Vec<Proposition>) {
    let block = Block { span: Span::new(0, text.len()), role: BlockRole::Paragraph };
    let range = 0..text.len();
    let analysis = analyse(Model::builtin(), text, std::slice::from_ref(&range));
    let said = utterances(text, &[block], &analysis, Cues::builtin());
    let found = propositions(text, &[block], &analysis, &said, Lexicon::builtin());
    (analysis, found)
}

fn shown(text: &str) -> String {
    let (analysis, found) = read(text);
    let mut out = String::new();
    for one in &found {
        let words = |tokens: &[usize]| {
            let words: Vec<&str> = tokens.iter().map(|at| analysis.word(text, *at)).collect();
            if words.is_empty() { "-".to_owned() } else { words.join("+") }
        };
        let sign = if one.polarity == Polarity::Negative { "not " } else { "" };
        out += &format!(
            "{:?}: {}\n  {sign}{:?} {:?}, {} > {}",
            one.kind,
            one.span.of(text).unwrap_or("?"),
            one.modality,
            one.tense,
            words(&one.roles.actors),
            words(&one.roles.targets),
        );
        if let Some(level) = one.commitment_level {
            out += &format!(", {level:?}");
        }
        if let Some(plover) = &one.plover {
            out += &format!(", {plover}");
        }
        if let Some(condition) = &one.condition {
            out += &format!(", {:?} [{}]", condition.sort, condition.span.of(text).unwrap_or("?"));
        }
        out += "\n";
    }
    out
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text));
}

#[test]
fn events() {
    check(
        "Northern troops shelled the ferry on Monday, killing four fishermen.",
        expect![[r#"
            Event: Northern troops shelled the ferry on Monday, killing four fishermen
              Actual Past, troops > ferry, ASSAULT-heavy-weapons
            Event: killing four fishermen
              Actual Present, troops > fishermen, ASSAULT
        "#]],
    );
    check(
        "Two guards were killed by gunmen near the bridge on Sunday.",
        expect![[r#"
        Event: Two guards were killed by gunmen near the bridge on Sunday
          Actual Past, gunmen > guards, ASSAULT
    "#]],
    );
    check(
        "The South released 30 prisoners and reopened the mountain crossing.",
        expect![[r#"
        Event: The South released 30 prisoners
          Actual Past, South > -, RETREAT-release
        Event: reopened the mountain crossing
          Actual Past, South > crossing, CONCEDE
    "#]],
    );
    check(
        "A convoy of 40 trucks delivered flour to the valley.",
        expect![[r#"
            Event: A convoy of 40 trucks delivered flour to the valley
              Actual Past, convoy > flour+valley, AID
        "#]],
    );
    check(
        "The council has set up a joint monitoring centre in the harbour.",
        expect![[r#"
        Body: The council has set up a joint monitoring centre in the harbour
          Actual Past, council > -
    "#]],
    );
    check(
        "The envoys met in the capital to discuss the truce.",
        expect![[r#"
        Meeting: The envoys met in the capital to discuss the truce
          Actual Past, envoys > -, CONSULT-multilateral
    "#]],
    );
}

#[test]
fn pledges_and_attitudes_hold_their_content() {
    check(
        "The North agreed to withdraw its troops from the valley.",
        expect![[r#"
            Pledge: The North agreed to withdraw its troops from the valley
              Actual Past, North > -, Agreed, AGREE
        "#]],
    );
    check(
        "The South has refused to disarm.",
        expect![[r#"
            Position: The South has refused to disarm
              not Actual Past, South > -, REJECT
        "#]],
    );
    check(
        "Three states have expressed reluctance to join the mission as long as gunmen control the port.",
        expect![[r#"
            Position: reluctance to join the mission as long as gunmen control the port
              not Desired Present, states > -, Reluctant, REJECT, AsLongAs [gunmen control the port]
        "#]],
    );
    check(
        "The council is demanding guarantees from the South.",
        expect![[r#"
        Position: guarantees from the South
          Required Present, council > South, REQUEST
    "#]],
    );
    check(
        "The North offered to send 200 engineers but has not formally committed.",
        expect![[r#"
            Pledge: The North offered to send 200 engineers
              Actual Past, North > engineers, Offered, AGREE
            Pledge: has not formally committed
              not Actual Past, North > -, None, AGREE
        "#]],
    );
    check(
        "The talks resumed despite the South's objection to the plan.",
        expect![[r#"
            Meeting: The talks resumed
              Actual Past, talks > -, CONSULT-multilateral
            Position: the South's objection to the plan
              not Desired Present, South > -, Objects, REJECT
        "#]],
    );
}

#[test]
fn separate_meanings_are_split() {
    check(
        "The centre will oversee the truce, prevent clashes and ensure that relief is delivered.",
        expect![[r#"
            Event: The centre will oversee the truce
              Planned Future, centre > -
            Event: prevent clashes
              Planned Future, centre > -
            Event: ensure that relief is delivered
              Planned Future, centre > -
        "#]],
    );
    check(
        "The plan envisions three steps: the withdrawal of Northern forces, the establishment of a joint council, and the deployment of monitors.",
        expect![[r#"
            Event: the withdrawal of Northern forces
              Planned Future, forces > -, RETREAT-withdraw
            Body: the establishment of a joint council
              Planned Future, - > -
            Event: the deployment of monitors
              Planned Future, monitors > -, MOBILIZE-troops
        "#]],
    );
    check(
        "The North and the South signed a ceasefire agreement.",
        expect![[r#"
        Event: The North and the South signed a ceasefire agreement
          Actual Past, North+South > -, SUPPORT
    "#]],
    );
}

#[test]
fn what_denies_and_what_only_seems_to() {
    check(
        "The talks failed to produce an agreement.",
        expect![[r#"
        Position: The talks failed to produce an agreement
          not Actual Past, talks > agreement, REJECT
    "#]],
    );
    check(
        "No country has committed troops.",
        expect![[r#"
        Pledge: No country has committed troops
          not Actual Past, country > -, None, AGREE
    "#]],
    );
    check(
        "The guards no longer block the road.",
        expect![[r#"
            Event: The guards no longer block the road
              not Actual Present, guards > road, PROTEST-demo
        "#]],
    );
    check(
        "No fewer than six people were killed in the attack.",
        expect![[r#"
            Event: No fewer than six people were killed in the attack
              Actual Past, - > people, ASSAULT
        "#]],
    );
    check(
        "The South denied that its forces attacked the ferry.",
        expect![[r#"
            Event: its forces attacked the ferry
              not Actual Past, forces > ferry, REJECT
        "#]],
    );
    check(
        "The North did not refuse to attend.",
        expect![[r#"
        Position: The North did not refuse to attend
          Actual Past, North > -, REJECT
    "#]],
    );
}

#[test]
fn how_the_words_hold_it() {
    check(
        "The force could be deployed in March.",
        expect![[r#"
            Statement: The force could be deployed in March
              Possible Future, - > force, MOBILIZE-troops
        "#]],
    );
    check(
        "The parties must exchange the remains.",
        expect![[r#"
        Position: The parties must exchange the remains
          Required Present, parties > remains
    "#]],
    );
    check(
        "The minister is due to arrive in the harbour on Thursday.",
        expect![[r#"
            Event: The minister is due to arrive in the harbour on Thursday
              Planned Future, minister > -, CONSULT-visit
        "#]],
    );
    check(
        "The withdrawal is likely to be delayed.",
        expect![[r#"
        Statement: The withdrawal is likely to be delayed
          Likely Present, - > withdrawal
    "#]],
    );
    check(
        "The gunmen allegedly attacked a convoy.",
        expect![[r#"
            Event: The gunmen allegedly attacked a convoy
              Alleged Past, gunmen > convoy, ASSAULT
        "#]],
    );
    check(
        "It will take two to three years.",
        expect![[r#"
        Estimate: It will take two to three years
          Planned Future, It > -
    "#]],
    );
    check(
        "The South wants the North to open the gate.",
        expect![[r#"
            Position: The South wants the North to open the gate
              Desired Present, South > North
        "#]],
    );
}

#[test]
fn conditions() {
    check(
        "The South will release the prisoners if the North opens the gate.",
        expect![[r#"
        Event: The South will release the prisoners if the North opens the gate
          Planned Future, South > -, RETREAT-release, If [the North opens the gate]
    "#]],
    );
    check(
        "Until the mandate is defined, no state will send troops.",
        expect![[r#"
        Statement: Until the mandate is defined, no state will send troops
          not Planned Future, state > troops, Until [the mandate is defined]
    "#]],
    );
    check(
        "The monitors cannot leave unless the council agrees.",
        expect![[r#"
        Statement: The monitors cannot leave unless the council agrees
          not Possible Present, monitors > -, Unless [the council agrees]
    "#]],
    );
    check(
        "A clear mandate is a prerequisite for any deployment.",
        expect![[r#"
        Position: A clear mandate is a prerequisite for any deployment
          Required Present, mandate > -, Prerequisite [A clear mandate]
    "#]],
    );
    check(
        "Once the gate is open, trade will resume.",
        expect![[r#"
            Event: Once the gate is open, trade will resume
              Planned Future, trade > -, Once [the gate is open]
        "#]],
    );
    check(
        "He lived in the valley until 2019.",
        expect![[r#"
        Statement: He lived in the valley until 2019
          Actual Past, He > -
    "#]],
    );
}

#[test]
fn no_claims() {
    check("Will the South withdraw?", expect![[""]]);
    check("he said.", expect![""]);
    check("", expect![[""]]);
}

#[test]
fn swapping_two_parties_swaps_their_roles_only() {
    for text in [
        "Norland agreed to withdraw its troops, but Sudland rejected the plan.",
        "Norland shelled Sudland on Monday.",
        "Norland demands that Sudland release the prisoners.",
    ] {
        let swapped = text.replace("Norland", "*").replace("Sudland", "Norland").replace('*', "Sudland");
        let back =
            shown(&swapped).replace("Norland", "*").replace("Sudland", "Norland").replace('*', "Sudland");
        assert_eq!(shown(text), back);
    }
}

#[test]
fn what_one_does_to_the_other() {
    let check = |text: &str, source: &str, target: &str, expected: &str| {
        let analysis = analyse(Model::builtin(), text, std::slice::from_ref(&(0..text.len())));
        let span = |words: &str| {
            let at = text.find(words).unwrap();
            Span::new(at, at + words.len())
        };
        let coded = between(text, &analysis, span(source), span(target), Lexicon::builtin());
        assert_eq!(coded.map(|coded| coded.category).as_deref(), Some(expected), "{text}");
    };
    check("The North accused the South of hiding weapons.", "The North", "the South", "ACCUSE");
    check("The North bombed the South.", "The North", "the South", "ASSAULT");
    check("The North will send flour to the South.", "The North", "the South", "AGREE");
    check("The North refused to meet the South.", "The North", "the South", "REJECT");
    check("The North lifted its blockade of the South.", "The North", "the South", "CONCEDE");
    check("The North threatened to attack the South.", "The North", "the South", "THREATEN");
}

#[test]
fn long_rows_and_nested_marks_are_read_in_time_with_their_length() {
    for text in [
        "and attacked ".repeat(4_000),
        "(".repeat(20_000),
        "\"".repeat(20_000),
        "if ".repeat(8_000),
        "He said he said ".repeat(2_000),
    ] {
        for one in read(&text).1 {
            assert!(one.span.of(&text).is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_and_every_span_lies_in_it(text in "(The|a|North|South|will|not|attack(ed)?|agreed to|withdraw|if|until|said|that|and|, |\\. |“|”|\"|é|—|kill(ed)?|to|of|by| ){0,60}") {
        let (analysis, found) = read(&text);
        for one in &found {
            let words = one.span.of(&text);
            prop_assert!(words.is_some_and(|words| !words.is_empty()), "{one:?}");
            prop_assert!(one.predicate < analysis.tokens.len());
            let roles = &one.roles;
            for token in roles.actors.iter().chain(&roles.targets).chain(&roles.objects).chain(&roles.places) {
                prop_assert!(*token < analysis.tokens.len());
            }
            if let Some(condition) = &one.condition {
                prop_assert!(condition.span.of(&text).is_some_and(|words| !words.is_empty()));
            }
        }
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}") {
        for one in read(&text).1 {
            prop_assert!(one.span.of(&text).is_some());
        }
    }
}
