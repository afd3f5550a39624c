//! What is said to happen: categories of the PLOVER manual on sentences whose actors are marked.
//!
//! The sentences are those of `event_coding_dev` (source and target marked, category given). The figures are those of the
//! lexicon and its rules alone; no weight is trained on the sentences. Folds are by FNV-1a hash of the sentence; fold 0 was not
//! looked at while the lexicon was written.
//!
//! `--miss CATEGORY` prints what is missed outside fold 0; `--show FILE` prints the propositions of a text, with `--tree` its trees.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use servanda_language::{Model, analyse};
use servanda_model::Span;
use servanda_read::prose::attribution::{Cues, utterances};
use servanda_read::prose::frames::{Lexicon, between, propositions};
use servanda_read::prose::{Block, BlockRole};

use super::{Context, Scores};

const FILE: &str = "data/language/event_coding_dev/PLV_train.tsv";
const N_FOLDS: u64 = 5;

/// One marked sentence.
struct Row {
    sentence: String,
    source: Span,
    target: Span,
    gold: String,
    penta: String,
    fold: u64,
}

/// Measures the categories.
pub(super) fn run(ctx: &Context) -> Result<Option<Scores>> {
    if let Some(file) = ctx.after("--show") {
        show(Path::new(file), ctx.has("--tree"))?;
        return Ok(None);
    }
    let Some(path) = ctx.shared(FILE) else { return Ok(None) };
    let rows = rows(&fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?);
    let coded: Vec<(String, String)> = rows.iter().map(code).collect();
    if let Some(category) = ctx.after("--miss") {
        for (row, (found, why)) in rows.iter().zip(&coded).filter(|(row, _)| row.fold != 0) {
            if (row.gold == category || found == category) && *found != row.gold {
                println!("{} -> {found} [{why}]\n    {}", row.gold, marked(row));
            }
        }
    }
    let pairs = |keep: &dyn Fn(&Row) -> bool| -> Vec<(&str, &str)> {
        rows.iter()
            .zip(&coded)
            .filter(|(row, _)| keep(row))
            .map(|(row, (found, _))| (row.gold.as_str(), found.as_str()))
            .collect()
    };
    let all = pairs(&|_| true);
    let mut scores = Scores::default();
    print_table(&all);
    let folds: Vec<f64> = (0..N_FOLDS).map(|fold| macro_f1(&pairs(&|row: &Row| row.fold == fold))).collect();
    println!("macro-F1 by fold: {}", folds.iter().map(|f1| format!("{f1:.3}")).collect::<Vec<_>>().join(" "));
    let penta: Vec<(&str, &str)> =
        rows.iter().zip(&coded).map(|(row, (found, _))| (row.penta.as_str(), class(found))).collect();
    scores.put("category_macro_f1", macro_f1(&all));
    scores.put("category_macro_f1_unseen_fold", folds[0]);
    scores.put("category_accuracy", accuracy(&all));
    scores.put("class_macro_f1", macro_f1(&penta));
    println!("{scores}");
    Ok(Some(scores))
}

/// Category and its reasons, by lexicon and rules.
fn code(row: &Row) -> (String, String) {
    let analysis = analyse(Model::builtin(), &row.sentence, std::slice::from_ref(&(0..row.sentence.len())));
    match between(&row.sentence, &analysis, row.source, row.target, Lexicon::builtin()) {
        Some(coded) => {
            let category = match coded.category.as_str() {
                "CONCEDE" | "RETREAT" => "YIELD".to_owned(),
                other => other.to_owned(),
            };
            (category, coded.rules.join(" "))
        }
        None => ("-".to_owned(), String::new()),
    }
}

/// The class of a category: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict.
fn class(category: &str) -> &'static str {
    match category {
        "AGREE" | "CONSULT" | "SUPPORT" => "1",
        "COOPERATE" | "AID" | "YIELD" => "2",
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => "3",
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => "4",
        _ => "-",
    }
}

/// Rows whose marks can be found in the sentence.
fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| head.iter().position(|there| *there == name).unwrap_or(usize::MAX);
    let (marked, gold, penta) = (column("marked_sentence"), column("gold_root"), column("gold_penta"));
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |at: usize| cells.get(at).map(|cell| cell.trim_matches('"').replace("\"\"", "\""));
            row(&cell(marked)?, cell(gold)?, cell(penta)?)
        })
        .collect()
}

fn row(marked: &str, gold: String, penta: String) -> Option<Row> {
    let mut sentence = String::new();
    let (mut source, mut target) = (None, None);
    let (mut source_at, mut target_at) = (0, 0);
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        sentence += &rest[..at];
        let mark = ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|mark| rest[at..].starts_with(mark));
        match mark {
            Some("<s>") => source_at = sentence.len(),
            Some("<t>") => target_at = sentence.len(),
            Some("</s>") => source = source.or(Some(Span::new(source_at, sentence.len()))),
            Some("</t>") => target = target.or(Some(Span::new(target_at, sentence.len()))),
            _ => sentence.push('<'),
        }
        rest = &rest[at + mark.map_or(1, str::len)..];
    }
    sentence += rest;
    let end = Span::new(sentence.len(), sentence.len());
    let fold = hash(&sentence) % N_FOLDS;
    Some(Row { source: source?, target: target.unwrap_or(end), sentence, gold, penta, fold })
}

