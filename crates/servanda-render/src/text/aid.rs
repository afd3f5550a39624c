//! Aid as text.

use super::{Page, Table, head, in_quotes};
use crate::aid::AidView;
use crate::lexicon::Quoted;
use crate::plain::{isolate, wrap};

/// The aid screen.
pub fn aid(view: &AidView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    out.push('\n');
    title(&mut out, &format!("Aid by stage, {}", view.window_said), page);
    if view.lines.is_empty() {
        page.lines(&mut out, "No figure on record touches the window.", "");
        return out;
    }
    stages(&mut out, view, page);
    out.push('\n');
    page.lines(
        &mut out,
        "Days: how much of the window the counter's figures cover. Total and rates are of those days. Each counter stands by \
         itself: their figures are never added and no mean is taken.",
        "",
    );
    if view.lines.iter().any(|line| !line.kcal_said.is_empty()) {
        out.push('\n');
        title(
            &mut out,
            "Energy for each person and day, if all that the factors make food reached people and was eaten",
            page,
        );
        for line in view.lines.iter().filter(|line| !line.kcal_said.is_empty()) {
            page.lines(
                &mut out,
                &format!("{}, {}: {}", line.counter_said, line.stage_said, line.kcal_said),
                "  ",
            );
        }
        for line in &view.factor_lines {
            page.lines(&mut out, &isolate(line), "    ");
        }
    }
    section(&mut out, "From stage to stage, each counter by itself", page);
    if view.check_lines.is_empty() {
        page.lines(
            &mut out,
            "No counter gives figures of two stages that follow each other for the same days.",
            "  ",
        );
    }
    for check in &view.check_lines {
        page.lines(&mut out, &isolate(&check.said), "  ");
        check.quotes.iter().for_each(|quoted| page.lines(&mut out, &in_quotes(quoted), "    "));
    }
    if !view.estimate_lines.is_empty() {
        section(&mut out, "Late reports (estimates of this program, by chain ladder)", page);
        for line in &view.estimate_lines {
            page.lines(&mut out, &isolate(line), "  ");
        }
    }
    section(&mut out, "The latest words behind each figure", page);
    let mut groups: Vec<(&Quoted, Vec<String>)> = Vec::new();
    for line in &view.lines {
        let Some(quoted) = &line.quote else { continue };
        let name = format!("{}, {}", line.counter_said, line.stage_said);
        let same = |(known, _): &&mut (&Quoted, Vec<String>)| {
            (&known.quote, &known.path) == (&quoted.quote, &quoted.path)
        };
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(name),
            None => groups.push((quoted, vec![name])),
        }
    }
    for (quoted, names) in groups {
        page.lines(&mut out, &isolate(&names.join("; ")), "  ");
        page.lines(&mut out, &in_quotes(quoted), "    ");
    }
    out
}

fn stages(out: &mut String, view: &AidView, page: Page) {
    let heads = ["counter", "days", "total", "a day", "a week", "of promised"];
    let mut table = Table::new(&heads, &[32, 9, 22, 14, 16, 14]);
    let mut before = "";
    for line in &view.lines {
        if line.stage_said != before {
            table.section(&line.stage_said);
            before = &line.stage_said;
        }
        let cells =
            [&line.counter_said, &line.days_said, &line.total_said, &line.per_day_said, &line.per_week_said];
        let mut cells: Vec<String> = cells.into_iter().map(|cell| isolate(cell)).collect();
        cells.push(if line.kept_said.is_empty() { "\u{2013}".to_owned() } else { line.kept_said.clone() });
        table.row(cells, None);
    }
    table.print(out, page);
}

fn title(out: &mut String, text: &str, page: Page) {
    for line in wrap(text, page.width) {
        out.push_str(&page.paint().bold(&line));
        out.push('\n');
    }
}

fn section(out: &mut String, text: &str, page: Page) {
    out.push('\n');
    title(out, text, page);
}
