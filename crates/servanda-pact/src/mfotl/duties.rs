//! Duties as formulas that are satisfied where the duty is violated.

use servanda_model::Name;

use super::{Writer, mangle};
use crate::{Amount, Bound, Deadline, DeadlineSort, Duty, Per, Power, Provision};

/// Targets of a delivery, and bytes of its start, that a formula is written for.
const MAX_TARGETS: usize = 100;
const MAX_START: usize = 10_000;

impl Writer<'_> {
    /// The formula of one provision and obligor.
    pub(super) fn violation(&mut self, provision: &Provision, obligor: &Name) -> String {
        self.common(provision);
        let alone = provision.obligors.len() == 1;
        match &provision.duty {
            Duty::Deliver { targets, .. } => self.deliver(provision, targets, &whose(obligor, alone)),
            Duty::Establish { body, state } => {
                if let Some(state) = state {
                    self.remark(format!("that '{body}' is {state} is not told apart from its establishment"));
                }
                let body = self.occurrence(body);
                self.due(provision, |_, window| window(&format!("{body}(i, p, a)"), "EXISTS i, p, a."))
            }
            Duty::Not { kinds, zone } => {
                let zone = zone.as_ref().map(|zone| self.zone(zone)).unwrap_or_default();
                let in_force = self.in_force(provision);
                let kinds: Vec<String> = kinds
                    .iter()
                    .map(|kind| format!("{}(i, \"{obligor}\", a)", self.occurrence(kind)))
                    .collect();
                format!("((({}){zone}) AND {in_force})", kinds.join(" OR "))
            }
            Duty::Keep { kind, bound, amount, per, zone } => {
                if provision.tolerance.is_some() {
                    self.remark("the tolerance is not in the formula: every missed window is reported");
                }
                let zone = zone.as_ref().map(|zone| self.zone(zone)).unwrap_or_default();
                let kind = self.occurrence(kind);
                let counted =
                    if alone { format!("{kind}(i, p, a)") } else { format!("{kind}(i, \"{obligor}\", a)") };
                self.keep(provision, &format!("({counted}{zone})"), *bound, amount, *per)
            }
            Duty::Match { amount, kind, unit_amount, unit_kind, by } => {
                let (returned, burden) = (self.occurrence(kind), self.occurrence(unit_kind));
                let trigger = match by {
                    Some(by) => format!("({burden}(_, \"{by}\", _) OR {burden}(_, \"\", _))"),
                    None => format!("{burden}(_, _, _)"),
                };
                let burden =
                    by.as_ref().map_or(format!("{burden}(i, p, a)"), |by| either(&burden, by, ["i", "a"]));
                let returned = if alone {
                    either(&returned, obligor, ["j", "b"])
                } else {
                    format!("{returned}(j, \"{obligor}\", b)")
                };
                let (n, unit) = (self.amount(amount), self.amount(unit_amount).max(1));
                let due = match provision.deadline.as_ref().map(|deadline| &deadline.sort) {
                    Some(DeadlineSort::Within { duration, .. }) => self.seconds(*duration),
                    Some(DeadlineSort::By(_)) => {
                        self.remark(
                            "the deadline by a date is not in the formula: each burden is answered at once",
                        );
                        0
                    }
                    None => 0,
                };
                self.remark("whole units of the burden are counted with the monitor's division of integers");
                let in_force = self.in_force(provision);
                format!(
                    "({trigger} AND {in_force} AND (EXISTS x, y. \
                     ((x <- SUM a (ONCE[0,*) {burden})) AND (y <- SUM b ((ONCE[0,*) {returned}) OR \
                     (EVENTUALLY[0,{due}] {returned}))) AND (y < ({n} * (x / {unit}))))))"
                )
            }
            Duty::May { .. } => {
                self.remark("a power cannot be violated");
                "FALSE".to_owned()
            }
        }
    }

    fn deliver(&mut self, provision: &Provision, targets: &[(Amount, Name)], whose: &[String]) -> String {
        if targets.len() > MAX_TARGETS || self.started(provision).len() > MAX_START {
            self.remark("the formula would be too long");
            return "FALSE".to_owned();
        }
        let parts: Vec<(String, i64)> = targets
            .iter()
            .map(|(amount, kind)| {
                let kind = self.occurrence(kind);
                let any: Vec<String> = whose.iter().map(|actor| format!("{kind}(i, {actor}, a)")).collect();
                (format!("({})", any.join(" OR ")), self.amount(amount))
            })
            .collect();
        self.due(provision, |in_force, window| {
            let reached: Vec<String> = parts
                .iter()
                .map(|(counted, n)| {
                    let counted = format!("({counted} AND {in_force})");
                    format!("(EXISTS s. ((s <- SUM a {}) AND (s >= {n})))", window(&counted, ""))
                })
                .collect();
            format!("({})", reached.join(" AND "))
        })
    }

    /// A duty that must be done by a deadline: at the anchor it holds that it is not done in time.
    ///
    /// `done` gets what being in force means, and a function that puts an occurrence into the time that counts.
    fn due(
        &mut self,
        provision: &Provision,
        done: impl Fn(&str, &dyn Fn(&str, &str) -> String) -> String,
    ) -> String {
        let Some(Deadline { sort, .. }) = &provision.deadline else {
            self.remark("no deadline: it cannot be violated");
            return "FALSE".to_owned();
        };
        let started = self.started(provision);
        let bounds = self.bounds(provision);
        let by_then = |ahead: Option<u64>| {
            move |occurrence: &str, exists: &str| {
                let occurrence = if exists.is_empty() {
                    occurrence.to_owned()
                } else {
                    format!("({exists} {occurrence})")
                };
                match ahead {
                    None => format!("(ONCE[0,*) {occurrence})"),
                    Some(seconds) => {
                        format!("((ONCE[0,*) {occurrence}) OR (EVENTUALLY[0,{seconds}] {occurrence}))")
                    }
                }
            }
        };
        let excused = self.excused(provision, sort);
        match sort {
            DeadlineSort::Within { duration, of } => {
                let anchor = match (of, &provision.start) {
                    (Some(of), _) => self.begins(of),
                    (None, Some(start)) => {
                        if start.each_time {
                            self.remark("'whenever' is exported as its first time");
                        }
                        self.begins(&start.condition)
                    }
                    (None, None) => self.marker(format!("i_{}", mangle(provision.instrument.as_str()))),
                };
                let seconds = self.seconds(*duration);
                let done = done(&started, &by_then(Some(seconds)));
                format!("({anchor} AND {started}{bounds}{excused} AND (NOT {done}))")
            }
            DeadlineSort::By(date) => {
                let anchor = self.end(*date);
                let done = done(&started, &by_then(None));
                format!("({anchor} AND {started}{bounds}{excused} AND (NOT {done}))")
            }
        }
    }

    fn keep(
        &mut self,
        provision: &Provision,
        counted: &str,
        bound: Bound,
        amount: &Amount,
        per: Per,
    ) -> String {
        let (marker, seconds) = match per {
            Per::Hour => ("e_hour", 3600),
            Per::Day => ("e_day", 86_400),
            Per::Week => ("e_week", 604_800),
        };
        let marker = self.marker(marker.to_owned());
        self.remark(format!(
            "a civil {per} is taken as {seconds} seconds before {marker}; where the clock changes it is longer or shorter"
        ));
        let n = self.amount(amount);
        let started = self.started(provision);
        let bounds = self.bounds(provision);
        let last = seconds - 1;
        let sum = format!("(s <- SUM a (ONCE[0,{last}] {counted}))");
        let missed = match bound {
            Bound::AtLeast => format!("(NOT (EXISTS s. ({sum} AND (s >= {n}))))"),
            Bound::AtMost => format!("(EXISTS s. ({sum} AND (s > {n})))"),
        };
        let suspended = self.suspended(provision);
        format!("({marker} AND (ONCE[{last},*) {started}){bounds}{suspended} AND {missed})")
    }

    /// That the provision has started.
    fn started(&mut self, provision: &Provision) -> String {
        match &provision.start {
            Some(start) => self.held(&start.condition),
            None => {
                let adopted = self.marker(format!("i_{}", mangle(provision.instrument.as_str())));
                format!("(ONCE[0,*) {adopted})")
            }
        }
    }

    /// Guards, excuses and ends, each with `AND` before it.
    fn bounds(&mut self, provision: &Provision) -> String {
        let mut out = String::new();
        for condition in &provision.whiles {
            out += &format!(" AND {}", self.held(condition));
        }
        for condition in provision.unless.iter().chain(&provision.until) {
            out += &format!(" AND (NOT {})", self.held(condition));
        }
        if !provision.whiles.is_empty() || !provision.unless.is_empty() {
            self.remark("a guard or excuse holds from the time it first holds on");
        }
        out
    }

    fn in_force(&mut self, provision: &Provision) -> String {
        let (started, bounds) = (self.started(provision), self.bounds(provision));
        format!("({started}{bounds}{})", self.suspended(provision))
    }

    /// Powers over the provision that end or halt it, with the verbs.
    fn powers(&self, provision: &Provision) -> Vec<(Power, Name)> {
        let all = self.agreement.provisions.iter();
        all.filter_map(|other| match &other.duty {
            Duty::May { power, provision: over } if *over == provision.id => Some((*power, other.id.clone())),
            _ => None,
        })
        .collect()
    }

    /// That it is neither suspended nor ended now, with `AND` before it.
    fn suspended(&mut self, provision: &Provision) -> String {
        let powers = self.powers(provision);
        let resumes: Vec<String> = powers
            .iter()
            .filter(|(power, _)| *power == Power::Resume)
            .map(|(_, name)| format!("{}(_, _, _)", self.occurrence(name)))
            .collect();
        let mut out = String::new();
        for (power, name) in &powers {
            let used = format!("{}(_, _, _)", self.occurrence(name));
            match power {
                Power::Suspend if !resumes.is_empty() => {
                    out += &format!(" AND (NOT ((NOT ({})) SINCE[0,*) {used}))", resumes.join(" OR "));
                }
                Power::Suspend | Power::Waive | Power::Terminate => {
                    out += &format!(" AND (NOT (ONCE[0,*) {used}))")
                }
                Power::Resume => {}
                Power::Extend => self.remark(format!("an extension by '{name}' is not in the formula")),
            }
        }
        out
    }

    /// As [`Self::suspended`], and that nothing halts or ends it before the deadline.
    fn excused(&mut self, provision: &Provision, deadline: &DeadlineSort) -> String {
        let mut out = self.suspended(provision);
        let DeadlineSort::Within { duration, .. } = deadline else { return out };
        for (power, name) in self.powers(provision) {
            if matches!(power, Power::Suspend | Power::Waive | Power::Terminate) {
                let used = self.occurrence(&name);
                let seconds = self.seconds(*duration);
                out += &format!(" AND (NOT (EVENTUALLY[0,{seconds}] {used}(_, _, _)))");
                self.remark(format!("a use of '{name}' before the deadline excuses the whole time"));
            }
        }
        out
    }

    fn zone(&mut self, zone: &Name) -> String {
        let name = format!("z_{}", mangle(zone.as_str()));
        self.predicates.insert(format!("{name}(incident:string)"));
        format!(" AND {name}(i)")
    }
}

/// The actors that count: the obligor, and where it is the only one, nobody named.
fn whose(obligor: &Name, alone: bool) -> Vec<String> {
    let named = format!("\"{obligor}\"");
    if alone { vec![named, "\"\"".to_owned()] } else { vec![named] }
}

/// An occurrence by a party or by nobody named.
fn either(predicate: &str, by: &Name, [incident, amount]: [&str; 2]) -> String {
    format!("({predicate}({incident}, \"{by}\", {amount}) OR {predicate}({incident}, \"\", {amount}))")
}
