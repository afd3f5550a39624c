//! What was learned from the treebank: words, groups of words, and weights.

use std::sync::OnceLock;

use crate::code::{Damaged, Reader, put_number};
use crate::hash::Hash;
use crate::lemmas::Lemmas;
use crate::look::{Look, word_hash};
use crate::parser::steps::Steps;
use crate::table::{MAX_LABELS, Row, Table};
use crate::tagger::TagNumber;
use crate::{Fine, Relation, Tag};

/// First bytes of a model file; the last is the version of its form.
const MAGIC: &[u8; 8] = b"SVLANG\0\x01";

/// The file that the program carries.
static BUILTIN: &[u8] = include_bytes!("../data/english-ewt.model");

/// Weights and words learned from the treebank, see `docs/methods/language.md`.
#[derive(Debug, Default)]
pub struct Model {
    /// Universal and Penn tag of each tag number.
    pub(crate) tags: Vec<(Tag, Fine)>,
    /// Universal tag of each tag number, as a number.
    pub(crate) coarse: Vec<u8>,
    /// Words that were seen often enough to be ones.
    known: Vec<Hash>,
    /// Tag of words that have only one, sorted by word.
    fixed: Vec<(Hash, u16)>,
    /// Group of each word, sorted by word.
    clusters: Vec<(Hash, u16)>,
    pub(crate) lemmas: Lemmas,
    pub(crate) tagger: Table,
    pub(crate) actions: Steps,
    pub(crate) relations: Table,
}

/// The parts of a model before they are written.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Universal and Penn tag of each tag number.
    pub tags: Vec<(Tag, Fine)>,
    /// Known words, sorted.
    pub known: Vec<Hash>,
    /// Tag of words that have only one, sorted by word.
    pub fixed: Vec<(Hash, u16)>,
    /// Group of each word, sorted by word; groups begin at 2.
    pub clusters: Vec<(Hash, u16)>,
    /// Edits that make lemmas.
    pub lemmas: Lemmas,
    /// Weights of the tagger, of the parser's actions and of its relations, each sorted by feature.
    pub tables: [Vec<Row>; 3],
}

impl Model {
    /// The number of a pair of tags, where the treebank has it.
    pub(crate) fn tag_number(&self, pair: (Tag, Fine)) -> Option<TagNumber> {
        self.tags.iter().position(|known| *known == pair).map(|number| number as TagNumber)
    }

    /// The model that the program carries; decoded once.
    ///
    /// # Panics
    /// Never with the file that is committed: a test decodes it.
    pub fn builtin() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::decode(BUILTIN).expect("the committed model file is whole"))
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// The bytes are not a model file of this version, or damaged.
    pub fn decode(bytes: &[u8]) -> Result<Model, Damaged> {
        let mut reader = Reader::new(bytes.strip_prefix(MAGIC).ok_or(Damaged)?);
        let mut model = Model::default();
        for _ in 0..reader.count()? {
            let (tag, fine) = (reader.byte()?, reader.byte()?);
            let tag = *Tag::ALL.get(usize::from(tag)).ok_or(Damaged)?;
            model.tags.push((tag, *Fine::ALL.get(usize::from(fine)).ok_or(Damaged)?));
            model.coarse.push(tag as u8);
        }
        let mut word: Hash = 0;
        for _ in 0..reader.count()? {
            word = word.wrapping_add(reader.number()?);
            model.known.push(word);
        }
        model.fixed = decode_pairs(&mut reader)?;
        model.clusters = decode_pairs(&mut reader)?;
        if model.fixed.iter().any(|(_, tag)| usize::from(*tag) >= model.tags.len()) {
            return Err(Damaged);
        }
        model.lemmas = Lemmas::decode(&mut reader)?;
        model.tagger = Table::decode(&mut reader)?;
        model.actions = Steps::decode(&mut reader)?;
        model.relations = Table::decode(&mut reader)?;
        let fits =
            model.tagger.n_labels() == model.tags.len() && model.relations.n_labels() == Relation::ALL.len();
        if fits && reader.is_done() { Ok(model) } else { Err(Damaged) }
    }

    /// Whether a word in small letters was seen often enough to be one.
    pub fn is_known(&self, word: &str) -> bool {
        self.known.binary_search(&word_hash(word)).is_ok()
    }

    /// The look of a form, with its group and its tag if it has only one.
    pub(crate) fn look(&self, form: &str, room: &mut Vec<u8>) -> Look {
        look(form, &self.clusters, &self.fixed, room)
    }
}

fn look(form: &str, clusters: &[(Hash, u16)], fixed: &[(Hash, u16)], room: &mut Vec<u8>) -> Look {
    let mut look = Look::new(form, room);
    look.cluster = of_word(clusters, look.word).map_or(0, u32::from);
    look.only_tag = of_word(fixed, look.form).map(|tag| tag as TagNumber);
    look
}

/// What a sorted list says of a word.
fn of_word(list: &[(Hash, u16)], word: Hash) -> Option<u16> {
    list.binary_search_by_key(&word, |(word, _)| *word).ok().map(|at| list[at].1)
}

fn encode_pairs(pairs: &[(Hash, u16)], out: &mut Vec<u8>) {
    put_number(out, pairs.len() as u32);
    let mut before = 0;
    for (word, number) in pairs {
        put_number(out, word.wrapping_sub(before));
        put_number(out, u32::from(*number));
        before = *word;
    }
}

fn decode_pairs(reader: &mut Reader<'_>) -> Result<Vec<(Hash, u16)>, Damaged> {
    let mut pairs = Vec::new();
    let mut word: Hash = 0;
    for _ in 0..reader.count()? {
        word = word.wrapping_add(reader.number()?);
        pairs.push((word, u16::try_from(reader.number()?).map_err(|_| Damaged)?));
    }
    Ok(pairs)
}

impl Parts {
    /// The bytes of a model file.
    pub fn encode(&self) -> Vec<u8> {
        debug_assert!(self.tags.len() <= MAX_LABELS);
        let mut out = MAGIC.to_vec();
        put_number(&mut out, self.tags.len() as u32);
        self.tags.iter().for_each(|(tag, fine)| out.extend([*tag as u8, *fine as u8]));
        put_number(&mut out, self.known.len() as u32);
        let mut before = 0;
        for word in &self.known {
            put_number(&mut out, word.wrapping_sub(before));
            before = *word;
        }
        encode_pairs(&self.fixed, &mut out);
        encode_pairs(&self.clusters, &mut out);
        self.lemmas.encode(&mut out);
        let n_labels = [self.tags.len(), 3, Relation::ALL.len()];
        self.tables.iter().zip(n_labels).for_each(|(rows, n)| Table::encode(n, rows, &mut out));
        out
    }

    /// The look of a form, with its group and its tag if it has only one.
    pub fn look(&self, form: &str) -> Look {
        look(form, &self.clusters, &self.fixed, &mut Vec::new())
    }
}
