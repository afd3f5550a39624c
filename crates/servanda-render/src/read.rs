//! The read screen: the claims of one article with everything that was read of each (`read.v1`).
//!
//! Fields and their meaning are those of CLAIMS in the design; keys are always there, `null` where nothing was read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{
    Attribution, AttributionRole, Claim, ClaimKind, CommitmentLevel, Condition, DateBasis, Diagnostic,
    Document, DocumentId, LineColumn, Modality, Name, Number, Polarity, Quantity, QuoteType, Span, Tense,
};

use crate::check::PlacedDiagnostic;
use crate::civil::Civil;
use crate::claim_words::{FieldWords, claim_words};
use crate::lexicon::Lexicon;

/// A place in the document's text, by characters and by bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// First character (Unicode code point), from 0.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// First byte of the text in UTF-8.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
}

/// Words with their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlacedWords {
    /// The words.
    pub text: String,
    /// Where they stand.
    #[serde(flatten)]
    pub place: Place,
}

/// One link of a chain, outermost first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LinkRow {
    /// Narrator or source.
    pub role: AttributionRole,
    /// Who, by label.
    pub name: String,
}

/// A date as worded, and its closed interval of civil days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateRow {
    /// The words.
    pub text: String,
    /// First day (`YYYY-MM-DD`).
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// How the days were found.
    pub basis: DateBasis,
    /// Grain of the wording.
    pub granularity: Option<String>,
}

/// A figure: `value` where the words give one number, `min` and `max` where they give bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuantityRow {
    /// The words.
    pub text: String,
    /// `count`, `percent`, `money`, `duration` or `measure`.
    #[serde(rename = "type")]
    pub sort: String,
    /// Unit in the singular; empty for a bare number.
    pub unit: String,
    /// The number, where there is one.
    pub value: Option<Number>,
    /// Lower bound, where the words give bounds.
    pub min: Option<Number>,
    /// Upper bound, where the words give bounds.
    pub max: Option<Number>,
    /// Whether the words call it approximate.
    pub approx: bool,
    /// What a further figure is (`killed`, `whole`, `percent`, ...); `null`: the figure that counts.
    pub role: Option<Name>,
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimRow {
    /// Sort of proposition.
    pub kind: ClaimKind,
    /// The words: verbatim.
    pub quote: String,
    /// Where they stand.
    #[serde(flatten)]
    pub place: Place,
    /// The sentence that holds them.
    pub sentence: String,
    /// How they are quoted.
    pub quote_type: QuoteType,
    /// Who says it, by label; `null`: the narrator.
    pub speaker: Option<String>,
    /// The speaker's id, where the case declares it.
    pub speaker_id: Option<Name>,
    /// Where the document names the speaker.
    pub speaker_span: Option<Place>,
    /// The word that says so.
    pub cue: Option<PlacedWords>,
    /// Chain of attribution, outermost first.
    pub attribution: Vec<LinkRow>,
    /// Who acts, by label.
    pub actor: Vec<String>,
    /// Ids of those who act, one for each label; `null` where the case does not declare it.
    pub actor_ids: Vec<Option<Name>>,
    /// Who is acted upon, or receives, by label.
    pub target: Vec<String>,
    /// Their ids, one for each label.
    pub target_ids: Vec<Option<Name>>,
    /// Short verb phrase in the affirmative.
    pub action: Option<String>,
    /// Whether the wording affirms or denies.
    pub polarity: Polarity,
    /// Category of the PLOVER manual, with mode.
    pub plover: Option<String>,
    /// How the wording holds it.
    pub modality: Modality,
    /// Grammatical time.
    pub tense: Tense,
    /// Condition on it.
    pub condition: Option<Condition>,
    /// How firm a participation or pledge is.
    pub commitment_level: Option<CommitmentLevel>,
    /// What it is about.
    pub issue: Option<Name>,
    /// When, as worded.
    pub date: Option<DateRow>,
    /// Figures.
    pub quantities: Vec<QuantityRow>,
    /// Whether it stands in headline or standfirst.
    pub headline: bool,
    /// Further places of the same words.
    pub duplicate_spans: Vec<Place>,
    /// Kind of the case's agreement that it is an instance of.
    pub event_kind: Option<Name>,
    /// Place of the case's gazetteer.
    pub place_id: Option<Name>,
    /// Which rules produced it.
    pub rule: Vec<String>,
    /// The fields in words, for screens.
    #[serde(skip)]
    pub said: Vec<FieldWords>,
}

