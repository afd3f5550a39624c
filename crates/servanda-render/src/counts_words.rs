//! The words of the counts screen.

use servanda_model::*;

use crate::civil::Civil;
use crate::figures;
use crate::lexicon::Lexicon;

/// A range: `24`, `24–27`, `24 or more`.
pub(crate) fn bounds(bounds: &Bounds) -> String {
    figures::range(bounds.low, bounds.high.unwrap_or(Number::MAX))
}

/// The same, to one decimal.
pub(crate) fn tenths(bounds: &Bounds) -> String {
    let tenth = |number: Number| {
        Number::from_thousandths(number.thousandths().saturating_add(50).div_euclid(100) * 100)
    };
    figures::range(tenth(bounds.low), bounds.high.map_or(Number::MAX, tenth))
}

/// A share in per cent, to one decimal: `24.3 %`.
pub(crate) fn percent(ratio: &Bounds) -> String {
    let percent = |number: Number| Number::from_thousandths(number.thousandths().saturating_mul(100));
    let (low, high) = (percent(ratio.low), ratio.high.map_or(Number::MAX, percent));
    if high == Number::MAX {
        format!("{}\u{202f}% or more", figures::number(low))
    } else {
        format!("{}\u{202f}%", figures::range(low, high))
    }
}

/// What was promised, by whom, since when.
pub(crate) fn promise(rate: &PromisedRate, civil: &Civil, lexicon: &Lexicon) -> String {
    let obligors: Vec<&str> = rate.obligors.iter().map(|name| lexicon.actor(name)).collect();
    let least = if rate.is_least { "at least" } else { "at most" };
    let per = match rate.per_days {
        7 => "week".to_owned(),
        1 => "day".to_owned(),
        n => format!("{n} days"),
    };
    let since = match rate.since {
        Some(since) => format!("compared since {}", civil.day(since)),
        None => "it does not bind by then, so nothing is compared with it".to_owned(),
    };
    format!(
        "{} ({}): {least} {} {} a {per}; {since}",
        rate.provision,
        obligors.join(", "),
        figures::number(rate.amount),
        figures::unit(&rate.unit, rate.amount)
    )
}

/// The rule of a counter, one sentence a line; what is not on record is said to be so.
pub(crate) fn rule(series: &SeriesCount, lexicon: &Lexicon) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(rule) = series.rules.first() else {
        if series.counter.is_some() {
            lines.push("by which rule it counts is not on record".to_owned());
        } else {
            lines.push(
                "what was reported one by one, added up by this program; never more than was reported"
                    .to_owned(),
            );
        }
        return lines;
    };
    let unit = if rule.unit.is_empty() { &series.unit } else { &rule.unit };
    lines.push(format!("rule: {}; unit: {unit}", rule.rule));
    let mut say = |what: &str, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{what}: {text}"));
        }
    };
    say("coverage", &rule.coverage);
    say("period", &rule.period);
    say("how it knows", verification(rule.verification));
    if let Some(origin) = &rule.origin {
        say("origin", lexicon.actor(origin));
    }
    say("said of its limits", &rule.disclaimer);
    say("source of the rule", &rule.source);
    lines
}

fn verification(verification: Verification) -> &'static str {
    match verification {
        Verification::OwnObservation => "by its own observation",
        Verification::AsTold => "as told by others",
        Verification::Unknown => "not on record",
    }
}

/// One figure: its period, what it says, what became of it.
pub(crate) fn statement(statement: &CountedStatement, series: &SeriesCount, civil: &Civil) -> String {
    let unit = |n: Number| figures::unit(&series.unit, n);
    let days = figures::count(statement.n_days as usize, "day", "days");
    let window = civil.window(&statement.window);
    let mut said = match series.basis {
        SeriesBasis::Rates => format!(
            "{window} ({days}): {} {} a day; {} in all, if the rate held throughout",
            bounds(&rate_by_day(statement)),
            unit(statement.stated.low),
            bounds(&statement.total)
        ),
        SeriesBasis::Outstanding => {
            let end = civil.moment(statement.window.end.plus_ms(-1));
            return format!("outstanding at {end}: {}", bounds(&statement.stated));
        }
        SeriesBasis::Totals => {
            format!("{window} ({days}): {} {}", bounds(&statement.stated), unit(statement.stated.low))
        }
        SeriesBasis::Occurrences => {
            format!("{window}: {} {}", bounds(&statement.stated), unit(statement.stated.low))
        }
    };
    if let Some(kept) = statement.kept_ratio.filter(|_| series.basis != SeriesBasis::Occurrences) {
        said.push_str(&format!("; {} of the number promised for these days", percent(&kept)));
    }
    match statement.used {
        StatementUse::Inside => {}
        StatementUse::Straddles => said.push_str(&format!(
            "; it reaches over the edge of the window, so alone it allows 0 to {} in it",
            statement.total.high.map_or("any number".to_owned(), figures::number)
        )),
        StatementUse::Outside => {
            said.push_str("; before the window; a later running total less this one gives the time between");
        }
        StatementUse::Revised { .. } => said.push_str("; changed later by the same counter, so not used"),
        StatementUse::SetAside => {
            said.push_str("; it cannot hold together with later figures of the same counter, so not used");
        }
    }
    said
}

