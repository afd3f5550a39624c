//! The documents of a case, and what its coded claims and tables make of them.

use std::collections::BTreeMap;
use std::path::Path;

use servanda_ledger::Body;
use servanda_model::{ClaimId, Diagnostic, DocumentId, Name, Severity};
use servanda_read::{Coding, DocumentMetadata, DocumentText, Documents, Redacted, SourceFile};

use crate::case::Case;
use crate::case::folder::{relative, unreadable, walk};

/// The documents in `sources/`.
pub(crate) struct Sources {
    pub documents: Documents,
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// Reads every file in `sources/`.
    pub(crate) fn read(case: &Case) -> Sources {
        Sources::with(case, &[], None)
    }

    /// Reads every file in `sources/` as if these files, and these lines of `documents.toml`, were there already.
    pub(crate) fn with(case: &Case, staged: &[(String, Vec<u8>)], further_lines: Option<&str>) -> Sources {
        let mut diagnostics = Vec::new();
        let list_path = "sources/documents.toml";
        let mut text = std::fs::read_to_string(case.dir.join(list_path)).unwrap_or_default();
        text.push_str(further_lines.unwrap_or_default());
        let (list, found) = servanda_read::document_list(list_path, &text, &case.file.clock);
        diagnostics.extend(found);
        let mut documents = Vec::new();
        for path in walk(&case.dir.join("sources")) {
            let name = relative(&case.dir, &path);
            if name == list_path || staged.iter().any(|(path, _)| *path == name) {
                continue;
            }
            match std::fs::read(&path) {
                Ok(bytes) => {
                    let (document, found) = read_document(case, &name, &bytes, &list);
                    diagnostics.extend(found);
                    documents.push(document);
                }
                Err(error) => diagnostics.push(unreadable(&name, &error.to_string())),
            }
        }
        for (name, bytes) in staged {
            let (document, found) = read_document(case, name, bytes, &list);
            diagnostics.extend(found);
            documents.push(document);
        }
        Sources { documents: Documents::new(documents), diagnostics }
    }

    /// One document by its path: its file, or the bytes given where there is none. `None` where neither is at hand.
    pub(crate) fn one(case: &Case, path: &str, given: Option<&[u8]>) -> Option<DocumentText> {
        let list_path = "sources/documents.toml";
        let text = std::fs::read_to_string(case.dir.join(list_path)).unwrap_or_default();
        let (list, _) = servanda_read::document_list(list_path, &text, &case.file.clock);
        let bytes = std::fs::read(case.dir.join(path)).ok().or_else(|| given.map(<[u8]>::to_vec))?;
        Some(read_document(case, path, &bytes, &list).0)
    }

    /// The text of a document by its SHA-256; `None` where no file has these bytes.
    pub(crate) fn text(&self, id: &DocumentId) -> Option<String> {
        self.documents.iter().find(|found| found.document.id == *id).map(|found| found.text.clone())
    }
}

/// A table without what it says about private persons, by the feeds that take it; `None` where there is nothing to take out.
///
/// # Errors
/// What stands in the way: nothing of such a table can be stored.
pub(crate) fn redacted(case: &Case, name: &str, bytes: &[u8]) -> Result<Option<Redacted>, Vec<Diagnostic>> {
    let mut kept: Option<Redacted> = None;
    for feed in case.feeds.iter().filter(|feed| feed.takes(name)) {
        let bytes = kept.as_ref().map_or(bytes, |kept| &kept.bytes);
        let (document, _) = read_document(case, name, bytes, &BTreeMap::new());
        let (further, found) = servanda_read::redact(feed, &document);
        if found.iter().any(|found| found.severity == Severity::Error) {
            return Err(found);
        }
        if let Some(further) = further {
            let before = kept.take();
            let columns = before.iter().flat_map(|kept| kept.columns.clone()).chain(further.columns);
            let n_cells = before.as_ref().map_or(0, |kept| kept.n_cells) + further.n_cells;
            kept = Some(Redacted { bytes: further.bytes, columns: columns.collect(), n_cells });
        }
    }
    Ok(kept)
}

