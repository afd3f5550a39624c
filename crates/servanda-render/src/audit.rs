//! The audit screen: figures that do not fit together, each with the arithmetic and the words (`audit.v1`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{AuditFact, AuditFinding, AuditGrade, Bounds, Number, Part};

use crate::civil::Civil;
use crate::counts_words::{bounds, tenths};
use crate::figures;
use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::section::{Item, Section};

/// Most quotes that are shown beside one finding.
const MAX_QUOTES: usize = 6;
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// One finding in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditItem {
    /// Everything in figures.
    pub finding: AuditFinding,
    /// Who counts or says it.
    pub who_said: String,
    /// What the figures are of; empty where the agreement has no kind for it.
    pub kind_said: String,
    /// The arithmetic, written out.
    pub said: String,
    /// How else it could be read, where it could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The words; at most six.
    pub quotes: Vec<Quoted>,
    /// How many further claims the arithmetic rests on.
    pub n_more: usize,
}

/// Everything that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditView {
    /// `audit.v1`.
    pub schema: String,
    /// Which case, as known when.
    pub heading: Heading,
    /// Findings in the order of their codes.
    pub items: Vec<AuditItem>,
    /// How many cannot hold as stated.
    pub n_conflicts: usize,
    /// How many can, read otherwise, or only stand out.
    pub n_remarks: usize,
}

impl AuditView {
    /// The screen of findings.
    pub fn new(heading: Heading, findings: Vec<AuditFinding>, lexicon: &Lexicon) -> AuditView {
        let civil = heading.civil();
        let n_conflicts = findings.iter().filter(|found| found.grade == AuditGrade::Conflict).count();
        let n_remarks = findings.len() - n_conflicts;
        let items = findings.into_iter().map(|finding| item(finding, &civil, lexicon)).collect();
        AuditView { schema: "audit.v1".to_owned(), heading, items, n_conflicts, n_remarks }
    }
}

impl AuditView {
    /// The screen as a part of the report; `None` where everything fits together.
    pub fn section(&self) -> Option<Section> {
        if self.items.is_empty() {
            return None;
        }
        let mut section = Section::new("audit", "Figures that do not fit together");
        section.line("The same rules for every source; no finding says who is right.");
        let items = self.items.iter().map(|item| {
            let about: Vec<&str> = [item.who_said.as_str(), item.kind_said.as_str()]
                .into_iter()
                .filter(|about| !about.is_empty())
                .collect();
            let note = item.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
            let said = format!("{}: {}: {}{note}", item.finding.code, about.join(", "), item.said);
            Item::new(said).quoting(item.quotes.clone())
        });
        section.list(items.collect());
        Some(section)
    }
}

/// The claims that findings quote.
pub fn audited_claims(findings: &[AuditFinding]) -> impl Iterator<Item = servanda_model::ClaimId> + '_ {
    findings.iter().flat_map(|finding| finding.claims.iter().take(MAX_QUOTES)).copied()
}

fn item(finding: AuditFinding, civil: &Civil, lexicon: &Lexicon) -> AuditItem {
    let quotes: Vec<Quoted> = finding
        .claims
        .iter()
        .take(MAX_QUOTES)
        .filter_map(|claim| lexicon.quotes.get(claim))
        .cloned()
        .collect();
    AuditItem {
        who_said: finding.counter.as_ref().map_or_else(String::new, |who| lexicon.actor(who).to_owned()),
        kind_said: finding.kind.as_ref().map_or_else(String::new, |kind| lexicon.kind(kind).to_owned()),
        said: said(&finding, civil, lexicon),
        note: note(&finding.fact),
        n_more: finding.claims.len().saturating_sub(MAX_QUOTES),
        quotes,
        finding,
    }
}