/// A rate is listed by the day, whatever its statement counts by.
fn rate_by_day(statement: &CountedStatement) -> Bounds {
    let n = i64::from(statement.n_days.max(1));
    let by_day =
        |total: Number| Number::from_thousandths(total.thousandths().saturating_add(n / 2).div_euclid(n));
    Bounds { low: by_day(statement.total.low), high: statement.total.high.map(by_day) }
}

/// What the figures shown leave out, with its sums; they are not added to the figures shown.
pub(crate) fn left_out(series: &SeriesCount) -> Vec<String> {
    if series.left_out.is_empty() {
        return Vec::new();
    }
    let parts: Vec<String> = series
        .left_out
        .iter()
        .map(|sum| {
            let name = sum.component.as_ref().map_or("figures that name no component", Name::as_str);
            format!(
                "{name} {} ({} of {} days, {})",
                bounds(&sum.total),
                sum.n_days_covered,
                series.n_days,
                figures::count(sum.n_statements as usize, "figure", "figures")
            )
        })
        .collect();
    vec![format!("left out, as other components of the same counter: {}", parts.join("; "))]
}

/// `revised from X to Y`, with both times.
pub(crate) fn revision(revision: &Revision, civil: &Civil) -> String {
    format!(
        "{}: revised from {} (known {}) to {} (known {})",
        civil.window(&revision.window),
        bounds(&revision.before),
        civil.moment(revision.before_known_at),
        bounds(&revision.after),
        civil.moment(revision.after_known_at)
    )
}

/// A total in another unit, outwards to whole numbers where it is large; its factor stands under the table.
pub(crate) fn converted(found: &Converted) -> String {
    let unit = figures::unit(&found.factor.to, Number::ZERO);
    if found.total.low < Number::whole(100) {
        return format!("in {unit}: {} (factor below)", bounds(&found.total));
    }
    let low = Number::whole(found.total.low.floor());
    let high = found.total.high.map(|high| Number::whole(-(Number::ZERO - high).floor()));
    format!("in {unit}: {} (factor below)", bounds(&Bounds { low, high }))
}

/// A factor with its source.
pub(crate) fn factor(factor: &Conversion) -> String {
    let note = if factor.note.is_empty() { String::new() } else { format!(" ({})", factor.note) };
    format!(
        "one {} is {} {}, best {}: {}{note}",
        factor.from,
        figures::range(factor.low, factor.high),
        figures::unit(&factor.to, factor.high),
        figures::number(factor.best),
        factor.source
    )
}

/// One respect in which definitions differ, as one sentence.
pub(crate) fn difference(difference: &DefinitionDifference, lexicon: &Lexicon) -> String {
    let about = difference.about.as_ref().map_or("", Name::as_str);
    let (head, unsaid) = match difference.sort {
        DifferenceSort::Actors => ("They count the acts of different sides".to_owned(), "not said whose"),
        DifferenceSort::Stage => ("They count at different stages".to_owned(), "stage not on record"),
        DifferenceSort::Cargo => (format!("Of what they count, {about}"), "not on record"),
        DifferenceSort::Places => ("They count at different places".to_owned(), "places not on record"),
        DifferenceSort::Unit => ("They count in different units".to_owned(), "no unit"),
        DifferenceSort::Verification => ("They know it in different ways".to_owned(), "how is not on record"),
        DifferenceSort::Origin => ("Some go back to one origin".to_owned(), "origin not on record"),
        DifferenceSort::Component => ("They show different components".to_owned(), "no component named"),
        DifferenceSort::Basis => ("Some give totals and some give rates or single reports".to_owned(), ""),
        DifferenceSort::Days => ("Their figures cover different days of the window".to_owned(), ""),
    };
    let value = |value: &str| match (difference.sort, value) {
        (_, "") => unsaid.to_owned(),
        (DifferenceSort::Actors | DifferenceSort::Origin, names) => {
            let labels: Vec<String> =
                names.split(", ").map(|name| lexicon.actor(&Name::new(name)).to_owned()).collect();
            labels.join(", ")
        }
        (_, "own_observation") => "by own observation".to_owned(),
        (_, "as_told") => "as told by others".to_owned(),
        (_, "left_out") => "left out".to_owned(),
        (_, other) => other.to_owned(),
    };
    // What is not on record comes last.
    let (mut groups, unknown): (Vec<_>, Vec<_>) =
        difference.groups.iter().partition(|group| !group.value.is_empty());
    groups.extend(unknown);
    let groups: Vec<String> = groups
        .into_iter()
        .map(|group| {
            let names: Vec<&str> = group.counters.iter().map(|name| lexicon.actor(name)).collect();
            format!("{} ({})", value(&group.value), names.join(", "))
        })
        .collect();
    format!("{head}: {}.", groups.join("; "))
}
