//! `verify`: recompute everything that can be recomputed.

use std::path::Path;

use servanda_ledger::{Report, TextOf, decode_bundle};
use servanda_model::{Diagnostic, DocumentId, Severity};
use servanda_render::{ChainLine, VerifyView};
use servanda_store::Store;

use crate::Answer;
use crate::args::Common;
use crate::case::{BUNDLE, Case, LEDGER, Sources};
use crate::commands::keys;
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

/// Verifies the records of the case, or a bundle.
pub(super) fn verify(
    common: &Common,
    file: Option<&Path>,
    json: bool,
    console: &Console,
) -> Result<Answer, CommandError> {
    let view = match file {
        Some(file) => {
            // A bundle is compared with the documents of the case where there is one.
            let sources = Case::find(common.case.as_deref()).ok().map(|case| Sources::read(&case));
            bundle(file, sources.as_ref())?
        }
        None => {
            let case = Case::find(common.case.as_deref())?;
            let sources = Sources::read(&case);
            if case.dir.join(LEDGER).exists() {
                let store = Store::open_read(case.dir.join(LEDGER))?;
                let text_of = |id: &DocumentId| sources.text(id);
                view(LEDGER, &store, Vec::new(), &text_of)?
            } else if case.dir.join(BUNDLE).exists() {
                bundle(&case.dir.join(BUNDLE), Some(&sources))?
            } else {
                return Err(CommandError::new(ErrorKind::Record, "the case has no records yet").hint(
                    "'servanda add' makes the first; 'servanda check' looks at the files of the case",
                ));
            }
        }
    };
    if json {
        console.json(&view)?;
    } else {
        console.print(&view.to_text())?;
    }
    Ok(if view.is_sound { Answer::Yes } else { Answer::No })
}

fn bundle(file: &Path, sources: Option<&Sources>) -> Result<VerifyView, CommandError> {
    let bytes = std::fs::read(file).map_err(|error| CommandError::file("cannot read", file, &error))?;
    let (bundle, found) = decode_bundle(&bytes);
    let documents = bundle.documents.clone();
    let store = Store::from_bundle(bundle);
    let text_of = |id: &DocumentId| {
        sources.and_then(|sources| sources.text(id)).or_else(|| {
            let bytes = &documents.iter().find(|document| document.id == *id)?.bytes;
            String::from_utf8(bytes.clone()).ok()
        })
    };
    let mut view = view(&file.display().to_string(), &store, found, &text_of)?;
    view.file = file.display().to_string();
    Ok(view)
}

fn view(
    name: &str,
    store: &Store,
    mut found: Vec<Diagnostic>,
    text_of: &TextOf<'_>,
) -> Result<VerifyView, CommandError> {
    let Report { diagnostics, n_records, n_quotes_found, n_quotes_unchecked, .. } =
        store.verify(Some(text_of))?;
    found.extend(diagnostics);
    let labels = keys::known_labels();
    let chains = store.states()?.into_iter().map(|state| ChainLine {
        author: state.author,
        label: labels.get(&state.author).cloned(),
        n_records: state.tip.map_or(0, |tip| tip.seq + 1),
        is_whole: state.fault.is_none(),
    });
    Ok(VerifyView {
        schema: "verify.v1".to_owned(),
        file: name.to_owned(),
        is_sound: found.iter().all(|found| found.severity < Severity::Error),
        n_records,
        n_quotes_found,
        n_quotes_unchecked,
        chains: chains.collect(),
        head: store.head()?.to_string(),
        diagnostics: VerifyView::placed(found),
    })
}
