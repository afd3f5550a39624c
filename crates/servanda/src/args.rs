//! Arguments. Every text here is a line of the help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Keeps the record of a peace agreement: what was promised, what is on record about it, who says so, what follows.
#[derive(Debug, Parser)]
#[command(name = "servanda", version, propagate_version = true, arg_required_else_help = true)]
#[command(
    after_help = "Begin with:  servanda status --case cases/NAME\nExit codes:  0 done, 1 the answer is no, 2 could not."
)]
pub(crate) struct Servanda {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folder of the case; by default this folder or the nearest one above it with a case.toml
    #[arg(long, global = true, env = "SERVANDA_CASE", value_name = "DIR")]
    pub case: Option<PathBuf>,
    /// Color: on a terminal, always or never
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
    /// Say nothing but the result
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

/// Which moment, as known when, from whose standpoint.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct View {
    /// The state at this moment (2025-10-22 is the end of that day; 2025-10-22T14:00 in the clock of the case)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// As on record by this moment; by default the same as --as-of
    #[arg(long, value_name = "DATE")]
    pub known: Option<String>,
    /// Whose sources, verifiers and readings count; a standpoint of case.toml
    #[arg(long, value_name = "ID")]
    pub standpoint: Option<String>,
    /// Print JSON (its schema is in schemas/)
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a small working case, with comments that teach
    New {
        /// Folder to make
        dir: PathBuf,
    },
    /// Explain everything that is wrong with a case or a file, all at once
    Check {
        /// Agreements (.pact) or claims (.toml, .csv); without any: the whole case
        files: Vec<PathBuf>,
        /// Warnings count as well
        #[arg(long)]
        strict: bool,
        /// Print JSON (schemas/check.v1.json)
        #[arg(long)]
        json: bool,
    },
    /// Put documents, coded claims and tables on record
    Add(Add),
    /// Take back an own claim or ruling; it stays on record and no longer counts
    Retract {
        /// The claim by its label or id, or the ruling by its id; the first digits are enough
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        sign: Sign,
    },
    /// Put a person's judgement about claims on record
    Rule(Rule),
    /// Print the claims that documents make, each with its words and the rules that found it; nothing is put on record
    Read(Read),
    /// Go through what the program read from documents: accept, correct, reject; every word is a signed ruling
    Review(Review),
    /// Every promise with its state, progress and deadline
    Status {
        /// Only these promises
        promises: Vec<String>,
        #[command(flatten)]
        view: View,
        /// List what a second standpoint sees differently, and because of which sources
        #[arg(long, value_name = "ID")]
        versus: Option<String>,
        /// Answer no (exit code 1) where a promise is overdue, contested or in reported breach
        #[arg(long, value_enum, value_name = "WHAT")]
        fail_on: Vec<FailOn>,
    },
    /// The tree behind a state, down to quoted words and their sources
    Why {
        /// The promises, or incidents by their ids (i-...)
        #[arg(required = true)]
        promises: Vec<String>,
        /// Only of this party
        #[arg(long, value_name = "PARTY")]
        by: Option<String>,
        #[command(flatten)]
        view: View,
    },
    /// What changed between two dates
    Timeline {
        /// The earlier date; by default seven days before --as-of
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        #[command(flatten)]
        view: View,
    },
    /// Rival counts of one kind side by side: rule, coverage, figures, share of what was promised, why they differ
    Counts(Counts),
    /// Aid on its way: cleared, offloaded, collected, arrived, intercepted, by counter; what stayed, energy, late reports
    Aid(Aid),
    /// Published figures that contradict themselves or their counter's other ones, on all sides, with the arithmetic
    Audit(Audit),
    /// Days and places where what is reported left the band expected of it, with a stated false-alarm rate
    Alerts(Alerts),
    /// Incidents contrary to what the parties agreed to cease: who says what of each, how far it has come, where
    Violations(Violations),
    /// A report to read, print and send
    Report {
        /// File to write; its ending tells the format (.html, .md, .txt, .json)
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Format; by default that of the file, and Markdown without one
        #[arg(long, value_enum)]
        format: Option<Format>,
        #[command(flatten)]
        view: View,
    },
    /// Recompute everything that can be recomputed and say where it does not match
    Verify {
        /// A bundle; without one: the records of the case
        file: Option<PathBuf>,
        /// Print JSON (schemas/verify.v1.json)
        #[arg(long)]
        json: bool,
    },
    /// Write all records, and the documents, into one file for others; or the claims as a table
    Export(Export),
    /// Verify a bundle from elsewhere and merge it
    Import {
        /// The bundle
        file: PathBuf,
    },
    /// Signing keys of this machine
    Keys {
        #[command(subcommand)]
        command: Option<KeyCommand>,
    },
    /// Say more about a code such as P201
    Explain {
        /// The code; without one: all of them
        code: Option<String>,
    },
    /// Work with agreement files
    Pact {
        #[command(subcommand)]
        command: PactCommand,
    },
    /// Write the JSON schemas into a folder
    #[command(hide = true)]
    Schemas {
        /// The folder
        dir: PathBuf,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder
    Man {
        /// The folder
        dir: PathBuf,
    },
}

#[derive(Debug, Default, Args)]
pub(crate) struct Counts {
    /// Kinds, or promises that are measured by them (aid.trucks); without any: every kind that somebody promised a rate of
    #[arg(value_name = "KIND")]
    pub kinds: Vec<String>,
    /// First day of the window; by default the day on which the promise began, and four weeks back without one
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day of the window; by default the day of --as-of
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// List days or weeks one by one
    #[arg(long, value_enum, value_name = "LENGTH")]
    pub per: Option<CellLength>,
    /// Only this component of mixed figures (new, recovered, ...)
    #[arg(long, value_name = "NAME")]
    pub component: Option<String>,
    /// Write the figures as CSV with a row of HXL tags; - prints them
    #[arg(long, value_name = "FILE", alias = "hxl", conflicts_with = "json")]
    pub csv: Option<PathBuf>,
    #[command(flatten)]
    pub view: View,
}

#[derive(Debug, Args)]
pub(crate) struct Aid {
    /// First day of the window; by default the day on which a promise of aid began to bind
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day of the window; by default the day of --as-of
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Complete late reports by days or by weeks
    #[arg(long, value_enum, value_name = "LENGTH", default_value = "week")]
    pub per: CellLength,
    #[command(flatten)]
    pub view: View,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Only these kinds, promises, counters or speakers
    #[arg(value_name = "KIND|COUNTER")]
    pub what: Vec<String>,
    /// Answer no (exit code 1) where there is any finding or remark
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub view: View,
}

/// Length of the cells of a series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CellLength {
    #[default]
    Day,
    Week,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// File to write: a bundle, or by its ending a table of the claims (.csv, .geojson, .parquet)
    #[arg(required_unless_present_any = ["csv", "geojson", "parquet"])]
    pub file: Option<PathBuf>,
    /// Leave the documents out of a bundle
    #[arg(long)]
    pub no_documents: bool,
    /// Write the claims as CSV with a row of HXL tags; - prints them
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Write the claims that have positions as GeoJSON, coarse; - prints them
    #[arg(long, value_name = "FILE")]
    pub geojson: Option<PathBuf>,
    /// Write the claims as Parquet (where the program was built with it)
    #[arg(long, value_name = "FILE")]
    pub parquet: Option<PathBuf>,
    /// Tables: as on record by this moment; by default all that is on record
    #[arg(long, value_name = "DATE", alias = "as-of")]
    pub known: Option<String>,
    /// Tables: only claims that count, without those rejected, corrected or retracted
    #[arg(long)]
    pub counting: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Documents, claims (.toml, .csv with a column 'quote'), tables that feeds.toml describes; without any: all of the case
    pub files: Vec<PathBuf>,
    /// When the documents were published, where they do not say so themselves
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Who published them: an actor of the case
    #[arg(long, value_name = "ACTOR")]
    pub publisher: Option<String>,
    /// Title, for one document
    #[arg(long)]
    pub title: Option<String>,
    /// Address where it was published, for one document
    #[arg(long)]
    pub url: Option<String>,
    /// Put documents on record without reading them
    #[arg(long)]
    pub no_read: bool,
    /// Read documents again that were read before, and take back own readings that no longer come out; what a person has
    /// ruled on stays
    #[arg(long, conflicts_with = "no_read")]
    pub reread: bool,
    /// Read documents as well from which an analyst coded claims
    #[arg(long, conflicts_with = "no_read")]
    pub also_coded: bool,
    #[command(flatten)]
    pub choice: ModelChoice,
    /// Put the other rows of a table on record where some are rejected; those are listed and left out
    #[arg(long)]
    pub leave_rejected: bool,
    /// Take back this claim (as 'servanda retract')
    #[arg(long, value_name = "CLAIM", requires = "reason", conflicts_with = "files")]
    pub retract: Option<String>,
    /// Why it is taken back
    #[arg(long, requires = "retract")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub sign: Sign,
}

