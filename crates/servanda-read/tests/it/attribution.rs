//! Who says what, sentence by sentence. The parties, places and people are invented.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use servanda_language::{Model, analyse};
use servanda_model::{QuoteType, Span};
use servanda_read::prose::attribution::{Cues, quotes, utterances};
use servanda_read::prose::{Block, BlockRole, Utterance};

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive("\n\n") {
        let end = start + piece.trim_end().len();
        if start < end {
            blocks.push(Block { span: Span::new(start, end), role: BlockRole::Paragraph });
        }
        start += piece.len();
    }
    blocks
}

fn read(text: &str) -> Vec<Utterance> {
    let blocks = blocks(text);
    let ranges: Vec<_> = blocks.iter().map(|block| block.span.start..block.span.end).collect();
    utterances(text, &blocks, &analyse(Model::builtin(), text, &ranges), Cues::builtin())
}

fn shown(text: &str) -> String {
    let mut lines = String::new();
    let of = |span: Option<Span>| span.and_then(|span| span.of(text)).unwrap_or("-");
    for (ix, one) in read(text).iter().enumerate() {
        let said: Vec<&str> = one.content.iter().filter_map(|span| span.of(text)).collect();
        let sort = match one.quote_type {
            QuoteType::Direct => "direct",
            QuoteType::Mixed => "mixed",
            QuoteType::Indirect => "indirect",
            QuoteType::None => "none",
        };
        let parent = one.parent.map_or(String::new(), |parent| format!(" in {parent}"));
        let attitude = if one.is_communication { "" } else { " attitude" };
        lines += &format!(
            "{ix}{parent} {sort}{attitude}: {} | {} | {}\n",
            of(one.source),
            of(one.cue),
            said.join(" … ")
        );
    }
    lines
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text));
}

