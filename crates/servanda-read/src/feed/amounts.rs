//! The figures of a feed: which columns, and the quantity that a row states.

use servanda_model::{Name, Number, Quantity};

use super::cells::{Cell, Columns, Source};
use super::map::{Mapper, Rejected, RowPlace};
use crate::fields::Fields;
use crate::messages;
use crate::node::{Node, Value};

/// The columns of a figure.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuantitySpec {
    pub low: Option<usize>,
    pub best: Option<usize>,
    pub high: Option<usize>,
    /// Says `open` where a figure is left open although its cells say nothing, or `none` where there is none.
    pub state: Option<usize>,
    /// What every row counts for, where no column says it.
    pub each: Option<Number>,
    pub unit: Option<Source>,
    pub approx: bool,
}

impl QuantitySpec {
    /// Whether a cell has a word that leaves the figure open (`-`, `null`), rather than nothing.
    pub fn is_open(&self, cells: &[Cell<'_>]) -> bool {
        [self.low, self.best, self.high].into_iter().flatten().any(|slot| !cells[slot].text.is_empty())
    }
}

/// `quantity = "column"`, `{ low, best, high, state, unit, approx }`, `{ each, unit }`, or the `column` of a component.
pub(crate) fn quantity(
    fields: &Fields<'_>,
    columns: &mut Columns,
    unit: Option<Source>,
    is_component: bool,
) -> Option<QuantitySpec> {
    let column = if is_component { fields.find("column") } else { None };
    if let Some(node) = column {
        let approx = matches!(fields.find("quantity"), Some(Node { value: Value::Table(table), .. })
            if matches!(table.find("approx"), Some(Node { value: Value::Bool(true), .. })));
        let inherited = fields.find("quantity").and_then(|node| match &node.value {
            Value::Table(table) => {
                table.find("unit").and_then(|node| Source::of(fields, "unit", node, columns))
            }
            _ => None,
        });
        let best = columns.of(fields, "column", node);
        return Some(QuantitySpec { best, unit: inherited.or(unit), approx, ..QuantitySpec::default() });
    }
    let node = fields.find("quantity")?;
    let Value::Table(table) = &node.value else {
        let best = columns.of(fields, "quantity", node);
        return Some(QuantitySpec { best, unit, ..QuantitySpec::default() });
    };
    let inner = Fields::new(table, fields.sink);
    let spec = bounds(&inner, columns, unit);
    inner.finish();
    Some(spec)
}

/// `figures = [{ role, column | low, best, high, unit, approx }]`.
pub(crate) fn figures(fields: &Fields<'_>, columns: &mut Columns) -> Vec<(Name, QuantitySpec)> {
    let mut figures = Vec::new();
    for table in fields.tables("figures") {
        let inner = Fields::new(table, fields.sink);
        let role = inner.required("role");
        let spec = bounds(&inner, columns, None);
        inner.finish();
        figures.extend(role.map(|(role, _)| (Name::new(role), spec)));
    }
    figures
}

/// `column`, or `low`, `best`, `high`, or `each`; with `unit` and `approx`.
fn bounds(inner: &Fields<'_>, columns: &mut Columns, unit: Option<Source>) -> QuantitySpec {
    let mut bound = |key: &'static str| inner.find(key).and_then(|node| columns.of(inner, key, node));
    let (low, best, high, state) = (bound("low"), bound("best"), bound("high"), bound("state"));
    let own_unit = inner.find("unit").and_then(|node| Source::of(inner, "unit", node, columns));
    let each = inner.find("each").and_then(|node| {
        let number = match &node.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            inner.bad("each", node, "a number with at most three decimals");
        }
        number
    });
    let spec = QuantitySpec {
        low,
        best: best.or_else(|| inner.find("column").and_then(|node| columns.of(inner, "column", node))),
        high,
        state,
        each,
        unit: own_unit.or(unit),
        approx: inner.flag("approx").unwrap_or_default(),
    };
    if spec.low.is_none() && spec.best.is_none() && spec.high.is_none() && inner.find("each").is_none() {
        inner.required("best");
    }
    spec
}