/// What is known of the document that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRow {
    /// SHA-256 of its bytes.
    pub id: DocumentId,
    /// As it was named.
    pub path: String,
    /// Which article of a document of several, from 1; `null`: it is one.
    pub article: Option<usize>,
    /// What the bytes were taken for.
    pub media_type: String,
    /// Encoding that the text was decoded from.
    pub encoding: String,
    /// Title.
    pub title: Option<String>,
    /// Who published it, by label.
    pub publisher: Option<String>,
    /// Its id, where the case declares it.
    pub publisher_id: Option<Name>,
    /// Civil day of publication; `null`: not known, and never today.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Length of its text in characters.
    pub n_characters: usize,
}

/// The claims of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadView {
    /// `read.v1`.
    pub schema: String,
    /// The document.
    pub document: DocumentRow,
    /// Its claims, in the order of the text.
    pub claims: Vec<ClaimRow>,
    /// What was not read, or should be known.
    pub remarks: Vec<PlacedDiagnostic>,
}

/// A claim with the sentence that holds it.
#[derive(Clone, Debug)]
pub struct Sentenced<'r> {
    /// The claim.
    pub claim: &'r Claim,
    /// The sentence.
    pub sentence: &'r str,
}

/// What an article is, beside what is on record about its document.
#[derive(Clone, Debug, Default)]
pub struct ArticleHead {
    /// Which article of several, from 1.
    pub number: Option<usize>,
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<Name>,
    /// Civil day of publication.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
}

impl ReadView {
    /// The screen. `text` is the document's text; `declared`: which names the case declares.
    pub fn new(
        document: &Document,
        head: ArticleHead,
        text: &str,
        claims: &[Sentenced<'_>],
        remarks: Vec<Diagnostic>,
        (lexicon, declared): (&Lexicon, &dyn Fn(&Name) -> bool),
    ) -> ReadView {
        let points = Points::new(text);
        let rows = Rows { points: &points, lexicon, declared, civil: Civil::new("UTC") };
        let placed = |diagnostic: Diagnostic| {
            let at =
                Some(LineColumn::of(text, diagnostic.span.start)).filter(|_| !diagnostic.span.is_empty());
            PlacedDiagnostic { line: at.map(|at| at.line), column: at.map(|at| at.column), diagnostic }
        };
        ReadView {
            schema: "read.v1".to_owned(),
            document: DocumentRow {
                id: document.id,
                path: document.path.clone(),
                article: head.number,
                media_type: document.media_type.clone(),
                encoding: document.encoding.clone(),
                title: head.title,
                publisher: head.publisher.as_ref().map(|name| lexicon.actor(name).to_owned()),
                publisher_id: rows.id(head.publisher.as_ref()),
                published: head.published,
                url: head.url,
                n_characters: points.of(text.len()),
            },
            claims: claims.iter().map(|one| rows.claim(one)).collect(),
            remarks: remarks.into_iter().map(placed).collect(),
        }
    }
}

struct Rows<'r> {
    points: &'r Points<'r>,
    lexicon: &'r Lexicon,
    declared: &'r dyn Fn(&Name) -> bool,
    civil: Civil,
}

impl Rows<'_> {
    fn id(&self, name: Option<&Name>) -> Option<Name> {
        name.filter(|name| (self.declared)(name)).cloned()
    }

    fn labels(&self, names: &[Name]) -> (Vec<String>, Vec<Option<Name>>) {
        let labels = names.iter().map(|name| self.lexicon.actor(name).to_owned()).collect();
        (labels, names.iter().map(|name| self.id(Some(name))).collect())
    }

    fn claim(&self, one: &Sentenced<'_>) -> ClaimRow {
        let claim = one.claim;
        let (actor, actor_ids) = self.labels(&claim.actors);
        let (target, target_ids) = self.labels(&claim.targets);
        let link =
            |link: &Attribution| LinkRow { role: link.role, name: self.lexicon.actor(&link.name).to_owned() };
        let cue = claim.cue.as_ref();
        let place = |span: Span| self.points.place(span);
        ClaimRow {
            kind: claim.kind,
            quote: claim.quote.clone(),
            place: place(claim.span),
            sentence: one.sentence.to_owned(),
            quote_type: claim.quote_type,
            speaker: claim.speaker.as_ref().map(|name| self.lexicon.actor(name).to_owned()),
            speaker_id: self.id(claim.speaker.as_ref()),
            speaker_span: claim.speaker_span.map(place),
            cue: cue.map(|cue| PlacedWords { text: cue.text.clone(), place: place(cue.span) }),
            attribution: claim.attribution.iter().map(link).collect(),
            actor,
            actor_ids,
            target,
            target_ids,
            action: Some(claim.action.clone()).filter(|action| !action.is_empty()),
            polarity: claim.polarity,
            plover: claim.plover.clone(),
            modality: claim.modality,
            tense: claim.tense,
            condition: claim.condition.clone(),
            commitment_level: claim.commitment_level,
            issue: claim.issue.clone(),
            date: claim.date.as_ref().map(|date| DateRow {
                text: date.text.clone(),
                start: date.start.clone(),
                end: date.end.clone(),
                basis: date.basis,
                granularity: date.granularity.clone(),
            }),
            quantities: claim.quantities.iter().map(quantity).collect(),
            headline: claim.headline,
            duplicate_spans: claim.duplicate_spans.iter().copied().map(place).collect(),
            event_kind: claim.event_kind.clone(),
            place_id: claim.place.clone(),
            rule: claim.rule.clone(),
            said: claim_words(claim, self.lexicon, &self.civil),
        }
    }
}