/// The arithmetic of a finding as one sentence.
fn said(finding: &AuditFinding, civil: &Civil, lexicon: &Lexicon) -> String {
    let unit = |n: Number| figures::unit(&finding.unit, n);
    let days = |n: u32| figures::count(n as usize, "day", "days");
    match &finding.fact {
        AuditFact::Parts { parts, sum, total } => {
            format!("{} = {}; the statement gives {}", added(parts), bounds(sum), bounds(total))
        }
        AuditFact::PercentParts { parts, sum, total } => {
            format!("{} = {} %; the statement gives {} %", added(parts), bounds(sum), bounds(total))
        }
        AuditFact::Rate { total, n_days, rate, per_days, implied, .. } => format!(
            "{} {} over {} is {} a {}; stated is {}",
            bounds(total),
            unit(total.low),
            days(*n_days),
            tenths(implied),
            if *per_days == 7 { "week" } else { "day" },
            bounds(rate)
        ),
        AuditFact::Percentage { part, whole, percent, implied, is_own_whole, .. } => {
            let of = if *is_own_whole { "" } else { ", the promised number of the period," };
            format!(
                "{} of {}{of} is {} %; the statement gives {} %",
                bounds(part),
                bounds(whole),
                tenths(implied),
                bounds(percent)
            )
        }
        AuditFact::Whole { whole, n_days, provision, agreed_per_day, agreed, implied_per_day, .. } => {
            format!(
                "{} {} over {} is {} a day; {provision} has {} a day, {} in that time",
                bounds(whole),
                unit(whole.low),
                days(*n_days),
                tenths(implied_per_day),
                figures::number(*agreed_per_day),
                figures::number(*agreed)
            )
        }
        AuditFact::PercentRange { percent } => format!("a share of {} %", bounds(percent)),
        AuditFact::Falls { earlier, before, later, after } => format!(
            "{} for {}, then {} for {}: the running total falls",
            bounds(before),
            civil.window(earlier),
            bounds(after),
            civil.window(later)
        ),
        AuditFact::TwoFigures { window, one, other, .. } => {
            format!(
                "{}: one statement gives {}, another {}",
                civil.window(window),
                bounds(one),
                bounds(other)
            )
        }
        AuditFact::PartExceeds { inner, part, outer, whole } => format!(
            "{} for {}, but {} for {}, which holds it",
            bounds(part),
            civil.window(inner),
            bounds(whole),
            civil.window(outer)
        ),
        AuditFact::Between { window, before, after, difference, told } => format!(
            "{}: {} \u{2212} {} = {}; the figures for that time give {}",
            civil.window(window),
            bounds(after),
            bounds(before),
            bounds(difference),
            bounds(told)
        ),
        AuditFact::RateWithin { window, rate, inner, n_days, total, implied } => format!(
            "{} {} in {} ({}) is {} a day; for each day of {} stated is {}",
            bounds(total),
            unit(total.low),
            civil.window(inner),
            days(*n_days),
            tenths(implied),
            civil.window(window),
            bounds(rate)
        ),
        AuditFact::Weekday { words, said, day, is } => {
            let name = |day: u8| WEEKDAYS[usize::from(day.clamp(1, 7)) - 1];
            format!(
                "\u{201c}{words}\u{201d} names a {}; {} is a {}",
                name(*said),
                civil.translate(day),
                name(*is)
            )
        }
        AuditFact::Units { units } => {
            let each: Vec<String> = units
                .iter()
                .map(|(unit, n)| {
                    let unit =
                        if unit.is_empty() { "without a unit" } else { &figures::unit(unit, Number::ZERO) };
                    format!("{} in {unit}", figures::count(*n as usize, "figure", "figures"))
                })
                .collect();
            each.join(", ")
        }
        AuditFact::Outlying { window, per_day, median_per_day, n_figures, score } => format!(
            "{}: {} a day; the median of {} figures is {} a day (robust score {}, above 3.5 stands out)",
            civil.window(window),
            figures::number(*per_day),
            n_figures,
            figures::number(*median_per_day),
            tenths(&Bounds { low: *score, high: Some(*score) })
        ),
        AuditFact::Copies { origin, figure, n_claims, publishers } => {
            let names: Vec<&str> = publishers.iter().map(|name| lexicon.actor(name)).collect();
            format!(
                "{} claims, published by {}, hand on one figure of {}: {} {}",
                n_claims,
                names.join(", "),
                lexicon.actor(origin),
                bounds(figure),
                unit(figure.low)
            )
        }
        AuditFact::Length { stated, window, n_days } => {
            format!("stated as {} days; {} has {}", bounds(stated), civil.window(window), days(*n_days))
        }
    }
}

/// `265 + 49 + 421 + 150`.
fn added(parts: &[Part]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| bounds(&part.value)).collect();
    parts.join(" + ")
}

/// How else the figures could be read.
fn note(fact: &AuditFact) -> Option<String> {
    let days = |n: &u32| figures::count(*n as usize, "day", "days");
    match fact {
        AuditFact::Parts { sum, total, .. } if sum.high.is_some_and(|high| high < total.low) => {
            Some("the statement may leave parts out".to_owned())
        }
        AuditFact::Rate { fits_days: Some(n), .. } => Some(format!("over {} it fits", days(n))),
        AuditFact::Whole { fits_days: Some(n), .. } => {
            Some(format!("for {} it is the promised number", days(n)))
        }
        AuditFact::Percentage { is_cut_off: true, .. } => {
            Some("cut off instead of rounded, it is the figure stated".to_owned())
        }
        AuditFact::Percentage { is_own_whole: false, .. } => {
            Some("the statement names no whole; it may mean another one".to_owned())
        }
        AuditFact::Falls { .. } => Some("the later figure may be a revision".to_owned()),
        AuditFact::TwoFigures { is_later: true, .. } => {
            Some("one was stated after the other and may be a revision".to_owned())
        }
        AuditFact::Outlying { .. } => {
            Some("it may be right: an exceptional day stands out as a slip does".to_owned())
        }
        AuditFact::Copies { .. } => Some("they count as one source".to_owned()),
        AuditFact::Units { .. } => Some("series of different units are kept apart".to_owned()),
        _ => None,
    }
}
