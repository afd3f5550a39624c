//! The review line by line: for scripts, screen readers and terminals that are none.

use std::io::BufRead;

use servanda_render::text;

use super::Act;
use super::session::Session;
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

/// What can be typed.
pub(super) const HELP: &str = "\
a [REASON]      accept: a sound reading of its document
r REASON        reject: no sound reading; it does not count
c FIELD=VALUE   correct one field; 'c' alone asks for several, an empty line ends, '.' alone leaves all as it was
e               correct in the editor (VISUAL or EDITOR)
s N [REASON]    the same occurrence as number N of those listed
p [REASON]      put it off
u               undo the last act, by a new one
n, b, g N       next, back, go to number N
f KEY=VALUE     narrow: document, kind, actor, promise, state; 'f' alone: everything that is open
?               this list
q               end; what was done is on record, the rest waits
";

const KEYS: &str = "a accept, r reject, c correct, e editor, s same occurrence, p put off, u undo, n next, b back, f filter, ? help, q quit";

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    Act(Act),
    Field(String, String),
    Fields,
    Editor,
    Help,
    Quit,
    Unclear(String),
}

/// Reads lines until the person quits or there are no more.
pub(super) fn walk(session: &mut Session<'_>, console: &Console) -> Result<(), CommandError> {
    let mut lines = std::io::stdin().lock().lines();
    let mut next = || -> Result<Option<String>, CommandError> {
        lines.next().transpose().map_err(|error| {
            CommandError::new(ErrorKind::File, format!("what was typed cannot be read: {error}"))
        })
    };
    console.print(&format!("{}\n{KEYS}\n\n", session.counts().said()))?;
    let mut shown = None;
    loop {
        if shown != Some(session.current()) {
            show(session, console)?;
            shown = Some(session.current());
        }
        let Some(line) = next()? else { return Ok(()) };
        let said = match parse(&line) {
            Line::Quit => return Ok(()),
            Line::Help => HELP.to_owned(),
            Line::Unclear(why) => why,
            Line::Act(act) => {
                if matches!(act, Act::Filter(_) | Act::Undo) {
                    shown = None;
                }
                session.act(&act, console)?
            }
            Line::Field(key, value) => field(session, &key, &value, console)?,
            Line::Fields => fields(session, &mut next, console)?,
            Line::Editor => editor(session, console)?,
        };
        if !said.is_empty() {
            console.print(&format!("{}\n\n", servanda_render::plain::harmless(said.trim_end())))?;
        }
    }
}

fn show(session: &Session<'_>, console: &Console) -> Result<(), CommandError> {
    match session.shown() {
        Some(item) => {
            console.print(&format!("{}\n", text::review_item(&item, session.place(), console.page())))
        }
        None => console.print("this reading cannot be shown: 'servanda verify' says what is wrong\n"),
    }
}

fn field(
    session: &mut Session<'_>,
    key: &str,
    value: &str,
    console: &Console,
) -> Result<String, CommandError> {
    let Some(mut form) = session.form() else { return Ok("there is nothing to correct".to_owned()) };
    match form.set(key, value) {
        Ok(()) => session.finish(&form, console).map(|(_, said)| said),
        Err(why) => Ok(why),
    }
}

fn fields(
    session: &mut Session<'_>,
    next: &mut impl FnMut() -> Result<Option<String>, CommandError>,
    console: &Console,
) -> Result<String, CommandError> {
    let Some(mut form) = session.form() else { return Ok("there is nothing to correct".to_owned()) };
    let list: Vec<String> = form.fields().map(|(key, value)| format!("{key} = {value}")).collect();
    let list = servanda_render::plain::harmless(&list.join("\n")).into_owned();
    console.print(&format!("{list}\nfield = value, one a line; an empty line ends\n"))?;
    loop {
        match next()? {
            None => return Ok("nothing was changed".to_owned()),
            Some(line) if line.trim() == "." => return Ok("left as it was".to_owned()),
            Some(line) if line.trim().is_empty() => {
                return session.finish(&form, console).map(|(_, said)| said);
            }
            Some(line) => {
                let set = match line.split_once('=') {
                    Some((key, value)) => form.set(key.trim(), value),
                    None => Err("write field = value".to_owned()),
                };
                if let Err(why) = set {
                    console.print(&format!("{why}\n"))?;
                }
            }
        }
    }
}

/// Corrects in the editor.
pub(super) fn editor(session: &mut Session<'_>, console: &Console) -> Result<String, CommandError> {
    let Some(mut form) = session.form() else { return Ok("there is nothing to correct".to_owned()) };
    match session.edited(&mut form)? {
        Some(why) => Ok(why),
        None => session.finish(&form, console).map(|(_, said)| said),
    }
}

fn parse(line: &str) -> Line {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let reason = || Some(rest.to_owned()).filter(|reason| !reason.is_empty());
    match word {
        "" => Line::Unclear(String::new()),
        "a" | "accept" => Line::Act(Act::Accept(reason())),
        "r" | "reject" => Line::Act(Act::Reject(rest.to_owned())),
        "p" | "postpone" => Line::Act(Act::Postpone(reason())),
        "u" | "undo" => Line::Act(Act::Undo),
        "n" | "next" => Line::Act(Act::Next),
        "b" | "back" => Line::Act(Act::Back),
        "f" | "filter" => Line::Act(Act::Filter(rest.to_owned())),
        "g" | "go" => match rest.parse() {
            Ok(to) => Line::Act(Act::Go(to)),
            Err(_) => Line::Unclear("g and a number".to_owned()),
        },
        "s" | "same" => match same(rest) {
            Some(act) => Line::Act(act),
            None => Line::Unclear("s and the number of the other report, then why".to_owned()),
        },
        "c" | "correct" if rest.is_empty() => Line::Fields,
        "c" | "correct" => match rest.split_once('=') {
            Some((key, value)) => Line::Field(key.trim().to_owned(), value.trim().to_owned()),
            None => Line::Unclear("c field=value, or c alone".to_owned()),
        },
        "e" | "edit" => Line::Editor,
        "?" | "h" | "help" => Line::Help,
        "q" | "quit" => Line::Quit,
        other => Line::Unclear(format!("'{other}' is none of: {KEYS}")),
    }
}

/// `2`, `1,3 both name the bridge`.
pub(super) fn same(text: &str) -> Option<Act> {
    let (numbers, reason) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let numbers: Option<Vec<usize>> = numbers.split(',').map(|number| number.trim().parse().ok()).collect();
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    Some(Act::Same(numbers?, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood_or_explained() {
        assert_eq!(parse("a"), Line::Act(Act::Accept(None)));
        assert_eq!(parse("r  wrong day "), Line::Act(Act::Reject("wrong day".to_owned())));
        assert_eq!(
            parse("s 1,2 one bridge"),
            Line::Act(Act::Same(vec![1, 2], Some("one bridge".to_owned())))
        );
        assert_eq!(
            parse("c actors = north; south"),
            Line::Field("actors".to_owned(), "north; south".to_owned())
        );
        assert_eq!(parse("c"), Line::Fields);
        assert_eq!(parse("g 4"), Line::Act(Act::Go(4)));
        assert!(matches!(parse("s x"), Line::Unclear(_)));
        assert!(matches!(parse("zz"), Line::Unclear(why) if why.contains("accept")));
        assert_eq!(parse("q"), Line::Quit);
    }
}
