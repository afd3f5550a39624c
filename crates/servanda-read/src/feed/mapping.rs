//! How one row becomes one claim: which field comes from which column.

use servanda_model::{ClaimKind, Measure, Modality, Name, Polarity, Span, Tense};

use super::amounts::{QuantitySpec, figures, quantity};
use super::cells::{Columns, Source};
use super::position::PositionSpec;
use super::times::{WhenSpec, WindowSpec};
use crate::clock::Clock;
use crate::fields::Fields;
use crate::node::{Node, Value};
use crate::words::{CLAIM_KINDS, MEASURES, MODALITIES, POLARITIES, TENSES};

/// How one row becomes one claim.
#[derive(Clone, Debug)]
pub(crate) struct Mapping {
    /// `None`: as the measure has it.
    pub kind: Option<Word<ClaimKind>>,
    pub event_kind: Option<Source>,
    pub incident: Option<(Source, String)>,
    pub when: Option<WhenSpec>,
    pub window: Option<WindowSpec>,
    pub quantity: Option<QuantitySpec>,
    /// Further figures, each with its role.
    pub figures: Vec<(Name, QuantitySpec)>,
    pub position: Option<PositionSpec>,
    pub measure: Word<Measure>,
    pub polarity: Word<Polarity>,
    pub modality: Word<Modality>,
    pub tense: Tense,
    pub actors: Vec<Source>,
    pub targets: Vec<Source>,
    pub speaker: Option<Source>,
    pub origin: Option<Source>,
    pub counter: Option<Source>,
    pub place: Option<Source>,
    /// Parts of the note, each with the words before it.
    pub note: Vec<(String, Source)>,
    pub component: Option<Source>,
    pub issue: Option<Name>,
    pub action: String,
    /// A component of a row that says nothing of it makes no claim.
    pub is_component: bool,
    /// The trace: which columns produced which field.
    pub rule: String,
}

/// A word of a closed list: a constant, or the cell of a column.
#[derive(Clone, Debug)]
pub(crate) enum Word<T: 'static> {
    Fixed(T),
    Read(Source, &'static [(&'static str, T)]),
}

impl<T: Copy> Word<T> {
    fn of(
        fields: &Fields<'_>,
        key: &'static str,
        list: &'static [(&'static str, T)],
        columns: &mut Columns,
    ) -> Option<Word<T>> {
        match fields.find(key)? {
            node @ Node { value: Value::Table(_), .. } => {
                Source::of(fields, key, node, columns).map(|source| Word::Read(source, list))
            }
            _ => fields.word(key, list).map(Word::Fixed),
        }
    }
}

impl<T: Default> Default for Word<T> {
    fn default() -> Self {
        Word::Fixed(T::default())
    }
}

/// The kinds that the case gives to sorts of figures which a preset tells apart: `kinds = { injured = "injury" }`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kinds {
    of_sort: Vec<(String, String)>,
}

impl Kinds {
    pub fn of(fields: &Fields<'_>) -> Kinds {
        let Some(table) = fields.table("kinds") else { return Kinds::default() };
        let text = |node: &Node| match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                fields.bad("kinds", node, "the name of a kind");
                None
            }
        };
        let of_sort = table.entries.iter().filter_map(|entry| Some((entry.key.clone(), text(&entry.node)?)));
        Kinds { of_sort: of_sort.collect() }
    }

    fn kind(&self, sort: &str) -> Option<&str> {
        self.of_sort.iter().find(|(known, _)| known == sort).map(|(_, kind)| kind.as_str())
    }

    /// The sort of a component to which the case gives no kind.
    pub fn unread(&self, component: &Fields<'_>) -> Option<(String, Span)> {
        let (sort, span) = component.text("sort")?;
        self.kind(sort).is_none().then(|| (sort.to_owned(), span))
    }
}

