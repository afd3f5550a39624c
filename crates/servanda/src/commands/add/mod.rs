//! `add`: documents, coded claims and tables go on record; prose is read, and what it says goes on record as well.

mod known;
mod prose;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use servanda_ledger::{Author, Body};
use servanda_model::{Diagnostic, Severity};
use servanda_render::CheckView;
use servanda_render::figures::count;

use crate::Answer;
use crate::args::{Add, Common};
use crate::case::{
    Case, Compiled, OnRecord, Sources, Standing, append, is_claims, open_ledger, place, redacted, relative,
    walk, write_new,
};
use crate::commands::{keys, rule};
use crate::error::{CommandError, ErrorKind};
use crate::moments::{moment, now};
use crate::out::Console;

/// A file as given, and where it goes.
struct Given {
    name: String,
    bytes: Vec<u8>,
    is_new: bool,
}

/// Puts files on record, in one transaction.
pub(super) fn add(common: &Common, add: &Add, console: &Console) -> Result<Answer, CommandError> {
    if let Some(claim) = &add.retract {
        return rule::retract(common, claim, add.reason.as_deref().unwrap_or_default(), &add.sign, console);
    }
    let case = Case::find(common.case.as_deref())?;
    let mut files: Vec<PathBuf> = add.files.iter().flat_map(|file| in_folder(file)).collect();
    let is_whole_case = add.files.is_empty();
    if is_whole_case {
        files = ["sources", "claims"].iter().flat_map(|folder| walk(&case.dir.join(folder))).collect();
    }
    files.retain(|file| !file.ends_with("documents.toml"));
    if files.is_empty() {
        return Err(CommandError::usage("nothing to add").hint("name documents, or files of claims"));
    }
    let author = keys::author(&add.sign)?;
    let (prose, coded): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|file| is_prose(&case, file));
    // The case's own files are as an analyst left them: they are read where they are named, or where that is asked for.
    let reads_prose = !is_whole_case || add.also_coded || add.reread;
    // Coded claims may quote documents that come with them.
    let (with_claims, alone) = if coded.is_empty() && reads_prose {
        (Vec::new(), prose)
    } else {
        let all = coded.into_iter().chain(prose.clone()).collect();
        (all, if reads_prose { prose } else { Vec::new() })
    };
    let mut answer = Answer::Yes;
    if !with_claims.is_empty() {
        let (found, said) = coded_files(&case, add, &with_claims, &author, console)?;
        answer = found;
        if answer == Answer::No || alone.is_empty() {
            console.print(&said)?;
            return Ok(answer);
        }
        console.print(&said)?;
    }
    if !alone.is_empty() {
        let summary = prose::add(&case, add, &alone, &author, console)?;
        summary.tell(console);
        let is_all_said = !with_claims.is_empty() && summary.n_claims == 0 && summary.n_failed == 0;
        if !is_all_said {
            console.print(&format!("{}\n", summary.said()))?;
        }
        if summary.n_failed > 0 {
            answer = Answer::No;
        }
    }
    Ok(answer)
}

/// The files of a folder, or the file itself.
fn in_folder(file: &Path) -> Vec<PathBuf> {
    if file.is_dir() { walk(file) } else { vec![file.to_owned()] }
}

/// Whether a file is a document of prose: neither coded claims nor a table that a feed takes.
fn is_prose(case: &Case, file: &Path) -> bool {
    if is_claims(file) && std::fs::read(file).is_ok_and(|bytes| is_coded(file, &bytes)) {
        return false;
    }
    let name = format!("sources/{}", file.file_name().unwrap_or_default().to_string_lossy());
    let own = relative(&case.dir, file);
    !case.feeds.iter().any(|feed| feed.takes(&name) || feed.takes(&own))
}

