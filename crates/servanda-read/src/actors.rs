//! `actors.toml`: who promises, acts, speaks or counts.

use std::collections::BTreeMap;

use servanda_model::{Actor, Diagnostic, Membership, Name, OfficeHolder, OfficeTerm, Span};

use crate::fields::{CASE, Fields, Sink};
use crate::messages;
use crate::names::fold;
use crate::node;
use crate::words::ACTOR_KINDS;

/// Where the parts of an entry were written.
#[derive(Default)]
pub(crate) struct Written {
    pub id: Span,
    /// The wholes that the entry names.
    pub wholes: Vec<(Name, Span)>,
    pub aliases: Vec<(String, Span)>,
}

/// Reads `actors.toml`, in the order of the file. An actor with an id is kept even when a field of it is at fault.
///
/// # Diagnostics
/// C101 to C104, C106 to C110, C112.
pub fn actors(path: &str, text: &str) -> (Vec<Actor>, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let parsed = node::parse(text, &sink);
    let fields = Fields::new(&parsed.root, &sink);
    let mut actors: Vec<Actor> = Vec::new();
    let mut written: Vec<Written> = Vec::new();
    for table in parsed.sound(fields.tables("actor"), text.len()) {
        if let Some((actor, places)) = actor(&Fields::new(table, &sink)) {
            actors.push(actor);
            written.push(places);
        }
    }
    fields.finish();
    let keep = check(&sink, "actor", actors.iter().map(|actor| &actor.id), &written);
    let mut keep = keep.into_iter();
    actors.retain(|_| keep.next().unwrap_or(true));
    (actors, sink.into_list())
}

fn actor(fields: &Fields<'_>) -> Option<(Actor, Written)> {
    let id = fields.required("id");
    let label = fields.owned("label");
    let kind = fields.word("kind", ACTOR_KINDS).unwrap_or_default();
    let aliases = fields.texts("aliases");
    let (member_of, wholes) = memberships(fields);
    let roles = dated(fields, "roles", "role", |role, since, until| OfficeTerm { role, since, until });
    let demonyms = fields.texts("demonyms");
    let seats = fields.texts("seats");
    let holders = dated(fields, "holders", "name", |name, since, until| OfficeHolder { name, since, until });
    fields.finish();
    let (id, span) = id?;
    let written = Written {
        id: span,
        wholes,
        aliases: aliases.iter().map(|(alias, span)| ((*alias).to_owned(), *span)).collect(),
    };
    let label = label.unwrap_or_else(|| id.to_owned());
    let owned = |texts: Vec<(&str, Span)>| texts.into_iter().map(|(text, _)| text.to_owned()).collect();
    let (aliases, demonyms, seats) = (owned(aliases), owned(demonyms), owned(seats));
    let id = Name::new(id);
    Some((Actor { id, label, kind, aliases, member_of, roles, demonyms, seats, holders }, written))
}

/// The tables of a list `[{ KEY, since, until }]`; one without its key is left out.
fn dated<T>(
    fields: &Fields<'_>,
    list: &'static str,
    key: &'static str,
    of: impl Fn(String, Option<String>, Option<String>) -> T,
) -> Vec<T> {
    let mut all = Vec::new();
    for table in fields.tables(list) {
        let term = Fields::new(table, fields.sink);
        let name = term.required(key).map(|(name, _)| name.to_owned());
        let (since, until) = civil_range(&term);
        term.finish();
        all.extend(name.map(|name| of(name, since, until)));
    }
    all
}

