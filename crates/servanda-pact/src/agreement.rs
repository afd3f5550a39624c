//! The agreement as the status engine sees it: every name resolved, every clause with its place in the text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Name, Number, Span};

/// Where something stands in the files of an agreement.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct At {
    /// Index into [`Agreement::files`].
    pub file: usize,
    /// Bytes in that file.
    pub span: Span,
}

/// One source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceFile {
    /// Path relative to the case folder.
    pub path: String,
    /// Its text, as it stands.
    pub text: String,
}

/// All instruments of a case, resolved into one agreement.
///
/// Invariant: every name used in a provision that is listed here is declared; a provision with an unknown
/// name was reported and left out, the rest still counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// Name of the (first) pact.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// IANA time zone in which civil days and weeks are counted (`Etc/UTC`).
    pub clock: String,
    /// The files it was read from.
    pub files: Vec<SourceFile>,
    /// Instruments in order of adoption.
    pub instruments: Vec<Instrument>,
    /// Parties.
    pub parties: Vec<Labelled>,
    /// Bodies.
    pub bodies: Vec<Labelled>,
    /// Kinds of occurrence.
    pub kinds: Vec<Kind>,
    /// Zones.
    pub zones: Vec<Zone>,
    /// Dated numbers.
    pub numbers: Vec<DatedNumber>,
    /// Milestones.
    pub milestones: Vec<Milestone>,
    /// Provisions, in the order of the files.
    pub provisions: Vec<Provision>,
}

/// A declared name with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Labelled {
    /// Name.
    pub id: Name,
    /// Label for people.
    pub label: String,
    /// Where it is declared.
    pub at: At,
}

/// A formal document agreed or adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instrument {
    /// Name.
    pub id: Name,
    /// Title.
    pub title: String,
    /// When it was adopted; its provisions do not exist before.
    pub adopted: Date,
    /// Instruments whose provisions it takes over.
    pub incorporates: Vec<Name>,
    /// Instruments whose provisions end with its adoption.
    pub supersedes: Vec<Name>,
    /// Where it is declared.
    pub at: At,
}

/// A kind of occurrence that claims report and duties count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Kind {
    /// Name.
    pub id: Name,
    /// Label for people.
    pub label: String,
    /// Unit it counts (`counts UNIT`); `None`: occurrences.
    pub unit: Option<String>,
    /// Where it is declared.
    pub at: At,
}

/// A zone with its geometry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Zone {
    /// Name; places of the gazetteer lie `within` it.
    pub id: Name,
    /// GeoJSON file.
    pub file: String,
    /// Where it is declared.
    pub at: At,
}

/// A number that changes with time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DatedNumber {
    /// Name.
    pub id: Name,
    /// Values by first day, oldest first, each with its reference.
    pub values: Vec<DatedValue>,
    /// Where it is declared.
    pub at: At,
}

/// One value of a dated number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DatedValue {
    /// The value.
    pub value: Number,
    /// First moment for which it holds.
    pub since: Date,
    /// Where it comes from.
    pub reference: String,
}

/// A named condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Milestone {
    /// Name.
    pub id: Name,
    /// What it waits for.
    pub condition: Cond,
    /// Where it is declared.
    pub at: At,
}

/// A civil date in the clock of the agreement, with or without a time of day.
///
/// A day without time of day starts at 00:00 as a condition and ends at 24:00 as a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Date {
    /// Year, -9999 to 9999.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month, from 1.
    pub day: i8,
    /// Hour and minute, where given.
    pub time: Option<(i8, i8)>,
}

/// Who promises what, when and how it is counted. The finest unit is one stipulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provision {
    /// Name.
    pub id: Name,
    /// Its point in the text ("point 4").
    pub title: String,
    /// Instrument that holds it.
    pub instrument: Name,
    /// Words of the text or our own.
    pub words: Option<Words>,
    /// Who owes; for a power, who may. Two obligors are two instances.
    pub obligors: Vec<Name>,
    /// What is owed.
    pub duty: Duty,
    /// Where the duty line stands.
    pub duty_at: At,
    /// What starts it; `None`: the adoption of the instrument.
    pub start: Option<Start>,
    /// Guards: it binds only while all of them hold.
    pub whiles: Vec<Cond>,
    /// Excuses: it does not bind where one of them holds.
    pub unless: Vec<Cond>,
    /// Ends: it ends when the first of them holds.
    pub until: Vec<Cond>,
    /// When it is due; `None`: no deadline.
    pub deadline: Option<Deadline>,
    /// Whether the text was marked `no deadline`.
    pub no_deadline: bool,
    /// Breach when more than `missed` of any `of` consecutive windows are missed.
    pub tolerance: Option<Tolerance>,
    /// Sources whose reports show what is absent.
    pub watches: Vec<Watch>,
    /// Alternative clauses.
    pub readings: Vec<Reading>,
    /// Where the provision stands, from its keyword to its last clause.
    pub at: At,
}

