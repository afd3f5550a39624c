//! The second pass: instruments, milestones and provisions, every name looked up.

use servanda_model::{Name, Number, Span};

use super::Context;
use super::names::Wanted;
use super::outcome::{Found, FoundProvision};
use crate::messages::{self, Sort};
use crate::parse::begins_clause;
use crate::syntax::{
    AmountWord, Block, ClauseSort, Condition, ConditionSort, Due, DutyWords, File, Item, Keyword, Target,
    Word,
};
use crate::{
    Agreement, Amount, At, Clause, Cond, CondSort, Deadline, DeadlineSort, Duty, Instrument, Milestone,
    Provision, Reading, Start, Tolerance, Watch, Words,
};

/// Resolves everything that uses names. Items that cannot be used are reported and marked.
pub(super) fn lower(ctx: &mut Context, trees: &[File], agreement: &mut Agreement) -> Found {
    let mut found = Found::default();
    for (file, tree) in trees.iter().enumerate() {
        ctx.file = file;
        for item in &tree.items {
            if let Block::Instrument { .. } = &item.block {
                agreement.instruments.extend(instrument(ctx, item));
            }
        }
    }
    for (file, tree) in trees.iter().enumerate() {
        ctx.file = file;
        let mut holder: Option<Name> = None;
        for item in &tree.items {
            ctx.rests_on.clear();
            match &item.block {
                Block::Instrument { id, .. } => holder = Some(id.name.clone()),
                Block::Unreadable { meant: Some(Keyword::Instrument), id, .. } => {
                    holder = Some(id.as_ref().map_or_else(Name::default_unreadable, |id| id.name.clone()));
                }
                Block::Milestone { id, when } => {
                    let at = ctx.at(id.span);
                    let condition = ctx.cond(when);
                    let rests_on = std::mem::take(&mut ctx.rests_on);
                    let milestone =
                        condition.map(|condition| Milestone { id: id.name.clone(), condition, at });
                    found.milestones.push((milestone, rests_on));
                }
                Block::Provision { id, .. } => {
                    let holder = holder_of(ctx, &holder, id, agreement);
                    let provision = ctx.provision(item, id, holder);
                    let rests_on = std::mem::take(&mut ctx.rests_on);
                    found.provisions.push(FoundProvision { provision, rests_on });
                }
                Block::Unreadable { meant: Some(Keyword::Provision), .. } if !item.clauses.is_empty() => {
                    let nobody = Word { name: "?".into(), span: item.span };
                    ctx.provision(item, &nobody, None);
                }
                _ => {}
            }
        }
    }
    found
}

trait Unreadable {
    fn default_unreadable() -> Self;
}

impl Unreadable for Name {
    /// Stands for an instrument whose line and name could not be read.
    fn default_unreadable() -> Name {
        Name::new("")
    }
}

fn instrument(ctx: &mut Context, item: &Item) -> Option<Instrument> {
    let Block::Instrument { id, title, adopted, incorporates, supersedes } = &item.block else { return None };
    let at = ctx.at(id.span);
    let is_first = ctx.names.find(id.name.as_str(), Wanted::Instrument).is_some_and(|first| first.at == at);
    let resolve = |ctx: &mut Context, words: &[Word]| -> Vec<Name> {
        words.iter().filter_map(|word| ctx.name(word, Wanted::Instrument)).collect()
    };
    let (incorporates, supersedes) = (resolve(ctx, incorporates), resolve(ctx, supersedes));
    is_first.then(|| Instrument {
        id: id.name.clone(),
        title: title.text.clone(),
        adopted: adopted.date,
        incorporates,
        supersedes,
        at,
    })
}

