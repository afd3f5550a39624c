//! `read`: the claims of documents, printed; nothing is put on record.

use std::io::Read as _;
use std::path::Path;

use servanda_model::{Diagnostic, Name};
use servanda_read::prose::ReadClaim;
use servanda_read::{DocumentMetadata, DocumentText};
use servanda_render::{ArticleHead, Lexicon, ReadView, Sentenced, text};

use crate::Answer;
use crate::args::{Common, Read};
use crate::case::{Case, walk};
use crate::error::{CommandError, ErrorKind};
use crate::lexicon::lexicon;
use crate::model::Endpoint;
use crate::moments::moment;
use crate::out::Console;
use crate::reading::{Desk, ReadArticle};

/// Prints the claims of each document.
pub(super) fn read(common: &Common, asked: &Read, console: &Console) -> Result<Answer, CommandError> {
    let case = case(common)?;
    let desk = Desk::new(case.as_ref());
    desk.tell(console);
    let lexicon = words(case.as_ref(), &desk);
    let metadata = metadata(asked, &desk)?;
    let mut files = Vec::new();
    for file in &asked.files {
        if file.is_dir() {
            files.extend(walk(file));
        } else {
            files.push(file.clone());
        }
    }
    if files.is_empty() {
        return Err(CommandError::usage("nothing to read").hint("name a document; - reads standard input"));
    }
    let endpoint = Endpoint::of(&asked.choice)?;
    let is_only = files.len() == 1;
    let mut screen = Screen { lexicon, desk, endpoint, json: asked.json, is_only, console };
    let mut n_failed = 0;
    for file in &files {
        match bytes(file) {
            Ok((name, bytes)) => {
                let clock = screen.desk.clock();
                let (document, found) = servanda_read::read_document(&name, &bytes, clock, Some(&metadata));
                screen.show(&document, found)?;
            }
            Err(error) if screen.is_only => return Err(error),
            Err(error) => {
                n_failed += 1;
                console.error(&error);
            }
        }
    }
    Ok(if n_failed > 0 { Answer::No } else { Answer::Yes })
}

/// The case that is named, or the one that this folder lies in; a document can be read without any.
pub(super) fn case(common: &Common) -> Result<Option<Case>, CommandError> {
    match Case::find(common.case.as_deref()) {
        Ok(case) => Ok(Some(case)),
        Err(error) if common.case.is_some() => Err(error),
        Err(_) => Ok(None),
    }
}

/// Labels of the case, and of the general list of names where the case has none of its own.
fn words(case: Option<&Case>, desk: &Desk) -> Lexicon {
    let mut words = case.map(lexicon).unwrap_or_default();
    for actor in &desk.pack {
        words.actors.entry(actor.id.clone()).or_insert_with(|| actor.label.clone());
    }
    words
}

fn metadata(asked: &Read, desk: &Desk) -> Result<DocumentMetadata, CommandError> {
    let published = asked.published.as_deref();
    let published_at = published.map(|text| moment(text, "--published", desk.clock())).transpose()?;
    Ok(DocumentMetadata {
        published_at,
        publisher: asked.publisher.as_deref().map(Name::new),
        ..DocumentMetadata::default()
    })
}

fn bytes(file: &Path) -> Result<(String, Vec<u8>), CommandError> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
            CommandError::new(ErrorKind::File, format!("standard input cannot be read: {error}"))
        })?;
        return Ok(("-".to_owned(), bytes));
    }
    let bytes = std::fs::read(file).map_err(|error| CommandError::file("cannot read", file, &error))?;
    Ok((file.display().to_string(), bytes))
}

struct Screen<'c> {
    lexicon: Lexicon,
    desk: Desk,
    endpoint: Option<Endpoint>,
    json: bool,
    /// Whether there is one document: its one article is one object, else there is one a line.
    is_only: bool,
    console: &'c Console,
}

impl Screen<'_> {
    fn show(&mut self, document: &DocumentText, found: Vec<Diagnostic>) -> Result<(), CommandError> {
        let (articles, further) = self.desk.read(document);
        let n = articles.len();
        let mut remarks: Vec<Diagnostic> = found.into_iter().chain(further).collect();
        // What a document lacks for the record of a case matters there; that its dates stay open is said by the reader.
        remarks.retain(|found| found.code != "C126");
        let mut all: Vec<ReadArticle> = articles;
        if all.is_empty() {
            all.push(ReadArticle { article: Default::default(), claims: Vec::new(), remarks: Vec::new() });
        }
        for (at, mut article) in all.into_iter().enumerate() {
            if let Some(endpoint) = &self.endpoint {
                let (claims, found) = self.desk.proposed(document, &article, endpoint);
                let sentence = |claim: &servanda_model::Claim| {
                    let span = servanda_render::sentence(&document.text, claim.span);
                    (span, span.of(&document.text).unwrap_or_default().to_owned())
                };
                let claims = claims.into_iter().map(|claim| {
                    let (sentence_span, sentence) = sentence(&claim);
                    ReadClaim { claim, sentence_span, sentence }
                });
                article.claims.extend(claims);
                article.claims.sort_by_key(|read| (read.claim.span.start, read.claim.span.end));
                article.remarks.extend(found);
            }
            let number = (n > 1).then_some(at + 1);
            let own = std::mem::take(&mut remarks).into_iter().chain(article.remarks.clone()).collect();
            let view = self.view(document, &article, number, own);
            match (self.json, self.is_only && n <= 1) {
                (true, true) => self.console.json(&view)?,
                (true, false) => {
                    let line = serde_json::to_string(&view).map_err(|error| {
                        CommandError::new(ErrorKind::Record, format!("the answer has no JSON form: {error}"))
                    })?;
                    self.console.print(&format!("{line}\n"))?;
                }
                (false, _) => self.console.print(&text::read(&view, self.console.page()))?,
            }
        }
        Ok(())
    }

    fn view(
        &self,
        document: &DocumentText,
        article: &ReadArticle,
        number: Option<usize>,
        remarks: Vec<Diagnostic>,
    ) -> ReadView {
        let known = &article.article;
        let head = ArticleHead {
            number,
            title: known.title.clone(),
            publisher: known.publisher.clone(),
            published: known.published_on.map(|day| day.to_string()),
            url: known.url.clone(),
        };
        let claims: Vec<Sentenced<'_>> = article
            .claims
            .iter()
            .map(|read| Sentenced { claim: &read.claim, sentence: &read.sentence })
            .collect();
        let declares = |name: &Name| self.desk.declares(name);
        ReadView::new(&document.document, head, &document.text, &claims, remarks, (&self.lexicon, &declares))
    }
}
