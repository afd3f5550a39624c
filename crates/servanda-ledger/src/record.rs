//! Records: one signed statement by one author, tied to the author's statement before it.

use std::ops::Deref;

use ed25519_dalek::{Signature, VerifyingKey};
use servanda_model::{AuthorId, FieldHasher, Hash32, Instant, RecordId};

use crate::key::Author;

/// Largest body of a record, in bytes. A claim is about 600; the limit keeps a hostile bundle from filling memory.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// Largest number in a chain: what databases can hold.
pub const MAX_SEQ: u64 = i64::MAX as u64;

/// What a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// What is known about a document: its SHA-256, path, publisher ([`servanda_model::Document`]).
    Document,
    /// One assertion in quoted words ([`servanda_model::Claim`]).
    Claim,
    /// A person's judgement ([`servanda_model::Ruling`]).
    Ruling,
    /// The author takes back an own claim or ruling ([`crate::Retraction`]).
    Retraction,
    /// A JSON object that this version keeps, signs and passes on without reading it.
    Notice,
}

impl RecordKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [RecordKind; 5] = [
        RecordKind::Document,
        RecordKind::Claim,
        RecordKind::Ruling,
        RecordKind::Retraction,
        RecordKind::Notice,
    ];

    /// The word that bundles and hashes use.
    pub const fn as_str(self) -> &'static str {
        match self {
            RecordKind::Document => "document",
            RecordKind::Claim => "claim",
            RecordKind::Ruling => "ruling",
            RecordKind::Retraction => "retraction",
            RecordKind::Notice => "notice",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One entry of an author's chain, as written or as received. Nothing is promised about it until [`Record::check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Who signs: the Ed25519 public key.
    pub author: AuthorId,
    /// Position in the author's chain, from 0.
    pub seq: u64,
    /// The author's record before this one; zeros for the first.
    pub prev: RecordId,
    /// When the author says it was recorded; never earlier than the record before.
    pub recorded_at: Instant,
    /// What the body is.
    pub kind: RecordKind,
    /// Canonical JSON, at most [`MAX_BODY_BYTES`].
    pub body: Vec<u8>,
    /// Ed25519 signature over the 32 bytes of the id.
    pub signature: [u8; 64],
}

/// The last record of a chain: what the next one must follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tip {
    /// Its position.
    pub seq: u64,
    /// Its id.
    pub id: RecordId,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// Why a record cannot stand by itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The author is no point of the curve, or a weak one that fits any signature.
    #[error("the author {0} is not a usable public key")]
    NoKey(AuthorId),
    /// The signature was not made by the author over this id.
    #[error("the signature does not fit: it was not made by {} over this record", .0.short())]
    Signature(AuthorId),
    /// Body longer than [`MAX_BODY_BYTES`].
    #[error("the body has {0} bytes; a record holds at most {MAX_BODY_BYTES}")]
    TooLong(usize),
    /// A number above [`MAX_SEQ`].
    #[error("the number {0} in the chain is too large")]
    TooFar(u64),
    /// The moment is not within years -9999 to 9999.
    #[error("the time recorded lies outside the years -9999 to 9999")]
    NoTime,
    /// The body is not what its kind calls for.
    #[error(transparent)]
    Body(#[from] crate::body::BodyError),
}

impl Record {
    /// Id: hash over the length-prefixed fields except the signature.
    pub fn id(&self) -> RecordId {
        RecordId(
            FieldHasher::new("servanda.record.v1")
                .field(&self.author.0.0)
                .field(&self.seq.to_le_bytes())
                .field(&self.prev.0.0)
                .field(&self.recorded_at.ms().to_le_bytes())
                .field(self.kind.as_str().as_bytes())
                .field(&self.body)
                .finish(),
        )
    }

    /// Checks bounds and signature; the body is taken as it stands (see [`crate::Body::from_json`]).
    ///
    /// # Errors
    /// [`RecordError`] with what does not fit.
    pub fn check(self) -> Result<Sealed, RecordError> {
        let id = self.id();
        self.check_bounds()?;
        check_signature(&verifying_key(&self.author)?, &self.author, &id, &self.signature)?;
        Ok(Sealed { record: self, id })
    }

    pub(crate) fn check_bounds(&self) -> Result<(), RecordError> {
        if self.body.len() > MAX_BODY_BYTES {
            return Err(RecordError::TooLong(self.body.len()));
        }
        if self.seq > MAX_SEQ {
            return Err(RecordError::TooFar(self.seq));
        }
        if self.recorded_at.to_timestamp().is_none() {
            return Err(RecordError::NoTime);
        }
        Ok(())
    }
}

/// The key that an author id stands for.
///
/// # Errors
/// [`RecordError::NoKey`] for bytes that are no key, or a key of small order, under which signatures prove nothing.
pub(crate) fn verifying_key(author: &AuthorId) -> Result<VerifyingKey, RecordError> {
    VerifyingKey::from_bytes(&author.0.0).ok().filter(|key| !key.is_weak()).ok_or(RecordError::NoKey(*author))
}

/// Strict verification: one signature has one meaning, and small-order tricks are refused.
pub(crate) fn check_signature(
    key: &VerifyingKey,
    author: &AuthorId,
    id: &RecordId,
    signature: &[u8; 64],
) -> Result<(), RecordError> {
    key.verify_strict(&id.0.0, &Signature::from_bytes(signature)).map_err(|_| RecordError::Signature(*author))
}

/// A record whose signature is known to fit, with its id.
///
/// Invariant: made only by signing or by checking, so a store that takes `Sealed` never keeps a record of doubtful author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    record: Record,
    id: RecordId,
}

impl Sealed {
    /// Signs a body as the record after `tip`.
    ///
    /// `now` is bumped to one millisecond after the tip where the clock went back.
    ///
    /// # Errors
    /// A body that its kind does not allow, too long, or a moment outside the years -9999 to 9999.
    pub fn sign(
        author: &Author,
        tip: Option<Tip>,
        kind: RecordKind,
        body: Vec<u8>,
        now: Instant,
    ) -> Result<Sealed, RecordError> {
        crate::body::Body::check_json(kind, &body)?;
        Sealed::sign_checked(author, tip, kind, body, now)
    }

    pub(crate) fn sign_checked(
        author: &Author,
        tip: Option<Tip>,
        kind: RecordKind,
        body: Vec<u8>,
        now: Instant,
    ) -> Result<Sealed, RecordError> {
        let recorded_at = match tip {
            Some(tip) if now < tip.recorded_at => tip.recorded_at.plus_ms(1),
            _ => now,
        };
        let mut record = Record {
            author: author.id(),
            seq: tip.map_or(0, |tip| tip.seq + 1),
            prev: tip.map_or(RecordId(Hash32::default()), |tip| tip.id),
            recorded_at,
            kind,
            body,
            signature: [0; 64],
        };
        record.check_bounds()?;
        let id = record.id();
        record.signature = author.sign(&id);
        Ok(Sealed { record, id })
    }

    /// For checks done elsewhere in this crate, in parallel.
    pub(crate) fn new_checked(record: Record, id: RecordId) -> Sealed {
        Sealed { record, id }
    }

    /// Its id.
    pub fn id(&self) -> RecordId {
        self.id
    }

    /// What a record after this one follows.
    pub fn tip(&self) -> Tip {
        Tip { seq: self.record.seq, id: self.id, recorded_at: self.record.recorded_at }
    }

    /// The record without its promise.
    pub fn into_record(self) -> Record {
        self.record
    }
}

impl Deref for Sealed {
    type Target = Record;
    fn deref(&self) -> &Record {
        &self.record
    }
}
