//! Indented lines.

use super::cond;
use super::cursor::{Cursor, RESERVED};
use crate::lexer::{Line, TokenSort};
use crate::messages;
use crate::suggest::closest;
use crate::syntax::{ClauseSort, Due, DutyWords, Target, Word};
use crate::{Bound, Per, Power};

/// Words that begin a clause other than a duty: the head of the list of words of the language.
const STARTS: usize = 16;
const DEADLINE: usize = 11;

/// Whether a line is a clause wherever it stands.
pub(super) fn is_clause(line: &Line) -> bool {
    let mut words = line.tokens.iter().map(|token| match token.sort {
        TokenSort::Word(word) => word,
        _ => "",
    });
    words.clone().next().is_some_and(begins_clause) || words.any(|word| word == "must" || word == "may")
}

/// Whether a word begins a clause other than a duty.
pub(crate) fn begins_clause(word: &str) -> bool {
    RESERVED.iter().take(STARTS).enumerate().any(|(at, known)| at != DEADLINE && *known == word)
}

/// Reads a clause line to its end.
pub(super) fn line(cursor: &mut Cursor) -> Option<ClauseSort> {
    let clause = clause(cursor, true)?;
    cursor.finish()?;
    Some(clause)
}

fn clause(cursor: &mut Cursor, outermost: bool) -> Option<ClauseSort> {
    let here = cursor.here();
    let Some(first) = cursor.peek_word() else {
        let (rest, _) = cursor.rest();
        return if rest.is_empty() {
            cursor.expected("a clause")
        } else {
            cursor.fail(messages::unknown_clause(rest, None), here)
        };
    };
    if !begins_clause(first) {
        return duty(cursor, first);
    }
    if !outermost && matches!(first, "quote" | "paraphrase" | "reading") {
        cursor.form = READING;
        return cursor.expected("a clause that a reading can change");
    }
    cursor.skip(1);
    cursor.form = form(first);
    Some(match first {
        "quote" => ClauseSort::Quote { text: cursor.text("the quote")? },
        "paraphrase" => ClauseSort::Paraphrase { text: cursor.text("the paraphrase")? },
        "when" => ClauseSort::When { condition: cond::condition(cursor)? },
        "whenever" => ClauseSort::Whenever { condition: cond::condition(cursor)? },
        "while" => ClauseSort::While { condition: cond::condition(cursor)? },
        "unless" => ClauseSort::Unless { condition: cond::condition(cursor)? },
        "until" => ClauseSort::Until { condition: cond::condition(cursor)? },
        "if" => {
            if cursor.peek().is_some() && !matches!(cursor.peek_word(), Some("breached")) {
                let (_, span) = cursor.rest();
                return cursor.fail(messages::only_breached(), span);
            }
            cursor.expect("breached")?;
            ClauseSort::If { breached: cursor.name("a provision")? }
        }
        "within" | "by" => ClauseSort::Deadline { due: due(cursor, first)?, assumed: None },
        "assume" => {
            let rule =
                if cursor.one_of(&["within", "by"], "'within' or 'by'")? == 0 { "within" } else { "by" };
            ClauseSort::Deadline { due: due(cursor, rule)?, assumed: Some(cursor.text("the reason")?) }
        }
        "no" => {
            cursor.expect("deadline")?;
            ClauseSort::NoDeadline {}
        }
        "tolerance" => {
            let missed = cond::whole(cursor)?;
            let per = unit(cursor)?;
            cursor.expect("in")?;
            ClauseSort::Tolerance { missed, per, of: cond::whole(cursor)? }
        }
        "watch" => {
            let kind = cursor.name("a kind")?;
            cursor.expect("by")?;
            let by = cursor.any_name("a source")?;
            cursor.expect("complete")?;
            cursor.expect("after")?;
            ClauseSort::Watch { kind, by, complete_after: cond::duration(cursor)? }
        }
        _ => {
            let label = cursor.text("the label")?;
            ClauseSort::Reading { label, clause: Box::new(clause(cursor, false)?) }
        }
    })
}

const READING: &str = "reading \"label\" CLAUSE";

fn form(first: &str) -> &'static str {
    match first {
        "quote" => "quote \"the words of the text\"",
        "paraphrase" => "paraphrase \"the same in our own words\"",
        "when" => "when CONDITION",
        "whenever" => "whenever CONDITION",
        "while" => "while CONDITION",
        "unless" => "unless CONDITION",
        "until" => "until CONDITION",
        "if" => "if breached PROVISION",
        "within" => "within 72 hours [of CONDITION]",
        "by" => "by 2025-10-10",
        "assume" => "assume within 5 days \"why\"",
        "no" => "no deadline",
        "tolerance" => "tolerance 1 day in 7",
        "watch" => "watch KIND by SOURCE complete after 3 days",
        _ => READING,
    }
}