/// Puts coded claims, tables and the documents that they quote on record, in one transaction; answers what to say.
fn coded_files(
    case: &Case,
    add: &Add,
    files: &[PathBuf],
    author: &Author,
    console: &Console,
) -> Result<(Answer, String), CommandError> {
    let bar = console.progress(files.len(), "reading");
    let (mut documents, mut claims) = (Vec::new(), Vec::new());
    for file in files {
        bar.inc(1);
        let bytes = std::fs::read(file).map_err(|error| CommandError::file("cannot read", file, &error))?;
        let holds_claims = is_claims(file) && is_coded(file, &bytes);
        let folder = if holds_claims { "claims" } else { "sources" };
        let bytes = if holds_claims { bytes } else { without_private(case, file, bytes, console)? };
        let given = locate(case, folder, file, bytes)?;
        if holds_claims { claims.push(given) } else { documents.push(given) }
    }
    bar.finish_and_clear();
    let described = describe(case, add, &documents)?;

    // Claims are looked at before anything is written, against the documents as they will be.
    let staged: Vec<(String, Vec<u8>)> =
        documents.iter().map(|given| (given.name.clone(), given.bytes.clone())).collect();
    let sources = Sources::with(case, &staged, described.as_deref());
    let mut texts = BTreeMap::new();
    for path in walk(&case.dir.join("claims")).into_iter().filter(|path| is_claims(path)) {
        if let Ok(text) = std::fs::read_to_string(&path) {
            texts.insert(relative(&case.dir, &path), text);
        }
    }
    for given in &claims {
        texts.insert(given.name.clone(), String::from_utf8_lossy(&given.bytes).into_owned());
    }
    let compiled = Compiled::of_files(case, &sources, texts, Vec::new());

    let names: BTreeSet<&str> = documents.iter().chain(&claims).map(|given| given.name.as_str()).collect();
    let is_ours = |diagnostic: &&Diagnostic| names.contains(diagnostic.file.as_str());
    let found: Vec<Diagnostic> =
        sources.diagnostics.iter().chain(&compiled.diagnostics).filter(is_ours).cloned().collect();
    report(&found, &compiled, &sources, console);
    let errors = || found.iter().filter(|found| found.severity == Severity::Error);
    let is_row = |error: &&Diagnostic| servanda_read::REJECTED_ROW.contains(&error.code.as_str());
    let n_rows = errors().filter(is_row).count();
    if errors().count() > n_rows || n_rows > 0 && !add.leave_rejected {
        console.say("nothing was put on record: mend the errors and add the files again");
        if n_rows > 0 {
            console.say(
                "or put the other rows on record, and leave the rejected ones out, with --leave-rejected",
            );
        }
        return Ok((Answer::No, String::new()));
    }

    // Of a table with a million rows nothing is held twice: what was read makes way for what is put on record.
    drop((sources, staged));
    let Compiled { bodies, file_of, .. } = compiled;
    let wanted = |body: &Body| match body {
        Body::Document(document) => documents.iter().any(|given| given.name == document.path),
        Body::Claim(claim) => file_of.get(&claim.id()).is_some_and(|file| names.contains(file.as_str())),
        _ => false,
    };
    let bodies = bodies.into_iter().filter(wanted);
    let mut writer = open_ledger(case, console)?;
    let on_record = OnRecord::of(&writer, &author.id())?;
    let (mut fresh, mut n_known, mut n_taken_back) = (Vec::new(), 0, 0);
    for body in bodies {
        match on_record.standing(&body) {
            Standing::New => fresh.push(body),
            Standing::Known => n_known += 1,
            Standing::TakenBack => n_taken_back += 1,
        }
    }
    for given in documents.iter().chain(&claims).filter(|given| given.is_new) {
        write_new(&case.dir.join(&given.name), &given.bytes)?;
    }
    if let Some(lines) = &described {
        append_list(case, lines)?;
    }
    let n_documents = fresh.iter().filter(|body| matches!(body, Body::Document(_))).count();
    let n_corrections =
        fresh.iter().filter(|body| matches!(body, Body::Claim(claim) if claim.corrects.is_some())).count();
    let n = append(&mut writer, author, &fresh, now()?)?;
    let mut said = if n == 0 {
        "nothing new: all of it is on record already".to_owned()
    } else {
        let claims = count(n - n_documents, "claim", "claims");
        let mut said = format!("put on record: {}, {claims}", count(n_documents, "document", "documents"));
        if n_corrections > 0 {
            said.push_str(&format!(" ({})", count(n_corrections, "correction", "corrections")));
        }
        said
    };
    if n > 0 && n_known > 0 {
        said.push_str(&format!("; {n_known} known already"));
    }
    if n_rows > 0 {
        said.push_str("; rows that were rejected are left out, as listed");
    }
    if n_taken_back > 0 {
        said.push_str(&format!("; {n_taken_back} taken back earlier and not added again"));
    }
    Ok((Answer::Yes, format!("{said}\n")))
}

/// Whether a file holds coded claims rather than being a document.
fn is_coded(file: &Path, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    if file.extension().is_some_and(|extension| extension == "toml") {
        return true;
    }
    let header = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let columns: Vec<&str> = header.split(',').map(|column| column.trim().trim_matches('"')).collect();
    columns.contains(&"quote") && columns.contains(&"document")
}

