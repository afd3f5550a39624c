//! Every message of the agreement language: what is wrong in the author's words, and one hint.
//!
//! Tone: clear, gentle, concise. The author sees their own words in single quotes and one thing to do.

use servanda_model::{Diagnostic, Severity, Span};

use crate::codes::*;

/// A message that waits for its place.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    code: &'static str,
    text: String,
    hint: String,
}

impl Message {
    /// The diagnostic, at its place.
    pub(crate) fn at(self, span: Span) -> Diagnostic {
        let severity = severity(self.code).unwrap_or(Severity::Error);
        Diagnostic::new(self.code, severity, span, self.text).hint(self.hint)
    }
}

fn message(code: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Message {
    Message { code, text: text.into(), hint: hint.into() }
}

/// Words of the author, cut where they would fill the screen.
fn words(text: &str) -> String {
    const MAX: usize = 60;
    let shown: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(MAX).collect();
    if text.chars().count() > MAX { format!("'{shown}...'") } else { format!("'{shown}'") }
}

/// Steps of a circle that are spelled out.
const MAX_STEPS: usize = 12;

/// Steps joined, the middle ones of a long circle left out.
fn steps(all: Vec<String>, joint: &str) -> String {
    if all.len() <= MAX_STEPS {
        return all.join(joint);
    }
    let n = all.len() - MAX_STEPS;
    let last = all.last().cloned().unwrap_or_default();
    let head = all.into_iter().take(MAX_STEPS - 1).collect::<Vec<_>>().join(joint);
    format!("{head}{joint}... {n} more ...{joint}{last}")
}

/// A word with its article.
fn with_article(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {word}", if vowel { "an" } else { "a" })
}

/// "did you mean" where something is close, else the other advice.
fn or_meant(meant: Option<&str>, otherwise: impl Into<String>) -> String {
    match meant {
        Some(meant) => format!("did you mean '{meant}'?"),
        None => otherwise.into(),
    }
}

// Lines and signs.

pub(crate) fn unknown_keyword(word: &str, meant: Option<&str>) -> Message {
    let all = "a line at column 0 begins with pact, clock, instrument, party, body, kind, zone, number, milestone \
               or provision; clauses are indented";
    message(P101, format!("{} begins no block", words(word)), or_meant(meant, all))
}

pub(crate) fn unknown_clause(word: &str, meant: Option<&str>) -> Message {
    let all = "a clause is 'PARTY must ...', 'PARTY may ...', or begins with quote, paraphrase, when, whenever, \
               while, unless, until, within, by, assume, no deadline, tolerance, watch, reading or if";
    message(P102, format!("{} begins no clause", words(word)), or_meant(meant, all))
}

pub(crate) fn unterminated_quote() -> Message {
    message(
        P103,
        "this text has no closing quote on its line",
        "close it with \"; a line break inside a text is written \\n, a quote \\\"",
    )
}

pub(crate) fn typographic_quotes(found: char) -> Message {
    message(
        P104,
        format!("the text is in typographic quotes ({found})"),
        "write plain double quotes: \"text\"; word processors change them as one types",
    )
}

pub(crate) fn typographic_comma(found: char) -> Message {
    message(P104, format!("'{found}' is read as a comma"), "write the plain comma ','")
}

pub(crate) fn typographic_dash(found: char) -> Message {
    message(P104, format!("'{found}' is read as the beginning of a comment"), "write two hyphens: '--'")
}

pub(crate) fn expected(what: &str, found: Option<&str>, form: &str) -> Message {
    let text = match found {
        Some(found) => format!("expected {what}, found {}", words(found)),
        None => format!("the line ends where {what} is expected"),
    };
    message(P105, text, format!("the form is: {form}"))
}

pub(crate) fn expected_word(what: &str, found: &str, meant: &str) -> Message {
    message(P105, format!("expected {what}, found {}", words(found)), format!("did you mean '{meant}'?"))
}

pub(crate) fn only_breached() -> Message {
    message(
        P105,
        "'if' is followed by 'breached PROVISION' only",
        "for other conditions write 'when' or 'whenever'",
    )
}

pub(crate) fn trailing(rest: &str, form: &str) -> Message {
    message(
        P106,
        format!("{} is left over at the end of the line", words(rest)),
        format!("the form is: {form}; put remarks after '--'"),
    )
}

pub(crate) fn clause_outside(word: &str) -> Message {
    message(
        P107,
        format!("the clause {} stands before any provision", words(word)),
        "put 'provision ID \"point\"' above it",
    )
}

pub(crate) fn clause_under(word: &str, block: &str) -> Message {
    message(
        P107,
        format!("the clause {} stands under '{block}', which has no clauses", words(word)),
        "move it below the line of its provision",
    )
}

pub(crate) fn unindented(word: &str) -> Message {
    message(P108, format!("the clause {} is not indented", words(word)), "indent clauses by two spaces")
}

pub(crate) fn indented_keyword(word: &str) -> Message {
    message(
        P109,
        format!("'{word}' begins a block but is indented"),
        "move it to column 0; only clauses are indented",
    )
}

pub(crate) fn name_signs(found: &str) -> Message {
    message(
        P119,
        format!("{} is not a name", words(found)),
        "a name begins with a letter of any script and goes on with letters, digits, '.', '_' or '-'",
    )
}

pub(crate) fn reserved(found: &str) -> Message {
    message(
        P120,
        format!("'{found}' is a word of the language and cannot be a name"),
        format!("add something to it, such as '{found}_1'"),
    )
}

pub(crate) fn unknown_escape(found: &str) -> Message {
    message(
        P121,
        format!("'{found}' means nothing in a text; the backslash is taken as it stands"),
        "write \\\\ for a backslash, \\\" for a quote, \\n for a line break, \\u{202E} for a sign by its number",
    )
}

pub(crate) fn hidden_direction(found: char) -> Message {
    let number = u32::from(found);
    message(
        P122,
        format!("an invisible sign (U+{number:04X}) changes the direction in which this line is shown"),
        format!("remove it, or write \\u{{{number:04X}}} inside a text, so that readers see it"),
    )
}

pub(crate) fn not_utf8(encoding: &str) -> Message {
    message(
        P123,
        format!("the file is in {encoding}, not in UTF-8"),
        "save it as UTF-8; it was read all the same",
    )
}

pub(crate) fn not_text(n: usize) -> Message {
    let places = if n == 1 { "a place is".to_owned() } else { format!("{n} places, the first here, are") };
    message(P123, format!("{places} not text in UTF-8 and read as '\u{fffd}'"), "save the file as UTF-8")
}

pub(crate) fn nul() -> Message {
    message(P123, "the file has a zero byte, read as '\u{fffd}'", "save the file as plain text in UTF-8")
}

pub(crate) fn file_too_long(max: usize) -> Message {
    message(
        P124,
        format!("the file is longer than {} MiB; the rest is not read", max >> 20),
        "write one file for each instrument",
    )
}

pub(crate) fn too_many(what: &str, max: usize) -> Message {
    message(P124, format!("more than {max} {what}; the rest is not read"), "split it into parts")
}

pub(crate) fn line_too_long(max: usize) -> Message {
    message(
        P124,
        format!("the line is longer than {max} bytes and is not read"),
        "split it into several clauses",
    )
}

pub(crate) fn too_deep(max: usize) -> Message {
    message(
        P124,
        format!("the condition is nested more than {max} deep"),
        "give a part of it a name: 'milestone ID when ...'",
    )
}

pub(crate) fn text_without_quotes(what: &str, found: &str) -> Message {
    message(
        P125,
        format!("{what} has no quotes: {}", words(found)),
        format!("write it in double quotes: \"{found}\""),
    )
}

pub(crate) fn more_messages(n: usize) -> Message {
    message(
        P126,
        format!("at least {n} more messages are not shown"),
        "mend the first ones; most of the rest will follow",
    )
}

// Numbers, dates, lengths of time, conditions.

pub(crate) fn bad_number(found: &str) -> Message {
    message(
        P110,
        format!("{} is not a number", words(found)),
        "write digits, at most three after a point, below 10^12, without sign: 4200 or 0.5",
    )
}

pub(crate) fn bad_whole(found: &str) -> Message {
    message(P110, format!("{} is not a whole number here", words(found)), "write digits only: 3")
}

pub(crate) fn separators(found: &str, read: &str) -> Message {
    message(
        P111,
        format!("{} is read as {read}", words(found)),
        format!("write it without separators: {read}"),
    )
}

pub(crate) fn other_digits(found: &str, read: &str) -> Message {
    message(P111, format!("{} is read as {read}", words(found)), format!("write the digits 0 to 9: {read}"))
}

pub(crate) fn bad_date(found: &str, meant: Option<&str>) -> Message {
    let hint = or_meant(meant, "write year, month and day: 2025-10-10, or 2025-10-10 12:00");
    message(P112, format!("{} is not a date", words(found)), hint)
}

pub(crate) fn no_such_day(found: &str, last: Option<i8>) -> Message {
    let hint = match last {
        Some(last) => format!("that month has {last} days"),
        None => "months go from 01 to 12, days from 01".to_owned(),
    };
    message(P113, format!("the date {} does not exist", words(found)), hint)
}

pub(crate) fn bad_time(found: &str) -> Message {
    message(
        P114,
        format!("{} is not a time of day", words(found)),
        "write hour and minute in the agreement's clock, 00:00 to 23:59: 2025-10-10 12:00",
    )
}

pub(crate) fn bad_duration(found: &str) -> Message {
    message(
        P115,
        format!("{} is not a length of time", words(found)),
        "write 72 hours, 3 days, 2 weeks or 5 calendar days",
    )
}

pub(crate) fn duration_bounds(found: &str) -> Message {
    message(
        P115,
        format!("{} is outside the bounds of a length of time", words(found)),
        "write at most 100 years, in days or weeks",
    )
}

pub(crate) fn months(found: &str, days: Option<u32>) -> Message {
    let hint = match days {
        Some(days) => format!("write what the parties mean, for example {days} days or {days} calendar days"),
        None => "write days or weeks".to_owned(),
    };
    message(P116, format!("{} has no fixed length", words(found)), hint)
}

pub(crate) fn clause_twice(what: &str) -> Message {
    message(
        P117,
        format!("a second {what} in one provision; the first one stands"),
        "remove one, or join conditions with 'and' or 'or'",
    )
}

pub(crate) fn and_or_mixed() -> Message {
    message(
        P118,
        "'and' and 'or' are mixed in one condition",
        "give one part a name, 'milestone ID when A and B', and use the name here",
    )
}

// Names.

/// Sorts of name as the author knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    Party,
    Body,
    Kind,
    Zone,
    Number,
    Milestone,
    Provision,
    Instrument,
}