impl Mapping {
    pub fn of(
        fields: &Fields<'_>,
        columns: &mut Columns,
        clock: &Clock,
        kinds: &Kinds,
        is_component: bool,
    ) -> Mapping {
        let mut source =
            |key: &'static str| fields.find(key).and_then(|node| Source::of(fields, key, node, columns));
        let (event_kind, counter, component) = (source("event_kind"), source("counter"), source("component"));
        let (speaker, origin, place) = (source("speaker"), source("origin"), source("place"));
        let unit = source("unit");
        let incident = source("incident").map(|source| (source, incident_prefix(fields)));
        let of_sort = fields.text("sort").and_then(|(sort, _)| kinds.kind(sort));
        Mapping {
            kind: Word::of(fields, "kind", CLAIM_KINDS, columns),
            event_kind: of_sort.map(Source::of_text).or(event_kind),
            incident,
            when: fields.find("when").and_then(|node| WhenSpec::of(fields, node, columns)),
            window: fields.table("window").and_then(|table| WindowSpec::of(fields, table, columns, clock)),
            quantity: quantity(fields, columns, unit, is_component),
            figures: figures(fields, columns),
            position: fields.table("position").and_then(|table| PositionSpec::of(fields, table, columns)),
            measure: Word::of(fields, "measure", MEASURES, columns).unwrap_or_default(),
            polarity: Word::of(fields, "polarity", POLARITIES, columns).unwrap_or_default(),
            modality: Word::of(fields, "modality", MODALITIES, columns).unwrap_or_default(),
            tense: fields.word("tense", TENSES).unwrap_or_default(),
            actors: Source::list(fields, "actors", columns),
            targets: Source::list(fields, "targets", columns),
            speaker,
            origin,
            counter,
            place,
            note: notes(fields, columns),
            component,
            issue: fields.name("issue").map(|(name, _)| name),
            action: fields.owned("action").unwrap_or_default(),
            is_component,
            rule: String::new(),
        }
    }

    /// Writes down which columns produced which field, in one line.
    pub fn trace(&mut self, id: &Name, columns: &Columns) {
        let mut parts = vec![format!("feed {id}")];
        let mut part = |field: &str, slots: &[Option<usize>]| {
            let names: Vec<String> =
                slots.iter().flatten().map(|slot| columns.names[*slot].join(" or ")).collect();
            if !names.is_empty() {
                parts.push(format!("{field} from {}", names.join(", ")));
            }
        };
        let column = |source: &Option<Source>| source.as_ref().and_then(|source| source.column);
        if let Some(when) = &self.when {
            part("when", &[Some(when.start), when.end]);
        }
        if let Some(quantity) = &self.quantity {
            part("quantity", &[quantity.low, quantity.best, quantity.high]);
        }
        let slots = |spec: &QuantitySpec| [spec.low, spec.best, spec.high];
        for (role, figure) in &self.figures {
            // What repeats the figure that counts needs no words of its own.
            if self.quantity.as_ref().map(slots) != Some(slots(figure)) {
                part(role.as_str(), &slots(figure));
            }
        }
        if let Some(position) = &self.position {
            part("position", &[Some(position.lat), Some(position.lon)]);
        }
        part("event_kind", &[column(&self.event_kind)]);
        part("incident", &[self.incident.as_ref().and_then(|(source, _)| source.column)]);
        self.rule = parts.join("; ");
    }
}

/// `note = "text"`, `{ column, label }`, or a list of them.
fn notes(fields: &Fields<'_>, columns: &mut Columns) -> Vec<(String, Source)> {
    let mut note = |node: &Node| {
        let label = match &node.value {
            Value::Table(table) => table.find("label"),
            _ => None,
        };
        let label = match label.map(|node| &node.value) {
            Some(Value::Text(label)) => label.clone(),
            _ => String::new(),
        };
        Source::of(fields, "note", node, columns).map(|source| (label, source))
    };
    match fields.find("note") {
        None => Vec::new(),
        Some(Node { value: Value::List(items), .. }) => items.iter().filter_map(note).collect(),
        Some(node) => note(node).into_iter().collect(),
    }
}

/// Incidents of different feeds never share a name by chance.
fn incident_prefix(fields: &Fields<'_>) -> String {
    let own = fields.find("incident").and_then(|node| match &node.value {
        Value::Table(table) => table.find("prefix"),
        _ => None,
    });
    match own {
        Some(Node { value: Value::Text(prefix), .. }) => prefix.clone(),
        _ => format!("{}:", fields.text("id").map_or("", |(id, _)| id)),
    }
}
