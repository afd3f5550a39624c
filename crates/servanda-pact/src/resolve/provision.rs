//! The clauses of one provision are gathered.

use servanda_model::{Name, Span};

use super::Context;
use crate::messages;
use crate::parse::begins_clause;
use crate::syntax::{Block, ClauseSort, Item, Word};
use crate::{At, Clause, Cond, Deadline, Duty, Provision, Reading, Start, Tolerance, Watch, Words};

/// Readings that are read of one provision.
const MAX_READINGS: usize = 100;

/// The clauses of a provision as they are gathered.
struct Parts {
    duty: Option<(Vec<Name>, Duty, At)>,
    words: Option<Words>,
    start: Option<Start>,
    deadline: Option<Deadline>,
    no_deadline: bool,
    tolerance: Option<Tolerance>,
    whiles: Vec<Cond>,
    unless: Vec<Cond>,
    until: Vec<Cond>,
    watches: Vec<Watch>,
    readings: Vec<Reading>,
    /// Which clauses that may stand once have stood.
    seen: Vec<&'static str>,
    /// Whether a clause without which the promise is another one could not be read.
    broken: bool,
    n_quotes: usize,
    n_paraphrases: usize,
}

impl Context {
    pub(super) fn provision(&mut self, item: &Item, id: &Word, holder: Option<Name>) -> Option<Provision> {
        let title = match &item.block {
            Block::Provision { title, .. } => Some(title.text.clone()),
            _ => None,
        };
        let mut parts = Parts::new();
        for clause in &item.clauses {
            self.clause(&clause.clause, clause.span, &mut parts);
        }
        let whole = item.clauses.iter().fold(item.span, |whole, clause| match clause.clause {
            ClauseSort::Comment { .. } | ClauseSort::Blank {} => whole,
            _ => whole.to(clause.span),
        });
        // A header that cannot be read was reported; remarks on the rest would be noise.
        let title = title?;
        let name = id.name.as_str();
        // A line that could not be read may have been the one that is missing.
        let unread = |sorts: &[&str]| {
            item.clauses.iter().any(|clause| match &clause.clause {
                ClauseSort::Unreadable { text } => {
                    let first = text.split_whitespace().next().unwrap_or("");
                    sorts.contains(&first) || !begins_clause(first)
                }
                _ => false,
            })
        };
        match (parts.n_quotes, parts.n_paraphrases) {
            (0, 0) if !unread(&["quote", "paraphrase"]) => self.report(messages::no_words(name), id.span),
            (quotes, paraphrases) if quotes > 0 && paraphrases > 0 => {
                self.report(messages::both_words(name), id.span);
            }
            _ => {}
        }
        if !parts.seen.contains(&"duty") && !unread(&[]) {
            self.report(messages::no_duty(name), id.span);
        }
        let (obligors, duty, duty_at) = parts.duty?;
        if parts.broken {
            return None;
        }
        Some(Provision {
            id: id.name.clone(),
            title,
            instrument: holder?,
            words: parts.words,
            obligors,
            duty,
            duty_at,
            start: parts.start,
            whiles: parts.whiles,
            unless: parts.unless,
            until: parts.until,
            deadline: parts.deadline,
            no_deadline: parts.no_deadline,
            tolerance: parts.tolerance,
            watches: parts.watches,
            readings: parts.readings,
            at: self.at(whole),
        })
    }

    fn clause(&mut self, clause: &ClauseSort, span: Span, parts: &mut Parts) {
        let at = self.at(span);
        match clause {
            ClauseSort::Comment { .. } | ClauseSort::Blank {} => {}
            ClauseSort::Unreadable { text } => {
                let first = text.split_whitespace().next().unwrap_or("");
                parts.broken |= !matches!(first, "quote" | "paraphrase" | "watch" | "reading");
            }
            ClauseSort::Quote { text } => {
                parts.n_quotes += 1;
                if parts.first(self, "quote", span) {
                    parts.words = Some(Words::Quote { text: text.text.clone(), at });
                }
            }
            ClauseSort::Paraphrase { text } => {
                parts.n_paraphrases += 1;
                if parts.first(self, "paraphrase", span) && parts.words.is_none() {
                    parts.words = Some(Words::Paraphrase { text: text.text.clone(), at });
                }
            }
            ClauseSort::Reading { label, clause } => {
                // A reading that cannot be used is left out alone: the provision as written still stands.
                let n_names = self.rests_on.len();
                let resolved = self.resolve(clause, at);
                self.rests_on.truncate(n_names);
                let same = parts.readings.iter().find(|reading| reading.label == label.text);
                if parts.readings.len() == MAX_READINGS {
                    if parts.first_time("too many readings") {
                        self.report(messages::too_many("readings of one provision", MAX_READINGS), span);
                    }
                } else if let Some(first) = same {
                    let first = first.at;
                    let message = messages::same_reading(&label.text);
                    self.report_two(message, at, first, "the first one");
                } else if let Some(clause) = resolved {
                    parts.readings.push(Reading { label: label.text.clone(), clause, at });
                }
            }
            ClauseSort::Watch { .. } => {
                let n_names = self.rests_on.len();
                if let Some(Clause::Watch(watch)) = self.resolve(clause, at) {
                    parts.watches.push(watch);
                }
                self.rests_on.truncate(n_names);
            }
            _ => {
                let what = match clause {
                    ClauseSort::Duty { .. } => "duty",
                    ClauseSort::When { .. } | ClauseSort::Whenever { .. } | ClauseSort::If { .. } => "start",
                    ClauseSort::Deadline { .. } | ClauseSort::NoDeadline {} => "deadline",
                    ClauseSort::Tolerance { .. } => "tolerance",
                    _ => "",
                };
                let stands = what.is_empty() || parts.first(self, what, span);
                match self.resolve(clause, at) {
                    Some(resolved) if stands => parts.put(resolved, at),
                    Some(_) => {}
                    None => parts.broken = true,
                }
            }
        }
    }
}

impl Parts {
    fn new() -> Parts {
        Parts {
            duty: None,
            words: None,
            start: None,
            deadline: None,
            no_deadline: false,
            tolerance: None,
            whiles: Vec::new(),
            unless: Vec::new(),
            until: Vec::new(),
            watches: Vec::new(),
            readings: Vec::new(),
            seen: Vec::new(),
            broken: false,
            n_quotes: 0,
            n_paraphrases: 0,
        }
    }

    fn first_time(&mut self, what: &'static str) -> bool {
        let first = !self.seen.contains(&what);
        self.seen.push(what);
        first
    }

    /// Whether a clause is the first of its sort; a second one is reported.
    fn first(&mut self, ctx: &mut Context, what: &'static str, span: Span) -> bool {
        let first = !self.seen.contains(&what);
        if first {
            self.seen.push(what);
        } else {
            ctx.report(messages::clause_twice(what), span);
        }
        first
    }

    fn put(&mut self, clause: Clause, at: At) {
        match clause {
            Clause::Duty { obligors, duty } => self.duty = Some((obligors, duty, at)),
            Clause::Start(start) => self.start = Some(start),
            Clause::While(condition) => self.whiles.push(condition),
            Clause::Unless(condition) => self.unless.push(condition),
            Clause::Until(condition) => self.until.push(condition),
            Clause::Deadline(deadline) => self.deadline = Some(deadline),
            Clause::NoDeadline => self.no_deadline = true,
            Clause::Tolerance(tolerance) => self.tolerance = Some(tolerance),
            Clause::Watch(watch) => self.watches.push(watch),
        }
    }
}