/// Reads one document; the encoding of a table is that of its feed.
pub(crate) fn read_document(
    case: &Case,
    name: &str,
    bytes: &[u8],
    list: &BTreeMap<String, DocumentMetadata>,
) -> (DocumentText, Vec<Diagnostic>) {
    let listed = list.get(name).or_else(|| list.get(name.trim_start_matches("sources/")));
    let mut metadata = listed.cloned().unwrap_or_default();
    if metadata.encoding.is_none() {
        metadata.encoding =
            case.feeds.iter().find(|feed| feed.takes(name)).and_then(|feed| feed.encoding.clone());
    }
    servanda_read::read_document(name, bytes, &case.file.clock, Some(&metadata))
}

/// What the coded claims and tables of a case say, ready to be signed.
pub(crate) struct Compiled {
    /// Documents, then claims, a corrected one before its correction.
    pub bodies: Vec<Body>,
    /// Labels of coded claims.
    pub labels: BTreeMap<Name, ClaimId>,
    /// The file that each coded claim is written in.
    pub file_of: BTreeMap<ClaimId, Name>,
    pub n_claims: usize,
    pub diagnostics: Vec<Diagnostic>,
    /// Files of claims, for messages.
    pub texts: BTreeMap<String, String>,
}

/// Whether a file holds coded claims.
pub(crate) fn is_claims(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml" || extension == "csv")
}

impl Compiled {
    /// Reads everything in `claims/` and every table that a feed takes.
    pub(crate) fn of_case(case: &Case, sources: &Sources) -> Compiled {
        let files =
            walk(&case.dir.join("claims")).into_iter().filter(|path| is_claims(path)).collect::<Vec<_>>();
        let mut texts = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for path in files {
            let name = relative(&case.dir, &path);
            match std::fs::read(&path).map(String::from_utf8) {
                Ok(Ok(text)) => {
                    texts.insert(name, text);
                }
                Ok(Err(_)) => diagnostics.push(unreadable(&name, "it is not UTF-8 text")),
                Err(error) => diagnostics.push(unreadable(&name, &error.to_string())),
            }
        }
        Compiled::of_files(case, sources, texts, diagnostics)
    }

    /// Reads these files of claims and every table that a feed takes.
    pub(crate) fn of_files(
        case: &Case,
        sources: &Sources,
        texts: BTreeMap<String, String>,
        mut diagnostics: Vec<Diagnostic>,
    ) -> Compiled {
        let kinds = case.event_kinds();
        let coding = Coding {
            clock: &case.file.clock,
            documents: &sources.documents,
            names: &case.names,
            event_kinds: Some(&kinds),
        };
        let mut bodies: Vec<Body> =
            sources.documents.iter().map(|found| Body::from(found.document.clone())).collect();
        let files: Vec<SourceFile<'_>> = texts.iter().map(|(path, text)| SourceFile { path, text }).collect();
        let (coded, found) = servanda_read::coded_claims(&files, &coding);
        diagnostics.extend(found);
        let (mut labels, mut file_of) = (BTreeMap::new(), BTreeMap::new());
        let mut n_claims = 0;
        for claim in coded {
            let id = claim.claim.id();
            labels.insert(claim.label, id);
            file_of.insert(id, Name::from(claim.file));
            bodies.push(Body::from(claim.claim));
            n_claims += 1;
        }
        for feed in &case.feeds {
            for document in sources.documents.iter().filter(|found| feed.takes(&found.document.path)) {
                // A table may have a million rows: each becomes a body at once, and names its file without a copy.
                let file = Name::new(&document.document.path);
                let (summary, found) = servanda_read::read_feed(feed, document, &coding, &mut |found| {
                    file_of.insert(found.claim.id(), file.clone());
                    bodies.push(Body::from(found.claim));
                });
                diagnostics.extend(found);
                n_claims += summary.n_claims;
            }
        }
        Compiled { bodies, labels, file_of, n_claims, diagnostics, texts }
    }
}
