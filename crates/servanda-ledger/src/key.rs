//! Keys of authors. The secret half is given by the caller; this crate makes no randomness.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey};
use servanda_model::{AuthorId, Hash32, RecordId};
use zeroize::{Zeroize, Zeroizing};

const HEADER: &str =
    "servanda signing key v1. Keep this file to yourself: whoever has it can write in your name.";

/// Longest label of a key, in bytes.
pub const MAX_LABEL_BYTES: usize = 200;

/// Someone who can sign: a secret key with a label for people.
///
/// The secret is wiped from memory when dropped and never shown by `Debug`.
pub struct Author {
    key: SigningKey,
    label: String,
}

impl fmt::Debug for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Author({} {:?})", self.id().short(), self.label)
    }
}

/// Why a text is no key file. Never quotes the text: it may hold a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// The first line is not the header of a key file.
    #[error(
        "this is not a servanda signing key: its first line does not begin with 'servanda signing key v1'"
    )]
    NotAKeyFile,
    /// A line is missing or cannot be read.
    #[error("the key file has no readable line '{0}: ...'")]
    Line(&'static str),
    /// The public key is not the one of the secret key.
    #[error("the two halves of the key file do not belong together: the file was changed")]
    Mismatch,
}

impl Author {
    /// The author of 32 secret bytes. They must come from a good source of randomness and never be used elsewhere.
    ///
    /// Line breaks in the label become spaces; it is cut at [`MAX_LABEL_BYTES`].
    pub fn from_seed(mut seed: [u8; 32], label: &str) -> Author {
        let key = SigningKey::from_bytes(&seed);
        seed.zeroize();
        Author { key, label: clean_label(label) }
    }

    /// The public key.
    pub fn id(&self) -> AuthorId {
        AuthorId(Hash32(self.key.verifying_key().to_bytes()))
    }

    /// What people call the key; not signed, proves nothing.
    pub fn label(&self) -> &str {
        &self.label
    }

    pub(crate) fn sign(&self, id: &RecordId) -> [u8; 64] {
        self.key.sign(&id.0.0).to_bytes()
    }

    /// The public half: what others may see.
    pub fn public(&self) -> PublicKey {
        PublicKey { id: self.id(), label: self.label.clone() }
    }

    /// The text of a key file. Wiped from memory when dropped; write it where only its owner can read.
    pub fn to_key_file(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(Hash32(self.key.to_bytes()).to_string());
        Zeroizing::new(format!(
            "{HEADER}\nlabel: {}\npublic: {}\nsecret: {}\n",
            self.label,
            self.id(),
            secret.as_str()
        ))
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// [`KeyFileError`], without the contents of the file.
    pub fn from_key_file(text: &str) -> Result<Author, KeyFileError> {
        let mut lines = text.lines();
        if !lines.next().is_some_and(|line| line.starts_with("servanda signing key v1")) {
            return Err(KeyFileError::NotAKeyFile);
        }
        let field = |name: &'static str| {
            text.lines()
                .skip(1)
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                .map(str::trim)
                .ok_or(KeyFileError::Line(name))
        };
        let label = field("label")?;
        let public: AuthorId = field("public")?.parse().map_err(|_| KeyFileError::Line("public"))?;
        let mut secret: Hash32 = field("secret")?.parse().map_err(|_| KeyFileError::Line("secret"))?;
        let author = Author::from_seed(secret.0, label);
        secret.0.zeroize();
        if author.id() == public { Ok(author) } else { Err(KeyFileError::Mismatch) }
    }
}

/// The public half of a key with its label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicKey {
    /// The key.
    pub id: AuthorId,
    /// What people call it.
    pub label: String,
}

impl fmt::Display for PublicKey {
    /// One line: the key in hexadecimal, a space, the label.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id, self.label)
    }
}

impl PublicKey {
    /// Reads one line of a list of keys; `None` for a line that is not one.
    pub fn from_line(line: &str) -> Option<PublicKey> {
        let (id, label) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        Some(PublicKey { id: id.parse().ok()?, label: clean_label(label) })
    }
}

fn clean_label(label: &str) -> String {
    let mut clean: String = label.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut end = clean.len().min(MAX_LABEL_BYTES);
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    clean.truncate(end);
    clean.trim_end().to_owned()
}
