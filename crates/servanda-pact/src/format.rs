//! The tree becomes text in one layout, whatever the author's was.
//!
//! Labels of neighbouring lines of one sort are aligned; clauses are indented by two spaces and their keywords
//! padded to one width within a provision; at most one blank line stands between lines, one before each
//! provision. Comments and unreadable lines keep their words.

use std::fmt::Write;

use crate::lexer::turns_direction;
use crate::syntax::{
    Block, Clause, ClauseSort, Condition, ConditionSort, Due, DutyWords, File, Item, Target, Text, Word,
};

/// Names longer than this do not move the labels of their neighbours.
const MAX_ALIGNED: usize = 32;
/// Labels longer than this do not move what follows the labels of their neighbours.
const MAX_ALIGNED_LABEL: usize = 60;
/// Width of a clause keyword with the space after it, unless a longer one stands in the provision.
const KEYWORD_WIDTH: usize = 8;

/// Writes a tree as text that reads back to the same tree.
///
/// `format` of what is read from `format` gives the same text again.
pub fn format(file: &File) -> String {
    let mut out = String::new();
    let provisions = width(file.items.iter().filter(|item| matches!(item.block, Block::Provision { .. })));
    let mut run = 0..0;
    let mut widths = Widths::default();
    for (at, item) in file.items.iter().enumerate() {
        if at >= run.end {
            run = at..run_end(&file.items, at);
            widths = Widths::of(&file.items[run.clone()]);
        }
        let before = at.checked_sub(1).map(|before| &file.items[before]);
        let apart = match before {
            None => true,
            Some(before) => matches!(before.block, Block::Blank {} | Block::Comment { .. }),
        };
        if matches!(item.block, Block::Provision { .. }) && !apart {
            out.push('\n');
        }
        if let Block::Blank {} = item.block {
            // Blank lines at the head of the file and doubled ones go.
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        let name = if matches!(item.block, Block::Provision { .. }) { provisions } else { widths.name };
        let line = block(&item.block, name, widths.label);
        push_line(&mut out, "", &line, item.comment.as_deref());
        clauses(&mut out, &item.clauses);
    }
    out.truncate(out.trim_end_matches('\n').len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Where the neighbouring lines of the same sort end.
fn run_end(items: &[Item], at: usize) -> usize {
    let word = items[at].block.word();
    let same = |item: &Item| item.block.word() == word && item.clauses.is_empty();
    at + 1 + items[at + 1..].iter().take_while(|item| same(item)).count()
}

/// Columns that neighbouring lines share.
#[derive(Default)]
struct Widths {
    name: usize,
    /// Of the labels before `counts`.
    label: usize,
}

impl Widths {
    fn of(items: &[Item]) -> Widths {
        let labels = items.iter().filter_map(|item| match &item.block {
            Block::Kind { label, .. } => Some(columns(&quoted(label))),
            _ => None,
        });
        Widths {
            name: width(items.iter()),
            label: labels.filter(|n| *n <= MAX_ALIGNED_LABEL).max().unwrap_or(0),
        }
    }
}

fn width<'i>(items: impl Iterator<Item = &'i Item>) -> usize {
    items
        .filter_map(|item| name_of(&item.block))
        .map(columns)
        .filter(|n| *n <= MAX_ALIGNED)
        .max()
        .unwrap_or(0)
}

fn name_of(block: &Block) -> Option<&str> {
    match block {
        Block::Instrument { id, .. }
        | Block::Party { id, .. }
        | Block::Body { id, .. }
        | Block::Kind { id, .. }
        | Block::Zone { id, .. }
        | Block::Number { id, .. }
        | Block::Milestone { id, .. }
        | Block::Provision { id, .. } => Some(id.name.as_str()),
        _ => None,
    }
}

/// Columns that a name or text takes on the screen, combining marks and joiners taking none.
fn columns(name: &str) -> usize {
    let takes_none = |c: char| !c.is_alphanumeric() && unicode_ident::is_xid_continue(c) && !c.is_ascii();
    name.chars().filter(|c| !takes_none(*c) && !matches!(c, '\u{200c}' | '\u{200d}')).count()
}

fn push_line(out: &mut String, indent: &str, line: &str, comment: Option<&str>) {
    out.push_str(indent);
    out.push_str(line.trim_end());
    if let Some(comment) = comment {
        out.push_str("  --");
        out.push_str(comment.trim_end());
    }
    out.push('\n');
}

fn padded(word: &Word, width: usize) -> String {
    let name = word.name.as_str();
    format!("{name}{}", " ".repeat(width.saturating_sub(columns(name)) + 2))
}

fn block(block: &Block, width: usize, label_width: usize) -> String {
    match block {
        Block::Pact { id, title } => format!("pact {} {}", id.name, quoted(title)),
        Block::Clock { zone } => format!("clock {}", zone.name),
        Block::Instrument { id, title, adopted, incorporates, supersedes } => {
            let mut line = format!("instrument {} {} adopted {}", id.name, quoted(title), adopted.date);
            for (verb, list) in [("incorporates", incorporates), ("supersedes", supersedes)] {
                if !list.is_empty() {
                    let _ = write!(line, " {verb} {}", names(list));
                }
            }
            line
        }
        Block::Party { id, label } => format!("party {}{}", padded(id, width), quoted(label)),
        Block::Body { id, label } => format!("body {}{}", padded(id, width), quoted(label)),
        Block::Kind { id, label, counts } => {
            let label = quoted(label);
            let counts = counts.as_ref().map(|unit| {
                format!("{}  counts {}", " ".repeat(label_width.saturating_sub(columns(&label))), unit.name)
            });
            format!("kind {}{label}{}", padded(id, width), counts.unwrap_or_default())
        }
        Block::Zone { id, file } => format!("zone {}{}", padded(id, width), quoted(file)),
        Block::Number { id, values } => {
            let value = |value: &crate::syntax::DatedEntry| {
                format!("{} since {} {}", value.value.number, value.since.date, quoted(&value.reference))
            };
            format!("number {}{}", padded(id, width), values.iter().map(value).collect::<Vec<_>>().join(", "))
        }
        Block::Milestone { id, when } => format!("milestone {}when {}", padded(id, width), condition(when)),
        Block::Provision { id, title } => format!("provision {}{}", padded(id, width), quoted(title)),
        Block::Comment { text } => format!("--{text}"),
        Block::Blank {} => String::new(),
        Block::Unreadable { text, .. } => text.clone(),
    }
}

fn clauses(out: &mut String, clauses: &[Clause]) {
    let keyword = |sort: &ClauseSort| keyword(sort).map(str::len).unwrap_or(0);
    let widest = clauses.iter().map(|clause| keyword(&clause.clause) + 2).max().unwrap_or(0);
    let width = widest.max(KEYWORD_WIDTH);
    for line in clauses {
        match &line.clause {
            ClauseSort::Blank {} if out.ends_with("\n\n") => {}
            ClauseSort::Blank {} => out.push('\n'),
            ClauseSort::Comment { text } => push_line(out, "  ", &format!("--{text}"), None),
            sort => push_line(out, "  ", &clause(sort, width), line.comment.as_deref()),
        }
    }
}

/// The keyword that is padded; duties, readings and words of the text are not.
fn keyword(clause: &ClauseSort) -> Option<&'static str> {
    Some(match clause {
        ClauseSort::When { .. } => "when",
        ClauseSort::Whenever { .. } => "whenever",
        ClauseSort::If { .. } => "if",
        ClauseSort::While { .. } => "while",
        ClauseSort::Unless { .. } => "unless",
        ClauseSort::Until { .. } => "until",
        ClauseSort::Deadline { assumed: Some(_), .. } => "assume",
        ClauseSort::Deadline { due: Due::Within { .. }, .. } => "within",
        ClauseSort::Deadline { due: Due::By { .. }, .. } => "by",
        ClauseSort::Tolerance { .. } => "tolerance",
        ClauseSort::Watch { .. } => "watch",
        _ => return None,
    })
}

fn clause(sort: &ClauseSort, width: usize) -> String {
    let rest = match sort {
        ClauseSort::Quote { text } => format!("quote {}", quoted(text)),
        ClauseSort::Paraphrase { text } => format!("paraphrase {}", quoted(text)),
        ClauseSort::Duty { obligors, duty: words } => format!("{} {}", names(obligors), duty(words)),
        ClauseSort::When { condition: cond }
        | ClauseSort::Whenever { condition: cond }
        | ClauseSort::While { condition: cond }
        | ClauseSort::Unless { condition: cond }
        | ClauseSort::Until { condition: cond } => condition(cond),
        ClauseSort::If { breached } => format!("breached {}", breached.name),
        ClauseSort::Deadline { due, assumed } => {
            let (rule, value) = match due {
                Due::Within { duration, of } => {
                    let of = of.as_ref().map(|of| format!(" of {}", condition(of))).unwrap_or_default();
                    ("within ", format!("{duration}{of}"))
                }
                Due::By { date } => ("by ", date.date.to_string()),
            };
            match assumed {
                Some(why) => format!("{rule}{value}  {}", quoted(why)),
                None => value,
            }
        }
        ClauseSort::NoDeadline {} => "no deadline".to_owned(),
        ClauseSort::Tolerance { missed, per, of } => format!("{missed} {per} in {of}"),
        ClauseSort::Watch { kind, by, complete_after } => {
            format!("{} by {} complete after {complete_after}", kind.name, by.name)
        }
        ClauseSort::Reading { label, clause: other } => {
            format!("reading {} {}", quoted(label), clause(other, 0))
        }
        ClauseSort::Comment { text } => format!("--{text}"),
        ClauseSort::Blank {} => String::new(),
        ClauseSort::Unreadable { text } => text.clone(),
    };
    match keyword(sort) {
        // Inside a reading nothing is aligned.
        Some(keyword) if width == 0 => format!("{keyword} {rest}"),
        Some(keyword) => format!("{keyword:<width$}{rest}"),
        None => rest,
    }
}

fn duty(duty: &DutyWords) -> String {
    let optional = |word: &str, name: &Option<Word>| {
        name.as_ref().map(|name| format!(" {word} {}", name.name)).unwrap_or_default()
    };
    match duty {
        DutyWords::Deliver { targets, to } => {
            let targets: Vec<String> = targets.iter().map(target).collect();
            format!("must deliver {}{}", targets.join(", "), optional("to", to))
        }
        DutyWords::Not { kinds, zone } => format!("must not {}{}", names(kinds), optional("in", zone)),
        DutyWords::Keep { kind, bound, amount, per, zone } => {
            format!("must keep {} {bound} {amount} per {per}{}", kind.name, optional("in", zone))
        }
        DutyWords::Match { returned, for_each, by } => {
            format!("must match {} for each {}{}", target(returned), target(for_each), optional("by", by))
        }
        DutyWords::Establish { body, state } => {
            format!("must establish {}{}", body.name, optional("as", state))
        }
        DutyWords::May { power, provision } => format!("may {power} {}", provision.name),
    }
}

fn target(target: &Target) -> String {
    format!("{} {}", target.amount, target.kind.name)
}

fn names(words: &[Word]) -> String {
    words.iter().map(|word| word.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn condition(cond: &Condition) -> String {
    let joined = |conditions: &[Condition], joint: &str| -> String {
        conditions.iter().map(condition).collect::<Vec<_>>().join(joint)
    };
    match &cond.sort {
        ConditionSort::Named { name, by } => {
            let by = by.as_ref().map(|by| format!(" by {}", by.name)).unwrap_or_default();
            format!("{}{by}", name.name)
        }
        ConditionSort::Fulfilled { provision } => format!("fulfilled {}", provision.name),
        ConditionSort::Breached { provision } => format!("breached {}", provision.name),
        ConditionSort::Established { body } => format!("established {}", body.name),
        ConditionSort::Count { kind, at_least } => format!("count {} at least {at_least}", kind.name),
        ConditionSort::On { date } => date.date.to_string(),
        ConditionSort::After { duration, condition: inner } => {
            format!("{duration} after {}", condition(inner))
        }
        ConditionSort::All { conditions } => joined(conditions, " and "),
        ConditionSort::Any { conditions } => joined(conditions, " or "),
    }
}

/// A text in quotes; signs that would be lost or would mislead are written by name or number.
fn quoted(text: &Text) -> String {
    let mut out = String::from("\"");
    for c in text.text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if c.is_control() || turns_direction(c) => {
                let _ = write!(out, "\\u{{{:X}}}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
