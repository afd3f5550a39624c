//! The syntax tree: what stands in one file, line by line, with comments and blank lines, before names are resolved.
//!
//! Invariant: [`crate::format`] of a tree, parsed again, gives the same tree but for spans.
//! Invariant: a line that cannot be read is kept word for word ([`Block::Unreadable`], [`ClauseSort::Unreadable`]).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{Name, Number, Span};

use crate::{Bound, Date, Duration, Per, Power};

/// One `.pact` file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Everything in it, in order.
    pub items: Vec<Item>,
}

/// A block with its clauses, or a comment or blank line between blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The line at column 0.
    pub block: Block,
    /// Comment at the end of that line: what follows the two dashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The indented lines below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
    /// The block line.
    #[serde(skip)]
    pub span: Span,
}

/// A name where it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Word {
    /// The name.
    pub name: Name,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// A text in double quotes, escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Its place, with the quotes.
    #[serde(skip)]
    pub span: Span,
}

/// A date where it is written; in JSON `2025-10-10` or `2025-10-10 12:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateWord {
    /// The date.
    pub date: Date,
    /// Its place.
    pub span: Span,
}

/// A number in place, or the name of a dated number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AmountWord {
    /// A number.
    Fixed(NumberWord),
    /// The name of a dated number.
    Named(Word),
}

/// A number where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct NumberWord {
    /// The number; never negative, below 10^12.
    pub number: Number,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// What a line at column 0 says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "sort", deny_unknown_fields)]
pub enum Block {
    /// `pact ID "title"`.
    Pact {
        /// Name.
        id: Word,
        /// Title.
        title: Text,
    },
    /// `clock TIMEZONE`.
    Clock {
        /// IANA time zone.
        zone: Word,
    },
    /// `instrument ID "title" adopted DATE [incorporates ID] [supersedes ID]`.
    Instrument {
        /// Name.
        id: Word,
        /// Title.
        title: Text,
        /// Date of adoption.
        adopted: DateWord,
        /// What it takes over.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        incorporates: Vec<Word>,
        /// What it ends.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        supersedes: Vec<Word>,
    },
    /// `party ID "label"`.
    Party {
        /// Name.
        id: Word,
        /// Label.
        label: Text,
    },
    /// `body ID "label"`.
    Body {
        /// Name.
        id: Word,
        /// Label.
        label: Text,
    },
    /// `kind NAME "label" [counts UNIT]`.
    Kind {
        /// Name.
        id: Word,
        /// Label.
        label: Text,
        /// Unit it counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counts: Option<Word>,
    },
    /// `zone ID "file.geojson"`.
    Zone {
        /// Name.
        id: Word,
        /// GeoJSON file.
        file: Text,
    },
    /// `number ID N since DATE "reference", ...`.
    Number {
        /// Name.
        id: Word,
        /// Its values as written.
        values: Vec<DatedEntry>,
    },
    /// `milestone ID when COND`.
    Milestone {
        /// Name.
        id: Word,
        /// Its condition.
        when: Condition,
    },
    /// `provision ID "point 4"`.
    Provision {
        /// Name.
        id: Word,
        /// Its point in the text.
        title: Text,
    },
    /// A comment line: what follows the two dashes.
    Comment {
        /// The words.
        text: String,
    },
    /// An empty line.
    Blank {},
    /// A line that could not be read, word for word.
    Unreadable {
        /// The line, without leading and trailing space.
        text: String,
        /// The keyword that was meant, where that is clear.
        #[serde(skip)]
        meant: Option<Keyword>,
        /// The name it would have declared, where that is clear.
        #[serde(skip)]
        id: Option<Word>,
    },
}

/// One value of a dated number, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedEntry {
    /// The value.
    pub value: NumberWord,
    /// First day.
    pub since: DateWord,
    /// Where it comes from.
    pub reference: Text,
}

/// Keywords that stand at column 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Keyword {
    Pact,
    Clock,
    Instrument,
    Party,
    Body,
    Kind,
    Zone,
    Number,
    Milestone,
    Provision,
}

/// An indented line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// What it says.
    pub clause: ClauseSort,
    /// Comment at the end of the line: what follows the two dashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The line, without leading and trailing space.
    #[serde(skip)]
    pub span: Span,
}

