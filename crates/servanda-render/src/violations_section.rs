//! The violations screen as a part of the report.

use crate::section::{Item, Section};
use crate::violations::{IncidentRow, ViolationsView, rung, rung_meaning};

/// Most incidents that the report lists: the latest.
const MAX_LISTED: usize = 60;

impl ViolationsView {
    /// The screen as a part of the report; `None` where no incident is on record.
    pub fn section(&self) -> Option<Section> {
        if self.rows.is_empty() {
            return None;
        }
        let mut section = Section::new("violations", "Reported occurrences of what was to cease");
        section.line(&self.asked_said);
        let mut rungs: Vec<_> =
            self.counts.iter().flat_map(|count| count.n_of.iter().map(|(rung, _)| *rung)).collect();
        rungs.sort_unstable();
        rungs.dedup();
        let mut heads = vec!["act", "in all"];
        heads.extend(rungs.iter().map(|one| rung(*one)));
        heads.extend(["corroborated", "contested"]);
        let cells = self.counts.iter().map(|count| {
            let n_at = |wanted| count.n_of.iter().find(|(rung, _)| *rung == wanted).map_or(0, |(_, n)| *n);
            let mut cells = vec![count.said.clone(), count.n.to_string()];
            cells.extend(rungs.iter().map(|rung| n_at(*rung).to_string()));
            cells.extend([count.n_corroborated.to_string(), count.n_contested.to_string()]);
            cells
        });
        section.table(&heads, cells.collect());
        let n_earlier = self.rows.len().saturating_sub(MAX_LISTED);
        if n_earlier > 0 {
            section.line(format!("The latest {MAX_LISTED} of {}:", self.rows.len()));
        }
        self.rows[n_earlier..].iter().for_each(|row| incident(&mut section, row));
        if !self.totals.is_empty() {
            section.title(
                "Totals as counters give them, each by its own rule; no incident above is a part of them",
            );
            let totals = self.totals.iter();
            section.list(totals.map(|total| Item::new(&total.said).quoting(total.quote.clone())).collect());
        }
        self.remarks.iter().for_each(|remark| section.line(remark));
        let legend = rungs.iter().map(|one| Item::new(format!("{}: {}", rung(*one), rung_meaning(*one))));
        section.list(legend.collect());
        Some(section)
    }
}

fn incident(section: &mut Section, row: &IncidentRow) {
    let place = if row.place_said.is_empty() { String::new() } else { format!(", {}", row.place_said) };
    let toll = if row.toll_said.is_empty() { String::new() } else { format!("; people: {}", row.toll_said) };
    section.title(format!("{}: {}{place}", row.when_said, row.act_said));
    section.line(format!("{}{toll} ({})", row.standing_said, row.incident.id));
    let promises = row.promises_said.iter().map(|promise| format!("would be contrary to {promise}"));
    let beside = promises.chain(row.voices_said.iter().chain(&row.lines_said).cloned());
    let reports =
        row.reports_said.iter().map(|report| Item::new(&report.said).quoting(report.quotes.clone()));
    section.list(reports.chain(beside.map(Item::new)).collect());
}