fn due(cursor: &mut Cursor, rule: &str) -> Option<Due> {
    if rule == "by" {
        return Some(Due::By { date: cond::date(cursor)? });
    }
    let duration = cond::duration(cursor)?;
    let of = if cursor.eat("of") { Some(cond::condition(cursor)?) } else { None };
    Some(Due::Within { duration, of })
}

/// `hour`, `day` or `week`, in the singular or the plural.
fn unit(cursor: &mut Cursor) -> Option<Per> {
    const UNITS: [&str; 6] = ["hour", "day", "week", "hours", "days", "weeks"];
    let at = cursor.one_of(&UNITS, "hour, day or week")?;
    Some([Per::Hour, Per::Day, Per::Week][at % 3])
}

fn duty(cursor: &mut Cursor, first: &str) -> Option<ClauseSort> {
    let has_verb = (0..)
        .map_while(|ahead| cursor.peek_at(ahead))
        .any(|token| matches!(token.sort, TokenSort::Word("must" | "may")));
    if !has_verb {
        let here = cursor.here();
        let known = RESERVED.iter().take(STARTS).copied().filter(|word| begins_clause(word));
        return cursor.fail(messages::unknown_clause(first, closest(first, known)), here);
    }
    cursor.form = "PARTY, PARTY must ..., or PARTY may ...";
    let mut obligors = vec![cursor.name("a party or body")?];
    while cursor.eat_comma() || cursor.eat("and") {
        obligors.push(cursor.name("a party or body")?);
    }
    let duty =
        if cursor.one_of(&["must", "may"], "'must' or 'may'")? == 0 { must(cursor)? } else { may(cursor)? };
    Some(ClauseSort::Duty { obligors, duty })
}

fn must(cursor: &mut Cursor) -> Option<DutyWords> {
    const VERBS: [&str; 5] = ["deliver", "not", "keep", "match", "establish"];
    const FORMS: [&str; 5] = [
        "PARTY must deliver AMOUNT KIND[, AMOUNT KIND] [to PARTY]",
        "PARTY must not KIND[, KIND] [in ZONE]",
        "PARTY must keep KIND at least|at most N per hour|day|week [in ZONE]",
        "PARTY must match N KIND for each N KIND by PARTY",
        "PARTY must establish BODY [as STATE]",
    ];
    cursor.form = "PARTY must deliver|not|keep|match|establish ...";
    let verb = cursor.one_of(&VERBS, "deliver, not, keep, match or establish")?;
    cursor.form = FORMS[verb];
    Some(match verb {
        0 => {
            let mut targets = vec![target(cursor)?];
            while cursor.eat_comma() || cursor.eat("and") {
                targets.push(target(cursor)?);
            }
            let to = if cursor.eat("to") { Some(cursor.name("a party")?) } else { None };
            DutyWords::Deliver { targets, to }
        }
        1 => {
            let mut kinds = vec![cursor.name("a kind")?];
            while cursor.eat_comma() || cursor.eat("or") || cursor.eat("and") {
                kinds.push(cursor.name("a kind")?);
            }
            DutyWords::Not { kinds, zone: zone(cursor)? }
        }
        2 => {
            let kind = cursor.name("a kind")?;
            cursor.expect("at")?;
            let bounds = [Bound::AtLeast, Bound::AtMost];
            let bound = bounds[cursor.one_of(&["least", "most"], "'least' or 'most'")?];
            let amount = cond::amount(cursor)?;
            cursor.expect("per")?;
            DutyWords::Keep { kind, bound, amount, per: unit(cursor)?, zone: zone(cursor)? }
        }
        3 => {
            let returned = target(cursor)?;
            cursor.expect("for")?;
            cursor.expect("each")?;
            let for_each = target(cursor)?;
            let by = if cursor.eat("by") { Some(cursor.name("a party")?) } else { None };
            DutyWords::Match { returned, for_each, by }
        }
        _ => {
            let body = cursor.name("a body")?;
            let state = if cursor.eat("as") { Some(cursor.any_name("a state")?) } else { None };
            DutyWords::Establish { body, state }
        }
    })
}

fn may(cursor: &mut Cursor) -> Option<DutyWords> {
    const VERBS: [&str; 5] = ["suspend", "resume", "waive", "terminate", "extend"];
    const POWERS: [Power; 5] = [Power::Suspend, Power::Resume, Power::Waive, Power::Terminate, Power::Extend];
    cursor.form = "PARTY may suspend|resume|waive|terminate|extend PROVISION";
    let power = POWERS[cursor.one_of(&VERBS, "suspend, resume, waive, terminate or extend")?];
    Some(DutyWords::May { power, provision: cursor.name("a provision")? })
}

fn target(cursor: &mut Cursor) -> Option<Target> {
    Some(Target { amount: cond::amount(cursor)?, kind: cursor.name("a kind")? })
}

/// `in ZONE`, where it stands: the outer `None` is a failure.
fn zone(cursor: &mut Cursor) -> Option<Option<Word>> {
    if cursor.eat("in") { cursor.name("a zone").map(Some) } else { Some(None) }
}
