//! Figures far outside of the counter's other ones (A110).
//!
//! The score is the robust one of Iglewicz & Hoaglin (1993, *How to Detect and Handle Outliers*): 0.6745 times the distance
//! from the median over the median of all distances, on ln(1 + x), because counts are skewed; above 3.5 a figure stands out.
//! A violent day stands out as well as a slip of the pen does: the finding is a remark with its reason and no more.

use std::collections::BTreeMap;

use servanda_ledger::{Symbol, View};
use servanda_model::*;

use crate::counts::{OPEN, Row, SeriesKey, days_of};

const LEAST_FIGURES: usize = 12;
const LARGEST_SCORE: f64 = 3.5;
/// Running totals and other long periods are no figures of days.
const LONGEST_DAYS: i64 = 7;

pub(super) fn check(view: &View, key: &SeriesKey, rows: &[Row], found: &mut Vec<AuditFinding>) {
    if key.basis != SeriesBasis::Totals || key.counter.is_none() {
        return;
    }
    let mut series: BTreeMap<Symbol, Vec<(f64, &Row)>> = BTreeMap::new();
    for row in rows {
        let n_days = days_of(row.start, row.end);
        if (1..=LONGEST_DAYS).contains(&n_days) && row.total.1 != OPEN {
            let by_day = (row.total.0 as f64 + row.total.1 as f64) / 2.0 / n_days as f64 / 1000.0;
            series.entry(row.component).or_default().push((by_day, row));
        }
    }
    for figures in series.into_values().filter(|figures| figures.len() >= LEAST_FIGURES) {
        let logs: Vec<f64> = figures.iter().map(|(by_day, _)| by_day.ln_1p()).collect();
        let middle = median(logs.clone());
        let spread = median(logs.iter().map(|log| (log - middle).abs()).collect());
        if spread <= 0.0 {
            continue;
        }
        let median_per_day = number(median(figures.iter().map(|(by_day, _)| *by_day).collect()));
        for ((by_day, row), log) in figures.iter().zip(logs) {
            let score = 0.6745 * (log - middle).abs() / spread;
            if score <= LARGEST_SCORE {
                continue;
            }
            let window = Window { start: Instant::from_ms(row.start), end: Instant::from_ms(row.end) };
            found.push(AuditFinding {
                code: "A110".to_owned(),
                grade: AuditGrade::Remark,
                counter: key.counter.clone(),
                kind: Some(key.kind.clone()),
                unit: key.unit.clone(),
                window: Some(window),
                fact: AuditFact::Outlying {
                    window,
                    per_day: number(*by_day),
                    median_per_day,
                    n_figures: figures.len() as u32,
                    score: number(score),
                },
                claims: vec![view.claim_id(row.ix)],
            });
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { (values[half - 1] + values[half]) / 2.0 }
}

fn number(value: f64) -> Number {
    Number::from_thousandths((value * 1000.0).round() as i64)
}