impl Mapper<'_> {
    /// The figure of a row, its bounds in order; `None` where no bound is stated.
    pub(super) fn quantity(
        &mut self,
        spec: &QuantitySpec,
        place: RowPlace,
        cells: &[Cell<'_>],
    ) -> Result<Option<Quantity>, Rejected> {
        let mut figure = |slot: Option<usize>| {
            let Some((slot, text)) = slot.and_then(|slot| Some((slot, cells[slot].stated()?))) else {
                return Ok(None);
            };
            match self.feed.numbers.read(text) {
                Some(figure) => Ok(Some(figure)),
                None => {
                    let column = self.feed.columns.names[slot].join(" or ");
                    self.tally.push(place.line, messages::no_figure(place.span, place.line, &column, text));
                    Err(Rejected)
                }
            }
        };
        let (low, best, high) = (figure(spec.low)?, figure(spec.best)?, figure(spec.high)?);
        if low.is_none() && best.is_none() && high.is_none() {
            let Some(each) = spec.each else { return Ok(None) };
            let unit = self.unit(spec, place, cells)?;
            let bound = Some(each);
            return Ok(Some(Quantity { low: bound, best: bound, high: bound, unit, ..Quantity::default() }));
        }
        let is_exact = [low, best, high].into_iter().flatten().all(|figure| figure.is_exact());
        let only_best = spec.low.is_none() && spec.high.is_none();
        let mut quantity = Quantity {
            low: if only_best { best } else { low }.map(|figure| figure.low),
            best: best.map(|figure| figure.nearest),
            high: if only_best { best } else { high }.map(|figure| figure.high),
            unit: self.unit(spec, place, cells)?,
            as_written: String::new(),
            approx: spec.approx,
            role: None,
        };
        if !is_exact {
            self.n_rounded += 1;
            self.first_rounded = self.first_rounded.or(Some(place.span));
            quantity.as_written = as_written(spec, cells);
        }
        if !quantity.is_ordered() {
            self.widen(&mut quantity, spec, place, cells);
        }
        Ok(Some(quantity))
    }

    /// Bounds that cross are taken as far apart as their figures lie, and said so.
    fn widen(&mut self, quantity: &mut Quantity, spec: &QuantitySpec, place: RowPlace, cells: &[Cell<'_>]) {
        let figures: Vec<Number> =
            [quantity.low, quantity.best, quantity.high].into_iter().flatten().collect();
        quantity.low = figures.iter().min().copied();
        quantity.high = figures.iter().max().copied();
        quantity.as_written = as_written(spec, cells);
        if self.last_crossed.replace(place.line) != Some(place.line) {
            let diagnostic = messages::crossed_bounds(place.span, place.line, &quantity.as_written);
            self.tally.push(place.line, diagnostic);
        }
    }

    /// Whether the table may lack the columns of a figure and says nothing in them, not even that it is open.
    pub(super) fn is_silent(&self, spec: &QuantitySpec, cells: &[Cell<'_>]) -> bool {
        let is_open = spec.state.is_some_and(|slot| cells[slot].text == "open");
        let mut slots = [spec.low, spec.best, spec.high].into_iter().flatten();
        !is_open && slots.all(|slot| self.feed.is_optional(slot) && cells[slot].text.is_empty())
    }

    /// A figure that the row leaves open: its unit and its words, no number.
    pub(super) fn unstated(
        &mut self,
        spec: &QuantitySpec,
        place: RowPlace,
        cells: &[Cell<'_>],
    ) -> Result<Quantity, Rejected> {
        let unit = self.unit(spec, place, cells)?;
        Ok(Quantity { unit, as_written: as_written(spec, cells), approx: spec.approx, ..Quantity::default() })
    }

    fn unit(&mut self, spec: &QuantitySpec, place: RowPlace, cells: &[Cell<'_>]) -> Result<String, Rejected> {
        let Some(source) = &spec.unit else { return Ok(String::new()) };
        Ok(self.value(source, place, cells)?.unwrap_or_default().to_owned())
    }
}

/// The cells of a figure as they stand, each once.
fn as_written(spec: &QuantitySpec, cells: &[Cell<'_>]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for slot in [spec.low, spec.best, spec.high].into_iter().flatten() {
        let text = &*cells[slot].text;
        if !text.is_empty() && (spec.best.is_none() || spec.low.is_some() || !words.contains(&text)) {
            words.push(text);
        }
    }
    words.join(" / ")
}
