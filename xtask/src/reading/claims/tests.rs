//! The scorer on an invented document.

use std::collections::BTreeMap;

use servanda_model::{
    Attribution, AttributionRole, Claim, ClaimKind, Condition, ConditionSort, DateBasis, DateReference,
    DocumentId, Modality, Name, Number, Polarity, Quantity, Span, Tense,
};

use servanda_read::input::Article;
use servanda_read::prose::{Block, BlockRole, Prose};

use super::fields::{FIELDS, Tally};
use super::gold::{Gold, GoldClaim};
use super::matched::{Matched, matched};
use super::names::Names;
use super::page;

const TEXT: &str = "The Uplanders withdrew guns and paid fines on Monday, the mission said. \
                    Lowland will not talk unless prisoners are freed. Rain fell.";

fn place(words: &str) -> [usize; 2] {
    let at = TEXT.find(words).unwrap();
    [at, at + words.len()]
}

fn gold(annotation: &str) -> Gold {
    Gold {
        name: "invented".to_owned(),
        is_seen: true,
        text: TEXT.to_owned(),
        file: String::new(),
        sha256: String::new(),
        published: "2031-05-07".to_owned(),
        genre: String::new(),
        case: String::new(),
        extract: [0, TEXT.len()],
        claims: toml::from_str::<BTreeMap<String, Vec<GoldClaim>>>(annotation)
            .unwrap()
            .remove("claim")
            .unwrap(),
    }
}

fn annotated() -> Gold {
    let [clause, guns, fines, refusal, condition] = [
        "The Uplanders withdrew guns and paid fines on Monday",
        "withdrew guns",
        "paid fines",
        "Lowland will not talk unless prisoners are freed",
        "prisoners are freed",
    ]
    .map(place);
    gold(&format!(
        r#"
        [[claim]]
        span = {clause:?}
        focus = {guns:?}
        code_points = [0, 0]
        kind = "event"
        quote_type = "indirect"
        speaker = ["the mission"]
        chain = ["the mission"]
        actors = ["Upland"]
        tense = "past"
        issue = ["withdrawal"]
        date = {{ start = "2031-05-05", end = "2031-05-05", basis = "relative" }}

        [[claim]]
        span = {clause:?}
        focus = {fines:?}
        code_points = [0, 0]
        kind = "event"
        quote_type = "indirect"
        speaker = ["the mission", "-"]
        actors = ["Upland"]
        tense = "past"

        [[claim]]
        span = {refusal:?}
        code_points = [0, 0]
        kind = "position"
        actors = ["Lowland"]
        polarity = "negative"
        modality = "planned"
        tense = "future"
        condition = {{ type = "unless", span = {condition:?} }}
        commitment_level = ["refused", "conditional"]

        [[claim.quantity]]
        span = {condition:?}
        low = 2
        "#
    ))
}

fn claim(words: &str, kind: ClaimKind, change: impl FnOnce(&mut Claim)) -> Claim {
    let [start, end] = place(words);
    let mut claim = Claim::new(DocumentId::default(), Span::new(start, end), words, kind).unwrap();
    change(&mut claim);
    claim
}

fn names() -> Names {
    Names::of(&BTreeMap::from([("Upland".to_owned(), vec!["Uplanders".to_owned()])]))
}

fn tally(matched: &Matched, field: &str) -> [usize; 3] {
    assert!(FIELDS.contains(&field));
    let mut sum = Tally::default();
    let all = matched.pairs.iter().flat_map(|(.., compared)| compared);
    all.filter(|compared| compared.field == field).for_each(|compared| sum.add(compared.tally));
    [sum.same, sum.gold, sum.read]
}

#[test]
fn claims_that_share_a_clause_are_told_apart_by_their_part() {
    let by_part = [
        claim("paid fines on Monday", ClaimKind::Event, |_| ()),
        claim("withdrew guns", ClaimKind::Event, |_| ()),
        claim("Rain fell", ClaimKind::Event, |_| ()),
    ];
    let matched = matched(&annotated(), &by_part, &names());
    let pairs: Vec<(usize, usize)> = matched.pairs.iter().map(|(gold, read, _)| (*gold, *read)).collect();
    assert_eq!(pairs, [(0, 1), (1, 0)]);
    assert_eq!((&matched.missed[..], &matched.spurious[..]), (&[2][..], &[2][..]));
    assert_eq!(matched.tally(), Tally { same: 2, gold: 3, read: 3 });
}

