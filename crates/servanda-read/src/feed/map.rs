//! One row becomes one claim, or one for each component.

use std::collections::HashMap;

use servanda_model::{
    Attribution, AttributionRole, Claim, ClaimKind, Instant, Measure, Method, Name, Number, Position,
    Quantity, QuoteType, Span,
};

use super::cells::{Cell, Source, Unmapped};
use super::dates::DateReader;
use super::mapping::{Mapping, Word};
use super::read::FeedClaim;
use super::remarks::{Remarks, Written};
use super::spec::Feed;
use super::tally::Tally;
use super::times::TimeFault;
use crate::coded::Coding;
use crate::document::DocumentText;
use crate::messages;
use crate::names::Found;

/// One row as found.
#[derive(Clone, Copy)]
pub(crate) struct RowPlace {
    pub span: Span,
    pub line: usize,
}

/// A name that the case does not declare.
pub(crate) struct Unknown {
    pub n_rows: usize,
    pub first: Span,
}

/// Maps the rows of one table; remembers names, dates and incidents.
pub(crate) struct Mapper<'r> {
    pub(super) feed: &'r Feed,
    document: &'r DocumentText,
    coding: &'r Coding<'r>,
    pub tally: Tally<'r>,
    dates: Vec<(DateReader<'r>, DateReader<'r>)>,
    reported: Option<DateReader<'r>>,
    pub names: [HashMap<String, Written>; 2],
    pub unknown: [HashMap<String, Unknown>; 2],
    kinds: HashMap<String, Name>,
    pub unknown_kinds: HashMap<String, Unknown>,
    incidents: HashMap<Name, usize>,
    pub n_rounded: usize,
    pub first_rounded: Option<Span>,
    /// The last row whose bounds cross: several figures may have the same columns.
    pub(super) last_crossed: Option<usize>,
    pub remarks: Remarks,
    /// Where each cell of the row lies, where a row is made of elements of several arrays.
    pub elements: Vec<Option<Span>>,
    /// What to say about such a row's place.
    pub beside: String,
}

/// Why a row (or a component of it) is rejected; the diagnostic is pushed already.
pub(super) struct Rejected;

const ACTOR: usize = 0;
const PLACE: usize = 1;
/// What the two sorts of names are called.
pub(crate) const SORTS: [&str; 2] = ["actor", "place"];

