//! Who and where: tables of sentences with their tags written beside the words, so that they hold whatever the language
//! layer learns. `word/TAG` (Penn), `word/TAG/lemma` where the lemma is not the word in small letters.

use expect_test::{Expect, expect};
use servanda_language::{Analysis, Fine, Relation, Sentence, Tag, Token};
use servanda_model::Span;
use servanda_read::prose::names::{Directory, mentions};
use servanda_read::prose::{Block, BlockRole, Calendar, Mention, Who};

pub const ACTORS: &str = r#"
[[actor]]
id = "north"
label = "Northland"
kind = "state"
aliases = ["Republic of Northland", "NL", "الشمال"]
demonyms = ["Northern", "Northerner"]
seats = ["Fordham"]

[[actor]]
id = "south"
label = "Southland"
kind = "party"
demonyms = ["Southern"]
seats = ["Port Alba"]

[[actor]]
id = "riders"
label = "River Riders"
kind = "group"
aliases = ["Riders of the River"]

[[actor]]
id = "north-minister"
label = "Northern foreign minister"
kind = "office"
member_of = "north"
holders = [
  { name = "Ana Ferro", since = "2024-06-01", until = "2025-06-30" },
  { name = "Ilo al-Brisa", since = "2025-07-01" },
]

[[actor]]
id = "north-president"
label = "President of Northland"
kind = "office"
member_of = "north"
holders = [{ name = "Vera Holm", since = "2020-01-01" }]

[[actor]]
id = "riders-chief"
label = "Head of the River Riders"
kind = "office"
member_of = "riders"

[[actor]]
id = "observers"
label = "Valley Observer Mission"
kind = "observer"
aliases = ["VOM"]

[[actor]]
id = "valley-post"
label = "The Valley Post"
kind = "media"
"#;

pub const PLACES: &str = r#"
[[place]]
id = "valley"
label = "Long Valley"
kind = "region"

[[place]]
id = "east-gate"
label = "East Gate"
kind = "crossing"
within = ["valley"]

[[place]]
id = "fordham"
label = "Fordham"
within = ["north"]
"#;

pub fn directory() -> Directory {
    let (actors, list) = servanda_read::actors("actors.toml", ACTORS);
    assert_eq!(list, vec![]);
    let (places, _) = servanda_read::places("places.toml", PLACES);
    Directory::new(&actors, &places, &[])
}

fn tag_of(fine: Fine) -> Tag {
    match fine {
        Fine::Nn | Fine::Nns => Tag::Noun,
        Fine::Nnp | Fine::Nnps => Tag::Propn,
        Fine::Jj | Fine::Jjr | Fine::Jjs | Fine::Afx => Tag::Adj,
        Fine::Dt | Fine::Pdt | Fine::Wdt => Tag::Det,
        Fine::Cd => Tag::Num,
        Fine::Prp | Fine::PrpPoss | Fine::Wp | Fine::WpPoss | Fine::Ex => Tag::Pron,
        Fine::In => Tag::Adp,
        Fine::To | Fine::Pos | Fine::Rp => Tag::Part,
        Fine::Cc => Tag::Cconj,
        Fine::Rb | Fine::Rbr | Fine::Rbs | Fine::Wrb => Tag::Adv,
        Fine::Md => Tag::Aux,
        Fine::Vb | Fine::Vbd | Fine::Vbg | Fine::Vbn | Fine::Vbp | Fine::Vbz => Tag::Verb,
        Fine::Fw => Tag::X,
        Fine::Sym | Fine::Dollar => Tag::Sym,
        _ => Tag::Punct,
    }
}

/// A text and its analysis from sentences, one a line, with a flat tree; an empty line begins a block.
pub fn tagged(input: &str) -> (String, Vec<Block>, Analysis) {
    let (mut text, mut blocks, mut analysis) = (String::new(), Vec::new(), Analysis::default());
    let mut block_start = 0;
    for line in input.trim().lines().map(str::trim).chain([""]) {
        if line.is_empty() {
            let span = Span::new(block_start, text.trim_end().len());
            blocks.push(Block { span, role: BlockRole::Paragraph });
            text.push_str("\n\n");
            block_start = text.len();
            continue;
        }
        let (first, start) = (analysis.tokens.len(), text.len());
        for item in line.split_whitespace() {
            let mut parts = item.split('/');
            let (word, fine) = (parts.next().unwrap(), parts.next().unwrap_or("NN"));
            let lemma = parts.next().map_or_else(|| word.to_lowercase(), str::to_owned);
            let fine = Fine::of(fine).unwrap_or_else(|| panic!("no tag {fine} in {item}"));
            let is_glued =
                matches!(word, "," | "." | "’s" | "'s" | "’" | ")" | "”" | "?") || text.ends_with(['(', '“']);
            if is_glued && text.ends_with(' ') {
                text.pop();
            }
            let at = text.len();
            text.push_str(word);
            let number = analysis.lemmas.len() as u32;
            analysis.lemmas.push(lemma);
            let own = analysis.tokens.len();
            analysis.tokens.push(Token {
                start: at,
                end: text.len(),
                tag: tag_of(fine),
                fine,
                lemma: number,
                head: own,
                relation: Relation::Dep,
                sentence: analysis.sentences.len(),
            });
            if !text.ends_with(['(', '“']) {
                text.push(' ');
            }
        }
        let end = analysis.tokens.last().map_or(start, |token| token.end);
        analysis.sentences.push(Sentence {
            tokens: first..analysis.tokens.len(),
            start,
            end,
            is_english: true,
        });
    }
    (text, blocks, analysis)
}

