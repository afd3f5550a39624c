//! Where tokens and sentences end: tables.

use expect_test::{Expect, expect};
use servanda_language::{Model, analyse};

/// Sentences one a line, tokens apart by ` | `, repaired tokens as the text has them.
fn cut(text: &str) -> String {
    let analysis = analyse(Model::builtin(), text, std::slice::from_ref(&(0..text.len())));
    let line = |sentence: &servanda_language::Sentence| {
        let words: Vec<String> = sentence
            .tokens
            .clone()
            .map(|at| analysis.word(text, at).replace('\n', "/").replace('\u{ad}', "~"))
            .collect();
        words.join(" | ")
    };
    analysis.sentences.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&cut(text));
}

#[test]
fn titles_initials_and_acronyms_keep_their_stop() {
    check(
        "Gen. A. B. Orlo met Mr. Tavi at 5 p.m. in the U.S. capital. He left.",
        expect![[r#"
        Gen. | A. | B. | Orlo | met | Mr. | Tavi | at | 5 | p.m. | in | the | U.S. | capital | .
        He | left | ."#]],
    );
    check(
        "The envoy of the U.N. The ministers agreed.",
        expect![[r#"
        The | envoy | of | the | U.N.
        The | ministers | agreed | ."#]],
    );
    check(
        "It ended at 5 p.m. The guards left etc. Nobody came.",
        expect![[r#"
        It | ended | at | 5 | p.m.
        The | guards | left | etc.
        Nobody | came | ."#]],
    );
    check(
        "Article No. 5 says no. Nobody read Art. 6 of it.",
        expect![[r#"
        Article | No. | 5 | says | no | .
        Nobody | read | Art. | 6 | of | it | ."#]],
    );
    check("They chose plan B.", expect!["They | chose | plan | B | ."]);
}

#[test]
fn clitics_stand_apart() {
    check(
        "They don't say it's Orlo's or the soldiers' own; we cannot.",
        expect![
            "They | do | n't | say | it | 's | Orlo | 's | or | the | soldiers | ' | own | ; | we | can | not | ."
        ],
    );
    check(
        "They don’t say it’s Orlo’s. I’d've gone, y'all.",
        expect![[r#"
        They | do | n’t | say | it | ’s | Orlo | ’s | .
        I | ’d | 've | gone | , | y'all | ."#]],
    );
    check(
        "In the '90s and the 80's, rock 'n' roll was 'all'.",
        expect!["In | the | '90s | and | the | 80's | , | rock | 'n | ' | roll | was | ' | all | ' | ."],
    );
}

#[test]
fn numbers_dates_and_money_hold_together() {
    check(
        "On 12/05 at 12:30 he paid $5bn, US$1,234.5m or €3.2 for 62,000-tonne ships.",
        expect![
            "On | 12/05 | at | 12:30 | he | paid | $ | 5 | bn | , | US$ | 1,234.5 | m | or | € | 3.2 | for | 62,000 | - | tonne | ships | ."
        ],
    );
    check(
        "Between 3-4 and 1969-1970 about 20% of 1,000,000 (approx. 10km) fell; call 555-0134-22.",
        expect![
            "Between | 3 | - | 4 | and | 1969 | - | 1970 | about | 20 | % | of | 1,000,000 | ( | approx. | 10 | km | ) | fell | ; | call | 555-0134-22 | ."
        ],
    );
    check("The 21st of May, 5pm, No. 7.", expect!["The | 21st | of | May | , | 5 | pm | , | No. | 7 | ."]);
}

#[test]
fn addresses_and_tags_are_one_token() {
    check(
        "See https://example.org/a_(b)?c=1, or write to press.office@example.org. #truce @ministry",
        expect![[r#"
        See | https://example.org/a_(b)?c=1 | , | or | write | to | press.office@example.org | .
        #truce | @ministry"#]],
    );
    check(
        "(www.example.org) and example.com/x.",
        expect!["( | www.example.org | ) | and | example.com | / | x | ."],
    );
}

#[test]
fn hyphens_stand_apart_but_behind_prefixes() {
    check(
        "A UN-led, long-term, non-binding re-entry of ex-soldiers—say—on the pre-war line - now.",
        expect![
            "A | UN | - | led | , | long | - | term | , | non-binding | re-entry | of | ex-soldiers | — | say | — | on | the | pre-war | line | - | now | ."
        ],
    );
    check(
        "The north–south road was open -- almost.",
        expect!["The | north | – | south | road | was | open | -- | almost | ."],
    );
}

#[test]
fn quotation_marks_close_their_sentence() {
    check(
        "\"Is it over?\" he said. \"It is.\" She left.",
        expect![[r#"
        " | Is | it | over | ? | " | he | said | .
        " | It | is | . | "
        She | left | ."#]],
    );
    check(
        "“Is it over?” Minister Orlo asked. “No! Never,” she said. “We wait.” Then it rained.",
        expect![[r#"
        “ | Is | it | over | ? | ” | Minister | Orlo | asked | .
        “ | No | !
        Never | , | ” | she | said | .
        “ | We | wait | . | ”
        Then | it | rained | ."#]],
    );
    check(
        "« Est-ce fini ? » The minister read it aloud. 'Yes.' No.",
        expect![[r#"
            « | Est | - | ce | fini | ? | »
            The | minister | read | it | aloud | .
            ' | Yes | . | '
            No | ."#]],
    );
    check(
        "He said: “We go. We do not stop.” (He did.) Later he slept.",
        expect![[r#"
        He | said | : | “ | We | go | .
        We | do | not | stop | . | ”
        ( | He | did | . | )
        Later | he | slept | ."#]],
    );
}

#[test]
fn dots_and_lost_spaces() {
    check(
        "Well... perhaps. And then… Nothing. It ended.The next day it began again.",
        expect![[r#"
        Well | ... | perhaps | .
        And | then | …
        Nothing | .
        It | ended | .
        The | next | day | it | began | again | ."#]],
    );
    check("He waited ... and waited.", expect!["He | waited | ... | and | waited | ."]);
}

#[test]
fn line_ends_are_spaces_and_hyphenated_words_whole() {
    check(
        "The men stood ins-\nide the hall\nof the town.\n\nA new paragraph",
        expect![[r#"
        The | men | stood | ins-/ide | the | hall | of | the | town | .
        A | new | paragraph"#]],
    );
    check(
        "The agree\u{ad}ment and the agree\u{ad}\nment.",
        expect!["The | agree~ment | and | the | agree~/ment | ."],
    );
}

#[test]
fn stray_spaces_and_line_ends_inside_words() {
    check(
        "The guard e xperienced it and controlle d the road.",
        expect!["The | guard | e xperienced | it | and | controlle d | the | road | ."],
    );
    check(
        "A man in a car met us at the south ern gate.",
        expect!["A | man | in | a | car | met | us | at | the | south | ern | gate | ."],
    );
    check(
        "The cease-\nfire held, a long-\nterm aim of the govern-\nment.",
        expect!["The | cease-/fire | held | , | a | long | - | term | aim | of | the | govern-/ment | ."],
    );
    check(
        "He saw the rest of it.she did not. approx. five left.",
        expect![[r#"
        He | saw | the | rest | of | it | . | she | did | not | .
        approx. | five | left | ."#]],
    );
}

#[test]
fn other_scripts_fall_into_words() {
    check(
        "قال الوزير: «انتهى». ثم غادر؟ نعم.",
        expect![[r#"
        قال | الوزير | : | « | انتهى | » | .
        ثم | غادر | ؟
        نعم | ."#]],
    );
    check("צה\"ל אמר: \u{202b}שָׁלוֹם\u{202c}.", expect![[r#"צה"ל | אמר | : | שָׁלוֹם | ."#]]);
    check(
        "Міністр сказав: «Завершено». Він пішов.",
        expect![[r#"
        Міністр | сказав | : | « | Завершено | » | .
        Він | пішов | ."#]],
    );
    check(
        "部长说。他走了。",
        expect![[r#"
        部 | 长 | 说 | 。
        他 | 走 | 了 | 。"#]],
    );
}

#[test]
fn nothing_gives_nothing() {
    check("", expect![[r#""#]]);
    check(" \n\t ", expect![[r#""#]]);
}