fn marked(row: &Row) -> String {
    let mut cuts = [
        (row.source.start, "<s>"),
        (row.source.end, "</s>"),
        (row.target.start, "<t>"),
        (row.target.end, "</t>"),
    ];
    cuts.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut text = row.sentence.clone();
    cuts.iter().for_each(|(at, mark)| text.insert_str(*at, mark));
    text
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// F1 of each gold label, averaged.
fn macro_f1(pairs: &[(&str, &str)]) -> f64 {
    let table = table(pairs);
    let gold = table.iter().filter(|(_, (gold, _, _))| *gold > 0).map(|(_, counts)| f1(*counts));
    let list: Vec<f64> = gold.collect();
    list.iter().sum::<f64>() / list.len().max(1) as f64
}

fn accuracy(pairs: &[(&str, &str)]) -> f64 {
    pairs.iter().filter(|(gold, found)| gold == found).count() as f64 / pairs.len().max(1) as f64
}

/// For each label: how often it is given, found, and both.
fn table<'p>(pairs: &[(&'p str, &'p str)]) -> BTreeMap<&'p str, (usize, usize, usize)> {
    let mut table: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (gold, found) in pairs {
        table.entry(gold).or_default().0 += 1;
        table.entry(found).or_default().1 += 1;
        table.entry(gold).or_default().2 += usize::from(gold == found);
    }
    table
}

fn f1((gold, found, both): (usize, usize, usize)) -> f64 {
    if gold + found == 0 { 0.0 } else { 2.0 * both as f64 / (gold + found) as f64 }
}

fn print_table(pairs: &[(&str, &str)]) {
    println!("{:<12} {:>5} {:>6} {:>6} {:>6}", "category", "n", "prec", "rec", "F1");
    for (label, counts) in table(pairs) {
        let (gold, found, both) = counts;
        let ratio = |of: usize| both as f64 / of.max(1) as f64;
        println!("{label:<12} {gold:>5} {:>6.3} {:>6.3} {:>6.3}", ratio(found), ratio(gold), f1(counts));
    }
}

/// Prints the propositions of a text file, each block a paragraph.
fn show(file: &Path, with_tree: bool) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if !words.is_empty() {
            blocks.push(Block { span: Span::new(start, start + words.len()), role: BlockRole::Paragraph });
        }
        start += line.len();
    }
    let ranges: Vec<_> = blocks.iter().map(|block| block.span.start..block.span.end).collect();
    let analysis = analyse(Model::builtin(), &text, &ranges);
    for sentence in analysis.sentences.iter().filter(|_| with_tree) {
        for at in sentence.tokens.clone() {
            let token = &analysis.tokens[at];
            let head = if token.head == at { "-" } else { analysis.word(&text, token.head) };
            print!("{}/{}/{}<{head} ", analysis.word(&text, at), token.fine, token.relation);
        }
        println!("\n");
    }
    let utterances = utterances(&text, &blocks, &analysis, Cues::builtin());
    for said in utterances.iter().filter(|_| with_tree) {
        let words = |span: Span| span.of(&text).unwrap_or_default();
        let content: Vec<&str> = said.content.iter().map(|span| words(*span)).collect();
        let (source, cue) = (said.source.map(words).unwrap_or("-"), said.cue.map(words).unwrap_or("-"));
        println!("{source} <{cue}> {content:?} {} {:?} {}", said.is_communication, said.modality, said.rule);
    }
    for found in propositions(&text, &blocks, &analysis, &utterances, Lexicon::builtin()) {
        let words = |tokens: &[usize]| {
            tokens.iter().map(|at| analysis.word(&text, *at)).collect::<Vec<_>>().join("+")
        };
        println!(
            "{:?} [{}] {}\n    {} | {:?} {:?} {:?} {:?} | actors {} targets {} objects {} places {} | {} {} | {}{}",
            found.kind,
            found.span.of(&text).unwrap_or_default(),
            found.parent.map_or(String::new(), |parent| format!("(in {parent})")),
            found.action,
            found.polarity,
            found.modality,
            found.tense,
            found.commitment_level,
            words(&found.roles.actors),
            words(&found.roles.targets),
            words(&found.roles.objects),
            words(&found.roles.places),
            found.plover.as_deref().unwrap_or("-"),
            found.issue.as_ref().map_or("-", |issue| issue.as_str()),
            found.rules.join(" "),
            found.condition.map_or(String::new(), |condition| format!(
                " | {:?}: {}",
                condition.sort,
                condition.span.of(&text).unwrap_or_default()
            )),
        );
    }
    Ok(())
}
