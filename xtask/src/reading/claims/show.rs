//! Figures in a table, and what was missed, in the words of the document.

use servanda_model::Claim;

use super::fields::{FIELDS, Tally, short};
use super::gold::Gold;
use super::matched::Matched;

/// Prints the head of the table.
pub(super) fn head() {
    let mut line = format!(
        "{:<24} {:>4} {:>4} {:>5} {:>5} {:>5} {:>5}",
        "document", "gold", "read", "prec", "rec", "F1", "core"
    );
    for field in FIELDS {
        line += &format!(" {:>6}", &field[..field.len().min(6)]);
    }
    println!("{line}");
}

/// Prints a row: claims by precision, recall and F1, fields by F1.
pub(super) fn row(name: &str, claims: &Tally, core: Tally, fields: &[Tally]) {
    let percent =
        |figure: Option<f64>| figure.map_or("-".to_owned(), |figure| format!("{:.1}", figure * 100.0));
    let mut line = format!(
        "{name:<24} {:>4} {:>4} {:>5} {:>5} {:>5} {:>5}",
        claims.gold,
        claims.read,
        percent(claims.precision()),
        percent(claims.recall()),
        percent(claims.f1()),
        percent(core.f1())
    );
    for field in fields {
        line += &format!(" {:>6}", percent(field.f1()));
    }
    println!("{line}");
}

/// Prints how many claims the input does not hand on, and which.
pub(super) fn lost(gold: &Gold, lost: &[usize], may_show: bool) {
    println!(
        "{:<24} {} of {} claims stand in no block that is read",
        gold.name,
        lost.len(),
        gold.claims.len()
    );
    for ix in lost.iter().filter(|_| may_show) {
        let span = gold.claims[*ix].span;
        println!("  not read  {}", short(gold.text.get(span[0]..span[1]).unwrap_or_default()));
    }
}

/// Prints what was missed, what is spurious, and what is wrong in the claims that both have.
pub(super) fn items(gold: &Gold, read: &[Claim], matched: &Matched) {
    let words = |start: usize, end: usize| -> String {
        let text = gold.text.get(start..end).unwrap_or("(bytes cut a character)");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for ix in &matched.missed {
        let claim = &gold.claims[*ix];
        let focus = claim.focus.map_or(String::new(), |focus| format!("  [{}]", words(focus[0], focus[1])));
        let what = format!("{:?} ({})", claim.kind, claim.action);
        println!("  missed    {what} {}{focus}", words(claim.span[0], claim.span[1]));
    }
    for ix in &matched.spurious {
        let claim = &read[*ix];
        let rules = claim.rule.join(" ");
        println!("  spurious  {:?} {}  ({rules})", claim.kind, words(claim.span.start, claim.span.end));
    }
    for (claim, ix, compared) in &matched.pairs {
        let wrong: Vec<String> = compared
            .iter()
            .filter(|compared| !compared.tally.is_right() && compared.field != "negative")
            .map(|compared| format!("{} is {:?}, read {:?}", compared.field, compared.gold, compared.read))
            .collect();
        if !wrong.is_empty() {
            let claim = &gold.claims[*claim];
            println!("  wrong     {}", words(claim.span[0], claim.span[1]));
            println!("            {}", wrong.join("; "));
            println!("            {}", short(&read[*ix].rule.join(" ")));
        }
    }
}
