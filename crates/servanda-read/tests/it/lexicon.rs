//! The lexicon: what the program's own holds, and what a case adds.

use expect_test::{Expect, expect};
use servanda_read::prose::frames::Lexicon;

fn check(text: &str, expected: Expect) {
    let (_, diagnostics) = Lexicon::builtin().with("reading.toml", text);
    let shown: Vec<String> = diagnostics
        .iter()
        .map(|found| {
            let hint = found.hint.as_deref().unwrap_or_default();
            format!(
                "{} {:?} {}\n    {hint}\n",
                found.code,
                found.span.of(text).unwrap_or_default(),
                found.message
            )
        })
        .collect();
    expected.assert_eq(&shown.concat());
}

#[test]
fn the_lexicon_of_the_program_has_no_fault() {
    let text = include_str!("../../data/frames.toml");
    let (_, diagnostics) = Lexicon::default().with("frames.toml", text);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let lexicon = Lexicon::builtin();
    assert!(lexicon.frames().len() > 60, "{} frames", lexicon.frames().len());
    assert!(lexicon.n_patterns() > 900, "{} patterns", lexicon.n_patterns());
    assert_eq!(lexicon.issues().count(), 31);
}

#[test]
fn every_category_of_the_manual_has_a_frame() {
    let categories = [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ];
    for category in categories {
        let found = Lexicon::builtin().frames().iter().any(|frame| frame.category() == Some(category));
        assert!(found, "no frame for {category}");
    }
}

#[test]
fn a_case_adds_frames_and_words() {
    let text = "[[frame]]\nid = \"ferry.stopped\"\nkind = \"event\"\nplover = \"COERCE-restrict\"\nissue = \"movement\"\nverbs = [\"stop|halt ferry\"]\n\
                [[frame]]\nid = \"withdraw\"\nissue = \"pull_back\"\nnouns = [\"pull-away\"]\n\
                [[issue]]\nid = \"movement\"\nwords = [\"ferry\"]\n[[kind]]\nevent_kind = \"x\"\n";
    check(text, expect![""]);
    let (lexicon, _) = Lexicon::builtin().with("reading.toml", text);
    let ferry = lexicon.frame("ferry.stopped").unwrap();
    assert_eq!(
        (ferry.category(), ferry.issue.as_ref().map(|issue| issue.as_str())),
        (Some("COERCE"), Some("movement"))
    );
    let withdraw = lexicon.frame("withdraw").unwrap();
    assert_eq!(withdraw.issue.as_ref().map(|issue| issue.as_str()), Some("pull_back"));
    assert_eq!(withdraw.plover.as_deref(), Some("RETREAT-withdraw"));
    assert_eq!(lexicon.n_patterns(), Lexicon::builtin().n_patterns() + 2);
    assert_eq!(lexicon.issues().next().map(|issue| issue.as_str()), Some("movement"));
}

#[test]
fn faults_are_told_with_their_place() {
    check(
        "[[frame]]\nid = \"a\"\nkind = \"event\"\nverb = [\"x\"]\n[[frame]]\nid = \"a\"\nverbs = [\"x\"]\n[[frame]]\nid = \"b\"\nkind = \"meetin\"\n\
         [[frame]]\nid = \"c\"\nkind = \"event\"\nplover = \"ASSALT-x\"\nverbs = [\"open||shut gate\"]\n[[frame]]\nid = \"d\"\n\
         [[holder]]\nid = \"h\"\nlemmas = [\"swear\"]\n",
        expect![[r#"
            C157 "\"a\"" 'a' has no words and finds nothing
                give it verbs, nouns or adjectives (an issue: words)
            C151 "verb" nothing reads the key 'verb'
                did you mean 'verbs'?
            C154 "\"a\"" the frame 'a' stands twice in this file; this one is not used
                put their words together, or give each its own id
            C152 "\"meetin\"" 'meetin' is no value of 'kind'
                did you mean 'meeting'?
            C156 "\"ASSALT-x\"" 'ASSALT-x' is no category of the PLOVER manual
                did you mean 'ASSAULT'?
            C155 "\"open||shut gate\"" 'open||shut gate' is no pattern of words
                write lemmas: a space between words that may stand apart, _ between words side by side, | between alternatives
            C153 "[[frame]]" 'kind' is missing
                add kind = "…"
            C158 "\"h\"" the holder 'h' changes nothing and is not used
                give it lemmas, and holds or implies
        "#]],
    );
}

#[test]
fn a_file_that_is_no_toml_says_so() {
    check(
        "[[issue]]\nwords = =\n",
        expect![[r#"
        C150 "=" this is not valid TOML: extra `=`, expected nothing
            texts stand between quotation marks, lists between [ and ], tables begin with [[name]]
    "#]],
    );
}
