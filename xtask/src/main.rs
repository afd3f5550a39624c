//! `cargo xtask CHORE`
#![allow(clippy::disallowed_methods, reason = "reads its arguments")]

use std::process::ExitCode;

use anyhow::{Result, bail};
use xtask::{bench, bless, demo, events, root, rows, steps, tidy};

const HELP: &str = "\
cargo xtask CHORE

  demo              build the program, show the bundled case, write a report to open in a browser
  test              everything that must pass: format, tidy, clippy, golden files, every test
  tidy              is the house in order? (edges, names, codes, sizes, words, links, licences, ...)
  bless             write golden files anew; look at the difference before you commit it
  golden [--check]  write schemas/ and the records of shipped cases anew, or only compare
  bundle CASE       ship a case with its records (cases/CASE/ledger.bundle)
  reading [WHICH] [--check|--write]  how well prose is read (language, normal, attribution, events, claims)
  reading page [--full]  write docs/reading anew: two articles beside what is read in them
  train             learn tags, lemmas and trees from the treebank of ../shared; writes the model file
  bench             measure, and compare with DuckDB and SQLite on one machine
  bench reading [--whole]  how fast prose is read, stage by stage, and the peak of memory
  rows N FOLDER     write a case with a table of N generated events, to measure how long reading it takes
  events N FILE     write the N generated events of the comparison, and one late event beside them
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match chore(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Does one chore; `false` where the answer is no.
fn chore(words: &[&str]) -> Result<bool> {
    match words {
        ["demo"] => demo::run(&root()),
        ["test"] => steps::test(&root()),
        ["tidy"] => report(&tidy::run(&root())?),
        ["bless"] => bless::bless(&root()),
        #[cfg(feature = "program")]
        ["golden" | "schemas"] => xtask::golden::golden(&root(), false),
        #[cfg(feature = "program")]
        ["golden" | "schemas", "--check"] => xtask::golden::golden(&root(), true),
        #[cfg(feature = "program")]
        ["bundle", case] => xtask::golden::bundle(&root(), case),
        #[cfg(not(feature = "program"))]
        ["golden" | "schemas"] | ["golden" | "schemas", "--check"] | ["bundle", _] => {
            bless::with_program(&root(), words)
        }
        #[cfg(feature = "reading")]
        ["reading", words @ ..] => xtask::reading::run(&root(), words),
        #[cfg(feature = "reading")]
        ["train", words @ ..] => xtask::train::run(&root(), words),
        #[cfg(not(feature = "reading"))]
        ["reading" | "train", ..] => bless::with_reader(&root(), words),
        #[cfg(feature = "reading")]
        ["bench", "reading", words @ ..] => xtask::reading::throughput::run(&root(), words),
        #[cfg(not(feature = "reading"))]
        ["bench", "reading", ..] => bless::with_reader(&root(), words),
        ["bench"] => bench::run(&root()),
        ["events", n, file] => events::write(n.parse()?, file.as_ref()).map(|()| true),
        ["rows", n, folder] => rows::write(n.parse()?, folder.as_ref()).map(|()| true),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(true)
        }
        _ => bail!("no such chore: {}\n\n{HELP}", words.join(" ")),
    }
}

fn report(findings: &[tidy::Finding]) -> Result<bool> {
    for finding in findings {
        println!("{finding}");
    }
    println!("tidy: {}", steps::outcome(findings.len()));
    Ok(findings.is_empty())
}