impl Sort {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Sort::Party => "party",
            Sort::Body => "body",
            Sort::Kind => "kind",
            Sort::Zone => "zone",
            Sort::Number => "number",
            Sort::Milestone => "milestone",
            Sort::Provision => "provision",
            Sort::Instrument => "instrument",
        }
    }
}

pub(crate) fn unknown_name(
    code: &'static str,
    wanted: &str,
    found: &str,
    meant: Option<&str>,
    form: &str,
) -> Message {
    let text = format!("{} is not {} of this agreement", words(found), with_article(wanted));
    message(code, text, or_meant(meant, format!("declare it: {}", form.replace("ID", found))))
}

pub(crate) fn wrong_sort(found: &str, is: Sort, wanted: &str, meant: Option<&str>) -> Message {
    let (is, needed) = (with_article(is.word()), with_article(wanted));
    let text = format!("'{found}' is {is}, but {needed} is needed here");
    message(P210, text, or_meant(meant, format!("use the name of {needed}")))
}

pub(crate) fn declared_twice(name: &str, first: Sort, second: Sort) -> Message {
    let text = if first == second {
        format!("the {} '{name}' is declared twice", first.word())
    } else {
        format!(
            "'{name}' is declared as {} and as {}, and both can stand in the same place",
            first.word(),
            second.word()
        )
    };
    message(P209, text, "rename one of them, or remove it if they are the same")
}

