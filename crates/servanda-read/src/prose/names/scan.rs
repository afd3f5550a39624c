//! Lays names and role nouns over the tokens of a text.

use std::collections::HashSet;
use std::ops::Range;

use servanda_language::{Analysis, Fine, Tag};
use servanda_model::Span;

use super::acronyms::{self, Definition};
use super::directory::{Directory, Meaning};
use super::lexicon::{Lexicon, Role};
use super::phrases::Phrases;
use super::words::{Word, words};
use crate::prose::{Block, Calendar};

/// At most so many acronyms of one text are taken up; a text with more is a list of them.
const MAX_DEFINITIONS: usize = 500;

/// Months as dates write them.
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub span: Span,
    pub tokens: Range<usize>,
    pub sense: Sense,
}

/// What the words of a hit can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// By the directory.
    Listed(Vec<Meaning>),
    /// By a definition of the text itself.
    Defined(usize),
}

/// A role noun in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RoleHit {
    pub span: Span,
    pub tokens: Range<usize>,
    pub role: Role,
}

/// A text with everything that was found in it so far.
pub(super) struct Scan<'a> {
    pub text: &'a str,
    pub analysis: &'a Analysis,
    pub directory: &'a Directory,
    pub lexicon: &'static Lexicon,
    pub published: Option<Calendar>,
    pub definitions: Vec<Definition>,
    pub hits: Vec<Hit>,
    pub roles: Vec<RoleHit>,
    /// For each token the hit that holds it.
    pub hit_of: Vec<Option<u32>>,
    /// For each token the role noun that holds it.
    pub role_of: Vec<Option<u32>>,
    /// For each sentence how many before it are not quoted as a whole.
    ranks: Vec<usize>,
}

