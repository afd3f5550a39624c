//! Files become one agreement: names are resolved across files, instruments put in order, meaning is looked at.

mod check;
mod circle;
mod declare;
mod lookup;
mod lower;
mod names;
mod outcome;
mod provision;

use std::collections::HashSet;

use servanda_model::{Diagnostic, Name, Span};

use crate::messages::{self, Message};
use crate::syntax::File;
use crate::{Agreement, At, SourceFile, parse};
use names::{Names, Wanted};

/// Files that are read of one case.
pub const MAX_FILES: usize = 1_000;

/// Messages that are kept while a case is read; fewer are shown.
const MAX_KEPT: usize = 20_000;

/// Reads all files of a case, each a path with its bytes, and resolves them into one agreement.
///
/// Never fails: what cannot be used is reported and left out, the rest counts. A provision is left out as a
/// whole when one of its clauses cannot be read, save its words, watches and readings: half a promise would be
/// another promise. Diagnostics come in the order of the files and of the places in them.
pub fn parse_agreement(files: &[(String, Vec<u8>)]) -> (Agreement, Vec<Diagnostic>) {
    let mut sources = Vec::new();
    let mut trees = Vec::new();
    let mut diagnostics = Vec::new();
    for (path, bytes) in files.iter().take(MAX_FILES) {
        let (source, tree, found) = parse::parse_bytes(path, bytes);
        sources.push(source);
        trees.push(tree);
        diagnostics.extend(found);
    }
    if let Some((path, _)) = files.get(MAX_FILES) {
        diagnostics.push(messages::too_many("files", MAX_FILES).at(Span::default()).in_file(path));
    }
    let mut ctx = Context {
        paths: sources.iter().map(|source| source.path.clone()).collect(),
        names: Names::default(),
        diagnostics,
        file: 0,
        rests_on: Vec::new(),
        counted: HashSet::new(),
    };
    let agreement = resolve(&mut ctx, sources, &trees);
    (agreement, in_order(ctx.diagnostics, &ctx.paths))
}

fn resolve(ctx: &mut Context, sources: Vec<SourceFile>, trees: &[File]) -> Agreement {
    let mut agreement = Agreement { files: sources, ..Agreement::default() };
    declare::declare(ctx, trees, &mut agreement);
    let found = lower::lower(ctx, trees, &mut agreement);
    outcome::keep_readable(ctx, found, &mut agreement);
    check::check(ctx, &agreement);
    circle::check(ctx, &mut agreement);
    agreement
}

fn in_order(mut diagnostics: Vec<Diagnostic>, paths: &[String]) -> Vec<Diagnostic> {
    let index: std::collections::HashMap<&str, usize> =
        paths.iter().enumerate().rev().map(|(at, path)| (path.as_str(), at)).collect();
    diagnostics.sort_by_cached_key(|diagnostic| {
        let file = index.get(diagnostic.file.as_str()).copied().unwrap_or(usize::MAX);
        (file, diagnostic.span.start, diagnostic.code.clone())
    });
    parse::limit(diagnostics)
}

/// What the steps of resolving share.
struct Context {
    paths: Vec<String>,
    names: Names,
    diagnostics: Vec<Diagnostic>,
    /// The file that is being resolved.
    file: usize,
    /// Names that the present item uses.
    rests_on: Vec<(Name, Wanted)>,
    /// Kinds that something counts.
    counted: HashSet<Name>,
}

impl Context {
    fn at(&self, span: Span) -> At {
        At { file: self.file, span }
    }

    fn report(&mut self, message: Message, span: Span) {
        self.report_at(message, self.at(span));
    }

    fn report_at(&mut self, message: Message, at: At) {
        if self.diagnostics.len() >= MAX_KEPT {
            return;
        }
        let path = self.paths.get(at.file).cloned().unwrap_or_default();
        self.diagnostics.push(message.at(at.span).in_file(path));
    }

    /// Reports with a further place.
    fn report_two(&mut self, message: Message, at: At, other: At, text: &str) {
        let before = self.diagnostics.len();
        self.report_at(message, at);
        let label = names::label(&self.paths, other, text);
        if let Some(last) = self.diagnostics.get_mut(before) {
            last.labels.push(label);
        }
    }
}
