//! Reading documents: what the reader stands on, put together once and used from any number of threads.

use std::ops::Range;

use servanda_language::{Model, analyse};
use servanda_model::{Actor, Claim, Diagnostic, Name, Place, Severity};
use servanda_read::input::{Article, articles};
use servanda_read::proposals::{self, Ground};
use servanda_read::prose::attribution::Cues;
use servanda_read::prose::frames::Lexicon;
use servanda_read::prose::names::{Directory, mentions};
use servanda_read::prose::{KindRules, ReadClaim, Reader};
use servanda_read::{Clock, DocumentText};

use crate::case::Case;
use crate::model::Endpoint;
use crate::out::Console;

/// States, their seats and adjectives: names that every case may need, in a file of their own.
const STATES: &str = include_str!("../../../names/states.toml");
const PLACES: &str = include_str!("../../../names/places.toml");

/// What the rules that read are called in records; a reading by other rules is another reading.
pub(crate) const READER: &str = concat!("servanda ", env!("CARGO_PKG_VERSION"));

/// What the reader stands on.
pub(crate) struct Desk {
    directory: Directory,
    lexicon: Lexicon,
    rules: KindRules,
    clock: Clock,
    /// Actors of the general list, for labels.
    pub pack: Vec<Actor>,
    declared: Vec<Name>,
    /// What is wrong with the files that were needed.
    diagnostics: Vec<Diagnostic>,
}

/// One article of a document with its claims.
pub(crate) struct ReadArticle {
    pub article: Article,
    pub claims: Vec<ReadClaim>,
    pub remarks: Vec<Diagnostic>,
}

impl Desk {
    /// For the documents of a case, or for any document where there is none.
    pub(crate) fn new(case: Option<&Case>) -> Desk {
        let (pack, mut diagnostics) = servanda_read::actors("names/states.toml", STATES);
        let (actors, places): (&[Actor], _) =
            case.map_or((&[], &[][..]), |case| (&case.actors, case.places.as_slice()));
        let (general, found) = servanda_read::places("names/places.toml", PLACES);
        diagnostics.extend(found);
        // Of two places of one name the first holds: the case's own.
        let places: Vec<Place> = places.iter().cloned().chain(general).collect();
        let directory = Directory::new(actors, &places, &pack);
        let own = case.and_then(|case| std::fs::read_to_string(case.dir.join("reading.toml")).ok());
        let lexicon = match own {
            Some(text) => {
                let (lexicon, found) = Lexicon::builtin().with("reading.toml", &text);
                diagnostics.extend(found);
                lexicon
            }
            None => Lexicon::builtin().clone(),
        };
        Desk {
            directory,
            lexicon,
            rules: case.map_or_else(KindRules::default, |case| case.reading.clone()),
            clock: case.map_or_else(Clock::utc, |case| case.file.clock.clone()),
            pack,
            declared: actors.iter().map(|actor| actor.id.clone()).collect(),
            diagnostics,
        }
    }

    /// Says what is wrong with the files that reading stands on; it goes on with what can be used.
    pub(crate) fn tell(&self, console: &Console) {
        for found in self.diagnostics.iter().filter(|found| found.severity > Severity::Remark) {
            console.say(&format!("{}: {} {}", found.file, found.code, found.message));
        }
    }

    /// The clock that dates are read by.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Whether the case declares an actor of that name.
    pub(crate) fn declares(&self, name: &Name) -> bool {
        self.declared.contains(name)
    }

    /// What a language model proposes beside what the rules read of an article, as far as the document bears it out.
    pub(crate) fn proposed(
        &self,
        document: &DocumentText,
        read: &ReadArticle,
        endpoint: &Endpoint,
    ) -> (Vec<Claim>, Vec<Diagnostic>) {
        let (file, article) = (&document.document.path, &read.article);
        let prose = &article.prose;
        let published = article.published_on.map(|day| day.to_string());
        let mut proposed = Vec::new();
        let mut remarks = Vec::new();
        for part in proposals::parts(prose) {
            if endpoint.is_silent() {
                remarks.push(proposals::unanswered(
                    file,
                    &endpoint.name,
                    "it was silent too often and is not asked any more",
                ));
                break;
            }
            let request = proposals::request(&part, published.as_deref(), &endpoint.name);
            match endpoint.ask(&request) {
                Err(why) => {
                    remarks.push(proposals::unanswered(file, &endpoint.name, &why));
                    break;
                }
                Ok(answer) => match proposals::proposals(&answer) {
                    Ok((list, _)) => proposed.extend(list),
                    Err(why) => remarks.push(proposals::unreadable(file, &endpoint.name, &why)),
                },
            }
        }
        if proposed.is_empty() {
            return (Vec::new(), remarks);
        }
        let blocks: Vec<Range<usize>> = prose
            .blocks
            .iter()
            .filter(|block| block.role.is_read())
            .map(|block| block.span.start..block.span.end)
            .collect();
        let analysis = analyse(Model::builtin(), &prose.text, &blocks);
        let who = mentions(&prose.text, &prose.blocks, &analysis, &self.directory, article.published_on);
        let known: Vec<Claim> = read.claims.iter().map(|read| read.claim.clone()).collect();
        let ground = Ground::new(
            document.document.id,
            &document.text,
            prose,
            &who,
            &known,
            article.publisher.as_ref(),
            article.published_on,
            &self.clock,
        );
        let checked = proposals::checked(&proposed, &ground, &endpoint.name);
        remarks.extend(proposals::outcome(file, &endpoint.name, &checked));
        (checked.claims, remarks)
    }

    /// Reads a document: its articles with their claims, and what the input could not use.
    pub(crate) fn read(&self, document: &DocumentText) -> (Vec<ReadArticle>, Vec<Diagnostic>) {
        let reader = Reader {
            model: Model::builtin(),
            directory: &self.directory,
            lexicon: &self.lexicon,
            cues: Cues::builtin(),
            rules: &self.rules,
            clock: &self.clock,
        };
        let (articles, found) = articles(document, &self.clock);
        let read = articles.into_iter().map(|article| {
            let reading = reader.read(&document.document, &article);
            let named = |found: Diagnostic| found.in_file(&document.document.path);
            let remarks = reading.remarks.into_iter().map(named).collect();
            ReadArticle { article, claims: reading.claims, remarks }
        });
        (read.collect(), found)
    }
}