#[derive(Debug, Default, Args)]
pub(crate) struct Alerts {
    /// Kinds, or promises that name them; without any: those of [alerts] in case.toml, else all that is prohibited
    pub kinds: Vec<String>,
    /// Alerts from this day; by default 90 days before --to, and not before --since
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Alerts to this day; by default to --as-of
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Compare with nothing before this day
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Reports as they are, or whole reports put together to at least a week
    #[arg(long, value_enum, default_value_t = CellLength::Day)]
    pub per: CellLength,
    /// Only this place and what lies in it; may be given several times
    #[arg(long = "place", value_name = "PLACE")]
    pub places: Vec<String>,
    /// Only this rule; may be given several times
    #[arg(long = "rule", value_enum, value_name = "RULE")]
    pub rules: Vec<RuleWord>,
    /// How often a rule may alarm while nothing changes: "1 per 90 days", "1 per year overall"
    #[arg(long, value_name = "RATE")]
    pub false_alarms: Option<String>,
    /// Seed of the simulations behind the limits; the same seed gives the same answer
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// As GeoJSON, with coarse positions of places; to a file, or printed
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with = "json")]
    pub map: Option<Option<PathBuf>>,
    #[command(flatten)]
    pub view: View,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RuleWord {
    All,
    EarsC1,
    EarsC2,
    EarsC3,
    Band,
    CusumPoisson,
    CusumNb,
    CusumTwoSided,
    Online,
    Changes,
    Scan,
}