/// The instrument that a provision belongs to: the last one above it in its file, else the only one there is.
fn holder_of(ctx: &mut Context, above: &Option<Name>, id: &Word, agreement: &Agreement) -> Option<Name> {
    match (above, agreement.instruments.as_slice()) {
        (Some(above), _) => Some(above.clone()),
        (None, [only]) => Some(only.id.clone()),
        (None, _) => {
            ctx.report(messages::outside_instrument(id.name.as_str()), id.span);
            None
        }
    }
}

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
    fn provision(&mut self, item: &Item, id: &Word, holder: Option<Name>) -> Option<Provision> {
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
                if let Some(first) = same {
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

    /// A clause with its names looked up; `None` where one is missing, which was reported.
    fn resolve(&mut self, clause: &ClauseSort, at: At) -> Option<Clause> {
        Some(match clause {
            ClauseSort::Duty { obligors, duty } => {
                let n_obligors = obligors.len();
                self.no_repeats(obligors.iter());
                let obligors: Vec<Name> =
                    obligors.iter().filter_map(|word| self.name(word, Wanted::Actor)).collect();
                let duty = self.duty(duty)?;
                if obligors.len() < n_obligors {
                    return None;
                }
                Clause::Duty { obligors: deduplicated(obligors), duty }
            }
            ClauseSort::When { condition } => {
                Clause::Start(Start { each_time: false, condition: self.cond(condition)?, at })
            }
            ClauseSort::Whenever { condition } => {
                Clause::Start(Start { each_time: true, condition: self.cond(condition)?, at })
            }
            ClauseSort::If { breached } => {
                let sort = CondSort::Breached(self.name(breached, Wanted::Provision)?);
                Clause::Start(Start { each_time: false, condition: Cond { sort, at }, at })
            }
            ClauseSort::While { condition } => Clause::While(self.cond(condition)?),
            ClauseSort::Unless { condition } => Clause::Unless(self.cond(condition)?),
            ClauseSort::Until { condition } => Clause::Until(self.cond(condition)?),
            ClauseSort::Deadline { due, assumed } => {
                let sort = match due {
                    Due::Within { duration, of } => {
                        let of = match of {
                            Some(of) => Some(self.cond(of)?),
                            None => None,
                        };
                        DeadlineSort::Within { duration: *duration, of }
                    }
                    Due::By { date } => DeadlineSort::By(date.date),
                };
                let assumed = assumed.as_ref().map(|reason| reason.text.clone());
                Clause::Deadline(Deadline { sort, assumed, at })
            }
            ClauseSort::NoDeadline {} => Clause::NoDeadline,
            ClauseSort::Tolerance { missed, per, of } => {
                Clause::Tolerance(Tolerance { missed: *missed, of: *of, per: *per, at })
            }
            ClauseSort::Watch { kind, by, complete_after } => {
                // Watching a kind is not counting it.
                let kind = self.uncounted(kind, Wanted::Kind)?;
                Clause::Watch(Watch { kind, source: by.name.clone(), complete_after: *complete_after, at })
            }
            _ => return None,
        })
    }

    fn duty(&mut self, duty: &DutyWords) -> Option<Duty> {
        match duty {
            DutyWords::Deliver { targets, to } => {
                self.no_repeats(targets.iter().map(|target| &target.kind));
                let resolved: Vec<_> = targets.iter().filter_map(|target| self.target(target)).collect();
                let to = self.optional(to, Wanted::Actor);
                (resolved.len() == targets.len()).then_some(())?;
                Some(Duty::Deliver { targets: resolved, to: to? })
            }
            DutyWords::Not { kinds, zone } => {
                self.no_repeats(kinds.iter());
                let resolved: Vec<Name> =
                    kinds.iter().filter_map(|word| self.name(word, Wanted::Kind)).collect();
                let zone = self.optional(zone, Wanted::Zone);
                (resolved.len() == kinds.len()).then_some(())?;
                Some(Duty::Not { kinds: deduplicated(resolved), zone: zone? })
            }
            DutyWords::Keep { kind, bound, amount, per, zone } => {
                let kind = self.name(kind, Wanted::Kind);
                let amount = self.amount(amount);
                let zone = self.optional(zone, Wanted::Zone);
                Some(Duty::Keep { kind: kind?, bound: *bound, amount: amount?, per: *per, zone: zone? })
            }
            DutyWords::Match { returned, for_each, by } => {
                let (back, unit) = (self.target(returned), self.target(for_each));
                let by = self.optional(by, Wanted::Actor);
                let ((amount, kind), (unit_amount, unit_kind), by) = (back?, unit?, by?);
                if let (Amount::Fixed(Number::ZERO), AmountWord::Fixed(written)) =
                    (&unit_amount, &for_each.amount)
                {
                    self.report(messages::zero_unit(), written.span);
                    return None;
                }
                Some(Duty::Match { amount, kind, unit_amount, unit_kind, by })
            }
            DutyWords::Establish { body, state } => {
                let body = self.name(body, Wanted::Body)?;
                Some(Duty::Establish { body, state: state.as_ref().map(|state| state.name.clone()) })
            }
            DutyWords::May { power, provision } => {
                Some(Duty::May { power: *power, provision: self.name(provision, Wanted::Provision)? })
            }
        }
    }

    fn target(&mut self, target: &Target) -> Option<(Amount, Name)> {
        let amount = self.amount(&target.amount);
        let kind = self.name(&target.kind, Wanted::Kind);
        Some((amount?, kind?))
    }

    fn amount(&mut self, amount: &AmountWord) -> Option<Amount> {
        match amount {
            AmountWord::Fixed(number) => Some(Amount::Fixed(number.number)),
            AmountWord::Named(word) => self.name(word, Wanted::Number).map(Amount::Dated),
        }
    }

    fn cond(&mut self, condition: &Condition) -> Option<Cond> {
        let sort = match &condition.sort {
            ConditionSort::Named { name, by } => {
                let found = self.name(name, Wanted::Condition);
                let by = self.optional(by, Wanted::Actor);
                let (found, by) = (found?, by?);
                let sort = self.names.find(found.as_str(), Wanted::Condition).map(|found| found.sort);
                match (sort, by) {
                    (Some(Sort::Milestone), None) => CondSort::Milestone(found),
                    (Some(Sort::Milestone), Some(_)) => {
                        let message = messages::milestone_by(found.as_str());
                        self.report(message, condition.span);
                        return None;
                    }
                    (_, by) => CondSort::Occurs { kind: found, by },
                }
            }
            ConditionSort::Fulfilled { provision } => {
                CondSort::Fulfilled(self.name(provision, Wanted::Provision)?)
            }
            ConditionSort::Breached { provision } => {
                CondSort::Breached(self.name(provision, Wanted::Provision)?)
            }
            ConditionSort::Established { body } => CondSort::Established(self.name(body, Wanted::Body)?),
            ConditionSort::Count { kind, at_least } => {
                let kind = self.name(kind, Wanted::Kind);
                let at_least = self.amount(at_least);
                CondSort::Count { kind: kind?, at_least: at_least? }
            }
            ConditionSort::On { date } => CondSort::On(date.date),
            ConditionSort::After { duration, condition } => {
                CondSort::After { duration: *duration, condition: Box::new(self.cond(condition)?) }
            }
            ConditionSort::All { conditions } => CondSort::All(self.conds(conditions)?),
            ConditionSort::Any { conditions } => CondSort::Any(self.conds(conditions)?),
        };
        Some(Cond { sort, at: self.at(condition.span) })
    }

    fn conds(&mut self, conditions: &[Condition]) -> Option<Vec<Cond>> {
        let resolved: Vec<Cond> = conditions.iter().filter_map(|condition| self.cond(condition)).collect();
        (resolved.len() == conditions.len()).then_some(resolved)
    }

    /// Looks a name up; reports it where it is missing.
    fn name(&mut self, word: &Word, wanted: Wanted) -> Option<Name> {
        let name = self.uncounted(word, wanted)?;
        if matches!(wanted, Wanted::Kind | Wanted::Condition) {
            self.counted.insert(name.clone());
        }
        Some(name)
    }

    fn uncounted(&mut self, word: &Word, wanted: Wanted) -> Option<Name> {
        if self.names.find(word.name.as_str(), wanted).is_none() {
            let path = self.paths.get(self.file).cloned().unwrap_or_default();
            let (mut diagnostic, meant) = self.names.unknown(word, wanted, &self.paths);
            // The kind that was meant is not called unused besides.
            self.counted.extend(meant);
            diagnostic.file = path;
            self.diagnostics.push(diagnostic);
            return None;
        }
        self.rests_on.push((word.name.clone(), wanted));
        Some(word.name.clone())
    }

    /// `Some(None)` where nothing is written, `None` where the name is missing.
    fn optional(&mut self, word: &Option<Word>, wanted: Wanted) -> Option<Option<Name>> {
        match word {
            Some(word) => self.name(word, wanted).map(Some),
            None => Some(None),
        }
    }

    fn no_repeats<'w>(&mut self, words: impl Iterator<Item = &'w Word>) {
        let mut seen = std::collections::HashSet::new();
        for word in words {
            if !seen.insert(&word.name) {
                self.report(messages::twice_in_list(word.name.as_str()), word.span);
            }
        }
    }
}

fn deduplicated(names: Vec<Name>) -> Vec<Name> {
    let mut seen = std::collections::HashSet::new();
    names.into_iter().filter(|name| seen.insert(name.clone())).collect()
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
