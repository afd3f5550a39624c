//! The tallies of one sentence.

use servanda_model::{DateBasis, Span};

use super::leads;
use super::windows::{WindowFound, previous, window_of};
use super::{Source, Tally, limits, nouns};
use crate::prose::QuantityFound;

/// How a figure stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// A figure of its own.
    Own,
    /// "and nine in the Lowland sector": another figure of the same.
    Same,
    /// "including 45 explosions", "(16 fatalities and 69 injured)": a part.
    Part,
    /// "compared with 7,839 in the previous two-week period".
    Previous,
    /// "bringing the total since ... to 61".
    Total,
}

/// Appends the tallies of a sentence; its figures are in the order of the text.
pub(super) fn tallies_of(
    source: &Source<'_>,
    sentence: Span,
    quantities: &[&QuantityFound],
    found: &mut Vec<Tally>,
) {
    let words = source.low(sentence.start, sentence.end);
    let is_occurrence = leads::says_occurred(&words) && nouns::last_counted(&words).is_some();
    if !leads::says_counted(&words) && !is_occurrence {
        return;
    }
    let mut reader = Sentence {
        source,
        sentence,
        area: limits::area_of_sentence(source, sentence),
        is_occurrence: !leads::says_counted(&words),
        first: found.len(),
        n_previous: 0,
        compared: Vec::new(),
        whole: None,
        is_listing: false,
        days: if words.contains("respectively") { respective_days(source, sentence) } else { Vec::new() },
        n_days_taken: 0,
    };
    // "on 27 and 31 July": the first is a day, too.
    let is_day = |quantity: &QuantityFound| {
        quantity.noun.is_none()
            && source.dates_in(Span::new(quantity.span.end, sentence.end)).first().is_some_and(|date| {
                let between = source.text.get(quantity.span.end..date.span.start).unwrap_or_default();
                matches!(between.trim(), "and" | "," | "or" | "to")
            })
    };
    let counts: Vec<&QuantityFound> =
        quantities.iter().copied().filter(|quantity| !is_day(quantity)).collect();
    for (ix, quantity) in counts.iter().enumerate() {
        let next = counts.get(ix + 1).map_or(sentence.end, |next| next.span.start);
        let before = if ix == 0 { sentence.start } else { counts[ix - 1].span.end };
        if quantity.sort == "count" && quantity.span.start >= before {
            reader.take(quantity, before, next.max(quantity.span.end), found);
        }
    }
}

struct Sentence<'a> {
    source: &'a Source<'a>,
    sentence: Span,
    /// "In Upland region, ...": what its figures are limited to.
    area: Option<Span>,
    /// Whether only the noun tells that something is counted.
    is_occurrence: bool,
    /// How many tallies there were before the sentence.
    first: usize,
    n_previous: usize,
    /// The tallies that figures of the earlier period are compared with, in order.
    compared: Vec<usize>,
    /// The tally whose parts are being listed, or could be.
    whole: Option<usize>,
    /// Whether parts are being listed.
    is_listing: bool,
    /// Days that figures follow one by one: "on 27 and 31 July - 111 and 101, respectively".
    days: Vec<super::Days>,
    n_days_taken: usize,
}

