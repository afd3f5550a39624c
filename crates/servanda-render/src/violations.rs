//! The violations screen: occurrences contrary to what parties agreed to cease, as all their sources have them
//! (`violations.v1`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::*;

use crate::civil::Civil;
use crate::figures;
use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::why::WhyNode;

/// One report of an incident in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportLine {
    /// `Health officials report: 29 or more people, by A`.
    pub said: String,
    /// Its words.
    pub quotes: Vec<Quoted>,
    /// How many claims of others copy it.
    pub n_copies: usize,
}

/// One incident in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentRow {
    /// The incident.
    pub incident: Incident,
    /// When.
    pub when_said: String,
    /// What.
    pub act_said: String,
    /// Where; empty where nobody says.
    pub place_said: String,
    /// How many people, over all sources.
    pub toll_said: String,
    /// How far it has come, and how many origins it has.
    pub standing_said: String,
    /// What each source says.
    pub reports_said: Vec<ReportLine>,
    /// What each party says.
    pub voices_said: Vec<String>,
    /// Contrary to which promises.
    pub promises_said: Vec<String>,
    /// How far from which line.
    pub lines_said: Vec<String>,
    /// Why: who says what in which words, and why the reports were laid together.
    pub tree: WhyNode,
}

/// How many incidents of an act have come how far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActCount {
    /// The act.
    pub act: Name,
    /// Its label.
    pub said: String,
    /// In all; an incident of several acts counts under its first.
    pub n: u32,
    /// By rung, those that occur.
    pub n_of: Vec<(Rung, u32)>,
    /// How many are contested.
    pub n_contested: u32,
    /// How many have two independent origins or more and nobody denies them.
    pub n_corroborated: u32,
}

/// A counter's own total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TotalLine {
    /// The total.
    pub total: CountedTotal,
    /// In words.
    pub said: String,
    /// Its words.
    pub quote: Option<Quoted>,
}

/// One bin of the series in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BinLine {
    /// The bin.
    pub bin: IncidentBin,
    /// The day or week.
    pub window_said: String,
    /// The act.
    pub act_said: String,
}

/// The screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ViolationsView {
    /// `violations.v1`.
    pub schema: String,
    /// Case, moments, standpoint.
    pub heading: Heading,
    /// What was asked, in words.
    pub asked_said: String,
    /// By act.
    pub counts: Vec<ActCount>,
    /// Incidents, oldest first; empty where the series is asked for.
    pub rows: Vec<IncidentRow>,
    /// How many incidents there are.
    pub n_incidents: usize,
    /// The series, where asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<BinLine>,
    /// Totals of counters, beside and not mixed.
    pub totals: Vec<TotalLine>,
    /// What was left out, and what to know before reading on.
    pub remarks: Vec<String>,
}

/// What a question came to, before it is worded.
#[derive(Clone, Debug, Default)]
pub struct ViolationsFound {
    /// Incidents.
    pub incidents: Vec<Incident>,
    /// The series, where asked for.
    pub series: Vec<IncidentBin>,
    /// Totals of counters.
    pub totals: Vec<CountedTotal>,
    /// Denials without any report from this standpoint.
    pub n_denied_only: usize,
    /// Acts that were looked for.
    pub kinds: Vec<Name>,
    /// Labels of places.
    pub places: BTreeMap<Name, String>,
}

/// A rung in words.
pub fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::Refuted => "refuted",
        Rung::Reported => "reported",
        Rung::Recorded => "recorded",
        Rung::Verified => "verified",
        Rung::Attributed => "attributed",
    }
}

/// What a rung means, for the legend.
pub fn rung_meaning(rung: Rung) -> &'static str {
    match rung {
        Rung::Refuted => "a verifier or a ruling finds that it did not occur",
        Rung::Reported => "somebody says so",
        Rung::Recorded => "whoever observes or watches such acts has it in its own record",
        Rung::Verified => "a verifier asserts it, whoever is named acknowledges it, or a ruling says so",
        Rung::Attributed => "verified, and whoever verified it names who acted",
    }
}

/// Support in words.
pub fn support(support: Support, n_origins: usize) -> String {
    match support {
        Support::SingleSource => "single source".to_owned(),
        Support::Corroborated => format!("corroborated, {n_origins} independent origins"),
        Support::Contested => "contested".to_owned(),
    }
}