/// What is asked about incidents.
#[derive(Debug, Args)]
pub(crate) struct Violations {
    /// Kinds of act, promises that prohibit them, or one incident by its id (i-...) or name; without any: all
    pub asked: Vec<String>,
    /// Only what can have been on this day or later
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Only what can have been on this day or earlier
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only where some source names this actor, or one of its own, as acting
    #[arg(long, value_name = "PARTY")]
    pub by: Option<String>,
    /// How many of each act in each week (or day), and how far they have come
    #[arg(long, value_enum, value_name = "PER", num_args = 0..=1, default_missing_value = "week")]
    pub timeline: Option<BinWord>,
    /// As GeoJSON, with coarse positions; to a file, or printed
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["timeline", "why", "json"])]
    pub map: Option<Option<PathBuf>>,
    /// The words, and why reports were laid together
    #[arg(long, conflicts_with = "timeline")]
    pub why: bool,
    /// How many to list, the latest first to stay (JSON and map list all)
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// Write the incidents as CSV with a row of HXL tags; - prints them
    #[arg(long, value_name = "FILE", alias = "hxl", conflicts_with_all = ["json", "map", "timeline"])]
    pub csv: Option<PathBuf>,
    #[command(flatten)]
    pub view: View,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BinWord {
    Day,
    Week,
}