impl Sentence<'_> {
    fn low(&self, from: usize, to: usize) -> String {
        self.source.low(from, to)
    }

    fn take(&mut self, quantity: &QuantityFound, before: usize, next: usize, found: &mut Vec<Tally>) {
        let lead = self.low(before, quantity.span.start);
        let lead = lead.trim();
        let behind = self.low(quantity.span.end, next);
        let noun = quantity.noun.map(|noun| self.source.noun(noun)).unwrap_or_default();
        let is_bare = nouns::is_stand_in(&noun);
        match self.link(lead, &behind, is_bare, found) {
            Link::Previous => self.take_previous(quantity, next, found),
            Link::Part => self.take_part(quantity, noun, next, found),
            Link::Total => self.take_total(quantity, noun, lead, found),
            Link::Same => self.take_same(quantity, next, found),
            Link::Own if noun == "instance" || is_bare && !lead.ends_with(['(', '\u{2013}']) => {
                self.refer(quantity, lead, found);
            }
            Link::Own if self.is_mentioned(lead, quantity) => {
                self.refer(quantity, lead, found);
            }
            Link::Own if nouns::is_time(&noun) => self.take_times(quantity, lead, next, found),
            Link::Own if is_bare => self.take_of_lead(quantity, before, next, found),
            Link::Own if self.is_occurrence && !nouns::is_counted(&noun) => {}
            Link::Own => {
                self.push(quantity, noun, self.window(quantity), found);
                self.limit(quantity, next, found);
                if quantity.rule == "number:none" {
                    self.limit_none(quantity, found);
                }
                self.whole = Some(found.len() - 1);
                self.is_listing = false;
            }
        }
    }

    fn window(&self, quantity: &QuantityFound) -> WindowFound {
        window_of(self.source, self.sentence, quantity.span)
    }

    /// The next of the days that the figures of the sentence follow one by one.
    fn respective(&mut self) -> Option<WindowFound> {
        let days = self.days.get(self.n_days_taken).copied()?;
        self.n_days_taken += 1;
        let words = self.source.dates_in(self.sentence).first().map(|date| date.span);
        Some(WindowFound {
            days: Some(days),
            basis: DateBasis::Inferred,
            words,
            is_running: false,
            rule: "window:respective",
        })
    }

    /// "near the three areas", "in and around the three areas": no count of them.
    fn is_mentioned(&self, lead: &str, quantity: &QuantityFound) -> bool {
        let own = self.low(quantity.span.start, quantity.number.start);
        quantity.rule != "number:none" && (leads::is_mentioned(lead) || own.trim_end().ends_with(" the"))
    }

    /// "Of the 98 violations, 60 were ...": the figure is one that was told before, and parts of it follow.
    fn refer(&mut self, quantity: &QuantityFound, lead: &str, found: &[Tally]) {
        const N_BACK: usize = 12;
        let is_of = lead == "of the"
            || lead == "of these"
            || lead == "of all"
            || lead == "out of the"
            || lead.ends_with(" of the");
        let same = |tally: &Tally| {
            tally.part_of.is_none() && tally.previous_of.is_none() && tally.quantity.best == quantity.best
        };
        let at = (0..found.len()).rev().take(N_BACK).find(|ix| same(&found[*ix])).filter(|_| is_of);
        self.whole = at;
        self.is_listing = at.is_some();
    }

    /// "was restricted 62 times": the verb says what is counted.
    fn take_times(&mut self, quantity: &QuantityFound, lead: &str, next: usize, found: &mut Vec<Tally>) {
        let is_verb = |word: &&str| {
            word.ends_with("ed")
                && word.len() > 5
                && !matches!(*word, "assessed" | "combined" | "controlled" | "supposed")
        };
        let verb = lead.split_whitespace().rev().take(6).find(is_verb);
        let Some(verb) = verb.filter(|_| quantity.per.is_none()) else { return };
        self.push(quantity, format!("times {verb}"), self.window(quantity), found);
        self.limit(quantity, next, found);
        self.whole = Some(found.len() - 1);
        self.is_listing = false;
    }

    fn link(&self, lead: &str, behind: &str, is_bare: bool, found: &[Tally]) -> Link {
        let has_own = found.len() > self.first || self.n_previous > 0;
        let in_bracket = lead.ends_with('(');
        // "and 2,078, respectively": the second of two figures of the earlier period.
        let goes_on = self.n_previous > 0 && matches!(lead, "and" | "," | ", and");
        let of_before = lead.starts_with("this compares")
            || lead.starts_with("that compares")
            || lead.starts_with("it compares");
        let begins_behind =
            leads::is_previous(behind.trim_start().split([',', ')', ';']).next().unwrap_or_default());
        let is_previous = leads::compares(lead) && is_bare_enough(lead, is_bare, behind)
            || in_bracket && has_own && begins_behind
            || goes_on;
        if is_previous && (has_own || of_before) {
            return Link::Previous;
        }
        if leads::is_total(lead) {
            return Link::Total;
        }
        if is_bare
            && lead.ends_with(['(', '\u{2013}'])
            && (is_change(lead) || !self.days.is_empty() && !has_own)
        {
            return Link::Own;
        }
        let whole = self.whole.filter(|whole| *whole < found.len());
        if whole.is_some()
            && self.is_listing
            && (leads::goes_on(lead) || leads::opens_parts(lead) || lead.ends_with(", and"))
        {
            return if has_closed(lead) && !leads::opens_parts(lead) && !is_bare {
                Link::Own
            } else {
                Link::Part
            };
        }
        if whole.is_some() && self.is_listing && found.len() == self.first && is_bare {
            // "Of the 98 violations, 60 were in the valley".
            return Link::Part;
        }
        if has_own && whole.is_some() && leads::opens_parts(lead) && !begins_behind {
            return Link::Part;
        }
        if is_bare && has_own && whole.is_some() && (leads::ends_in_and(lead) || lead.ends_with(',')) {
            return Link::Same;
        }
        Link::Own
    }

    fn push(&mut self, quantity: &QuantityFound, what: String, window: WindowFound, found: &mut Vec<Tally>) {
        // "compared with 7,839": the figure counts what the one before it counts.
        let mut quantity = quantity.clone();
        if quantity.unit.is_empty() {
            quantity.unit.clone_from(&what);
        }
        found.push(Tally {
            is_none: quantity.rule == "number:none",
            quantity,
            what,
            window: window.days,
            basis: window.basis,
            window_words: window.words,
            is_running: window.is_running,
            areas: Vec::new(),
            limits: Vec::new(),
            part_of: None,
            previous_of: None,
            sentence: self.sentence,
            rules: vec![window.rule],
        });
    }

    /// What the words behind a figure, or those that begin the sentence, limit it to.
    fn limit(&self, quantity: &QuantityFound, next: usize, found: &mut [Tally]) {
        let Some(last) = found.last_mut() else { return };
        last.areas = limits::area(self.source, quantity.span.end, next);
        last.limits = limits::limit(self.source, quantity.span.end, next);
        if last.areas.is_empty() {
            last.areas.extend(self.area);
        }
    }

    /// None in a clause that hangs from another is none of what that clause is about: "a number of days in which no violations were
    /// recorded", "monitored the three areas, recording no violations".
    fn limit_none(&self, quantity: &QuantityFound, found: &mut [Tally]) {
        let Some(last) = found.last_mut() else { return };
        let lead = self.low(self.sentence.start, quantity.span.start);
        let lead = lead.trim_end();
        let is_relative = ["which", "when", "where", "that", "whom", "with", "days of"]
            .iter()
            .any(|word| lead.ends_with(word));
        let is_participle = lead.rsplit(' ').next().is_some_and(|word| word.ends_with("ing"));
        if (is_relative || is_participle) && last.areas.is_empty() && last.limits.is_empty() {
            let words = self.source.text.get(self.sentence.start..quantity.span.start).unwrap_or_default();
            let place = [" in ", " inside ", " near "].iter().filter_map(|word| words.find(word)).min();
            let area = place.and_then(|at| {
                limits::area_at(self.source, self.sentence.start + at + 1, quantity.span.start)
            });
            match area.filter(|_| is_participle) {
                Some(area) => last.areas.push(area),
                None => last.limits.push(Span::new(
                    self.sentence.start + (words.len() - words.trim_start().len()),
                    self.sentence.start + words.trim_end().len(),
                )),
            }
        }
    }

    /// "and nine in the Lowland sector": what the figure before counts, for another area or day.
    fn take_same(&mut self, quantity: &QuantityFound, next: usize, found: &mut Vec<Tally>) {
        let Some(earlier) = self.whole.and_then(|whole| found.get(whole)) else { return };
        let what = earlier.what.clone();
        if let Some(day) = self.respective() {
            self.push(quantity, what, day, found);
            return;
        }
        let own = self.window(quantity);
        let is_own = own.words.is_some_and(|words| {
            words.start >= quantity.span.end && words.end <= next.max(quantity.span.end)
        });
        let kept = WindowFound {
            days: earlier.window,
            basis: earlier.basis,
            words: earlier.window_words,
            is_running: earlier.is_running,
            rule: "tally:same",
        };
        let areas = limits::area(self.source, quantity.span.end, next);
        // Without area or day of its own it says nothing that could be placed.
        if areas.is_empty() && !is_own {
            return;
        }
        self.push(quantity, what, if is_own { own } else { kept }, found);
        if let Some(last) = found.last_mut() {
            last.areas = areas;
        }
    }

    /// "fewer violations in Upland region (112, ...)": the words before the bracket say what is counted, and where.
    fn take_of_lead(&mut self, quantity: &QuantityFound, before: usize, next: usize, found: &mut Vec<Tally>) {
        let lead = self.low(before, quantity.span.start);
        let counted = nouns::last_counted(&lead);
        let what = counted.map(|(what, _)| what).or_else(|| {
            let earlier = found.iter().rev().find(|tally| tally.part_of.is_none());
            earlier.map(|tally| tally.what.clone())
        });
        let Some(what) = what else { return };
        let window = self.respective().unwrap_or_else(|| self.window(quantity));
        self.push(quantity, what, window, found);
        self.limit(quantity, next, found);
        let words = self.source.text.get(before..quantity.span.start).unwrap_or_default();
        let place = [" in ", " inside ", " near "].iter().filter_map(|word| words.rfind(word)).max();
        let area = place.and_then(|at| limits::area_at(self.source, before + at + 1, quantity.span.start));
        if let (Some(area), Some(last)) = (area, found.last_mut()) {
            last.areas = vec![area];
        }
        self.whole = Some(found.len() - 1);
        self.is_listing = false;
    }

    /// The nth figure of the earlier period stands beside the nth figure of this one.
    fn take_previous(&mut self, quantity: &QuantityFound, next: usize, found: &mut Vec<Tally>) {
        let rest = self.low(quantity.span.end, self.sentence.end);
        let is_next = {
            let lead = self.low(found.last().map_or(0, |tally| tally.quantity.span.end), quantity.span.start);
            self.n_previous > 0 && matches!(lead.trim(), "and" | "," | ", and")
        };
        let is_respective = is_next || rest.contains("respectively") || rest.contains("respective-ly");
        // "This compares with about 9,800 and 2,750": the figures of the sentence before.
        if self.n_previous == 0 || !is_respective {
            let own = found.len() > self.first;
            let last = found.last().map(|tally| tally.sentence);
            let from = if own { self.first } else { found.len().saturating_sub(12) };
            let compared = (from..found.len()).filter(|ix| own || last == Some(found[*ix].sentence));
            self.compared = compared.filter(|ix| found[*ix].previous_of.is_none()).collect();
            if self.n_previous > 0 {
                self.n_previous = 0;
            }
        }
        // One figure alone is compared with the one before it; several in a row each with its own.
        let later = match self.compared.as_slice() {
            [] => return,
            own if is_respective => own.get(self.n_previous).copied(),
            own if leads_back(&self.low(self.sentence.start, quantity.span.start)) => own.last().copied(),
            own => own.iter().rev().find(|ix| found[**ix].part_of.is_none()).or(own.last()).copied(),
        };
        let Some(later) = later else { return };
        self.n_previous += 1;
        let (days, basis, words) = self.earlier(quantity, next, &rest, found[later].window);
        let window = WindowFound { days, basis, words, is_running: false, rule: "window:previous" };
        let what = found[later].what.clone();
        let tally = &found[later];
        let (part_of, areas, limits) = (tally.part_of, tally.areas.clone(), tally.limits.clone());
        self.push(quantity, what, window, found);
        if let Some(last) = found.last_mut() {
            last.previous_of = Some(later);
            (last.areas, last.limits) = (areas, limits);
            if part_of.is_some() {
                last.rules.push("tally:part-of-previous");
            }
        }
        self.is_listing = false;
    }

    /// The days that a figure of an earlier period is for: as dated behind it, a year back, or right before.
    fn earlier(
        &self,
        quantity: &QuantityFound,
        next: usize,
        rest: &str,
        window: Option<super::Days>,
    ) -> (Option<super::Days>, DateBasis, Option<Span>) {
        let near = Span::new(quantity.span.end, next.max(quantity.span.end));
        let own = self.source.dates_in(near).iter().find(|date| {
            matches!(date.granularity, "range" | "month" | "quarter" | "year" | "day")
                && date.basis == DateBasis::Explicit
                && date.span.start >= near.start
        });
        if let Some((date, days)) = own.and_then(|date| Some((date, date.start.zip(date.end)?))) {
            return (Some(days), date.basis, Some(date.span));
        }
        let is_year_back = rest.contains("same period")
            && ["last year", "year earlier", "previous year", "year before"]
                .iter()
                .any(|words| rest.contains(words));
        let behind = self.low(near.start, near.end);
        let length = if is_year_back {
            None
        } else {
            leads::earlier_length(&behind).or_else(|| leads::earlier_length(rest))
        };
        let days = if is_year_back { super::windows::year_before(window) } else { previous(window, length) };
        let words = self
            .words_of_earlier(near)
            .or_else(|| self.words_of_earlier(Span::new(near.start, self.sentence.end)));
        let basis = match (days, words) {
            (None, _) => DateBasis::None,
            (_, Some(_)) => DateBasis::Relative,
            _ => DateBasis::Inferred,
        };
        (days, basis, words)
    }

    /// The words that name the earlier period: "in the previous two-week period".
    fn words_of_earlier(&self, span: Span) -> Option<Span> {
        let words = span.of(self.source.text)?;
        let low = words.to_ascii_lowercase();
        let at = [
            "in the previous",
            "in the preceding",
            "the previous",
            "the preceding",
            "the week before",
            "last week",
        ]
        .iter()
        .filter_map(|phrase| low.find(phrase))
        .min()?;
        let end = low[at..].find([')', ',', '.', ';', ':']).map_or(low.len(), |end| at + end);
        let words = words[at..end].trim_end();
        Some(Span::new(span.start + at, span.start + at + words.len()))
    }

    fn take_part(&mut self, quantity: &QuantityFound, noun: String, next: usize, found: &mut Vec<Tally>) {
        let Some(whole) = self.whole.filter(|whole| *whole < found.len()) else { return };
        // "(62 in areas ...)": the same is counted; "16 fatalities": a sort of it.
        let what = if nouns::is_stand_in(&noun) { found[whole].what.clone() } else { noun };
        let window = WindowFound {
            days: found[whole].window,
            basis: found[whole].basis,
            words: found[whole].window_words,
            is_running: found[whole].is_running,
            rule: "tally:part",
        };
        let near = Span::new(quantity.span.end, next.max(quantity.span.end));
        let own = super::windows::own_behind(self.source, quantity.span, near.end);
        self.push(quantity, what, own.unwrap_or(window), found);
        if let Some(last) = found.last_mut() {
            last.part_of = Some(whole);
            last.areas = limits::area(self.source, quantity.span.end, next);
            last.limits = limits::limit(self.source, quantity.span.end, next);
        }
        self.is_listing = true;
    }

    /// "bringing the total number of casualties since the beginning of 2020 to 61".
    fn take_total(&mut self, quantity: &QuantityFound, noun: String, lead: &str, found: &mut Vec<Tally>) {
        let earlier =
            found.iter().rev().find(|tally| tally.part_of.is_none()).map(|tally| tally.what.clone());
        let earlier = earlier.filter(|_| found.len() > self.first).unwrap_or_default();
        let what =
            nouns::total_of(lead).or_else(|| Some(noun).filter(|noun| !noun.is_empty())).unwrap_or(earlier);
        let window = self.window(quantity);
        // A total without a beginning ends with the report, and where it began is not said.
        let is_open = !window.is_running && (lead.contains("total") || window.words.is_none());
        let window = if is_open {
            WindowFound { days: None, basis: DateBasis::None, is_running: true, ..window }
        } else {
            window
        };
        self.push(quantity, what, window, found);
        self.whole = Some(found.len() - 1);
        self.is_listing = false;
    }
}