/// The words beside the formal clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "sort")]
pub enum Words {
    /// The words of the text.
    Quote {
        /// The words.
        text: String,
        /// Where they stand.
        at: At,
    },
    /// The same in our own words.
    Paraphrase {
        /// The words.
        text: String,
        /// Where they stand.
        at: At,
    },
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum Duty {
    /// `must deliver AMOUNT KIND, ... [to PARTY]`: every target must be reached.
    Deliver {
        /// Targets.
        targets: Vec<(Amount, Name)>,
        /// Beneficiary.
        to: Option<Name>,
    },
    /// `must not KIND, ... [in ZONE]`.
    Not {
        /// Prohibited kinds.
        kinds: Vec<Name>,
        /// Only there.
        zone: Option<Name>,
    },
    /// `must keep KIND at least|at most N per hour|day|week [in ZONE]`.
    Keep {
        /// Kind that is counted.
        kind: Name,
        /// Direction of the bound.
        bound: Bound,
        /// The bound.
        amount: Amount,
        /// Length of the civil window.
        per: Per,
        /// Only there.
        zone: Option<Name>,
    },
    /// `must match N KIND for each N KIND by PARTY`.
    Match {
        /// Returned for each full unit of the burden.
        amount: Amount,
        /// Kind that is returned.
        kind: Name,
        /// Size of a unit of the burden.
        unit_amount: Amount,
        /// Kind of the burden.
        unit_kind: Name,
        /// Who delivers the burden.
        by: Option<Name>,
    },
    /// `must establish BODY [as STATE]`.
    Establish {
        /// The body.
        body: Name,
        /// State it must reach, as written (a word, such as `operational`).
        state: Option<Name>,
    },
    /// `may suspend|resume|waive|terminate|extend PROVISION`.
    May {
        /// What may be done.
        power: Power,
        /// To which provision.
        provision: Name,
    },
}

/// A number in place or a dated number by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// In place.
    Fixed(Number),
    /// By name: the value in force at the time.
    Dated(Name),
}

/// Direction of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Bound {
    AtLeast,
    AtMost,
}

/// Length of a civil window in the clock of the agreement; a week begins on Monday (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Per {
    Hour,
    Day,
    Week,
}

/// What a power does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Power {
    Suspend,
    Resume,
    Waive,
    Terminate,
    Extend,
}

/// What starts a provision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Start {
    /// `false`: once (`when`, `if breached`); `true`: one instance each time (`whenever`).
    pub each_time: bool,
    /// The condition.
    pub condition: Cond,
    /// Where it stands.
    pub at: At,
}

/// A condition with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cond {
    /// What must hold.
    pub sort: CondSort,
    /// Where it stands.
    pub at: At,
}

/// Sorts of condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CondSort {
    /// A milestone is met.
    Milestone(Name),
    /// An occurrence of a kind, by a party where named.
    Occurs {
        /// The kind.
        kind: Name,
        /// By whom.
        by: Option<Name>,
    },
    /// A provision is fulfilled.
    Fulfilled(Name),
    /// A provision is breached.
    Breached(Name),
    /// A body is established.
    Established(Name),
    /// The count of a kind reaches a number.
    Count {
        /// The kind.
        kind: Name,
        /// The number.
        at_least: Amount,
    },
    /// A date is reached.
    On(Date),
    /// So long after another condition.
    After {
        /// How long.
        duration: Duration,
        /// After what.
        condition: Box<Cond>,
    },
    /// All hold.
    All(Vec<Cond>),
    /// One holds.
    Any(Vec<Cond>),
}

/// A length of time. Months are refused: they have no length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Duration {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: DurationUnit,
}

/// Units of length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DurationUnit {
    /// Exact hours.
    Hours,
    /// Exact days of 24 hours.
    Days,
    /// Exact weeks of 168 hours.
    Weeks,
    /// Civil days: to the end of the n-th civil day after, in the clock of the agreement.
    CalendarDays,
}

/// When a provision is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// The rule.
    pub sort: DeadlineSort,
    /// The case authors' assumption with its reason, where the text sets none (`assume`).
    pub assumed: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// Rules of a deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineSort {
    /// So long after the start, or after another condition.
    Within {
        /// How long.
        duration: Duration,
        /// Of what; `None`: of the start.
        of: Option<Cond>,
    },
    /// By the end of a day, or by a moment.
    By(Date),
}

/// How many missed windows are tolerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tolerance {
    /// So many ...
    pub missed: u32,
    /// ... of so many consecutive ones.
    pub of: u32,
    /// Unit as written.
    pub per: Per,
    /// Where it stands.
    pub at: At,
}

/// A source whose silence means something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Watch {
    /// Kind that it reports.
    pub kind: Name,
    /// The source, an actor of the case.
    pub source: Name,
    /// After this long its report of a day is complete.
    pub complete_after: Duration,
    /// Where it stands.
    pub at: At,
}

/// Another reading of a provision: one clause in place of the written one of the same sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// Its label.
    pub label: String,
    /// The clause.
    pub clause: Clause,
    /// Where it stands.
    pub at: At,
}

/// A clause that a reading can put in place of the written one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Clause {
    Duty { obligors: Vec<Name>, duty: Duty },
    Start(Start),
    While(Cond),
    Unless(Cond),
    Until(Cond),
    Deadline(Deadline),
    NoDeadline,
    Tolerance(Tolerance),
    Watch(Watch),
}

impl Provision {
    /// The provision as another reading has it: its clause takes the place of the written one of the same sort.
    pub fn read_as(&self, reading: &Reading) -> Provision {
        let mut other = self.clone();
        other.readings.clear();
        match reading.clause.clone() {
            Clause::Duty { obligors, duty } => {
                other.obligors = obligors;
                other.duty = duty;
            }
            Clause::Start(start) => other.start = Some(start),
            Clause::While(condition) => other.whiles = vec![condition],
            Clause::Unless(condition) => other.unless = vec![condition],
            Clause::Until(condition) => other.until = vec![condition],
            Clause::Deadline(deadline) => {
                other.deadline = Some(deadline);
                other.no_deadline = false;
            }
            Clause::NoDeadline => {
                other.deadline = None;
                other.no_deadline = true;
            }
            Clause::Tolerance(tolerance) => other.tolerance = Some(tolerance),
            Clause::Watch(watch) => other.watches = vec![watch],
        }
        other
    }
}