/// All rungs, in the order of the ladder.
pub const RUNGS: [Rung; 5] =
    [Rung::Reported, Rung::Recorded, Rung::Verified, Rung::Attributed, Rung::Refuted];

impl ViolationsView {
    /// The screen of what was found.
    pub fn new(heading: Heading, found: &ViolationsFound, lexicon: &Lexicon) -> ViolationsView {
        let civil = heading.civil();
        let kinds: Vec<&str> = found.kinds.iter().map(|kind| lexicon.kind(kind)).collect();
        let asked_said = match kinds.len() {
            0 => "The agreement prohibits nothing that claims could report.".to_owned(),
            _ => format!("Reported occurrences of: {}.", kinds.join("; ")),
        };
        let mut remarks = Vec::new();
        if found.n_denied_only > 0 {
            let denials = figures::count(found.n_denied_only, "denial is", "denials are");
            remarks.push(format!(
                "{denials} left out: from this standpoint nothing on record asserts what they deny."
            ));
        }
        let rows: Vec<IncidentRow> =
            found.incidents.iter().map(|incident| row(incident, found, lexicon, &civil)).collect();
        ViolationsView {
            schema: "violations.v1".to_owned(),
            asked_said,
            counts: counts(&found.incidents, lexicon),
            n_incidents: rows.len(),
            rows,
            series: found.series.iter().map(|bin| bin_line(bin, lexicon, &civil)).collect(),
            totals: found.totals.iter().map(|total| total_line(total, lexicon, &civil)).collect(),
            remarks,
            heading,
        }
    }
}

fn counts(incidents: &[Incident], lexicon: &Lexicon) -> Vec<ActCount> {
    let mut counts: BTreeMap<Name, ActCount> = BTreeMap::new();
    for incident in incidents {
        let Some(act) = incident.acts.first() else { continue };
        let count = counts.entry(act.clone()).or_insert_with(|| ActCount {
            act: act.clone(),
            said: lexicon.kind(act).to_owned(),
            n: 0,
            n_of: Vec::new(),
            n_contested: 0,
            n_corroborated: 0,
        });
        count.n += 1;
        count.n_contested += u32::from(incident.support == Support::Contested);
        count.n_corroborated += u32::from(incident.support == Support::Corroborated);
        match count.n_of.iter_mut().find(|(rung, _)| *rung == incident.rung) {
            Some((_, n)) => *n += 1,
            None => count.n_of.push((incident.rung, 1)),
        }
        count.n_of.sort_unstable();
    }
    counts.into_values().collect()
}

fn bin_line(bin: &IncidentBin, lexicon: &Lexicon, civil: &Civil) -> BinLine {
    BinLine {
        window_said: civil.window(&bin.window),
        act_said: lexicon.kind(&bin.act).to_owned(),
        bin: bin.clone(),
    }
}

fn total_line(total: &CountedTotal, lexicon: &Lexicon, civil: &Civil) -> TotalLine {
    TotalLine {
        said: format!(
            "{}: {} ({}), {}",
            lexicon.actor(&total.counter),
            figures::range(total.low, total.high),
            lexicon.kind(&total.kind),
            civil.window(&total.window)
        ),
        quote: lexicon.quotes.get(&total.claim).cloned(),
        total: total.clone(),
    }
}

/// A number of people in words: `29 or more`, `2`, `1–4`.
pub fn toll(toll: &TollRange) -> String {
    let n = |n: u32| Number::whole(i64::from(n));
    figures::range(n(toll.low), toll.high.map_or(Number::MAX, n))
}

fn people_said(people: &TollRange) -> String {
    let is_one = (people.low, people.high) == (1, Some(1));
    format!("{} {}", toll(people), if is_one { "person" } else { "people" })
}