pub(crate) const FIRST_HERE: &str = "first declared here";

pub(crate) fn defined_again(name: &str, earlier: &str, later: &str) -> Message {
    let (text, hint) = if earlier == later {
        (
            format!("the provision '{name}' is defined twice in '{later}'"),
            format!("rename one, such as '{name}_2'"),
        )
    } else {
        (
            format!("'{name}' is a provision of '{earlier}', which '{later}' does not supersede"),
            format!(
                "rename it, or write 'supersedes {earlier}' on the line of '{later}' (or the other way round)"
            ),
        )
    };
    message(P211, text, hint)
}

pub(crate) fn said_differently(what: &str, first: &str, second: &str) -> Message {
    let text = format!("this {what} is '{second}', but an earlier line says '{first}'");
    message(P212, text, format!("say {what} once in a case; the first stands"))
}

pub(crate) fn no_pact() -> Message {
    message(P213, "no file says which pact this is", "begin one file with: pact ID \"title\"")
}

pub(crate) fn no_clock() -> Message {
    message(
        P213,
        "no file says in which time zone days are counted; UTC is taken",
        "add a line: clock Area/City",
    )
}

pub(crate) fn unknown_zone(found: &str, meant: Option<&str>) -> Message {
    let hint = or_meant(meant, "write an IANA name such as Etc/UTC or Area/City");
    message(P214, format!("{} is not a known time zone; UTC is taken", words(found)), hint)
}

