//! `check`: everything that is wrong, at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use servanda_model::Diagnostic;
use servanda_read::Documents;
use servanda_render::CheckView;
use servanda_render::figures::count;

use crate::Answer;
use crate::args::Common;
use crate::case::{Case, Compiled, Sources, is_claims, relative, walk};
use crate::error::CommandError;
use crate::out::Console;

#[derive(Default)]
struct Found {
    files: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    texts: BTreeMap<String, String>,
    understood: Vec<String>,
}

/// Checks a case, or some files of it.
pub(super) fn check(
    common: &Common,
    files: &[PathBuf],
    strict: bool,
    json: bool,
    console: &Console,
) -> Result<Answer, CommandError> {
    let mut found = Found::default();
    if files.is_empty() {
        check_case(&Case::find(common.case.as_deref())?, &mut found);
    }
    for file in files {
        if file.is_dir() {
            check_case(&Case::open(file)?, &mut found);
        } else if is_claims(file) {
            check_claims(common, file, &mut found)?;
        } else {
            check_pact(file, &mut found)?;
        }
    }
    let Found { files, diagnostics, texts, understood } = found;
    let view = CheckView::new(files, diagnostics, &texts, understood);
    if json {
        console.json(&view)?;
    } else {
        let page = console.page();
        console.print(&view.to_text(&texts, page.color, page.width))?;
    }
    let is_sound = view.is_sound() && !(strict && view.n_warnings > 0);
    Ok(if is_sound { Answer::Yes } else { Answer::No })
}

fn check_case(case: &Case, found: &mut Found) {
    let sources = Sources::read(case);
    let compiled = Compiled::of_case(case, &sources);
    found.texts.extend(case.texts.clone());
    found.texts.extend(compiled.texts);
    document_texts(&sources.documents, &mut found.texts);
    found.files.extend(found.texts.keys().cloned());
    let list = "sources/documents.toml";
    if let Ok(text) = std::fs::read_to_string(case.dir.join(list)) {
        found.texts.insert(list.to_owned(), text);
    }
    found.diagnostics.extend(case.diagnostics.clone());
    found.diagnostics.extend(sources.diagnostics);
    found.diagnostics.extend(compiled.diagnostics);
    found.understood.push(format!(
        "Understood: {}, {}, {}, {}, {}.",
        count(case.agreement.provisions.len(), "provision", "provisions"),
        count(case.actors.len(), "actor", "actors"),
        count(case.places.len(), "place", "places"),
        count(sources.documents.iter().count(), "document", "documents"),
        count(compiled.n_claims, "claim", "claims"),
    ));
}

fn document_texts(documents: &Documents, texts: &mut BTreeMap<String, String>) {
    for document in documents.iter() {
        texts.insert(document.document.path.clone(), document.text.clone());
    }
}

/// An agreement file: within its case where it lies in one, else by itself.
fn check_pact(file: &Path, found: &mut Found) -> Result<(), CommandError> {
    let bytes = std::fs::read(file).map_err(|error| CommandError::file("cannot read", file, &error))?;
    let shown = file.display().to_string();
    let full = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let folder = full.parent().filter(|folder| folder.ends_with("agreement"));
    let case_dir = folder.and_then(Path::parent).filter(|dir| dir.join("case.toml").is_file());
    let (agreement, diagnostics) = match case_dir {
        Some(dir) => {
            let mut files: Vec<(String, Vec<u8>)> = Vec::new();
            for path in walk(&dir.join("agreement")) {
                if path.extension().is_some_and(|extension| extension == "pact") {
                    let bytes = std::fs::read(&path)
                        .map_err(|error| CommandError::file("cannot read", &path, &error))?;
                    files.push((relative(dir, &path), bytes));
                }
            }
            let this = relative(dir, &full);
            let (agreement, mut diagnostics) = servanda_pact::parse_agreement(&files);
            diagnostics.retain(|diagnostic| diagnostic.file == this);
            found.files.push(this);
            (agreement, diagnostics)
        }
        None => {
            found.files.push(shown.clone());
            servanda_pact::parse_agreement(&[(shown, bytes)])
        }
    };
    for source in &agreement.files {
        found.texts.insert(source.path.clone(), source.text.clone());
    }
    found.diagnostics.extend(diagnostics);
    found
        .understood
        .push(format!("Understood: {}.", count(agreement.provisions.len(), "provision", "provisions")));
    Ok(())
}

/// A file of claims, against its case.
fn check_claims(common: &Common, file: &Path, found: &mut Found) -> Result<(), CommandError> {
    let case = Case::find(common.case.as_deref())?;
    let text =
        std::fs::read_to_string(file).map_err(|error| CommandError::file("cannot read", file, &error))?;
    let full = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let dir = std::path::absolute(&case.dir).unwrap_or_else(|_| case.dir.clone());
    let name = if full.starts_with(&dir) { relative(&dir, &full) } else { file.display().to_string() };
    let sources = Sources::read(&case);
    // Corrections name claims of other files, so all are read; only this one is reported on.
    let mut texts = BTreeMap::new();
    for path in walk(&case.dir.join("claims")).into_iter().filter(|path| is_claims(path)) {
        if let Ok(text) = std::fs::read_to_string(&path) {
            texts.insert(relative(&case.dir, &path), text);
        }
    }
    texts.insert(name.clone(), text);
    let compiled = Compiled::of_files(&case, &sources, texts, Vec::new());
    let n_claims = compiled.file_of.values().filter(|file| file.as_str() == name).count();
    found.diagnostics.extend(compiled.diagnostics.into_iter().filter(|diagnostic| diagnostic.file == name));
    found.texts.extend(compiled.texts);
    found.understood.push(format!("Understood: {}.", count(n_claims, "claim", "claims")));
    found.files.push(name);
    Ok(())
}
