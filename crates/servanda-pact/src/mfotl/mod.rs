//! Export to metric first-order temporal logic in the syntax of MonPoly, so that an independent monitor can check
//! the verdicts.
//!
//! Each formula states *violations*: what satisfies it is a breach, so the monitor runs without `-negate`. Every
//! operator that looks ahead is bounded. What the logic cannot say is listed as a remark, never dropped.
//!
//! # The log
//! One predicate for each kind, body and power: `k_NAME(incident:string, actor:string, amount:int)`. The incident
//! keeps two equal amounts apart, because sums run over sets; the actor is `""` where nobody is named; the amount is in
//! thousandths. `z_ZONE(incident:string)` says that an incident lies in a zone. Markers have no arguments:
//! `i_INSTRUMENT()` at its adoption, `t_YYYYMMDD_HHMM()` at a moment, `e_hour()`, `e_day()`, `e_week()` in the last
//! second of a civil window. Time is in seconds. Signs of names are escaped by [`mangle`].
//!
//! # Source
//! Basin, Klaedtke, Müller, Zălinescu: Monitoring metric first-order temporal properties, JACM 62(2), 2015; the
//! syntax is that of the monitor's own parser.

mod conditions;
mod duties;

use std::collections::BTreeSet;
use std::fmt::Write;

use servanda_model::{Name, Number};

use crate::{Agreement, Amount, Clock, Date, Duration, DurationUnit, Provision};

/// Formulas for a monitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mfotl {
    /// The signature file: one predicate a line.
    pub signature: String,
    /// A formula for each provision and obligor; the name is that of the provision.
    pub formulas: Vec<(Name, String)>,
    /// What a formula does not say, by provision.
    pub remarks: Vec<(Name, String)>,
}

/// Writes every provision as a formula that is satisfied where it is violated.
pub fn mfotl(agreement: &Agreement) -> Mfotl {
    let mut writer = Writer {
        agreement,
        predicates: BTreeSet::new(),
        remarks: Vec::new(),
        milestones: Default::default(),
        open: Vec::new(),
    };
    for kind in
        agreement.kinds.iter().map(|kind| &kind.id).chain(agreement.bodies.iter().map(|body| &body.id))
    {
        writer.occurrence(kind);
    }
    let mut formulas = Vec::new();
    let mut remarks = Vec::new();
    for provision in &agreement.provisions {
        for obligor in &provision.obligors {
            let formula = writer.violation(provision, obligor);
            let stated = format!(
                "(* satisfied where '{}' is violated by '{}': run without -negate; time in seconds, amounts in thousandths *)\n{formula}\n",
                comment(&provision.id),
                comment(obligor)
            );
            formulas.push((provision.id.clone(), stated));
        }
        let mut found = std::mem::take(&mut writer.remarks);
        found.dedup();
        let mut seen = BTreeSet::new();
        remarks.extend(
            found
                .into_iter()
                .filter(|remark| seen.insert(remark.clone()))
                .map(|remark| (provision.id.clone(), remark)),
        );
    }
    let mut signature = String::new();
    for predicate in &writer.predicates {
        let _ = writeln!(signature, "{predicate}");
    }
    Mfotl { signature, formulas, remarks }
}

/// A name as part of a predicate: ASCII letters and digits stand for themselves, `.` becomes `__`, every other
/// sign `_uHEX_`. No two names give the same text.
pub fn mangle(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => out.push(c),
            '.' => out.push_str("__"),
            _ => {
                let _ = write!(out, "_u{:X}_", u32::from(c));
            }
        }
    }
    out
}

/// A name inside a comment of the monitor, which must not end it.
fn comment(name: &Name) -> String {
    name.as_str().replace("*)", "* )")
}

/// What the formulas are written with.
struct Writer<'a> {
    agreement: &'a Agreement,
    predicates: BTreeSet<String>,
    remarks: Vec<String>,
    /// Formulas of milestones.
    milestones: std::collections::HashMap<Name, String>,
    /// Milestones that are being opened, against circles.
    open: Vec<Name>,
}

impl Writer<'_> {
    fn remark(&mut self, text: impl Into<String>) {
        self.remarks.push(text.into());
    }

    /// The predicate of a kind, declared.
    fn occurrence(&mut self, kind: &Name) -> String {
        let name = format!("k_{}", mangle(kind.as_str()));
        self.predicates.insert(format!("{name}(incident:string, actor:string, amount:int)"));
        name
    }

    /// A marker without arguments, declared.
    fn marker(&mut self, name: String) -> String {
        let marker = format!("{name}()");
        self.predicates.insert(marker.clone());
        marker
    }

    /// The marker of a civil moment.
    fn moment(&mut self, date: Date) -> String {
        let (hour, minute) = date.time.unwrap_or((0, 0));
        let name = format!("t_{:04}{:02}{:02}_{hour:02}{minute:02}", date.year, date.month, date.day);
        self.marker(name)
    }

    /// The marker of the last moment at which a date is still met.
    fn end(&mut self, date: Date) -> String {
        let Some(clock) = Clock::new(&self.agreement.clock).filter(|_| date.time.is_none()) else {
            return self.moment(date);
        };
        let next = clock.end_of_day(date).plus_ms(1);
        let (year, month, day, hour, minute) = clock.civil(next);
        self.moment(Date { year, month, day, time: Some((hour, minute)) })
    }

    /// An amount in thousandths.
    fn amount(&mut self, amount: &Amount) -> i64 {
        match amount {
            Amount::Fixed(number) => number.thousandths(),
            Amount::Dated(name) => {
                let number = self.agreement.numbers.iter().find(|number| number.id == *name);
                let value =
                    number.and_then(|number| number.values.first()).map_or(Number::ZERO, |first| first.value);
                if number.is_some_and(|number| number.values.len() > 1) {
                    self.remark(format!(
                        "'{name}' changes with time; its first value {value} is used throughout"
                    ));
                }
                value.thousandths()
            }
        }
    }

    /// A length of time in seconds, for a deadline: never shorter than it can be.
    fn seconds(&mut self, duration: Duration) -> u64 {
        if duration.unit == DurationUnit::CalendarDays {
            self.remark(format!(
                "'{duration}' ends with a civil day; the formula waits for the longest case, {} days of 24 hours",
                duration.n.saturating_add(1)
            ));
            return (u64::from(duration.n) + 1) * 86_400;
        }
        duration.hours() * 3600
    }

    /// The remarks that every provision may need.
    fn common(&mut self, provision: &Provision) {
        if let Some(reason) = provision.deadline.as_ref().and_then(|deadline| deadline.assumed.as_ref()) {
            self.remark(format!("the deadline is an assumption: {reason}"));
        }
        if !provision.readings.is_empty() {
            self.remark(format!("{} other readings are not exported", provision.readings.len()));
        }
        if !provision.watches.is_empty() {
            self.remark("absence is taken as evidence: a watch has no counterpart in the logic");
        }
    }
}
