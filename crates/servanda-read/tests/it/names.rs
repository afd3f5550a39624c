//! Who and where: tables of sentences with their tags written beside the words, so that they hold whatever the language
//! layer learns. `word/TAG` (Penn), `word/TAG/lemma` where the lemma is not the word in small letters.

use expect_test::{Expect, expect};
use servanda_language::{Analysis, Fine, Relation, Sentence, Tag, Token};
use servanda_model::Span;
use servanda_model::{Modality, QuoteType};
use servanda_read::prose::names::{Directory, mention_at, mentions, names_private_person, places, speakers};
use servanda_read::prose::{Block, BlockRole, Calendar, Mention, Utterance, Who};

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

#[test]
fn an_office_is_meant_by_its_title_and_by_its_holder() {
    check(
        "Northland/NNP ’s/POS foreign/JJ minister/NN ,/, Ilo/NNP al/NNP -/HYPH Brisa/NNP ,/, met/VBD/meet the/DT president/NN of/IN Northland/NNP ./.
         Al/NNP -/HYPH Brisa/NNP and/CC Holm/NNP agreed/VBD/agree ./.
         President/NNP Vera/NNP Holm/NNP said/VBD/say so/RB ./.",
        expect![[r#"
            Northland -> north [name:alias]
            foreign minister -> north-minister [office:title]
            Ilo al - Brisa -> north-minister [office:holder]
            president of Northland -> north-president [name:alias]
            Al - Brisa -> north-minister [office:holder]
            Holm -> north-president [office:holder]
            President Vera Holm -> north-president [office:holder]
        "#]],
    );
    // The day of publication tells who held the office.
    let text = "Ana/NNP Ferro/NNP spoke/VBD/speak ./.";
    check_on(
        "2025-06-30",
        text,
        expect![[r#"
        Ana Ferro -> north-minister [office:holder]
    "#]],
    );
    check_on(
        "2025-07-01",
        text,
        expect![[r#"
        Ana Ferro -> 'former Northern foreign minister' office of north [office:former]
    "#]],
    );
    check_on(
        "2024-05-31",
        text,
        expect![[r#"
        Ana Ferro -> private [person:unknown]
    "#]],
    );
    check_on(
        "",
        text,
        expect![[r#"
        Ana Ferro -> north-minister [office:holder]
    "#]],
    );
    // A deputy, a former holder and a namesake are not the holder.
    check(
        "The/DT former/JJ Northern/JJ foreign/JJ minister/NN met/VBD/meet deputy/JJ Northern/JJ foreign/JJ minister/NN Oda/NNP Lind/NNP ./.
         Carlo/NNP Holm/NNP ,/, a/DT baker/NN ,/, did/VBD/do not/RB ./.",
        expect![[r#"
            former Northern foreign minister -> 'former Northern foreign minister' office of north [office:other]
            deputy Northern foreign minister Oda Lind -> 'deputy Northern foreign minister' office of north [person:described]
            Carlo Holm -> 'baker' other [person:described]
            baker -> 'baker' other [phrase:private]
        "#]],
    );
    check(
        "The/DT leader/NN of/IN the/DT River/NNP Riders/NNPS met/VBD/meet the/DT head/NN of/IN the/DT River/NNP Riders/NNPS ./.",
        expect![[r#"
            leader -> 'River Riders leader' office of riders [phrase:role]
            River Riders -> riders [name:alias]
            head of the River Riders -> riders-chief [name:alias]
        "#]],
    );
}

#[test]
fn unknown_actors_are_described_by_their_words() {
    check(
        "Two/CD senior/JJ Southern/JJ officials/NNS ,/, aid/NN agencies/NNS and/CC a/DT local/JJ commander/NN met/VBD/meet ./.
         The/DT Southern/JJ government/NN and/CC Northern/JJ authorities/NNS agreed/VBD/agree ./.
         Members/NNS of/IN rival/JJ gangs/NNS fled/VBD/flee ./.",
        expect![[r#"
            senior Southern officials -> 'senior Southern officials' office of south [phrase:role]
            Southern -> south [name:demonym]
            aid agencies -> 'aid agencies' body [phrase:role]
            local commander -> 'local commander' office [phrase:role]
            Southern government -> south [phrase:stands-for]
            Southern -> south [name:demonym]
            Northern authorities -> 'Northern authorities' body of north [phrase:role]
            Northern -> north [name:demonym]
            Members -> 'members of rival gangs' other [phrase:role]
            rival gangs -> 'rival gangs' group [phrase:role]
        "#]],
    );
    check(
        "The/DT Blue/NNP Harvest/NNP Committee/NNP and/CC the/DT Board/NNP of/IN Bridges/NNPS told/VBD/tell the/DT newspaper/NN Morning/NNP Bell/NNP ./.
         VXT/NNP denied/VBD/deny it/PRP ./.",
        expect![[r#"
            Blue Harvest Committee -> 'Blue Harvest Committee' body [phrase:role]
            Board of Bridges -> 'Board of Bridges' body [name:organisation]
            newspaper Morning Bell -> 'Morning Bell' media [name:organisation]
            VXT -> 'VXT' other [name:organisation]
            it -> ? [pronoun:open]
        "#]],
    );
    // Neither the use of force nor the opposition to a plan is anybody.
    check("Use/NN of/IN force/NN is/VBZ/be over/RB ./.", expect![[""]]);
    // A word that takes a side is not repeated; with an actor it means the actor.
    check(
        "The/DT Southern/JJ regime/NN and/CC terrorists/NNS fought/VBD/fight ./.",
        expect![[r#"
        Southern regime -> south [phrase:stands-for]
        Southern -> south [name:demonym]
    "#]],
    );
}

#[test]
fn persons_appear_by_what_they_are_and_never_by_name() {
    check(
        "The/DT River/NNP Riders/NNPS ’/POS spokesman/NN ,/, Ahmed/NNP Qadir/NNP ,/, said/VBD/say so/RB ./.
         Qadir/NNP and/CC Mr/NNP Qadir/NNP spoke/VBD/speak ./.",
        expect![[r#"
            River Riders -> riders [name:alias]
            spokesman -> 'River Riders spokesman' office of riders [phrase:role]
            Ahmed Qadir -> 'River Riders spokesman' office of riders [person:described]
            Qadir -> 'River Riders spokesman' office of riders [person:described]
            Mr Qadir -> 'River Riders spokesman' office of riders [person:described]
        "#]],
    );
    check(
        "Ahmed/NNP Qadir/NNP ,/, a/DT spokesman/NN of/IN the/DT group/NN ,/, said/VBD/say so/RB ./.\nSpokesman/NNP Ahmed/NNP Qadir/NNP said/VBD/say so/RB ./.",
        expect![[r#"
            Ahmed Qadir -> 'group spokesman' office [person:described]
            spokesman -> 'group spokesman' office [phrase:role]
            group -> ? [phrase:open]
            Spokesman Ahmed Qadir -> 'group spokesman' office [person:described]
        "#]],
    );
    check(
        "Lina/NNP Moss/NNP ,/, 43/CD ,/, a/DT farmer/NN from/IN Fordham/NNP ,/, fled/VBD/flee with/IN Moss/NNP ’s/POS family/NN ./.
         Pavel/NNP Dorn/NNP ,/, father/NN of/IN two/CD ,/, stayed/VBD/stay ./.
         Mrs/NNP Keel/NNP told/VBD/tell Tomas/NNP Reed/NNP ,/, who/WP wept/VBD/weep ./.",
        expect![[r#"
            Lina Moss -> 'farmer' other [person:described]
            farmer -> 'farmer' other [phrase:private]
            Moss -> 'farmer' other [person:described]
            family -> 'family' other [phrase:role]
            Pavel Dorn -> 'father' other [person:described]
            father -> 'father' other [phrase:private]
            Mrs Keel -> private [person:described]
            Tomas Reed -> private [person:described]
        "#]],
    );
    check(
        "Envoys/NNS Ines/NNP Calder/NNP and/CC Bo/NNP Strand/NNP arrived/VBD/arrive ./.\nCalder/NNP and/CC Strand/NNP left/VBD/leave ./.",
        expect![[r#"
            Envoys Ines Calder -> 'envoy' office [person:described]
            Bo Strand -> 'envoy' office [person:described]
            Calder -> 'envoy' office [person:described]
            Strand -> 'envoy' office [person:described]
        "#]],
    );
}

/// Whatever stands around it, the name of a private person is in no field.
#[test]
fn no_field_holds_the_name_of_a_private_person() {
    let names = ["Zorbane", "Quillfax", "Umberto", "Brundle"];
    let texts = [
        "Umberto/NNP Zorbane/NNP ,/, a/DT farmer/NN ,/, wept/VBD/weep ./.",
        "Umberto/NNP Zorbane/NNP ’s/POS brother/NN and/CC the/DT Zorbane/NNP family/NN left/VBD/leave ./.",
        "The/DT lawyer/NN of/IN Umberto/NNP Zorbane/NNP said/VBD/say that/IN Zorbane/NNP supporters/NNS and/CC Brundle/NNP relatives/NNS wept/VBD/weep ./.",
        "Shopkeeper/NN Umberto/NNP Zorbane/NNP told/VBD/tell Reporter/NNP Quillfax/NNP ./.",
        "Officials/NNS from/IN Zorbane/NNP met/VBD/meet a/DT friend/NN of/IN Mr/NNP Quillfax/NNP Brundle/NNP ./.",
        "Zorbane/NNP commanders/NNS ,/, Brundle/NNP militants/NNS and/CC Quillfax/NNP aides/NNS fled/VBD/flee ./.",
        "the/DT late/JJ Umberto/NNP Quillfax/NNP ,/, mother/NN of/IN Umberto/NNP Brundle/NNP ,/, and/CC her/PRP$ son/NN Zorbane/NNP ./.",
        "Southern/JJ soldier/NN Umberto/NNP Zorbane/NNP and/CC former/JJ Northern/JJ minister/NN Quillfax/NNP Brundle/NNP met/VBD/meet ./.",
        "Nora/NNP Zorbane/NNP ,/, a/DT nurse/NN ,/, left/VBD/leave ./.\nZorbane/NN supporters/NNS wept/VBD/weep ./.",
        "Umberto/NNP Church/NNP told/VBD/tell Brundle/NNP House/NNP about/IN Quillfax/NNP Post/NNP ./.",
        "A/DT spokesman/NN for/IN Umberto/NNP Brundle/NNP and/CC Quillfax/NNP ’s/POS lawyer/NN spoke/VBD/speak ./.",
    ];
    for text in texts {
        let (_, list) = found(text, "2025-10-20");
        for one in &list {
            let shown = format!("{:?} {:?} {}", one.who, one.sort, one.rule);
            for name in names {
                assert!(!shown.contains(name), "{text}: {shown}");
            }
        }
    }
}

#[test]
fn what_names_a_private_person_can_be_left_out() {
    let (text, list) = found(
        "Lina/NNP Moss/NNP ,/, a/DT farmer/NN ,/, met/VBD/meet Tomas/NNP Reed/NNP and/CC spokesman/NN Ahmed/NNP Qadir/NNP ./. She/PRP left/VBD/leave ./.",
        "2025-10-20",
    );
    let named: Vec<&str> =
        list.iter().filter(|one| names_private_person(one)).filter_map(|one| one.span.of(&text)).collect();
    assert_eq!(named, ["Lina Moss", "Tomas Reed"]);
}

#[test]
fn pronouns_point_to_the_most_salient_actor() {
    check(
        "The/DT River/NNP Riders/NNPS attacked/VBD/attack a/DT bridge/NN in/IN Southland/NNP ./.
         The/DT group/NN denied/VBD/deny it/PRP ,/, and/CC its/PRP$ spokesman/NN said/VBD/say that/IN they/PRP left/VBD/leave ./.
         The/DT country/NN blamed/VBD/blame the/DT group/NN ./.",
        expect![[r#"
            River Riders -> riders [name:alias]
            Southland -> south [name:alias]
            group -> riders [phrase:again]
            it -> ? [pronoun:open]
            its -> riders [pronoun:salience]
            spokesman -> 'River Riders spokesman' office of riders [phrase:role]
            they -> riders [pronoun:salience]
            country -> south [phrase:again]
            group -> riders [phrase:again]
        "#]],
    );
    check(
        "President/NNP Vera/NNP Holm/NNP arrived/VBD/arrive ./.\nShe/PRP said/VBD/say that/IN it/PRP was/VBD/be clear/JJ that/IN her/PRP$ minister/NN left/VBD/leave ./.",
        expect![[r#"
            President Vera Holm -> north-president [office:holder]
            She -> north-president [pronoun:salience]
            her -> north-president [pronoun:salience]
            minister -> 'Northern minister' office of north [phrase:role]
        "#]],
    );
    // Two actors together are no antecedent of "it" or "they"; three sentences are too far.
    check(
        "Northland/NNP and/CC Southland/NNP met/VBD/meet ./.\nIt/PRP said/VBD/say no/DT ./.",
        expect![[r#"
            Northland -> north [name:alias]
            Southland -> south [name:alias]
            It -> ? [pronoun:open]
        "#]],
    );
    check(
        "Northland/NNP met/VBD/meet ./.\nRain/NN fell/VBD/fall ./.\nSnow/NN fell/VBD/fall ./.\nIt/PRP said/VBD/say no/DT ./.",
        expect![[r#"
            Northland -> north [name:alias]
            It -> ? [pronoun:open]
        "#]],
    );
    // Within quotation marks only what the quotation names.
    check(
        "Northland/NNP spoke/VBD/speak ./.\n“/`` It/PRP agreed/VBD/agree ./. ”/''",
        expect![[r#"
            Northland -> north [name:alias]
            It -> ? [pronoun:open]
        "#]],
    );
}

#[test]
fn the_first_person_is_whoever_is_quoted() {
    let (text, blocks, analysis) =
        tagged("“/`` We/PRP agree/VBP ,/, ”/'' Vera/NNP Holm/NNP said/VBD/say ./.\nWe/PRP wait/VBP ./.");
    let mut list = mentions(&text, &blocks, &analysis, &directory(), None);
    let at = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let source = at("Vera Holm");
    let utterance = Utterance {
        source: Some(source),
        source_head: None,
        cue: Some(at("said")),
        content: vec![at("We agree,")],
        quote_type: QuoteType::Direct,
        parent: None,
        is_communication: true,
        modality: Modality::Actual,
        rule: "test",
    };
    speakers(&mut list, &[utterance]);
    let shown: Vec<String> =
        list.iter().map(|one| format!("{}: {}", one.span.of(&text).unwrap(), who(&one.who))).collect();
    assert_eq!(shown, ["We: north-president", "Vera Holm: north-president", "We: ?"]);
    let surname = analysis.tokens_in(source.start + 5..source.end).start;
    assert_eq!(mention_at(&list, surname).map(|one| one.span), Some(source));
    assert_eq!(mention_at(&list, 0), None);
}

#[test]
fn places_are_told_from_actors_of_the_same_name() {
    let check = |input: &str, expected: Expect| {
        let (text, _, analysis) = tagged(input);
        let found = places(&text, &analysis, &directory());
        let lines: Vec<String> = found
            .iter()
            .map(|one| format!("{} -> {} [{}]\n", one.span.of(&text).unwrap(), one.place, one.rule))
            .collect();
        expected.assert_eq(&lines.concat());
    };
    check(
        "Lorries/NNS crossed/VBD/cross the/DT East/NNP Gate/NNP in/IN the/DT Long/NNP Valley/NNP ’s/POS north/NN ./.",
        expect![[r#"
            East Gate -> east-gate [place:name]
            Long Valley -> valley [place:name]
        "#]],
    );
    check(
        "Fordham/NNP said/VBD/say that/IN talks/NNS in/IN Fordham/NNP ,/, Northland/NNP ,/, go/VBP on/RP ./.",
        expect![[r#"
        Fordham -> fordham [place:seat]
        Northland -> north [place:country]
    "#]],
    );
    check(
        "Northland/NNP struck/VBD/strike villages/NNS in/IN Southland/NNP and/CC left/VBD/leave Northland/NNP ./.",
        expect![[r#"
        Southland -> south [place:country]
        Northland -> north [place:country]
    "#]],
    );
    let directory = directory();
    assert!(directory.is_within(&"east-gate".into(), &"valley".into()));
    assert!(directory.is_within(&"fordham".into(), &"north".into()));
    assert!(!directory.is_within(&"valley".into(), &"east-gate".into()));
}

#[test]
fn names_in_other_scripts_are_found() {
    check(
        "قال/VBD الشمال/NNP والشمال/NNP ./.",
        expect![[r#"
        الشمال -> north [name:alias]
        والشمال -> north [name:alias]
    "#]],
    );
}

/// A text of one's own with the language layer as it is: what must hold whatever it makes of the words.
fn read(text: &str) -> (Vec<Mention>, Vec<Span>) {
    let block = Block { span: Span::new(0, text.len()), role: BlockRole::Paragraph };
    let analysis = servanda_language::analyse(
        servanda_language::Model::builtin(),
        text,
        std::slice::from_ref(&(0..text.len())),
    );
    let directory = directory();
    let list = mentions(text, &[block], &analysis, &directory, "2025-10-20".parse().ok());
    let places = places(text, &analysis, &directory);
    (list, places.into_iter().map(|one| one.span).collect())
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 200, ..Default::default() })]

    #[test]
    fn any_text_is_read_and_every_span_is_words(text in "(North|land|Northern|Fordham|Riders|River|Holm|Ferro|officials|spokesman|of|the|The|'s|’|\\(VOM\\)|[A-Z]{2,4}|\\(|\\)|“|”|,|\\.|al-|é|ш|ال|\u{202e}|\\PC| |\n){0,60}") {
        let (list, places) = read(&text);
        let mut last = 0;
        for one in &list {
            let words = one.span.of(&text).expect("whole characters");
            assert!(!words.is_empty() && one.span.start >= last && one.tokens.contains(&one.head));
            last = one.span.start;
        }
        assert!(places.iter().all(|span| span.of(&text).is_some_and(|words| !words.is_empty())));
    }
}

#[test]
fn swapping_two_parties_swaps_them_and_nothing_else() {
    let text = "Northland’s foreign minister met Southern officials in Fordham. Northland said the Southern army had left. It denied that.";
    let swapped = "Southland’s foreign minister met Northern officials in Port Alba. Southland said the Northern army had left. It denied that.";
    // Offices and kinds alike on both sides.
    let sides = r#"
actor = [
  { id = "a", label = "Northland", kind = "state", demonyms = ["Northern"], seats = ["Fordham"] },
  { id = "b", label = "Southland", kind = "state", demonyms = ["Southern"], seats = ["Port Alba"] },
]"#;
    let directory = Directory::new(&servanda_read::actors("actors.toml", sides).0, &[], &[]);
    let shown = |text: &str, exchange: bool| -> Vec<String> {
        let block = Block { span: Span::new(0, text.len()), role: BlockRole::Paragraph };
        let analysis = servanda_language::analyse(
            servanda_language::Model::builtin(),
            text,
            std::slice::from_ref(&(0..text.len())),
        );
        let list = mentions(text, &[block], &analysis, &directory, None);
        let name = |one: &Mention| match who(&one.who) {
            id if exchange && id == "a" => "b".to_owned(),
            id if exchange && id == "b" => "a".to_owned(),
            words if exchange => words
                .replace("of a", "of x")
                .replace("of b", "of a")
                .replace("of x", "of b")
                .replace("Southern", "Xern")
                .replace("Northern", "Southern")
                .replace("Xern", "Northern"),
            other => other,
        };
        list.iter().map(|one| format!("{} {}", name(one), one.rule)).collect()
    };
    let one_way = shown(text, false);
    assert!(one_way.len() >= 5, "{one_way:?}");
    assert_eq!(one_way, shown(swapped, true));
}

/// The work grows with the text: names, brackets and definitions by the thousand.
#[test]
fn long_lists_of_anything_are_read() {
    let n = 3_000;
    for text in [
        "Northland ".repeat(n),
        "(VOM) ".repeat(n),
        (0..n).map(|at| format!("Harvest Board {at} (HB{at}) ")).collect(),
        "((((".repeat(n),
        "the group’s ".repeat(n),
        "A.B.".repeat(n),
        "Ana Ferro, a spokesman of ".repeat(n),
        "a".repeat(n * 10),
    ] {
        let (list, _) = read(&text);
        assert!(list.len() <= text.len());
    }
}

#[test]
fn a_case_goes_before_a_pack() {
    let case = "actor = [{ id = \"n\", label = \"Northland\", kind = \"party\" }, { id = \"club\", label = \"Alba\" }]";
    let pack = "actor = [
      { id = \"northland\", label = \"Republic of Northland\", kind = \"state\", aliases = [\"Northland\", \"NL\"], demonyms = [\"Northern\"], seats = [\"Fordham\"] },
      { id = \"alba\", label = \"Alba\", kind = \"office\" },
      { id = \"bank\", label = \"Northern Bank\", kind = \"body\", member_of = \"northland\" },
      { id = \"n\", label = \"Nowhere\", kind = \"state\" },
    ]";
    let (case, pack) = (servanda_read::actors("a", case).0, servanda_read::actors("p", pack).0);
    let directory = Directory::new(&case, &[], &pack);
    let find = |words: &str| directory.find(words).map_or("nobody".to_owned(), ToString::to_string);
    assert_eq!(
        [find("NL"), find("Northland"), find("Alba"), find("Nowhere"), find("Fordham")],
        ["n", "n", "club", "nobody", "n"]
    );
    assert_eq!(
        directory.actor(&"bank".into()).map(|bank| bank.member_of[0].of.to_string()),
        Some("n".to_owned())
    );
    assert_eq!(directory.place(&"fordham".into()).map(|place| place.label.as_str()), Some("Fordham"));
}