/// A table as it may be stored: columns that its feed calls private are emptied before anything else is done with it.
///
/// A file that lies in the case already is left as it is; rows that say something private are then refused.
fn without_private(
    case: &Case,
    file: &Path,
    bytes: Vec<u8>,
    console: &Console,
) -> Result<Vec<u8>, CommandError> {
    if is_within(case, "sources", file) {
        return Ok(bytes);
    }
    let name = format!("sources/{}", file.file_name().unwrap_or_default().to_string_lossy());
    match redacted(case, &name, &bytes) {
        Ok(None) => Ok(bytes),
        Ok(Some(kept)) => {
            console.say(&format!(
                "{}: {} about private persons emptied or shortened, in {}; the case keeps that copy",
                file.display(),
                count(kept.n_cells, "cell", "cells"),
                kept.columns.join(", ")
            ));
            Ok(kept.bytes)
        }
        Err(found) => {
            let why = found.iter().find(|found| found.severity == Severity::Error);
            let why = why.map(|found| format!("{} {}", found.code, found.message)).unwrap_or_default();
            let message =
                format!("{}: what is private cannot be taken out of this table: {why}", file.display());
            Err(CommandError::new(ErrorKind::File, message)
                .hint("mend the table in a copy; nothing of it was stored"))
        }
    }
}

fn is_within(case: &Case, folder: &str, file: &Path) -> bool {
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    absolute(file).starts_with(absolute(&case.dir).join(folder))
}

/// Where a file lies in the case: where it is, or under its name in a folder.
fn locate(case: &Case, folder: &str, file: &Path, bytes: Vec<u8>) -> Result<Given, CommandError> {
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (full, home) = (absolute(file), absolute(&case.dir));
    if is_within(case, folder, file) {
        return Ok(Given { name: relative(&home, &full), bytes, is_new: false });
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).ok_or_else(|| {
        CommandError::new(ErrorKind::File, format!("{} is not the name of a file", file.display()))
    })?;
    let place = place(case, folder, &name, &bytes);
    Ok(Given { name: place.name, bytes, is_new: place.is_new })
}

/// Lines of `sources/documents.toml` for what the options say about new documents.
fn describe(case: &Case, add: &Add, documents: &[Given]) -> Result<Option<String>, CommandError> {
    let options = [
        ("title", &add.title),
        ("publisher", &add.publisher),
        ("published", &add.published),
        ("url", &add.url),
    ];
    if options.iter().all(|(_, value)| value.is_none()) {
        return Ok(None);
    }
    if let Some(published) = &add.published {
        moment(published, "--published", &case.file.clock)?;
    }
    if documents.len() != 1 && (add.title.is_some() || add.url.is_some()) {
        return Err(CommandError::usage("--title and --url are about one document")
            .hint("add the documents one by one"));
    }
    if let Some(publisher) =
        add.publisher.as_deref().filter(|name| !case.actors.is_empty() && !case.names.has_actor(name))
    {
        return Err(CommandError::usage(format!("--publisher '{publisher}' is no actor of the case"))
            .hint("declare it in actors.toml, or use the id that it has there"));
    }
    let listed = std::fs::read_to_string(case.dir.join("sources/documents.toml")).unwrap_or_default();
    let mut lines = String::new();
    for given in documents {
        let path = given.name.trim_start_matches("sources/");
        if listed.contains(&format!("path = {path:?}"))
            || listed.contains(&format!("path = {:?}", given.name))
        {
            continue;
        }
        lines.push_str(&format!("\n[[document]]\npath = {}\n", toml_text(&given.name)));
        for (key, value) in &options {
            if let Some(value) = value {
                lines.push_str(&format!("{key} = {}\n", toml_text(value)));
            }
        }
    }
    Ok(Some(lines).filter(|lines| !lines.is_empty()))
}

/// A basic string of TOML; JSON's escapes are among its own.
fn toml_text(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn append_list(case: &Case, lines: &str) -> Result<(), CommandError> {
    use std::io::Write;
    let path = case.dir.join("sources/documents.toml");
    let file = std::fs::OpenOptions::new().append(true).create(true).open(&path);
    file.and_then(|mut file| file.write_all(lines.as_bytes()))
        .map_err(|error| CommandError::file("the list of documents cannot be written:", &path, &error))
}

fn report(found: &[Diagnostic], compiled: &Compiled, sources: &Sources, console: &Console) {
    if found.is_empty() {
        return;
    }
    let mut texts = compiled.texts.clone();
    let is_named = |path: &str| found.iter().any(|found| found.file == path);
    for document in sources.documents.iter().filter(|document| is_named(&document.document.path)) {
        texts.insert(document.document.path.clone(), document.text.clone());
    }
    let files: BTreeSet<&str> = found.iter().map(|found| found.file.as_str()).collect();
    let files = files.into_iter().map(str::to_owned).collect();
    let view = CheckView::new(files, found.to_vec(), &texts, Vec::new());
    let page = console.page();
    console.say(&view.to_text(&texts, false, page.width));
}
