//! `export` and `import`: bundles between organisations.

use std::collections::BTreeMap;
use std::io::BufWriter;
use std::path::Path;

use servanda_ledger::{Body, DocumentBytes, RecordKind, decode_bundle};
use servanda_model::{Document, DocumentId, Hash32, Severity};
use servanda_render::VerifyView;
use servanda_render::figures::count;

use crate::Answer;
use crate::args::Common;
use crate::case::{Case, Records, acknowledged, open_ledger, place, walk, write_new};
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

/// Writes all records into one file.
pub(super) fn export(
    common: &Common,
    file: &Path,
    with_documents: bool,
    console: &Console,
) -> Result<Answer, CommandError> {
    let case = Case::find(common.case.as_deref())?;
    let records = Records::open(&case)?;
    if records.origin == crate::case::Origin::Compiled {
        return Err(CommandError::new(
            ErrorKind::Record,
            "the case has no records yet, so there is nothing to export",
        )
        .hint("'servanda add' puts its documents and claims on record"));
    }
    let mut documents = Vec::new();
    let mut n_missing = 0;
    if with_documents {
        let files = walk(&case.dir.join("sources"));
        let bar = console.progress(files.len(), "reading documents");
        let mut by_id: BTreeMap<DocumentId, Vec<u8>> = BTreeMap::new();
        for path in files {
            bar.inc(1);
            let bytes =
                std::fs::read(&path).map_err(|error| CommandError::file("cannot read", &path, &error))?;
            by_id.insert(DocumentId(Hash32::of(&bytes)), bytes);
        }
        bar.finish_and_clear();
        for id in on_record(&records)?.keys() {
            match by_id.remove(id) {
                Some(bytes) => documents.push(DocumentBytes::new(bytes)),
                None => n_missing += 1,
            }
        }
    }
    let failed = |error: std::io::Error| CommandError::file("the bundle cannot be written:", file, &error);
    // Written beside and moved into place, so that nobody takes a cut file for a bundle.
    let beside = file.with_extension("part");
    let out = std::fs::File::create(&beside).map_err(failed)?;
    let written = records.store.export(BufWriter::new(&out), &documents).map_err(CommandError::from);
    let moved =
        written.and_then(|_| out.sync_all().and_then(|()| std::fs::rename(&beside, file)).map_err(failed));
    moved.inspect_err(|_| drop(std::fs::remove_file(&beside)))?;
    let n = records.store.n_records()?;
    console.print(&format!(
        "exported {} and {} into {}\nhead: {}\n",
        count(n as usize, "record", "records"),
        count(documents.len(), "document", "documents"),
        file.display(),
        records.store.head()?
    ))?;
    if n_missing > 0 {
        console.say(&format!(
            "{} on record not in sources/ and left out",
            count(n_missing, "document is", "documents are")
        ));
    }
    Ok(Answer::Yes)
}

/// Documents on record.
fn on_record(records: &Records) -> Result<BTreeMap<DocumentId, Document>, CommandError> {
    let mut documents = BTreeMap::new();
    records.store.visit(&mut |stored| {
        if stored.record.kind == RecordKind::Document
            && let Ok(Body::Document(document)) = Body::from_json(stored.record.kind, &stored.record.body)
        {
            documents.insert(document.id, *document);
        }
        Ok(())
    })?;
    Ok(documents)
}

/// Verifies a bundle and merges what is sound in it.
pub(super) fn import(common: &Common, file: &Path, console: &Console) -> Result<Answer, CommandError> {
    let case = Case::find(common.case.as_deref())?;
    let bytes = std::fs::read(file).map_err(|error| CommandError::file("cannot read", file, &error))?;
    let (bundle, found) = decode_bundle(&bytes);
    let n_broken = found.iter().filter(|found| found.severity == Severity::Error).count();
    for diagnostic in VerifyView::placed(found) {
        console.say(&format!("{}: {}", file.display(), diagnostic.one_line()));
    }
    if bundle.records.is_empty() {
        return Err(CommandError::new(
            ErrorKind::Record,
            format!("{} holds no record that can be used", file.display()),
        )
        .hint("ask whoever sent it to export it again"));
    }
    // A document is kept under the name that its record gives it.
    let mut names: BTreeMap<DocumentId, String> = BTreeMap::new();
    for record in bundle.records.iter().filter(|record| record.kind == RecordKind::Document) {
        if let Ok(Body::Document(document)) = Body::from_json(record.kind, &record.body) {
            names.entry(document.id).or_insert(document.path);
        }
    }
    let mut writer = open_ledger(&case, console)?;
    let bar = console.progress(bundle.records.len(), "merging");
    let done = writer.import(&bundle)?;
    bar.finish_and_clear();
    let mut n_documents = 0;
    for document in &bundle.documents {
        let Some(name) = names.get(&document.id) else { continue };
        let place = place(&case, "sources", &file_name(name, &document.id), &document.bytes);
        if place.is_new {
            write_new(&case.dir.join(&place.name), &document.bytes)?;
            n_documents += 1;
        }
    }
    console.print(&format!(
        "{}: {}; {} new\nhead: {}\n",
        file.display(),
        acknowledged(&done),
        count(n_documents, "document", "documents"),
        writer.head()?
    ))?;
    if n_broken > 0 {
        console.say(&format!(
            "{} broken and refused; the sound records were merged",
            count(n_broken, "line is", "lines are")
        ));
        return Ok(Answer::No);
    }
    Ok(Answer::Yes)
}

/// The last part of a path that somebody else wrote, made safe as the name of a file.
fn file_name(path: &str, id: &DocumentId) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .chars()
        .map(|c| if c.is_control() || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
        .collect();
    let name = name.trim_matches(['.', ' ']).to_owned();
    if name.is_empty() || name == "documents.toml" || name.len() > 200 {
        format!("document-{}", id.short())
    } else {
        name
    }
}