/// In whose name.
#[derive(Debug, Args)]
pub(crate) struct Sign {
    /// Sign with this key (see 'servanda keys'); needed where there are several
    #[arg(long = "as", value_name = "KEY", env = "SERVANDA_AS")]
    pub key: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Rule {
    /// What is judged
    #[arg(value_enum)]
    pub judgement: JudgementWord,
    /// Claims that the judgement is about, by label or id
    #[arg(long = "claim", value_name = "CLAIM")]
    pub claims: Vec<String>,
    /// For breach and no-breach: the promise
    #[arg(long)]
    pub promise: Option<String>,
    /// For breach and no-breach: whose
    #[arg(long, value_name = "PARTY")]
    pub by: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: String,
    #[command(flatten)]
    pub sign: Sign,
}

/// A language model that proposes claims beside what the rules read. None is asked unless it is named here.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ModelChoice {
    /// Let a language model propose claims: address of its endpoint (http://localhost:8080). The text of the documents is
    /// sent there. Proposals are checked against the document and count only once a person has accepted them
    #[arg(long, value_name = "URL", requires = "model")]
    pub model_endpoint: Option<String>,
    /// The model's name
    #[arg(long, value_name = "NAME", requires = "model_endpoint")]
    pub model: Option<String>,
    /// Seconds after which a request ends
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub model_timeout: u32,
}

/// What is read.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Documents, or folders of them; - is standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// When they were published, where they do not say so themselves; without a date, relative dates stay open
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Who published them
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    #[command(flatten)]
    pub choice: ModelChoice,
    /// Print JSON (schemas/read.v1.json); of several documents or articles one object a line
    #[arg(long)]
    pub json: bool,
}

/// Which readings are gone through, and how.
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// Only those of documents with these words in their path, or of the document with this id
    #[arg(long, value_name = "PATH")]
    pub document: Option<String>,
    /// Only this kind: of claim (event, position, ...) or of the agreement
    #[arg(long)]
    pub kind: Option<String>,
    /// Only where this actor speaks, acts or is acted upon; id, label or alias
    #[arg(long)]
    pub actor: Option<String>,
    /// Only what this promise counts
    #[arg(long)]
    pub promise: Option<String>,
    /// Only those in this state; by default open: those that a person is still to rule on
    #[arg(long, value_enum)]
    pub state: Option<StateWord>,
    /// Print the queue as a list
    #[arg(long)]
    pub list: bool,
    /// Print the queue as JSON (schemas/review.v1.json)
    #[arg(long)]
    pub json: bool,
    /// Line by line, without drawing on the terminal: for screen readers and scripts
    #[arg(long)]
    pub plain: bool,
    #[command(flatten)]
    pub sign: Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StateWord {
    /// Nobody has ruled on them, or they were put off
    Open,
    /// Nobody has ruled on them
    Waiting,
    /// Put off
    Postponed,
    /// Accepted
    Accepted,
    /// Rejected
    Rejected,
    /// All
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum JudgementWord {
    /// The claims are sound readings of their documents
    Accept,
    /// They are not, and no longer count
    Reject,
    /// They are about one occurrence
    SameIncident,
    /// They are about different occurrences
    NotSameIncident,
    /// Take the occurrence as verified
    Verified,
    /// Take it as refuted
    Refuted,
    /// It stays disputed
    Disputed,
    /// The promise was breached
    Breach,
    /// It was not
    NoBreach,
    /// The question is put off
    Postpone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A deadline has passed and the record does not show it done
    Overdue,
    /// Sources differ, and the difference decides
    Contested,
    /// A breach is reported
    Breach,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Html,
    #[value(alias = "md")]
    Markdown,
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key
    New {
        /// Its name on this machine, such as your own
        name: String,
        /// What others see; by default the name
        #[arg(long)]
        label: Option<String>,
    },
    /// Show the keys of this machine
    List,
    /// Show the public half of a key, to give to others
    Show {
        /// Its name
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PactCommand {
    /// Write a file in its plain form
    Fmt {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only say whether they are in that form
        #[arg(long)]
        check: bool,
        /// Write the files anew, in place
        #[arg(long, conflicts_with = "check")]
        write: bool,
    },
    /// Print a file as canonical JSON (schemas/pact.v1.json)
    Json {
        /// The file
        file: PathBuf,
    },
    /// Print the agreement of the case as formulas of metric temporal logic, for a monitor
    Mfotl {
        /// Folder for the signature and one formula a file; without one: print all
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}
