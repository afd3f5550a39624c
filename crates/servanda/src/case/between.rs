//! What is wrong between the files of a case: things that no file can know alone.

use std::collections::BTreeSet;

use servanda_model::{Actor, Diagnostic, Name, Severity, Span};
use servanda_pact::Agreement;
use servanda_read::CaseFile;

/// Checks case file, actors and agreement against one another.
pub(super) fn check(
    file: &CaseFile,
    case_text: &str,
    actors: &[Actor],
    agreement: &Agreement,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut say = |code: &str, severity: Severity, word: &str, message: String, hint: String| {
        let found = Diagnostic::new(code, severity, place(case_text, word), message);
        diagnostics.push(found.in_file("case.toml").hint(hint));
    };
    if agreement.files.is_empty() {
        say(
            "X102",
            Severity::Error,
            "title",
            "the case has no agreement".to_owned(),
            "write one into agreement/NAME.pact; docs/guides/first-case.md shows how".to_owned(),
        );
    } else if !agreement.clock.is_empty() && agreement.clock != file.clock.name() {
        say(
            "X103",
            Severity::Error,
            "clock",
            format!("the case goes by {} and its agreement by {}", file.clock.name(), agreement.clock),
            "write the same time zone in both; deadlines and dates of claims depend on it".to_owned(),
        );
    }
    for kind in &file.alerts.kinds {
        if !agreement.kinds.iter().any(|found| found.id == *kind) {
            say(
                "X106",
                Severity::Warning,
                kind.as_str(),
                format!("[alerts] watches '{kind}', which is no kind of the agreement"),
                "use the name of a kind, as in the agreement".to_owned(),
            );
        }
    }
    let declared: BTreeSet<&Name> = actors.iter().map(|actor| &actor.id).collect();
    let covering = file.alerts.covered.iter().map(|stretch| &stretch.source);
    for source in covering.filter(|name| !actors.is_empty() && !declared.contains(*name)) {
        say(
            "X106",
            Severity::Warning,
            source.as_str(),
            format!("[alerts] lets '{source}' cover days, which actors.toml does not declare"),
            "declare it in actors.toml, or use the id that it has there".to_owned(),
        );
    }
    for standpoint in &file.standpoints {
        for (provision, label) in &standpoint.readings {
            let mut named = agreement.provisions.iter().filter(|found| found.id == *provision).peekable();
            if named.peek().is_none() {
                say(
                    "X104",
                    Severity::Warning,
                    provision.as_str(),
                    format!("standpoint '{}' reads '{provision}', which is no provision", standpoint.id),
                    "use the name of a provision, as in the agreement".to_owned(),
                );
                continue;
            }
            let labels: Vec<&str> =
                named.flat_map(|found| found.readings.iter().map(|reading| reading.label.as_str())).collect();
            if !labels.contains(&label.as_str()) {
                let hint = match labels.as_slice() {
                    [] => {
                        "the provision has no other reading; add one there, or take the line out".to_owned()
                    }
                    some => format!("its readings are: {}", some.join("; ")),
                };
                let message = format!("'{provision}' has no reading '{label}'");
                say("X104", Severity::Warning, label, message, hint);
            }
        }
        let named = standpoint.sources.iter().chain(&standpoint.except).chain(&standpoint.verifiers);
        for name in named.filter(|name| !actors.is_empty() && !declared.contains(*name)) {
            say(
                "X105",
                Severity::Warning,
                name.as_str(),
                format!("standpoint '{}' names '{name}', which actors.toml does not declare", standpoint.id),
                "declare it in actors.toml, or use the id that it has there".to_owned(),
            );
        }
    }
}

/// The first place of a word in the case file.
fn place(text: &str, word: &str) -> Span {
    text.find(word).map_or(Span::default(), |at| Span::new(at, at + word.len()))
}
