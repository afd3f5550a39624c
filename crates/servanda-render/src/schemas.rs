//! JSON schemas of everything that is printed as JSON.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

fn schema<T: JsonSchema>() -> Value {
    schema_for!(T).to_value()
}

/// Every schema of this crate and of the claim, with the name of its file in `schemas/`.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("claim.v1.json", schema::<servanda_model::Claim>()),
        ("ruling.v1.json", schema::<servanda_model::Ruling>()),
        ("document.v1.json", schema::<servanda_model::Document>()),
        ("finding.v1.json", schema::<servanda_model::Finding>()),
        ("status.v1.json", schema::<crate::StatusView>()),
        ("compare.v1.json", schema::<crate::CompareView>()),
        ("why.v1.json", schema::<crate::WhyView>()),
        ("timeline.v1.json", schema::<crate::TimelineView>()),
        ("aid.v1.json", schema::<crate::AidView>()),
        ("counts.v1.json", schema::<crate::CountsView>()),
        ("audit.v1.json", schema::<crate::AuditView>()),
        ("report.v1.json", schema::<crate::ReportView>()),
        ("read.v1.json", schema::<crate::ReadView>()),
        ("review.v1.json", schema::<crate::ReviewView>()),
        ("alerts.v1.json", schema::<crate::AlertsView>()),
        ("check.v1.json", schema::<crate::CheckView>()),
        ("violations.v1.json", schema::<crate::ViolationsView>()),
        ("verify.v1.json", schema::<crate::VerifyView>()),
    ]
}
