//! Counts what became of the rows, and keeps the list of diagnostics readable when a million rows share one fault.

use std::collections::BTreeMap;

use servanda_model::{Diagnostic, Span};

use crate::fields::Sink;
use crate::messages;

/// How many diagnostics of one code are listed one by one for one file.
const MAX_PER_CODE: usize = 10_000;

#[derive(Default)]
struct Count {
    n: usize,
    /// First line that is not listed, and its place; the last one.
    beyond: Option<(usize, Span, usize)>,
}

/// Diagnostics of one file by code.
pub(crate) struct Tally<'s> {
    pub sink: &'s Sink,
    counts: BTreeMap<String, Count>,
}

impl<'s> Tally<'s> {
    pub fn new(sink: &'s Sink) -> Tally<'s> {
        Tally { sink, counts: BTreeMap::new() }
    }

    /// Lists a diagnostic about a row, or counts it where the list is full.
    pub fn push(&mut self, line: usize, diagnostic: Diagnostic) {
        if !self.counts.contains_key(&diagnostic.code) {
            self.counts.insert(diagnostic.code.clone(), Count::default());
        }
        let Some(count) = self.counts.get_mut(&diagnostic.code) else { return };
        count.n += 1;
        if count.n <= MAX_PER_CODE {
            self.sink.push(diagnostic);
        } else {
            let (first, place, _) = count.beyond.unwrap_or((line, diagnostic.span, line));
            count.beyond = Some((first, place, line));
        }
    }

    /// Says what was counted but not listed.
    pub fn finish(self) {
        for (code, count) in self.counts {
            if let Some((first, place, last)) = count.beyond {
                self.sink.push(messages::not_listed(place, &code, count.n - MAX_PER_CODE, first, last));
            }
        }
    }
}
