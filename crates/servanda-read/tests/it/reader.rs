//! From prose to claims: what a careful analyst would file.

use expect_test::{Expect, expect};
use servanda_language::Model;
use servanda_model::{Claim, Name};
use servanda_read::Clock;
use servanda_read::prose::attribution::Cues;
use servanda_read::prose::frames::Lexicon;
use servanda_read::prose::names::Directory;
use servanda_read::prose::{KindRules, ReadClaim, Reader, Reading, kind_rules};

const ACTORS: &str = r#"
[[actor]]
id = "upland"
label = "Upland"
kind = "state"
aliases = ["Republic of Upland"]
demonyms = ["Uplander"]
seats = ["Highgate"]

[[actor]]
id = "lowland"
label = "Lowland"
kind = "state"
demonyms = ["Lowlander"]

[[actor]]
id = "upland-foreign-minister"
label = "Foreign Minister of Upland"
kind = "office"
aliases = ["Upland's foreign minister"]
member_of = ["upland"]

[[actor]]
id = "mission"
label = "Observer Mission"
kind = "observer"
aliases = ["the mission", "monitors"]

[[actor]]
id = "gazette"
label = "Valley Gazette"
kind = "media"
"#;

const PLACES: &str = r#"
[[place]]
id = "valley"
label = "the Valley"
kind = "region"

[[place]]
id = "millbridge"
label = "Millbridge"
kind = "locality"
within = ["valley"]
"#;

const RULES: &str = r#"
undated_days = 3

[[kind]]
event_kind = "shelling"
words = ["shell", "shelling"]
kinds = ["event"]
unit = "person"

[[kind]]
event_kind = "truck.entered"
words = ["truck"]
unit = "truck"
needs_figure = true
is_counter = true
"#;

pub(crate) fn read(text: &str, published: Option<&str>) -> Reading {
    let (actors, _) = servanda_read::actors("actors.toml", ACTORS);
    let (places, _) = servanda_read::places("places.toml", PLACES);
    let (rules, found): (KindRules, _) = kind_rules("reading.toml", RULES, &actors, &places, None);
    assert!(found.is_empty(), "{found:?}");
    let directory = Directory::new(&actors, &places, &[]);
    let clock = Clock::utc();
    let head = published.map(|day| format!("published: {day}\n")).unwrap_or_default();
    let bytes = format!("---\npublisher: gazette\n{head}---\n{text}");
    let (document, _) = servanda_read::read_document("sources/x.md", bytes.as_bytes(), &clock, None);
    let (articles, _) = servanda_read::input::articles(&document, &clock);
    let reader = Reader {
        model: Model::builtin(),
        directory: &directory,
        lexicon: Lexicon::builtin(),
        cues: Cues::builtin(),
        rules: &rules,
        clock: &clock,
    };
    let mut reading = reader.read(&document.document, &articles[0]);
    for read in &mut reading.claims {
        let found = read.claim.span.of(&document.text).expect("a span of the document");
        assert_eq!(found, read.claim.quote, "the quote is the document's own words");
        read.claim.span = Default::default();
    }
    reading
}

pub(crate) fn shown(read: &ReadClaim) -> String {
    let claim: &Claim = &read.claim;
    let names = |list: &[Name]| list.iter().map(Name::as_str).collect::<Vec<_>>().join("+");
    let mut line = format!("{:?} \"{}\"", claim.kind, claim.quote);
    let mut add = |what: &str, value: String| {
        if !value.is_empty() {
            line.push_str(&format!(" | {what} {value}"));
        }
    };
    add("by", names(&claim.actors));
    add("to", names(&claim.targets));
    add("says", claim.speaker.iter().map(Name::to_string).collect());
    add(
        "not",
        if claim.polarity == servanda_model::Polarity::Negative { "so".into() } else { String::new() },
    );
    add("level", claim.commitment_level.map(|level| format!("{level:?}")).unwrap_or_default());
    add(
        "if",
        claim.condition.as_ref().map(|found| format!("{:?}: {}", found.sort, found.text)).unwrap_or_default(),
    );
    add(
        "modality",
        Some(claim.modality)
            .filter(|m| *m != servanda_model::Modality::Actual)
            .map(|m| format!("{m:?}"))
            .unwrap_or_default(),
    );
    add(
        "on",
        claim
            .date
            .as_ref()
            .map(|date| {
                format!("{}..{}", date.start.as_deref().unwrap_or("?"), date.end.as_deref().unwrap_or("?"))
            })
            .unwrap_or_default(),
    );
    let figures: Vec<String> = claim
        .quantities
        .iter()
        .map(|figure| {
            let role = figure.role.as_ref().map(|role| format!("{role}=")).unwrap_or_default();
            format!(
                "{role}{}..{} {}",
                figure.low.map(|n| n.to_string()).unwrap_or_default(),
                figure.high.map(|n| n.to_string()).unwrap_or_default(),
                figure.unit
            )
        })
        .collect();
    add("figures", figures.join(", "));
    add("kind", claim.event_kind.iter().map(Name::to_string).collect());
    add("at", claim.place.iter().map(Name::to_string).collect());
    line
}