/// Whether "compared with ..." leads to a figure, and not to a period before the sentence's own figures.
fn is_bare_enough(lead: &str, is_bare: bool, behind: &str) -> bool {
    is_bare || !leads::is_previous(lead) || lead.ends_with('(') || leads::is_previous(behind)
}

/// Whether the words before a figure's bracket say that something became more or less.
fn is_change(lead: &str) -> bool {
    ["fewer", "more", "less", "increase", "decrease", "rise", "decline", "drop", "number of", "most"]
        .iter()
        .any(|word| {
            lead.split(|sign: char| !sign.is_alphabetic() && sign != ' ').any(|part| part.contains(word))
        })
        && nouns::last_counted(lead).is_some()
        || lead.contains("more in")
        || lead.contains("fewer in")
}

/// The days of "on 27 and 31 July", one by one.
fn respective_days(source: &Source<'_>, sentence: Span) -> Vec<super::Days> {
    let mut days = Vec::new();
    for date in source.dates_in(sentence) {
        let Some((from, to)) = date.start.zip(date.end).filter(|(from, to)| from == to) else { continue };
        let before = source.text.get(sentence.start..date.span.start).unwrap_or_default().trim_end();
        // The days before the last have no month of their own.
        if let Some(list) = before.strip_suffix("and") {
            let numbers = list.rsplit([' ', ',', '\n']).filter(|word| !word.is_empty());
            let earlier: Vec<i8> = numbers.map_while(|word| word.parse().ok()).collect();
            let dated = earlier
                .iter()
                .rev()
                .filter_map(|day| super::Calendar::new(from.year(), from.month(), *day).ok());
            days.extend(dated.filter(|day| *day < from).map(|day| (day, day)));
        }
        days.push((from, to));
    }
    days
}

/// Whether a bracket was closed in these words.
fn has_closed(lead: &str) -> bool {
    lead.rfind(')') > lead.rfind('(')
}

/// "(previously 9)": compared with the figure right before it, part or not.
fn leads_back(lead: &str) -> bool {
    let lead = lead.trim_end();
    lead.ends_with("(previously") || lead.ends_with('(') || lead.ends_with("(from") || lead.ends_with(':')
}