/// What an indented line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "sort", deny_unknown_fields)]
pub enum ClauseSort {
    /// `quote "the words of the text"`.
    Quote {
        /// The words.
        text: Text,
    },
    /// `paraphrase "the same in our own words"`.
    Paraphrase {
        /// The words.
        text: Text,
    },
    /// `PARTY, PARTY must ...` or `PARTY may ...`.
    Duty {
        /// Who owes, or who may.
        obligors: Vec<Word>,
        /// What.
        duty: DutyWords,
    },
    /// `when COND`.
    When {
        /// The condition.
        condition: Condition,
    },
    /// `whenever COND`.
    Whenever {
        /// The condition.
        condition: Condition,
    },
    /// `if breached PROVISION`.
    If {
        /// The provision.
        breached: Word,
    },
    /// `while COND`.
    While {
        /// The condition.
        condition: Condition,
    },
    /// `unless COND`.
    Unless {
        /// The condition.
        condition: Condition,
    },
    /// `until COND`.
    Until {
        /// The condition.
        condition: Condition,
    },
    /// `within DUR [of COND]`, `by DATE`, either also after `assume` and then with a reason.
    Deadline {
        /// The rule.
        due: Due,
        /// The reason of an assumption.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assumed: Option<Text>,
    },
    /// `no deadline`.
    NoDeadline {},
    /// `tolerance K day in N`.
    Tolerance {
        /// So many missed windows ...
        missed: u32,
        /// ... of this length ...
        per: Per,
        /// ... among so many consecutive ones.
        of: u32,
    },
    /// `watch KIND by SOURCE complete after DUR`.
    Watch {
        /// Kind that the source reports.
        kind: Word,
        /// The source.
        by: Word,
        /// After this long its report of a day is complete.
        complete_after: Duration,
    },
    /// `reading "label" CLAUSE`.
    Reading {
        /// Its label.
        label: Text,
        /// The clause it puts in place.
        clause: Box<ClauseSort>,
    },
    /// A comment line: what follows the two dashes.
    Comment {
        /// The words.
        text: String,
    },
    /// An empty line.
    Blank {},
    /// A line that could not be read, word for word.
    Unreadable {
        /// The line, without leading and trailing space.
        text: String,
    },
}

/// When a provision is due, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "rule", deny_unknown_fields)]
pub enum Due {
    /// `within DUR [of COND]`.
    Within {
        /// How long.
        duration: Duration,
        /// Of what; absent: of the start.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Condition>,
    },
    /// `by DATE`.
    By {
        /// The date.
        date: DateWord,
    },
}

/// What is owed, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "form", deny_unknown_fields)]
pub enum DutyWords {
    /// `must deliver AMOUNT KIND, ... [to PARTY]`.
    Deliver {
        /// Targets.
        targets: Vec<Target>,
        /// Beneficiary.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Word>,
    },
    /// `must not KIND, ... [in ZONE]`.
    Not {
        /// Prohibited kinds.
        kinds: Vec<Word>,
        /// Only there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        zone: Option<Word>,
    },
    /// `must keep KIND at least|at most N per hour|day|week [in ZONE]`.
    Keep {
        /// Kind that is counted.
        kind: Word,
        /// Direction of the bound.
        bound: Bound,
        /// The bound.
        amount: AmountWord,
        /// Length of the window.
        per: Per,
        /// Only there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        zone: Option<Word>,
    },
    /// `must match N KIND for each N KIND [by PARTY]`.
    Match {
        /// Returned for each full unit of the burden.
        returned: Target,
        /// Unit of the burden.
        for_each: Target,
        /// Who delivers the burden.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Word>,
    },
    /// `must establish BODY [as STATE]`.
    Establish {
        /// The body.
        body: Word,
        /// State it must reach.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<Word>,
    },
    /// `may suspend|resume|waive|terminate|extend PROVISION`.
    May {
        /// What may be done.
        power: Power,
        /// To which provision.
        provision: Word,
    },
}

/// `AMOUNT KIND`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// How many.
    pub amount: AmountWord,
    /// Of what.
    pub kind: Word,
}

/// A condition where it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What must hold.
    #[serde(rename = "is")]
    pub sort: ConditionSort,
    /// Its place.
    #[serde(skip)]
    pub span: Span,
}

/// Sorts of condition, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "sort", deny_unknown_fields)]
pub enum ConditionSort {
    /// `MILESTONE` or `KIND [by PARTY]`: which of the two, the declarations decide.
    Named {
        /// The name.
        name: Word,
        /// By whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Word>,
    },
    /// `fulfilled P`.
    Fulfilled {
        /// The provision.
        provision: Word,
    },
    /// `breached P`.
    Breached {
        /// The provision.
        provision: Word,
    },
    /// `established B`.
    Established {
        /// The body.
        body: Word,
    },
    /// `count KIND at least N`.
    Count {
        /// The kind.
        kind: Word,
        /// The number.
        at_least: AmountWord,
    },
    /// `DATE`.
    On {
        /// The date.
        date: DateWord,
    },
    /// `DUR after COND`; binds to the one condition that follows.
    After {
        /// How long.
        duration: Duration,
        /// After what.
        condition: Box<Condition>,
    },
    /// `COND and COND`.
    All {
        /// The conditions, at least two.
        conditions: Vec<Condition>,
    },
    /// `COND or COND`.
    Any {
        /// The conditions, at least two.
        conditions: Vec<Condition>,
    },
}

impl Keyword {
    /// Every keyword with its word.
    pub const ALL: [(&'static str, Keyword); 10] = [
        ("pact", Keyword::Pact),
        ("clock", Keyword::Clock),
        ("instrument", Keyword::Instrument),
        ("party", Keyword::Party),
        ("body", Keyword::Body),
        ("kind", Keyword::Kind),
        ("zone", Keyword::Zone),
        ("number", Keyword::Number),
        ("milestone", Keyword::Milestone),
        ("provision", Keyword::Provision),
    ];

    /// The keyword that a word is.
    pub fn of(word: &str) -> Option<Keyword> {
        Keyword::ALL.iter().find(|known| known.0 == word).map(|known| known.1)
    }
}