fn row(incident: &Incident, found: &ViolationsFound, lexicon: &Lexicon, civil: &Civil) -> IncidentRow {
    let label = |place: &Name| found.places.get(place).cloned().unwrap_or_else(|| place.to_string());
    let acts: Vec<&str> = incident.acts.iter().map(|act| lexicon.kind(act)).collect();
    let quotes = |claims: &[ClaimId]| -> Vec<Quoted> {
        claims.iter().filter_map(|id| lexicon.quotes.get(id).cloned()).collect()
    };
    let reports_said = incident.reports.iter().map(|report| ReportLine {
        said: report_said(report, lexicon),
        quotes: quotes(&report.claims),
        n_copies: report.copies.len(),
    });
    let mut standing_said =
        format!("{}; {}", rung(incident.rung), support(incident.support, incident.n_origins));
    if incident.is_attribution_contested {
        standing_said.push_str("; who acted is contested");
    }
    let promises_said: Vec<String> =
        incident.promises.iter().map(|promise| promise_said(promise, lexicon)).collect();
    IncidentRow {
        when_said: incident.when.as_ref().map_or_else(|| "no date".to_owned(), |when| civil.when(when)),
        act_said: acts.join(", or "),
        place_said: incident.place.as_ref().map(label).unwrap_or_default(),
        toll_said: incident.toll.as_ref().map(toll).unwrap_or_default(),
        standing_said,
        reports_said: reports_said.collect(),
        voices_said: incident.voices.iter().map(|voice| voice_said(voice, lexicon)).collect(),
        lines_said: incident.lines.iter().map(|line| line_said(line, &label(&line.place))).collect(),
        tree: tree(incident, &promises_said, lexicon),
        promises_said,
        incident: incident.clone(),
    }
}

fn report_said(report: &IncidentReport, lexicon: &Lexicon) -> String {
    let source = match report.source.as_str() {
        "" => "a source that is not named".to_owned(),
        _ => lexicon.actor(&report.source).to_owned(),
    };
    let verb = if report.polarity == Polarity::Negative { "denies" } else { "reports" };
    let mut parts = vec![format!("{source} {verb} {}", lexicon.kind(&report.act))];
    if let Some(people) = report.toll.filter(|_| report.polarity == Polarity::Affirmative) {
        parts.push(people_said(&people));
    }
    parts.push(match &report.actors {
        SaidActors::Named(names) => {
            let names: Vec<&str> = names.iter().map(|name| lexicon.actor(name)).collect();
            format!("by {}", names.join(" and "))
        }
        SaidActors::Undetermined => "who acted is not established".to_owned(),
        SaidActors::Unstated => "who acted is not stated".to_owned(),
    });
    match report.copies.len() {
        0 => {}
        n => parts.push(format!("{} of it, one origin", figures::count(n, "copy", "copies"))),
    }
    parts.join(", ")
}

fn voice_said(voice: &PartyVoice, lexicon: &Lexicon) -> String {
    let party = lexicon.actor(&voice.party);
    if voice.says.is_empty() {
        return format!("{party}: nothing on record");
    }
    let says: Vec<&str> = voice
        .says
        .iter()
        .map(|says| match says {
            VoiceSort::Acknowledges => "says that it acted",
            VoiceSort::Denies => "denies it",
            VoiceSort::NamesOthers => "says that others acted",
            VoiceSort::Reports => "reports it without naming who acted",
        })
        .collect();
    format!("{party}: {}", says.join("; "))
}

fn promise_said(promise: &PromiseTouched, lexicon: &Lexicon) -> String {
    let mut said = format!("{} of {}", promise.provision, lexicon.actor(&promise.obligor));
    match promise.binds {
        Some(true) => {}
        Some(false) => said.push_str(", which did not bind then"),
        None => said.push_str(", which may not have bound then"),
    }
    if !promise.is_named {
        said.push_str(" (no source names who acted)");
    }
    said
}

fn line_said(line: &LineDistance, place: &str) -> String {
    let km = |m: u32| format!("{:.1}", f64::from(m) / 1000.0);
    let far = match (line.low_m, line.high_m) {
        (0, high) => format!("at most {} km from", km(high)),
        (low, high) if km(low) == km(high) => format!("{} km from", km(low)),
        (low, high) => format!("{} to {} km from", km(low), km(high)),
    };
    let side = match line.side {
        None => "",
        Some(ZoneSide::Inside) => "inside, ",
        Some(ZoneSide::Outside) => "outside, ",
        Some(ZoneSide::Undecided) => "inside or outside, ",
    };
    let edge = if line.side.is_some() { " the edge of" } else { "" };
    format!("{side}{far}{edge} {place} ({})", line.version)
}

fn leaf(kind: WhyKind, said: String, because: Vec<WhyNode>) -> WhyNode {
    WhyNode { kind, said, quote: None, place: None, clause: None, provision: None, because }
}