#[test]
fn a_clause_that_is_not_split_matches_one_claim() {
    let whole = claim("The Uplanders withdrew guns and paid fines on Monday", ClaimKind::Event, |claim| {
        claim.issue = Some(Name::new("withdrawal"));
    });
    let matched = matched(&annotated(), &[whole], &names());
    assert_eq!(matched.pairs.len(), 1);
    assert_eq!(matched.pairs[0].0, 0, "the one with more values alike");
}

#[test]
fn claims_outside_the_extract_are_not_counted() {
    let mut gold = annotated();
    gold.extract = [0, place("Rain")[0]];
    let rain = claim("Rain fell", ClaimKind::Event, |_| ());
    assert_eq!(matched(&gold, &[rain], &names()).tally(), Tally { same: 0, gold: 3, read: 0 });
}

#[test]
fn fields_are_compared_on_pairs() {
    let read = [
        claim("withdrew guns", ClaimKind::Event, |claim| {
            claim.speaker = Some(Name::new("mission"));
            claim.attribution =
                vec![Attribution { role: AttributionRole::Source, name: Name::new("mission") }];
            claim.actors = vec![Name::new("Uplanders"), Name::new("Lowland")];
            claim.issue = Some(Name::new("funding"));
            claim.date = Some(DateReference {
                text: "Monday".to_owned(),
                start: Some("2031-05-05".to_owned()),
                end: Some("2031-05-05".to_owned()),
                basis: DateBasis::Relative,
                granularity: None,
            });
        }),
        claim("paid fines", ClaimKind::Statement, |_| ()),
        claim("Lowland will not talk unless prisoners are freed", ClaimKind::Position, |claim| {
            claim.polarity = Polarity::Negative;
            claim.modality = Modality::Planned;
            claim.tense = Tense::Future;
            claim.actors = vec![Name::new("Lowland")];
            claim.targets = vec![Name::new("Upland")];
            claim.condition =
                Some(Condition { sort: ConditionSort::Unless, text: "the prisoners are freed".to_owned() });
            claim.commitment_level = Some(servanda_model::CommitmentLevel::Refused);
            claim.quantities =
                vec![Quantity { low: Some(Number::whole(2)), approx: true, ..Quantity::default() }];
        }),
    ];
    let matched = matched(&annotated(), &read, &names());
    let check = |field: &str, expected: [usize; 3]| assert_eq!(tally(&matched, field), expected, "{field}");
    check("kind", [2, 3, 3]);
    // The second may have nobody, and has nobody.
    check("speaker", [1, 1, 1]);
    check("chain", [1, 1, 1]);
    check("actor", [2, 3, 3]);
    check("target", [0, 0, 1]);
    check("polarity", [3, 3, 3]);
    check("negative", [1, 1, 1]);
    check("modality", [3, 3, 3]);
    check("tense", [3, 3, 3]);
    check("condition", [1, 1, 1]);
    check("commitment", [1, 1, 1]);
    check("issue", [0, 1, 1]);
    check("date", [1, 1, 1]);
    check("quantity", [1, 1, 1]);
    check("quote_type", [1, 3, 3]);
    // The third has one acted upon too many, which is not core; the first an actor too many, the second another kind and no actor.
    assert_eq!(matched.core(), Tally { same: 1, gold: 3, read: 3 });
}