pub fn who(who: &Who) -> String {
    match who {
        Who::Known(id) => id.to_string(),
        Who::Described { words, kind, of } => {
            let of = of.as_ref().map_or_else(String::new, |id| format!(" of {id}"));
            format!("'{words}' {}{of}", format!("{kind:?}").to_lowercase())
        }
        Who::Private => "private".to_owned(),
        Who::Unresolved => "?".to_owned(),
    }
}

fn found(input: &str, published: &str) -> (String, Vec<Mention>) {
    let (text, blocks, analysis) = tagged(input);
    let list = mentions(&text, &blocks, &analysis, &directory(), published.parse::<Calendar>().ok());
    (text, list)
}

fn check_on(published: &str, input: &str, expected: Expect) {
    let (text, list) = found(input, published);
    let lines: Vec<String> = list
        .iter()
        .map(|one| {
            format!(
                "{} -> {} [{}]\n",
                one.span.of(&text).unwrap().replace('\n', " "),
                who(&one.who),
                one.rule
            )
        })
        .collect();
    expected.assert_eq(&lines.concat());
}

fn check(input: &str, expected: Expect) {
    check_on("2025-10-20", input, expected);
}

#[test]
fn names_are_found_by_alias_demonym_and_acronym() {
    check(
        "Northland/NNP ’s/POS army/NN and/CC two/CD Southern/JJ soldiers/NNS ,/, NL/NNP said/VBD/say ./.",
        expect![[r#"
            Northland -> north [name:alias]
            army -> 'Northern army' body of north [phrase:role]
            Southern soldiers -> 'Southern soldiers' group of south [phrase:role]
            Southern -> south [name:demonym]
            NL -> north [name:alias]
        "#]],
    );
    check(
        "The/DT Valley/NNP Observer/NNP Mission/NNP (/-LRB- VOM/NNP )/-RRB- told/VBD/tell the/DT valley/NN post/NN ./.",
        expect![[r#"
            Valley Observer Mission -> observers [name:alias]
            VOM -> observers [name:alias]
        "#]],
    );
    check(
        "A/DT Fish/NNP Harvest/NNP Board/NNP (/-LRB- FHB/NNP )/-RRB- met/VBD/meet ./.\nThe/DT FHB/NNP and/CC the/DT harvest/NN board/NN agreed/VBD/agree ./.",
        expect![[r#"
            Fish Harvest Board -> 'Fish Harvest Board' body [name:defined]
            FHB -> 'Fish Harvest Board' body [name:defined]
            FHB -> 'Fish Harvest Board' body [name:defined]
            harvest board -> 'Fish Harvest Board' body [name:defined]
        "#]],
    );
}

#[test]
fn a_seat_stands_for_its_government_where_it_acts() {
    check(
        "Fordham/NNP has/VBZ/have rejected/VBN/reject the/DT plan/NN ./.",
        expect![[r#"
        Fordham -> north [name:seat]
    "#]],
    );
    check(
        "Officials/NNS met/VBD/meet in/IN Fordham/NNP and/CC Port/NNP Alba/NNP ./.",
        expect![[r#"
        Officials -> 'officials' office [phrase:role]
    "#]],
    );
    check(
        "Under/IN pressure/NN from/IN Fordham/NNP ,/, it/PRP was/VBD/be clear/JJ that/IN the/DT Fordham/NNP talks/NNS failed/VBD/fail ./.",
        expect![[r#"
        Fordham -> north [name:seat]
    "#]],
    );
    check(
        "Fordham/NNP ’s/POS envoy/NN visited/VBD/visit Port/NNP Alba/NNP ./.",
        expect![[r#"
        Fordham -> north [name:seat]
        envoy -> 'Northern envoy' office of north [phrase:role]
    "#]],
    );
}
