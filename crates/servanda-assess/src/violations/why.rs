//! The tree behind an incident: what it says of itself, who says what in which words, why the reports were laid together.

use servanda_ledger::View;
use servanda_model::*;

/// The tree, down to quoted words.
pub(super) fn why(view: &View, incident: &Incident) -> Why {
    let acts = incident.acts.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
    let mut because: Vec<Why> = Vec::new();
    for (at, report) in incident.reports.iter().enumerate() {
        because.push(report_tree(view, at, report));
    }
    if !incident.links.is_empty() {
        let links = incident.links.iter().map(|link| link_tree(incident, link)).collect();
        because.push(Why::new(WhyKind::Remark, "why these reports were laid together").because(links));
    }
    for promise in &incident.promises {
        let binds = match promise.binds {
            Some(true) => "binds at that time",
            Some(false) => "did not bind at that time",
            None => "whether it bound at that time depends on what is believed, or on the date",
        };
        let named = if promise.is_named { "named by a source" } else { "nobody is named as acting" };
        let text = format!("{} of {}: {binds}; {named}", promise.provision, promise.obligor);
        let tree = Why::new(WhyKind::Remark, text);
        because.push(tree.pointing(WhyRef::Provision { id: promise.provision.clone() }));
    }
    for id in &incident.rulings {
        because
            .push(Why::new(WhyKind::Ruling, "on whether it occurred").pointing(WhyRef::Ruling { id: *id }));
    }
    Why::new(WhyKind::Remark, format!("{}: {acts}", incident.id)).because(because)
}

fn report_tree(view: &View, at: usize, report: &IncidentReport) -> Why {
    let number = at + 1;
    let source = if report.source.as_str().is_empty() { "nobody named" } else { report.source.as_str() };
    let verb = if report.polarity == Polarity::Negative { "denies" } else { "reports" };
    let actors = match &report.actors {
        SaidActors::Named(names) => {
            format!("by {}", names.iter().map(Name::as_str).collect::<Vec<_>>().join(", "))
        }
        SaidActors::Undetermined => "who acted is not established".to_owned(),
        SaidActors::Unstated => "who acted is not stated".to_owned(),
    };
    let mut claims: Vec<Why> = report.claims.iter().filter_map(|id| claim_tree(view, id)).collect();
    let copies: Vec<Why> = report.copies.iter().filter_map(|id| claim_tree(view, id)).collect();
    if !copies.is_empty() {
        let text = "copies of the same words, which corroborate nothing";
        claims.push(Why::new(WhyKind::Remark, text).because(copies));
    }
    let text = format!("report {number}: {source} {verb} {}, {actors}", report.act);
    Why::new(WhyKind::Remark, text).because(claims)
}

fn claim_tree(view: &View, id: &ClaimId) -> Option<Why> {
    let claim = view.claim(view.find(id)?)?;
    let text = if claim.polarity == Polarity::Negative { "denies" } else { "reports" };
    let chain = claim.attribution.iter().map(|link| link.name.clone()).collect();
    let reference = WhyRef::Claim { id: *id, document: claim.document, quote: claim.quote.clone(), chain };
    Some(Why::new(WhyKind::Claim, text).pointing(reference))
}

fn link_tree(incident: &Incident, link: &IncidentLink) -> Why {
    let (a, b) = link.reports;
    let _ = incident;
    let head = match (link.by, link.percent) {
        (Some(LinkedBy::Name), _) => "the record gives them one name".to_owned(),
        (Some(LinkedBy::Ruling), _) => "a person ruled that they are one occurrence".to_owned(),
        (None, Some(percent)) => format!("{percent} percent under the model"),
        (None, None) => String::new(),
    };
    let reasons = link.reasons.iter().map(|reason| {
        let sign = if reason.weight < 0.0 { "" } else { "+" };
        Why::new(WhyKind::Remark, format!("{} ({sign}{:.2})", reason.said, reason.weight))
    });
    Why::new(WhyKind::Remark, format!("reports {} and {}: {head}", a + 1, b + 1)).because(reasons.collect())
}