fn check(text: &str, expected: Expect) {
    let reading = read(text, Some("2024-03-15"));
    let lines: Vec<String> = reading.claims.iter().map(shown).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn events_with_their_parties_figures_and_days() {
    check(
        "Upland shelled a market in Millbridge on Tuesday, killing at least six people.",
        expect![[r#"
            Event "Upland shelled a market in Millbridge on Tuesday, killing at least six people" | by upland | on 2024-03-12..2024-03-12 | at millbridge
            Event "killing at least six people" | by upland | to people | figures killed=6.. person"#]],
    );
    check(
        "Two Lowlander soldiers were killed in Millbridge on 12 March.",
        expect![[
            r#"Event "Two Lowlander soldiers were killed in Millbridge on 12 March" | to Lowlander soldiers | on 2024-03-12..2024-03-12 | figures killed=2..2 person | at millbridge"#
        ]],
    );
}

#[test]
fn who_says_it_and_how_firmly() {
    check(
        "Upland's foreign minister said that 40 trucks had entered Millbridge on Wednesday.",
        expect![[
            r#"Event "40 trucks had entered Millbridge on Wednesday" | says upland-foreign-minister | on 2024-03-13..2024-03-13 | figures 40..40 truck | kind truck.entered | at millbridge"#
        ]],
    );
    check(
        "Lowland has expressed a reluctance to join the force as long as guns are heard in the Valley.",
        expect![[
            r#"Position "a reluctance to join the force as long as guns are heard in the Valley" | by lowland | says lowland | not so | level Reluctant | if AsLongAs: guns are heard in the Valley | modality Desired | at valley"#
        ]],
    );
    check(
        "Upland does not want any Lowlander troops in the Valley.",
        expect![[
            r#"Position "Upland does not want any Lowlander troops in the Valley" | by upland | to Lowlander troops | not so | modality Desired | at valley"#
        ]],
    );
    check(
        "The ceasefire has officially been declared. The mission warned that the truce remains at risk.",
        expect![[r#"
            Event "The ceasefire has officially been declared"
            Statement "the truce remains at risk" | says mission"#]],
    );
}

#[test]
fn the_name_of_a_private_person_is_nowhere() {
    let text = "Dorin Vask, a farmer from Millbridge, said that soldiers had burned his barn on Monday. Vask said he would rebuild it.";
    let reading = read(text, Some("2024-03-15"));
    let written = format!(
        "{:?}",
        reading
            .claims
            .iter()
            .map(|read| (
                &read.claim.speaker,
                &read.claim.actors,
                &read.claim.targets,
                &read.claim.attribution
            ))
            .collect::<Vec<_>>()
    );
    assert!(!written.contains("Vask") && !written.contains("Dorin"), "{written}");
}

#[test]
fn other_languages_are_kept_unread_and_dates_stay_open_without_a_day() {
    let reading = read(
        "Les deux parties ont signé un accord à Genève mardi dernier, selon le ministère.\n\nUpland opened the gate on Tuesday.",
        None,
    );
    assert_eq!(reading.unread.len(), 1);
    let codes: Vec<&str> = reading.remarks.iter().map(|remark| remark.code.as_str()).collect();
    assert_eq!(codes, ["R330", "R331"]);
    assert!(reading.claims.iter().all(|read| read.claim.when.is_none()));
}