pub(crate) fn outside_instrument(name: &str) -> Message {
    message(
        P215,
        format!("the provision '{name}' belongs to no instrument"),
        "put 'instrument ID \"title\" adopted DATE' above it in the same file",
    )
}

pub(crate) fn instrument_circle(names: &[String], verb: &str) -> Message {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    let chain = steps(quoted, &format!(", which {verb} "));
    message(
        P216,
        format!("'{}' {verb} {chain}", names.last().map_or("", String::as_str)),
        "remove one of the links",
    )
}

pub(crate) fn supersedes_later(name: &str, verb: &str, other: &str) -> Message {
    message(
        P217,
        format!("'{name}' {verb} '{other}', which is adopted later"),
        "check the two dates of adoption, or turn the link round",
    )
}

pub(crate) fn left_out(what: &str, name: &str, because: &str) -> Message {
    message(
        P218,
        format!("the {what} '{name}' is left out, because it rests on '{because}', which could not be read"),
        format!("mend '{because}' first"),
    )
}

// Meaning.

pub(crate) fn no_deadline(name: &str) -> Message {
    message(
        P301,
        format!("'{name}' has no deadline, so it can never be overdue"),
        "add 'within', 'by' or 'assume'; where the text sets none, say 'no deadline'",
    )
}

pub(crate) fn waiting_circle(steps: &[(String, String)]) -> Message {
    let spelled: Vec<String> =
        steps.iter().map(|(who, whom)| format!("'{who}' waits for '{whom}'")).collect();
    let text = if let [(only, _)] = steps {
        format!("'{only}' waits for itself and can never start")
    } else {
        format!("these wait for each other, so none can ever start: {}", self::steps(spelled, ", "))
    };
    message(P302, text, "let one of them start on something else, or join the conditions with 'or'")
}

pub(crate) fn milestone_circle(names: &[String]) -> Message {
    let quoted: Vec<String> = names.iter().chain(names.first()).map(|name| format!("'{name}'")).collect();
    let text = match names {
        [only] => format!("the milestone '{only}' depends on itself"),
        _ => format!("milestones depend on each other: {}", steps(quoted, " on ")),
    };
    message(P303, text, "let it depend on a kind, a date or a provision")
}

pub(crate) fn unused_kind(name: &str) -> Message {
    message(P304, format!("no provision or milestone counts the kind '{name}'"), "use it, or remove it")
}

pub(crate) fn before_adoption(date: &str, adopted: &str) -> Message {
    message(
        P305,
        format!("the deadline {date} lies before the adoption on {adopted}, so no claim could ever meet it"),
        "check the two dates",
    )
}

pub(crate) fn always_tolerated(missed: u32, of: u32) -> Message {
    message(
        P305,
        format!("'{missed} in {of}' tolerates every miss, so no claim could ever show a breach"),
        format!("the first number must be smaller than the second, such as '1 day in {}'", of.max(2)),
    )
}

pub(crate) fn tolerates_nothing() -> Message {
    message(P305, "a tolerance of 0 tolerates nothing", "remove the line; no miss is tolerated without it")
}

pub(crate) fn zero_bound(what: &str) -> Message {
    message(
        P305,
        format!("'{what}' holds whatever is reported"),
        "write a number above 0, or remove the clause",
    )
}