/// `member_of = "whole"`, a list of ids, or a list of tables `{ of, since, until }`.
fn memberships(fields: &Fields<'_>) -> (Vec<Membership>, Vec<(Name, Span)>) {
    let Some(node) = fields.find("member_of") else { return Default::default() };
    let items = match &node.value {
        node::Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let (mut member_of, mut wholes) = (Vec::new(), Vec::new());
    for item in items {
        let membership = match &item.value {
            node::Value::Text(of) => Some((Name::new(of), item.span, None, None)),
            node::Value::Table(table) => {
                let inner = Fields::new(table, fields.sink);
                let of = inner.required("of");
                let (since, until) = civil_range(&inner);
                inner.finish();
                of.map(|(of, span)| (Name::new(of), span, since, until))
            }
            _ => {
                fields.bad("member_of", item, "the id of an actor, or a table { of, since, until }");
                None
            }
        };
        if let Some((of, span, since, until)) = membership {
            wholes.push((of.clone(), span));
            member_of.push(Membership { of, since, until });
        }
    }
    (member_of, wholes)
}

/// The civil days `since` and `until`, checked.
pub(crate) fn civil_range(fields: &Fields<'_>) -> (Option<String>, Option<String>) {
    let day = |key: &'static str| {
        let (text, span) = fields.text(key)?;
        match text.parse::<jiff::civil::Date>() {
            Ok(day) if text.len() == 10 => Some((day, span)),
            _ => {
                fields.sink.push(messages::no_civil_day(span, key, text));
                None
            }
        }
    };
    let (since, until) = (day("since"), day("until"));
    if let (Some((first, _)), Some((last, span))) = (since, until)
        && last < first
    {
        fields.sink.push(messages::reversed_days(span, &first.to_string(), &last.to_string()));
    }
    (since.map(|(day, _)| day.to_string()), until.map(|(day, _)| day.to_string()))
}

/// Checks what entries say of one another: ids, wholes, circles, aliases. Answers which entries are kept.
pub(crate) fn check<'n>(
    sink: &Sink,
    sort: &str,
    ids: impl Iterator<Item = &'n Name>,
    written: &[Written],
) -> Vec<bool> {
    let ids: Vec<&Name> = ids.collect();
    let mut first_of: BTreeMap<&Name, usize> = BTreeMap::new();
    let mut keep = vec![true; ids.len()];
    for (at, id) in ids.iter().enumerate() {
        if let Some(first) = first_of.get(id) {
            sink.push(messages::duplicate_id(written[at].id, written[*first].id, sort, id.as_str()));
            keep[at] = false;
        } else {
            first_of.insert(id, at);
        }
    }
    let mut owner_of: BTreeMap<String, (usize, Span)> = BTreeMap::new();
    for (at, entry) in written.iter().enumerate().filter(|(at, _)| keep[*at]) {
        for (whole, span) in &entry.wholes {
            if !first_of.contains_key(whole) {
                sink.push(messages::unknown_whole(
                    *span,
                    sort,
                    whole.as_str(),
                    first_of.keys().map(|id| id.as_str()),
                ));
            }
        }
        for (alias, span) in &entry.aliases {
            match owner_of.get(&fold(alias)) {
                Some((other, place)) if *other != at => {
                    sink.push(messages::shared_alias(
                        *span,
                        *place,
                        alias,
                        ids[*other].as_str(),
                        ids[at].as_str(),
                    ));
                }
                _ => {
                    owner_of.insert(fold(alias), (at, *span));
                }
            }
        }
    }
    circles(sink, &ids, written, &first_of);
    keep
}

/// Reports each circle of wholes once, at its first entry in the file.
fn circles(sink: &Sink, ids: &[&Name], written: &[Written], first_of: &BTreeMap<&Name, usize>) {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![0u8; ids.len()];
    for start in 0..ids.len() {
        if state[start] != 0 {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        state[start] = OPEN;
        while let Some((at, next)) = path.last_mut() {
            let (at, edge) = (*at, *next);
            *next += 1;
            let Some((whole, span)) = written[at].wholes.get(edge) else {
                state[at] = DONE;
                path.pop();
                continue;
            };
            match first_of.get(whole).map(|to| (*to, state[*to])) {
                Some((to, OPEN)) => {
                    let from = path.iter().position(|(step, _)| *step == to).unwrap_or(0);
                    let chain: Vec<&str> = path[from..].iter().map(|(step, _)| ids[*step].as_str()).collect();
                    sink.push(messages::circle(*span, &chain));
                }
                Some((to, 0)) => {
                    state[to] = OPEN;
                    path.push((to, 0));
                }
                _ => {}
            }
        }
    }
}