/// The tree behind an incident, down to quoted words.
fn tree(incident: &Incident, promises_said: &[String], lexicon: &Lexicon) -> WhyNode {
    let quoted = |polarity: Polarity, claims: &[ClaimId]| -> Vec<WhyNode> {
        let said = if polarity == Polarity::Negative { "denied" } else { "reported" };
        let quotes = claims.iter().filter_map(|id| lexicon.quotes.get(id).cloned());
        quotes
            .map(|quote| WhyNode { quote: Some(quote), ..leaf(WhyKind::Claim, said.to_owned(), Vec::new()) })
            .collect()
    };
    let mut because: Vec<WhyNode> = Vec::new();
    for (at, report) in incident.reports.iter().enumerate() {
        let mut below = quoted(report.polarity, &report.claims);
        if !report.copies.is_empty() {
            let copies = quoted(report.polarity, &report.copies);
            below.push(leaf(
                WhyKind::Remark,
                "the same words elsewhere, which corroborate nothing".to_owned(),
                copies,
            ));
        }
        let said = format!("report {}: {}", at + 1, report_said(report, lexicon));
        because.push(leaf(WhyKind::Incident, said, below));
    }
    if !incident.links.is_empty() {
        because.push(leaf(
            WhyKind::Remark,
            "why these reports are laid together".to_owned(),
            link_nodes(&incident.links),
        ));
    }
    for promise in promises_said {
        because.push(leaf(WhyKind::Provision, format!("would be contrary to {promise}"), Vec::new()));
    }
    for id in &incident.rulings {
        because.push(leaf(WhyKind::Ruling, format!("ruling {}", id.short()), Vec::new()));
    }
    let acts: Vec<&str> = incident.acts.iter().map(|act| lexicon.kind(act)).collect();
    leaf(WhyKind::Incident, format!("{}: {}", incident.id, acts.join(", or ")), because)
}

fn link_nodes(links: &[IncidentLink]) -> Vec<WhyNode> {
    let pair = |link: &IncidentLink| format!("{} and {}", link.reports.0 + 1, link.reports.1 + 1);
    let mut nodes = Vec::new();
    for (by, said) in [
        (LinkedBy::Name, "analyst or feed give them one name"),
        (LinkedBy::Ruling, "a person ruled that they are one occurrence"),
    ] {
        let pairs: Vec<String> = links.iter().filter(|link| link.by == Some(by)).map(pair).collect();
        if !pairs.is_empty() {
            nodes.push(leaf(WhyKind::Remark, format!("{said}: {}", pairs.join("; ")), Vec::new()));
        }
    }
    for link in links {
        let Some(percent) = link.percent else { continue };
        let reasons = link.reasons.iter().map(|reason| {
            let speaks = match reason.weight {
                weight if weight >= 0.005 => format!("speaks for one occurrence, +{weight:.2}"),
                weight if weight <= -0.005 => {
                    format!("speaks for two, \u{2212}{:.2}", weight.abs())
                }
                _ => "says nothing".to_owned(),
            };
            leaf(WhyKind::Remark, format!("{}: {speaks}", reason.said), Vec::new())
        });
        let said = format!("reports {}: {percent} percent under the model", pair(link));
        nodes.push(leaf(WhyKind::Remark, said, reasons.collect()));
    }
    nodes
}

/// The incidents as GeoJSON (RFC 7946). Positions are coarse, as `Incident` holds them; an incident without one has no
/// geometry. Whoever acted has no position.
pub fn map(view: &ViolationsView) -> serde_json::Value {
    let feature = |row: &IncidentRow| {
        let incident = &row.incident;
        let geometry = incident
            .position
            .map(|at| serde_json::json!({ "type": "Point", "coordinates": [at.lon(), at.lat()] }));
        serde_json::json!({
            "type": "Feature",
            "id": incident.id,
            "geometry": geometry,
            "properties": {
                "id": incident.id,
                "when": row.when_said,
                "earliest": incident.when.map(|when| when.earliest),
                "latest": incident.when.map(|when| when.latest),
                "act": row.act_said,
                "acts": incident.acts,
                "place": row.place_said,
                "radius_m": incident.position.map(|at| at.radius_m),
                "people": row.toll_said,
                "standing": rung(incident.rung),
                "support": support(incident.support, incident.n_origins),
                "n_origins": incident.n_origins,
                "said": row.reports_said.iter().map(|report| report.said.clone()).collect::<Vec<_>>(),
            }
        })
    };
    serde_json::json!({
        "type": "FeatureCollection",
        "features": view.rows.iter().map(feature).collect::<Vec<_>>(),
    })
}