#[test]
fn over_all_claims_the_values_of_missed_and_spurious_ones_are_wrong() {
    let read = [
        claim("withdrew guns", ClaimKind::Event, |claim| claim.actors = vec![Name::new("Uplanders")]),
        claim("Rain fell", ClaimKind::Meeting, |claim| {
            claim.actors = vec![Name::new("Rain")];
            claim.targets = vec![Name::new("Lowland")];
            claim.speaker = Some(Name::new("mission"));
            claim.attribution =
                vec![Attribution { role: AttributionRole::Source, name: Name::new("mission") }];
            claim.issue = Some(Name::new("funding"));
        }),
    ];
    // The second and third are missed: nobody need speak in either, and the third has an actor, a condition, a level
    // and a quantity.
    let matched = matched(&annotated(), &read, &names());
    let check = |field: &str, expected: [usize; 3]| {
        let at = FIELDS.iter().position(|name| *name == field).unwrap();
        let mut sum = matched.on_pairs()[at];
        sum.add(matched.alone[at]);
        assert_eq!([sum.same, sum.gold, sum.read], expected, "{field}");
    };
    check("kind", [1, 3, 2]);
    check("speaker", [0, 1, 1]);
    check("chain", [0, 1, 1]);
    check("actor", [1, 3, 3]);
    check("target", [0, 0, 0]);
    check("negative", [0, 1, 0]);
    check("condition", [0, 1, 0]);
    check("commitment", [0, 1, 0]);
    check("issue", [0, 1, 1]);
    check("date", [0, 1, 0]);
    check("quantity", [0, 1, 0]);
}

#[test]
fn a_committed_page_shows_first_words_and_names_misses() {
    let read = [
        claim("withdrew guns", ClaimKind::Event, |claim| claim.actors = vec![Name::new("Uplanders")]),
        claim("Rain fell", ClaimKind::Event, |claim| claim.action = "fall".to_owned()),
    ];
    let gold = annotated();
    let matched = matched(&gold, &read, &names());
    let mut prose = Prose::verbatim(TEXT, 0);
    prose.blocks = vec![Block { span: Span::new(0, TEXT.len()), role: BlockRole::Paragraph }];
    let article = Article { prose, ..Article::default() };
    let page = page::page(&gold, std::slice::from_ref(&article), &read, &matched, false);
    let body = page.split_once("\n## ").unwrap().1;
    assert_eq!(
        body,
        "Paragraph 1\n\
         \n\
         **1.1** The Uplanders withdrew guns and paid fines on ...\n\
         \n\
         - **both** event: ; by Upland; says the mission — otherwise: speaker the mission, read nobody; chain the mission, \
         read nothing; issue withdrawal, read nothing; date 2031-05-05..2031-05-05, read nothing; quote_type indirect, read \
         none\n\
         - **missed** event: ; by Upland; says the mission\n\
         \n\
         **1.2** Lowland will not talk unless prisoners are freed.\n\
         \n\
         - **missed** position:  (denied); by Lowland\n\
         \n\
         **1.3** Rain fell.\n\
         \n\
         - **too much** event: fall\n"
    );
    let full = page::page(&gold, &[article], &read, &matched, true);
    assert!(full.contains("and paid fines on Monday, the mission said."));
    assert!(full.contains("“withdrew guns”"));
}

#[test]
fn annotations_fit_the_files_at_hand_and_a_quarter_is_kept_unseen() {
    let ctx = crate::reading::Context::new(&crate::root(), &[]);
    let Some(shared) = ctx.shared("data").and_then(|data| data.parent().map(std::path::Path::to_owned))
    else {
        return;
    };
    let documents = super::gold::load(&ctx.root, &shared).unwrap();
    let n_unseen = documents.iter().filter(|gold| !gold.is_seen).count();
    assert!(documents.len() >= 18 && n_unseen * 4 >= documents.len(), "{n_unseen} of {}", documents.len());
    for gold in &documents {
        assert!(!gold.claims.is_empty(), "{}", gold.name);
        let tokens = super::tokens::Tokens::new(&gold.text, gold.extract[0]..gold.extract[1]);
        for claim in &gold.claims {
            let place = claim.focus.unwrap_or(claim.span);
            assert!(tokens.any_in(place), "{}: no content at {place:?}", gold.name);
            let is_listed = |name: &String| !name.is_empty() && name.trim() == name;
            let names = claim.speaker.iter().chain(&claim.chain).chain(&claim.actors).chain(&claim.targets);
            assert!(names.into_iter().all(is_listed), "{}: {:?}", gold.name, claim.span);
        }
    }
}