fn quantity(quantity: &Quantity) -> QuantityRow {
    let is_one = quantity.low == quantity.high && quantity.low.is_some();
    let value = if is_one { quantity.best.or(quantity.low) } else { None };
    let is_bare = quantity.low.is_none() && quantity.high.is_none();
    QuantityRow {
        text: quantity.as_written.clone(),
        sort: sort_of(&quantity.unit).to_owned(),
        unit: quantity.unit.clone(),
        value: if is_bare { quantity.best } else { value },
        min: if is_one { None } else { quantity.low },
        max: if is_one { None } else { quantity.high },
        approx: quantity.approx,
        role: quantity.role.clone(),
    }
}

/// What sort of figure has that unit.
fn sort_of(unit: &str) -> &'static str {
    const DURATIONS: [&str; 8] = ["second", "minute", "hour", "day", "week", "month", "year", "decade"];
    const MEASURES: [&str; 20] = [
        "km",
        "kilometre",
        "m",
        "metre",
        "cm",
        "mile",
        "foot",
        "tonne",
        "ton",
        "kg",
        "kilogram",
        "gram",
        "litre",
        "hectare",
        "acre",
        "km2",
        "square kilometre",
        "kcal",
        "megawatt",
        "degree",
    ];
    const MONEY: [&str; 12] =
        ["usd", "eur", "gbp", "ils", "uah", "rub", "chf", "jpy", "dollar", "euro", "pound", "shekel"];
    match unit {
        "percent" | "percentage point" => "percent",
        unit if DURATIONS.contains(&unit) => "duration",
        unit if MEASURES.contains(&unit) => "measure",
        unit if MONEY.contains(&unit) => "money",
        _ => "count",
    }
}

/// Counts characters before a byte, without walking through the whole text each time.
struct Points<'t> {
    text: &'t str,
    /// Characters before each multiple of [`STEP`] bytes (the character that lies across it left out).
    steps: Vec<usize>,
}

const STEP: usize = 4096;

impl<'t> Points<'t> {
    fn new(text: &'t str) -> Points<'t> {
        let mut steps = Vec::with_capacity(text.len() / STEP + 1);
        let mut n = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            steps.push(n);
            n += chunk.iter().filter(|byte| is_first(**byte)).count();
        }
        Points { text, steps }
    }

    /// Characters that begin before a byte.
    fn of(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let step = (byte / STEP).min(self.steps.len().saturating_sub(1));
        let from = step * STEP;
        let rest = &self.text.as_bytes()[from..byte];
        self.steps.get(step).copied().unwrap_or(0) + rest.iter().filter(|byte| is_first(**byte)).count()
    }

    fn place(&self, span: Span) -> Place {
        Place {
            start: self.of(span.start),
            end: self.of(span.end),
            byte_start: span.start,
            byte_end: span.end,
        }
    }
}

/// Whether a byte begins a character of UTF-8.
fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_across_steps() {
        let text = "aé\u{2014}\u{1f600}".repeat(3000);
        let points = Points::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate().step_by(37) {
            assert_eq!(points.of(byte), n);
        }
        assert_eq!(points.of(text.len()), 12_000);
        assert_eq!(Points::new("").of(0), 0);
    }

    #[test]
    fn a_figure_has_a_value_or_bounds() {
        let row = quantity(&Quantity::exactly(12, "truck"));
        assert_eq!(
            (row.value, row.min, row.max, row.sort.as_str()),
            (Some(Number::whole(12)), None, None, "count")
        );
        let open = Quantity { low: Some(Number::whole(6)), unit: "day".to_owned(), ..Quantity::default() };
        let row = quantity(&open);
        assert_eq!(
            (row.value, row.min, row.max, row.sort.as_str()),
            (None, Some(Number::whole(6)), None, "duration")
        );
    }
}
