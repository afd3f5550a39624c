//! All messages about a file as such; those about records are in `servanda-ledger`. Each code has a page in `docs/codes`.

use servanda_model::{Diagnostic, Severity, Span};

pub(crate) fn damaged(what: &str) -> Diagnostic {
    let message = format!("the ledger file is damaged: {what}");
    Diagnostic::new("L125", Severity::Error, Span::default(), message).hint(
        "records at the end may be missing: compare with a backup, and build the ledger anew from bundles",
    )
}

pub(crate) fn unguarded(name: &str) -> Diagnostic {
    let message = format!("'{name}', by which the file guards its records, is missing or was changed");
    Diagnostic::new("L126", Severity::Warning, Span::default(), message)
        .hint("somebody altered the file with another program; export the records and import them into a new ledger")
}
