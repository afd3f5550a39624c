//! Rival counts as a table: one row for each counter, or for each of its days or weeks.

use servanda_model::{Bounds, Instant, Name, SeriesBasis, SeriesCount, Window};

use crate::counts::CountsView;
use crate::table::{Column, Field, Sort, column};

/// The columns, in order.
pub const COUNTS_COLUMNS: &[Column] = &[
    column("kind", "#event+kind", Sort::Text, "Kind of the agreement that is counted."),
    column(
        "counter",
        "#org+counter",
        Sort::Text,
        "Who counts; empty: single reports of nobody in particular.",
    ),
    column("component", "#indicator+component", Sort::Text, "Component of a mixed figure."),
    column(
        "basis",
        "#indicator+basis",
        Sort::Text,
        "What the figures are: totals, rates, occurrences or outstanding.",
    ),
    column("unit", "#indicator+unit", Sort::Text, "Unit of the figures."),
    column("origins", "#org+origin", Sort::Text, "Whose information it is in the end, parted by ';'."),
    column("rule", "#indicator+rule", Sort::Text, "The counter's rule on record, the latest in the window."),
    column(
        "row",
        "#meta+row",
        Sort::Text,
        "'window' for the whole window, 'cell' for one day or week of it.",
    ),
    column("window_start", "#date+window+start", Sort::Moment, "First instant of the window, day or week."),
    column("window_end", "#date+window+end", Sort::Moment, "One past its last instant."),
    column(
        "low",
        "#indicator+num+low",
        Sort::Number,
        "At least so much by this counter's figures, in the days that they cover.",
    ),
    column(
        "high",
        "#indicator+num+high",
        Sort::Number,
        "At most so much; empty: no upper bound is on record.",
    ),
    column("is_covered", "#indicator+covered", Sort::Flag, "Whether figures cover all of it."),
    column("n_days", "#indicator+days", Sort::Whole, "Days of the window."),
    column("n_days_covered", "#indicator+days+covered", Sort::Whole, "Days that figures cover."),
    column(
        "promised_low",
        "#indicator+promised+low",
        Sort::Number,
        "What was promised for the covered days, in the same unit.",
    ),
    column("promised_high", "#indicator+promised+high", Sort::Number, "The same, upper bound."),
    column(
        "kept_ratio_low",
        "#indicator+ratio+low",
        Sort::Number,
        "The figure as a share of it, from the least; 1 is the promised number.",
    ),
    column("kept_ratio_high", "#indicator+ratio+high", Sort::Number, "To the most."),
];

/// Every row of a screen of counts. Rows of rival counters stand below one another; nothing is added up.
pub fn counts_rows(view: &CountsView) -> Vec<Vec<Field<'_>>> {
    let mut rows = Vec::new();
    for table in &view.kinds {
        for series in &table.counts.series {
            let kind = &table.counts.kind;
            let is_covered = series.n_days_covered == series.n_days;
            rows.push(row(
                kind,
                series,
                "window",
                &table.counts.window,
                Some(&series.covered_total),
                is_covered,
            ));
            rows.extend(
                series
                    .cells
                    .iter()
                    .map(|cell| row(kind, series, "cell", &cell.window, Some(&cell.value), cell.is_covered)),
            );
        }
    }
    rows
}

fn row<'r>(
    kind: &'r Name,
    series: &'r SeriesCount,
    sort: &'static str,
    window: &Window,
    value: Option<&Bounds>,
    is_covered: bool,
) -> Vec<Field<'r>> {
    let name = |name: &'r Option<Name>| Field::of(name.as_ref(), |name| Field::text(name.as_str()));
    let is_whole = sort == "window";
    let first = |list: &[Option<Bounds>]| list.first().cloned().flatten().filter(|_| is_whole);
    let (promised, ratio) = (first(&series.promised), first(&series.kept_ratio));
    let low = |bounds: Option<&Bounds>| Field::of(bounds, |bounds| Field::Number(bounds.low));
    let high = |bounds: Option<&Bounds>| Field::of(bounds.and_then(|bounds| bounds.high), Field::Number);
    let basis = match series.basis {
        SeriesBasis::Totals => "totals",
        SeriesBasis::Rates => "rates",
        SeriesBasis::Occurrences => "occurrences",
        SeriesBasis::Outstanding => "outstanding",
    };
    // What is outstanding has no total, and where nothing is covered there is no figure.
    let value = value.filter(|_| series.basis != SeriesBasis::Outstanding || !is_whole);
    let value = value.filter(|_| !is_whole || series.n_days_covered > 0);
    let days = |n: u32| if is_whole { Field::Whole(i64::from(n)) } else { Field::Empty };
    let moment = |at: Instant| Field::Moment(at);
    vec![
        Field::text(kind.as_str()),
        name(&series.counter),
        name(&series.component),
        Field::text(basis),
        Field::text(series.unit.as_str()),
        Field::text(series.origins.iter().map(Name::as_str).collect::<Vec<_>>().join(";")),
        Field::of(series.rules.last(), |rule| Field::text(rule.rule.as_str())),
        Field::text(sort),
        moment(window.start),
        moment(window.end),
        low(value),
        high(value),
        Field::Flag(is_covered),
        days(series.n_days),
        days(series.n_days_covered),
        low(promised.as_ref()),
        high(promised.as_ref()),
        low(ratio.as_ref()),
        high(ratio.as_ref()),
    ]
}