pub(crate) fn both_sides(kind: &str, other: &str) -> Message {
    message(
        P306,
        format!(
            "'{kind}' stands in the duty and in '{other}'; one claim then moves both sides, and bounds over-report contest"
        ),
        "use two kinds where the text means two things",
    )
}

pub(crate) fn no_duty(name: &str) -> Message {
    message(
        P307,
        format!("'{name}' says nothing that anybody must or may do"),
        "add a line such as: PARTY must deliver 10 KIND",
    )
}

pub(crate) fn both_words(name: &str) -> Message {
    message(P308, format!("'{name}' has a quote and a paraphrase; the quote is shown"), "keep the quote")
}

pub(crate) fn no_words(name: &str) -> Message {
    message(
        P309,
        format!("'{name}' does not show the words it stands for"),
        "add a line: quote \"the words of the text\", or paraphrase \"the same in our own words\"",
    )
}

pub(crate) fn occurrence_has_no_length(kind: &str) -> Message {
    message(
        P310,
        format!(
            "'while {kind}': an occurrence has no length; it is taken as holding from its first occurrence on"
        ),
        "use 'when' if that is meant, or name the end with 'until'",
    )
}

pub(crate) fn reading_changes_nothing(label: &str) -> Message {
    message(
        P311,
        format!("the reading '{label}' says what the provision says already"),
        "change the clause or remove the reading",
    )
}

pub(crate) fn same_reading(label: &str) -> Message {
    message(
        P312,
        format!("two readings have the label '{label}'; the first one stands"),
        "give each reading its own label; to change two clauses, write them as two readings",
    )
}

pub(crate) fn tolerance_without_window() -> Message {
    message(P313, "a tolerance counts missed windows, and only 'must keep' has windows", "remove it")
}

pub(crate) fn tolerance_of_other_window(per: &str, keep: &str) -> Message {
    message(
        P313,
        format!("the tolerance is by {per}, but the duty is counted per {keep}"),
        format!("write '{keep}' in the tolerance; it counts the windows of the duty"),
    )
}

pub(crate) fn match_without_by(kind: &str) -> Message {
    message(
        P314,
        format!("every '{kind}' counts as the burden, whoever did it, the obligor too"),
        "add 'by PARTY'",
    )
}

pub(crate) fn number_order(name: &str, date: &str, twice: bool) -> Message {
    let text = if twice {
        format!("'{name}' has two values since {date}; the last one stands")
    } else {
        format!("the values of '{name}' are not in order of date at {date}; they are taken in order")
    };
    message(P315, text, "write the oldest value first, each with its own day")
}

pub(crate) fn deadline_on_standing(form: &str) -> Message {
    message(
        P316,
        format!("'must {form}' binds all the time, so a deadline says nothing about it"),
        "say when it begins with 'when' and when it ends with 'until'",
    )
}

pub(crate) fn idle_watch(kind: &str) -> Message {
    message(
        P317,
        format!("the provision does not count '{kind}', so watching it changes nothing"),
        "watch a kind of the duty or of its conditions",
    )
}

pub(crate) fn dates_reversed(later: &str, what_later: &str, earlier: &str, what_earlier: &str) -> Message {
    message(
        P318,
        format!("'{what_later} {later}' lies before '{what_earlier} {earlier}'"),
        "check the two dates",
    )
}

pub(crate) fn twice_in_list(name: &str) -> Message {
    message(P319, format!("'{name}' stands twice in this list"), "name it once")
}

// JSON.

pub(crate) fn bad_json(problem: &str) -> Message {
    message(
        P401,
        format!("the JSON is not that of an agreement file: {problem}"),
        "compare it with schemas/pact.schema.json",
    )
}

pub(crate) fn json_not_text(problem: &str) -> Message {
    message(
        P401,
        format!("the JSON says something that the language cannot say: {problem}"),
        "names, numbers and texts must be such as the text form allows",
    )
}

pub(crate) fn zero_unit() -> Message {
    message(P110, "a unit of 0 has no multiples", "write for how many each time: 'for each 1 KIND'")
}

pub(crate) fn milestone_by(name: &str) -> Message {
    message(
        P210,
        format!("'{name}' is a milestone, and nobody does a milestone"),
        "remove 'by ...', or name a kind of occurrence",
    )
}