impl<'r> Mapper<'r> {
    pub fn new(
        feed: &'r Feed,
        document: &'r DocumentText,
        coding: &'r Coding<'r>,
        tally: Tally<'r>,
    ) -> Mapper<'r> {
        let dates = |mapping: &'r Mapping| {
            let when = mapping.when.as_ref();
            let window = mapping.window.as_ref();
            (
                DateReader::new(
                    when.map_or(&[], |when| &when.formats),
                    when.is_some_and(|when| when.is_day_only),
                ),
                DateReader::new(window.map_or(&[], |window| &window.formats), false),
            )
        };
        Mapper {
            feed,
            document,
            coding,
            tally,
            dates: feed.mappings.iter().map(dates).collect(),
            reported: feed.reported.as_ref().map(|spec| DateReader::new(&spec.formats, spec.is_day_only)),
            names: Default::default(),
            unknown: Default::default(),
            kinds: HashMap::new(),
            unknown_kinds: HashMap::new(),
            incidents: HashMap::new(),
            n_rounded: 0,
            first_rounded: None,
            last_crossed: None,
            remarks: Remarks::default(),
            elements: Vec::new(),
            beside: String::new(),
        }
    }

    /// Maps a row; answers how many claims it gave and whether anything of it was rejected.
    pub fn row(
        &mut self,
        place: RowPlace,
        cells: &[Cell<'_>],
        each: &mut dyn FnMut(FeedClaim),
    ) -> (usize, bool) {
        let reported_at = self.reported_at(place, cells);
        let (mut n_claims, mut is_rejected) = (0, false);
        let mut incident = None;
        for at in 0..self.feed.mappings.len() {
            match self.claim(at, place, cells) {
                Ok(Some(claim)) => {
                    let claim = Claim { reported_at, ..claim };
                    n_claims += 1;
                    if claim.incident != incident {
                        incident.clone_from(&claim.incident);
                        self.remember_incident(place, incident.as_ref());
                    }
                    each(FeedClaim { claim, reported_at, line: place.line });
                }
                Ok(None) => {}
                Err(Rejected) => is_rejected = true,
            }
        }
        (n_claims, is_rejected)
    }

    fn claim(&mut self, at: usize, place: RowPlace, cells: &[Cell<'_>]) -> Result<Option<Claim>, Rejected> {
        let mapping: &'r Mapping = &self.feed.mappings[at];
        let quantity = match &mapping.quantity {
            None => None,
            Some(spec) => match self.quantity(spec, place, cells)? {
                None if mapping.is_component => return Ok(None),
                None if self.is_silent(spec, cells) => None,
                None => Some(self.unstated(spec, place, cells)?),
                some => some,
            },
        };
        let mut quantities: Vec<Quantity> = quantity.into_iter().collect();
        for (role, spec) in &mapping.figures {
            let figure = match self.quantity(spec, place, cells)? {
                None if spec.is_open(cells) => Some(self.unstated(spec, place, cells)?),
                figure => figure,
            };
            quantities.extend(figure.map(|figure| Quantity { role: Some(role.clone()), ..figure }));
        }
        self.remarks.figures(&quantities, place, self.feed.has_outliers);
        let event_kind = match &mapping.event_kind {
            None => None,
            Some(source) => self.value(source, place, cells)?.map(|kind| self.kind(kind, place)),
        };
        let when = match &mapping.when {
            None => None,
            Some(spec) => {
                let found = spec.read(cells, &mut self.dates[at].0, self.coding.clock);
                self.time(found, place)?
            }
        };
        let window = match &mapping.window {
            None => None,
            Some(spec) => {
                match spec.read(cells, &mut self.dates[at].1, &self.feed.numbers, self.coding.clock) {
                    Err(TimeFault::NoReport { .. }) if is_zero(&quantities) => {
                        self.remarks.no_report(place);
                        return Ok(None);
                    }
                    found => self.time(found, place)?,
                }
            }
        };
        let incident = match &mapping.incident {
            None => None,
            Some((source, prefix)) => {
                self.value(source, place, cells)?.map(|text| Name::from(format!("{prefix}{text}")))
            }
        };
        let actors = self.each_name(ACTOR, &mapping.actors, place, cells)?;
        let targets = self.each_name(ACTOR, &mapping.targets, place, cells)?;
        let speaker = self.name(ACTOR, mapping.speaker.as_ref(), place, cells)?;
        let origin = self.name(ACTOR, mapping.origin.as_ref(), place, cells)?;
        let site = self.name(PLACE, mapping.place.as_ref(), place, cells)?;
        let position = self.position(mapping, place, cells);
        let counter = match &mapping.counter {
            None => None,
            Some(source) => self.value(source, place, cells)?.map(Name::new),
        };
        let component = match &mapping.component {
            None => None,
            Some(source) => self.value(source, place, cells)?.map(Name::new),
        };
        let note = self.note(mapping, place, cells)?;
        let measure = self.word(&mapping.measure, place, cells)?.unwrap_or_default();
        let usual = if measure == Measure::Occurrence { ClaimKind::Event } else { ClaimKind::Quantity };
        let kind = match &mapping.kind {
            Some(kind) => self.word(kind, place, cells)?.unwrap_or(usual),
            None => usual,
        };
        let span = self.quoted(mapping).unwrap_or(place.span);
        let quote = span.of(&self.document.text).unwrap_or_default();
        let Ok(claim) = Claim::new(self.document.document.id, span, quote, kind) else {
            return Err(Rejected);
        };
        let mut rule = vec![mapping.rule.clone()];
        rule.extend(Some(self.beside.clone()).filter(|beside| !beside.is_empty()));
        Ok(Some(Claim {
            attribution: self.attribution(speaker.as_ref()),
            quote_type: QuoteType::None,
            speaker,
            origin,
            actors,
            targets,
            action: mapping.action.clone(),
            polarity: self.word(&mapping.polarity, place, cells)?.unwrap_or_default(),
            modality: self.word(&mapping.modality, place, cells)?.unwrap_or_default(),
            tense: mapping.tense,
            issue: mapping.issue.clone(),
            when,
            quantities,
            event_kind,
            place: site,
            position,
            incident,
            counter,
            window,
            measure,
            component,
            method: Method::Feed,
            rule,
            note,
            ..claim
        }))
    }

    /// The words of a claim, where a row is made of elements of several arrays: the figure.
    fn quoted(&self, mapping: &Mapping) -> Option<Span> {
        let figure = mapping.quantity.as_ref().and_then(|spec| spec.best.or(spec.low).or(spec.high));
        self.elements.get(figure?).copied().flatten()
    }

    /// The parts of the note that the row states, each after its label.
    fn note(
        &mut self,
        mapping: &Mapping,
        place: RowPlace,
        cells: &[Cell<'_>],
    ) -> Result<Option<String>, Rejected> {
        let mut parts = Vec::new();
        for (label, source) in &mapping.note {
            if let Some(text) = self.value(source, place, cells)? {
                parts.push(if label.is_empty() { text.to_owned() } else { format!("{label}: {text}") });
            }
        }
        Ok(Some(parts.join("; ")).filter(|note| !note.is_empty()))
    }

    /// A word of a closed list; `None` where the row says none.
    fn word<T: Copy>(
        &mut self,
        word: &Word<T>,
        place: RowPlace,
        cells: &[Cell<'_>],
    ) -> Result<Option<T>, Rejected> {
        let (source, list) = match word {
            Word::Fixed(value) => return Ok(Some(*value)),
            Word::Read(source, list) => (source, list),
        };
        let Some(text) = self.value(source, place, cells)? else { return Ok(None) };
        match list.iter().find(|(known, _)| *known == text) {
            Some((_, value)) => Ok(Some(*value)),
            None => {
                let unmapped = Unmapped { column: source.column.unwrap_or_default(), cell: text.to_owned() };
                Err(self.unmapped(place, &unmapped))
            }
        }
    }

    fn attribution(&self, speaker: Option<&Name>) -> Vec<Attribution> {
        let mut chain = Vec::with_capacity(2);
        let publisher = self.document.document.publisher.as_ref();
        chain.extend(
            publisher.map(|name| Attribution { role: AttributionRole::Narrator, name: name.clone() }),
        );
        let speaker = speaker.filter(|speaker| Some(*speaker) != publisher);
        chain.extend(speaker.map(|name| Attribution { role: AttributionRole::Source, name: name.clone() }));
        chain
    }

    pub(super) fn value<'v>(
        &mut self,
        source: &'v Source,
        place: RowPlace,
        cells: &'v [Cell<'_>],
    ) -> Result<Option<&'v str>, Rejected> {
        source.value(cells).map_err(|unmapped| self.unmapped(place, &unmapped))
    }

    fn unmapped(&mut self, place: RowPlace, unmapped: &Unmapped) -> Rejected {
        let column = self.column(unmapped.column);
        self.tally.push(place.line, messages::unmapped(place.span, place.line, &column, &unmapped.cell));
        Rejected
    }

    fn column(&self, slot: usize) -> String {
        self.feed.columns.names[slot].join(" or ")
    }

    /// A time that is not stated is none; one that cannot be read rejects the row.
    fn time<T>(&mut self, found: Result<T, TimeFault>, place: RowPlace) -> Result<Option<T>, Rejected> {
        let fault = match found {
            Ok(time) => return Ok(Some(time)),
            Err(fault) => fault,
        };
        if let TimeFault::NotStated { column } = &fault
            && self.feed.is_optional(*column)
        {
            return Ok(None);
        }
        let RowPlace { span, line } = place;
        let column = match &fault {
            TimeFault::NotStated { column }
            | TimeFault::Unreadable { column, .. }
            | TimeFault::NoReport { column } => self.column(*column),
            TimeFault::Precision { column, .. } => column.map(|slot| self.column(slot)).unwrap_or_default(),
            TimeFault::Reversed => String::new(),
        };
        let (diagnostic, is_rejected) = match fault {
            TimeFault::NotStated { .. } => (messages::no_time(span, line, &column), false),
            TimeFault::NoReport { .. } => (messages::no_period(span, line, &column), false),
            TimeFault::Unreadable { cell, .. } => {
                (messages::unreadable_cell(span, line, &column, &cell), true)
            }
            TimeFault::Reversed => (messages::reversed_cells(span, line), true),
            TimeFault::Precision { cell, .. } => (messages::unmapped(span, line, &column, &cell), true),
        };
        self.tally.push(line, diagnostic);
        if is_rejected { Err(Rejected) } else { Ok(None) }
    }

    /// Where it was; coordinates that cannot be read are reported, and the claim stands without them.
    fn position(&mut self, mapping: &Mapping, place: RowPlace, cells: &[Cell<'_>]) -> Option<Position> {
        match mapping.position.as_ref()?.read(cells) {
            Ok(position) => position,
            Err(fault) => {
                let column = self.column(fault.column);
                let RowPlace { span, line } = place;
                self.tally.push(line, messages::no_position_cell(span, line, &column, &fault.cell));
                None
            }
        }
    }

    fn reported_at(&mut self, place: RowPlace, cells: &[Cell<'_>]) -> Option<Instant> {
        let (spec, dates) = (self.feed.reported.as_ref()?, self.reported.as_mut()?);
        let found = spec.read(cells, dates, self.coding.clock);
        self.time(found, place).ok().flatten().map(|when| when.latest)
    }

    fn each_name(
        &mut self,
        sort: usize,
        sources: &'r [Source],
        place: RowPlace,
        cells: &[Cell<'_>],
    ) -> Result<Vec<Name>, Rejected> {
        let mut names = Vec::with_capacity(sources.len());
        for source in sources {
            let mut found = Vec::new();
            if let Err(unmapped) = source.each_value(cells, |text| found.push(text)) {
                return Err(self.unmapped(place, &unmapped));
            }
            for text in found {
                let name = self.resolve(sort, text, place);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Ok(names)
    }

    fn name(
        &mut self,
        sort: usize,
        source: Option<&Source>,
        place: RowPlace,
        cells: &[Cell<'_>],
    ) -> Result<Option<Name>, Rejected> {
        let Some(source) = source else { return Ok(None) };
        let text = self.value(source, place, cells)?;
        Ok(text.map(|text| self.resolve(sort, text, place)))
    }

    /// The id of a name: itself, or that of the one entry whose label or alias it is.
    fn resolve(&mut self, sort: usize, written: &str, place: RowPlace) -> Name {
        if let Some(known) = self.names[sort].get_mut(written) {
            known.n_rows += 1;
            if let Some(unknown) = self.unknown[sort].get_mut(written) {
                unknown.n_rows += 1;
            }
            return known.name.clone();
        }
        let names = self.coding.names;
        let name = match if sort == PLACE { names.place(written) } else { names.actor(written) } {
            Found::Alias(id) => id,
            Found::Id => Name::new(written),
            Found::Unknown(_) => {
                self.unknown[sort].insert(written.to_owned(), Unknown { n_rows: 1, first: place.span });
                Name::new(written)
            }
        };
        let first = Written { name: name.clone(), n_rows: 1, first: place.span };
        self.names[sort].insert(written.to_owned(), first);
        name
    }

    fn kind(&mut self, written: &str, place: RowPlace) -> Name {
        if let Some(unknown) = self.unknown_kinds.get_mut(written) {
            unknown.n_rows += 1;
        }
        if let Some(name) = self.kinds.get(written) {
            return name.clone();
        }
        let name = Name::new(written);
        if self.coding.event_kinds.is_some_and(|kinds| !kinds.contains(&name)) {
            self.unknown_kinds.insert(written.to_owned(), Unknown { n_rows: 1, first: place.span });
        }
        self.kinds.insert(written.to_owned(), name.clone());
        name
    }

    fn remember_incident(&mut self, place: RowPlace, incident: Option<&Name>) {
        let Some(incident) = incident else { return };
        match self.incidents.get(incident) {
            Some(first) => {
                let diagnostic =
                    messages::repeated_incident(place.span, place.line, incident.as_str(), *first);
                self.tally.push(place.line, diagnostic);
            }
            None => {
                self.incidents.insert(incident.clone(), place.line);
            }
        }
    }
}

/// Whether there are figures and all of them are zero.
fn is_zero(quantities: &[Quantity]) -> bool {
    let is_zero = |bound: Option<Number>| bound.is_none_or(|bound| bound == Number::ZERO);
    !quantities.is_empty()
        && quantities.iter().all(|figure| {
            figure.best.or(figure.high).is_some() && is_zero(figure.best) && is_zero(figure.high)
        })
}