impl<'a> Scan<'a> {
    pub fn new(
        text: &'a str,
        blocks: &[Block],
        analysis: &'a Analysis,
        directory: &'a Directory,
        published: Option<Calendar>,
    ) -> Scan<'a> {
        let n_tokens = analysis.tokens.len();
        let mut scan = Scan {
            text,
            analysis,
            directory,
            lexicon: Lexicon::builtin(),
            published,
            definitions: Vec::new(),
            hits: Vec::new(),
            roles: Vec::new(),
            hit_of: vec![None; n_tokens],
            role_of: vec![None; n_tokens],
            ranks: ranks(text, analysis),
        };
        let read = blocks.iter().filter(|block| block.role.is_read());
        let lists: Vec<Vec<Word>> = read.map(|block| words(text, block.span.start..block.span.end)).collect();
        let mut known = HashSet::new();
        scan.definitions = lists
            .iter()
            .flat_map(|list| acronyms::definitions(text, list))
            .filter(|one| known.insert((one.acronym.clone(), one.name.to_lowercase())))
            .take(MAX_DEFINITIONS)
            .collect();
        let defined = scan.defined();
        for list in &lists {
            scan.find_names(list, &defined);
            scan.find_roles(list);
        }
        scan
    }

    /// Long forms, acronyms and the ends of long forms ("the monitoring force") of what the text defines and the directory
    /// does not know.
    fn defined(&self) -> Phrases<(usize, bool)> {
        let mut phrases = Phrases::default();
        for (ix, definition) in self.definitions.iter().enumerate() {
            phrases.add(&definition.acronym, (ix, true));
            if self.directory.find(&definition.name).is_some() {
                continue;
            }
            phrases.add(&definition.name, (ix, false));
            let list = words(&definition.name, 0..definition.name.len());
            for word in list.iter().take(list.len().saturating_sub(1)).skip(1) {
                phrases.add(&definition.name[word.start..].to_lowercase(), (ix, false));
            }
        }
        phrases
    }

    fn find_names(&mut self, list: &[Word], defined: &Phrases<(usize, bool)>) {
        let span = |words: &Range<usize>| Span::new(list[words.start].start, list[words.end - 1].end);
        let mut found: Vec<(Span, Sense)> = Vec::new();
        if !self.definitions.is_empty() {
            for one in defined.find(self.text, list) {
                let at = span(&one.words);
                let holds = |(ix, is_acronym): &&(usize, bool)| {
                    !is_acronym || at.start >= self.definitions[*ix].since
                };
                // The last definition before these words holds.
                if let Some((ix, _)) = one.meanings.iter().rfind(holds) {
                    found.push((at, self.sense_of(*ix)));
                }
            }
        }
        // Both lists lie in order: of two that overlap the longer one holds, the text's own among equals.
        let (n_own, mut next) = (found.len(), 0);
        for one in self.directory.names.find(self.text, list) {
            let at = span(&one.words);
            while next < n_own && found[next].0.end <= at.start {
                next += 1;
            }
            let rival = Some(next).filter(|rival| *rival < n_own && found[*rival].0.start < at.end);
            match rival {
                Some(rival) if found[rival].0.len() >= at.len() => continue,
                Some(rival) => found[rival] = (at, Sense::Listed(one.meanings)),
                None => found.push((at, Sense::Listed(one.meanings))),
            }
        }
        found.sort_by_key(|(at, _)| at.start);
        for (span, sense) in found {
            let tokens = self.whole_tokens(span);
            if tokens.is_empty() || tokens.clone().any(|token| self.hit_of[token].is_some()) {
                continue;
            }
            // "4 and 17 May": whoever has the name of a month is not meant beside a day or a year.
            if tokens.len() == 1 && self.is_month_of_date(tokens.start) {
                continue;
            }
            for token in tokens.clone() {
                self.hit_of[token] = Some(self.hits.len() as u32);
            }
            self.hits.push(Hit { span, tokens, sense });
        }
    }

    /// What a definition of the text means: the actor that the directory knows by the long form, or the form itself.
    fn sense_of(&self, definition: usize) -> Sense {
        let meanings: Vec<Meaning> =
            self.directory.names.meanings(&self.definitions[definition].name).copied().collect();
        if meanings.iter().any(|meaning| matches!(meaning, Meaning::Actor(_))) {
            Sense::Listed(meanings)
        } else {
            Sense::Defined(definition)
        }
    }

    fn find_roles(&mut self, list: &[Word]) {
        for one in self.lexicon.roles.find(self.text, list) {
            let span = Span::new(list[one.words.start].start, list[one.words.end - 1].end);
            let tokens = self.whole_tokens(span);
            // "right-wing" and "party-led" say how, not who.
            let is_glued = self.text[..span.start].ends_with('-') || self.text[span.end..].starts_with('-');
            if tokens.is_empty() || is_glued {
                continue;
            }
            for token in tokens.clone() {
                self.role_of[token] = Some(self.roles.len() as u32);
            }
            self.roles.push(RoleHit { span, tokens, role: one.meanings[0] });
        }
    }

    /// The tokens of these bytes, all of one sentence; empty where the words do not fall on tokens.
    fn whole_tokens(&self, span: Span) -> Range<usize> {
        let tokens = self.analysis.tokens_in(span.start..span.end);
        let (Some(first), Some(last)) = (self.analysis.tokens.get(tokens.start), tokens.end.checked_sub(1))
        else {
            return 0..0;
        };
        if tokens.is_empty() || first.sentence != self.analysis.tokens[last].sentence { 0..0 } else { tokens }
    }

    pub fn hit(&self, token: usize) -> Option<&Hit> {
        self.hit_of[token].map(|ix| &self.hits[ix as usize])
    }

    /// The role noun at a token, unless a longer name holds it.
    pub fn role(&self, token: usize) -> Option<&RoleHit> {
        let role = self.role_of[token].map(|ix| &self.roles[ix as usize])?;
        match self.hit(token) {
            Some(hit) if hit.span.len() >= role.span.len() => None,
            _ => Some(role),
        }
    }

    pub fn word(&self, token: usize) -> &'a str {
        let token = &self.analysis.tokens[token];
        &self.text[token.start..token.end]
    }

    pub fn lower(&self, token: usize) -> String {
        self.word(token).to_lowercase()
    }

    pub fn tag(&self, token: usize) -> Tag {
        self.analysis.tokens[token].tag
    }

    pub fn fine(&self, token: usize) -> Fine {
        self.analysis.tokens[token].fine
    }

    /// How many sentences before that of a token are not quoted as a whole.
    pub fn rank(&self, token: usize) -> usize {
        self.ranks[self.analysis.tokens[token].sentence]
    }

    /// Tokens of the sentence that holds a token.
    pub fn sentence(&self, token: usize) -> Range<usize> {
        self.analysis.sentences[self.analysis.tokens[token].sentence].tokens.clone()
    }

    /// The token before, in the same sentence.
    pub fn before(&self, token: usize) -> Option<usize> {
        token.checked_sub(1).filter(|before| self.sentence(token).contains(before))
    }

    /// The token after, in the same sentence.
    pub fn after(&self, token: usize) -> Option<usize> {
        Some(token + 1).filter(|after| self.sentence(token).contains(after))
    }

    /// Whether a token is the month of a date: beside a day or a year ("17 May", "May 17", "May 2031").
    pub fn is_month_of_date(&self, token: usize) -> bool {
        let is_number = |token: usize| {
            let word = self.word(token).trim_end_matches("th").trim_end_matches("st").trim_end_matches("nd");
            let number: Option<u32> = word.trim_end_matches("rd").parse().ok();
            number.is_some_and(|number| (1..=31).contains(&number) || (1900..=2100).contains(&number))
        };
        MONTHS.contains(&self.word(token))
            && (self.before(token).is_some_and(is_number) || self.after(token).is_some_and(is_number))
    }

    /// Whether a token is the month, or the day before it, of a date written day first ("On 27 March chief monitors ..."):
    /// such words are no part of a name that follows. Names that begin with a month have the day behind it.
    pub fn is_in_date(&self, token: usize) -> bool {
        let is_day = |token: usize| self.word(token).parse().is_ok_and(|day: u32| (1..=31).contains(&day));
        let is_month = |token: usize| {
            MONTHS.contains(&self.word(token))
                && self.hit(token).is_none()
                && self.before(token).is_some_and(is_day)
        };
        is_month(token) || is_day(token) && self.after(token).is_some_and(is_month)
    }

    pub fn is_capital(&self, token: usize) -> bool {
        self.word(token).starts_with(char::is_uppercase)
    }
}

/// For each sentence how many before it have a word outside of quotation marks.
fn ranks(text: &str, analysis: &Analysis) -> Vec<usize> {
    let (mut ranks, mut n_open, mut is_quoted) = (Vec::with_capacity(analysis.sentences.len()), 0, false);
    let mut end = 0;
    for sentence in &analysis.sentences {
        ranks.push(n_open);
        // A quotation that is not closed ends with its paragraph at the latest.
        is_quoted &= !text[end..sentence.start.max(end)].contains("\n\n");
        end = sentence.end.max(end);
        let mut has_open = false;
        for token in sentence.tokens.clone() {
            match analysis.word(text, token) {
                "“" | "«" | "„" | "``" => is_quoted = true,
                "”" | "»" | "''" => is_quoted = false,
                "\"" => is_quoted = !is_quoted,
                _ => has_open |= !is_quoted && analysis.tokens[token].tag != Tag::Punct,
            }
        }
        n_open += usize::from(has_open);
    }
    ranks
}