#[test]
fn quotations_before_behind_and_around_their_speaker() {
    check(
        "“The bridge is open,” the mayor of Eastford said on Monday.",
        expect![[r#"
        0 direct: the mayor of Eastford | said | The bridge is open
    "#]],
    );
    check(
        "\"The bridge is open,\" said Ada Brook, a spokeswoman for the council.",
        expect![[r#"
        0 direct: Ada Brook, a spokeswoman for the council | said | The bridge is open
    "#]],
    );
    check(
        "The envoy told reporters: “We are ready. We have waited long enough.”",
        expect![[r#"
            0 direct: The envoy | told | We are ready. We have waited long enough.
        "#]],
    );
    check(
        "“We will open the gate,” she said, “if the guns fall silent.”",
        expect![[r#"
        0 direct: she | said | We will open the gate … if the guns fall silent.
    "#]],
    );
    check(
        "“We will open the gate,” he said. “The valley has waited.”",
        expect![[r#"
        0 direct: he | said | We will open the gate … The valley has waited.
    "#]],
    );
    check(
        "‘The North’s gate is shut,’ he said.",
        expect![[r#"
        0 direct: he | said | The North’s gate is shut
    "#]],
    );
    check(
        "« La porte est ouverte », said the commander.",
        expect![[r#"
        0 direct: the commander | said | La porte est ouverte
    "#]],
    );
    check(
        "“Who guards the ferry?” Brook asked.",
        expect![[r#"
        0 direct: Brook | asked | Who guards the ferry?
    "#]],
    );
    check(
        "“The ferry belongs to everyone.”\n― Mira Stone",
        expect![[r#"
        0 direct: Mira Stone | ― | The ferry belongs to everyone.
    "#]],
    );
}

#[test]
fn quotations_over_several_paragraphs() {
    check(
        "“The first convoy came on Sunday,” the envoy said. “It brought flour.\n\n“The second one brought salt.”",
        expect![[r#"
            0 direct: the envoy | said | The first convoy came on Sunday … It brought flour. … The second one brought salt.
        "#]],
    );
    check(
        "“A first thing that nobody closed, he said.\n\nThe river rose.",
        expect![[r#"
        0 indirect: he | said | A first thing that nobody closed
    "#]],
    );
}

#[test]
fn words_that_are_partly_quoted() {
    check(
        "The council said the raid was “a grave breach” of the truce.",
        expect![[r#"
        0 mixed: The council | said | the raid was “a grave breach” of the truce
    "#]],
    );
    check(
        "Ostland called the raid a “grave breach” of the truce.",
        expect![[r#"
        0 mixed: Ostland | called | the raid a “grave breach” of the truce
    "#]],
    );
    check("The plan names a “Board of Trade” and a ferry guard.", expect![[""]]);
}

#[test]
fn what_is_said_in_the_narrators_words() {
    check(
        "The North says that its troops have left the ridge.",
        expect![[r#"
        0 indirect: The North | says | its troops have left the ridge
    "#]],
    );
    check(
        "The troops, the North says, have left the ridge.",
        expect![[r#"
        0 indirect: the North | says | The troops … have left the ridge
    "#]],
    );
    check(
        "The troops have left the ridge, according to the monitors.",
        expect![[r#"
        0 indirect: the monitors | according to | The troops have left the ridge
    "#]],
    );
    check(
        "According to the monitors, the troops have left the ridge.",
        expect![[r#"
        0 indirect: the monitors | According to | the troops have left the ridge
    "#]],
    );
    check(
        "Ada Brook, who leads the council, said the gate would open.",
        expect![[r#"
        0 indirect: Ada Brook, who leads the council | said | the gate would open
    "#]],
    );
    check(
        "Westland, Ostland and other states have expressed a reluctance to send troops.",
        expect![[r#"
        0 indirect: Westland, Ostland and other states | have expressed | a reluctance to send troops
    "#]],
    );
    check(
        "The envoy urged both sides to release the captives.",
        expect![[r#"
            0 indirect: The envoy | urged | both sides to release the captives
        "#]],
    );
    check(
        "Ostland accused the South of breaking the truce.",
        expect![[r#"
        0 indirect: Ostland | accused | the South of breaking the truce
    "#]],
    );
    check(
        "The council denied that its guards had fired.",
        expect![[r#"
        0 indirect: The council | denied | its guards had fired
    "#]],
    );
    check(
        "The South, meanwhile, demands guarantees that the ferry will run.",
        expect![[r#"
        0 indirect: The South | demands | guarantees that the ferry will run
    "#]],
    );
    check(
        "The army set up a post near the ford, which it says will watch the truce.",
        expect![[r#"
        0 indirect: it | says | will watch the truce
    "#]],
    );
    check(
        "The claim by the South that the ferry sank was repeated.",
        expect![[r#"
        0 indirect: the South | claim | the ferry sank was repeated
    "#]],
    );
}

#[test]
fn reports_that_go_on_and_reports_within_reports() {
    check(
        "The envoy said the gate was open but acknowledged slow progress, adding that more must be done.",
        expect![[r#"
            0 indirect: The envoy | said | the gate was open
            1 indirect: The envoy | acknowledged | slow progress
            2 indirect: The envoy | adding | more must be done
        "#]],
    );
    check(
        "According to the Gazette, the South has agreed to stop raids after elders argued they would end the truce.",
        expect![[r#"
            0 indirect: the Gazette | According to | the South has agreed to stop raids
            1 in 0 indirect attitude: the South | has agreed | to stop raids
            2 indirect: elders | argued | they would end the truce
        "#]],
    );
    check(
        "“They told us that the ferry was safe,” the mayor said.",
        expect![[r#"
            0 in 1 indirect: They | told | the ferry was safe
            1 direct: the mayor | said | They told us that the ferry was safe
        "#]],
    );
    check(
        "The envoy said the council had warned that the dam could break.",
        expect![[r#"
        0 indirect: The envoy | said | the council had warned that the dam could break
        1 in 0 indirect: the council | had warned | the dam could break
    "#]],
    );
}

#[test]
fn nobody_is_named() {
    check(
        "The drought has officially been declared to be over.",
        expect![[r#"
        0 indirect: - | has officially been declared | The drought … to be over
    "#]],
    );
    check(
        "The raid was described by the monitors as a breach.",
        expect![[r#"
        0 indirect: the monitors | was described | The raid … as a breach
    "#]],
    );
    check(
        "The guards reportedly fired at the ferry.",
        expect![[r#"
        0 indirect: - | reportedly | The guards … fired at the ferry
    "#]],
    );
    check(
        "“This is a long thing that nobody in the text is said to say.”",
        expect![[r#"
            0 direct: - | - | This is a long thing that nobody in the text is said to say.
            1 in 0 indirect: - | is said | nobody in the text … to say
        "#]],
    );
}

#[test]
fn a_sentence_without_cue_stays_with_the_narrator() {
    check(
        "The envoy said the gate was open. The ferry did not run on Monday.",
        expect![[r#"
        0 indirect: The envoy | said | the gate was open
    "#]],
    );
    check(
        "The South considers the ridge its own and wants no guards there.",
        expect![[r#"
        0 indirect attitude: The South | considers | the ridge its own
    "#]],
    );
}

#[test]
fn swapping_two_parties_swaps_sources_and_changes_nothing_else() {
    let text = "The North said the South had broken the truce, and the South denied it. “We keep our word,” the North added.";
    let swapped = text.replace("North", "N").replace("South", "North").replace("N ", "South ");
    let lines = |text: &str| shown(text).replace("North", "X").replace("South", "X");
    assert_eq!(lines(text), lines(&swapped));
}

fn marks(text: &str) -> String {
    let found = quotes(text, &blocks(text));
    let words = found.iter().map(|quote| {
        let parts: Vec<&str> = quote.parts.iter().filter_map(|part| part.of(text)).collect();
        let parent = quote.parent.map_or(String::new(), |parent| format!(" in {parent}"));
        format!("[{}]{parent}{}", parts.join(" … "), if quote.is_closed { "" } else { " open" })
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn marks_of_quotation() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&marks(text));
    check("He said “yes” and \"no\" and «maybe».", expect!["[yes] [no] [maybe]"]);
    check("The states’ guards and the dog's tail aren't quoted.", expect![[""]]);
    check("‘The states’ guards left,’ he said.", expect!["[The states’ guards left,]"]);
    check("“He said ‘never’ to us,” she said.", expect!["[He said ‘never’ to us,] [never] in 0"]);
    check("\"He said 'never' to us,\" she said.", expect!["[He said 'never' to us,] [never] in 0"]);
    check("''We wait,'' he said.", expect!["[We wait,]"]);
    check("„Wir warten“, he said.", expect!["[Wir warten]"]);
    check(
        "“What he calls “peace” is none,” she said.",
        expect!["[What he calls “peace” is none,] [peace] in 0"],
    );
    check(
        "“The end is missing. “Here is another,” he said.",
        expect!["[The end is missing.] open [Here is another,]"],
    );
    check("“One.\n\n“Two.”\n\nThree.", expect!["[One. … Two.]"]);
    check("“One.\n\nTwo.", expect!["[One.] open"]);
    check("A 5' 10\" tall man in the '90s", expect![[""]]);
}

#[test]
fn a_hundred_thousand_marks_are_read_once() {
    for mark in ["“", "\"", "‘", "'", "« ", "“‘", "” “"] {
        let text = mark.repeat(100_000);
        assert!(quotes(&text, &blocks(&text)).len() <= 200_000);
    }
    let text = "“Yes,” he said. ".repeat(3000);
    assert_eq!(read(&text).len(), 3000);
}

#[test]
fn the_lexicon_that_comes_with_the_program_can_be_read() {
    assert!(Cues::parse(include_str!("../../data/cues.toml")).is_ok());
    assert!(!Cues::builtin().verb("say").is_empty());
    assert!(Cues::parse("verbs = 1").is_err());
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("“"),
        Just("”"),
        Just("\""),
        Just("'"),
        Just("‘"),
        Just("’"),
        Just("«"),
        Just("»"),
        Just("''"),
        Just(" said "),
        Just(" the envoy "),
        Just(", "),
        Just(". "),
        Just("\n\n"),
        Just("according to "),
        Just("who "),
        Just("that "),
        Just("The gate is open"),
        Just(": "),
        Just("— "),
        Just("by "),
        Just("to leave "),
        Just("claims "),
        Just("é"),
        Just("…"),
        Just("("),
        Just(")"),
        Just("reportedly "),
        Just("it "),
        Just("was "),
        Just("told "),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    /// Whatever stands in a text: spans lie within it on character boundaries, parents are others and end.
    #[test]
    fn any_text_can_be_read(text in pieces()) {
        let found = read(&text);
        for (ix, one) in found.iter().enumerate() {
            prop_assert!(!one.content.is_empty());
            for span in one.content.iter().chain(&one.cue).chain(&one.source) {
                prop_assert!(span.of(&text).is_some_and(|words| !words.is_empty()), "{span:?}");
            }
            let (mut at, mut n_steps) = (one.parent, 0);
            while let Some(parent) = at {
                prop_assert!(parent != ix && n_steps < found.len());
                at = found[parent].parent;
                n_steps += 1;
            }
        }
        for quote in quotes(&text, &blocks(&text)) {
            prop_assert!(quote.outer.of(&text).is_some());
            prop_assert!(quote.parts.iter().all(|part| part.of(&text).is_some() && quote.outer.start <= part.start && part.end <= quote.outer.end));
        }
    }
}
