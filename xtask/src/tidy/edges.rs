//! Does every crate know only the crates it may know?

use serde_json::Value;

use super::Finding;

/// A crate and the crates of the house it may depend on.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("servanda-model", &[]),
    ("servanda-pact", &["servanda-model"]),
    ("servanda-language", &[]),
    ("servanda-read", &["servanda-model", "servanda-language"]),
    ("servanda-ledger", &["servanda-model"]),
    ("servanda-render", &["servanda-model"]),
    ("servanda-assess", &["servanda-model", "servanda-pact", "servanda-ledger"]),
    ("servanda-store", &["servanda-model", "servanda-ledger"]),
    ("servanda-server", ALL_BUT_SHELL),
    (
        "servanda",
        &[
            "servanda-model",
            "servanda-pact",
            "servanda-read",
            "servanda-language",
            "servanda-ledger",
            "servanda-render",
            "servanda-assess",
            "servanda-store",
            "servanda-server",
        ],
    ),
];

const ALL_BUT_SHELL: &[&str] = &[
    "servanda-model",
    "servanda-language",
    "servanda-pact",
    "servanda-read",
    "servanda-ledger",
    "servanda-render",
    "servanda-assess",
    "servanda-store",
];

/// Edges that only tests, benches and examples have, each with its reason.
const TESTS_MAY_KNOW: &[(&str, &str, &str)] = &[
    ("servanda-read", "servanda-pact", "the kinds that claims may name are those of a real agreement"),
    ("servanda-assess", "servanda-read", "golden statuses are computed from case folders"),
    ("servanda-render", "servanda-assess", "views are tested on findings of real cases"),
];

/// Libraries that only some crates may use.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["servanda-store"]),
    ("postgres", &["servanda-store"]),
    ("axum", &["servanda-server"]),
    ("tokio", &["servanda-server"]),
    ("clap", &["servanda"]),
    ("indicatif", &["servanda"]),
];

pub(super) fn check(metadata: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        if name == "xtask" {
            continue;
        }
        let manifest = format!("crates/{name}/Cargo.toml");
        let mut say = |message: String| findings.push(Finding::new("edges", &manifest, 0, message));
        let Some((_, may_know)) = MAY_KNOW.iter().find(|(of, _)| *of == name) else {
            say(format!("{name} has no place in the house; give it one in xtask/src/tidy/edges.rs"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            let in_tests = dependency["kind"] == "dev";
            if let Some((_, users)) = ONLY_IN.iter().find(|(library, _)| *library == to)
                && !users.contains(&name)
                && !in_tests
            {
                say(format!("{name} depends on {to}, which only {} may", users.join(" and ")));
            }
            let of_the_house = to == "servanda" || to.starts_with("servanda-");
            let for_tests = in_tests
                && (to == "servanda-model"
                    || TESTS_MAY_KNOW.iter().any(|edge| (edge.0, edge.1) == (name, to)));
            if of_the_house && !may_know.contains(&to) && !for_tests {
                let how = if in_tests { "has tests that depend on" } else { "depends on" };
                say(format!("{name} {how} {to}; it may know {}", list(may_know)));
            }
        }
    }
    findings
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "no crate of the house".to_owned() } else { format!("only {}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tidy::shown;

    fn check_edge(from: &str, to: &str, kind: Option<&str>, expected: &str) {
        let metadata = json!({"packages": [{"name": from, "dependencies": [{"name": to, "kind": kind}]}]});
        assert_eq!(shown(check(&metadata)), expected);
    }

    #[test]
    fn the_direction_of_the_house_holds() {
        check_edge("servanda-assess", "servanda-pact", None, "");
        check_edge("servanda-pact", "servanda-model", None, "");
        check_edge("xtask", "servanda", None, "");
        check_edge("servanda", "servanda-store", None, "");
        check_edge(
            "servanda-pact",
            "servanda-read",
            None,
            "crates/servanda-pact/Cargo.toml: servanda-pact depends on servanda-read; it may know only servanda-model [edges]",
        );
        check_edge(
            "servanda-model",
            "servanda-pact",
            None,
            "crates/servanda-model/Cargo.toml: servanda-model depends on servanda-pact; it may know no crate of the house [edges]",
        );
    }

    #[test]
    fn tests_may_look_further_only_where_listed() {
        check_edge("servanda-assess", "servanda-read", Some("dev"), "");
        check_edge(
            "servanda-pact",
            "servanda-store",
            Some("dev"),
            "crates/servanda-pact/Cargo.toml: servanda-pact has tests that depend on servanda-store; it may know only servanda-model [edges]",
        );
    }

    #[test]
    fn one_crate_knows_the_database() {
        check_edge("servanda-store", "rusqlite", None, "");
        check_edge(
            "servanda-ledger",
            "rusqlite",
            None,
            "crates/servanda-ledger/Cargo.toml: servanda-ledger depends on rusqlite, which only servanda-store may [edges]",
        );
    }

    #[test]
    fn an_unknown_crate_needs_a_place() {
        check_edge(
            "servanda-extra",
            "serde",
            None,
            "crates/servanda-extra/Cargo.toml: servanda-extra has no place in the house; give it one in xtask/src/tidy/edges.rs [edges]",
        );
    }
}
