//! Ids as content hashes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash32(pub [u8; 32]);

impl Hash32 {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Hash32 {
        Hash32(Sha256::digest(bytes).into())
    }

    /// The first 12 hexadecimal digits, for people.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl fmt::Display for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0u8; 64];
        for (at, byte) in self.0.iter().enumerate() {
            text[2 * at] = DIGITS[usize::from(byte >> 4)];
            text[2 * at + 1] = DIGITS[usize::from(byte & 15)];
        }
        f.pad(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

/// A text that is not 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseHashError;

impl fmt::Display for ParseHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 64 hexadecimal digits (0-9, a-f)")
    }
}

impl std::error::Error for ParseHashError {}

impl FromStr for Hash32 {
    type Err = ParseHashError;
    /// Reads exactly 64 lower-case hexadecimal digits: each id has one written form.
    fn from_str(text: &str) -> Result<Hash32, ParseHashError> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(ParseHashError),
        };
        let bytes = text.as_bytes();
        if bytes.len() != 64 {
            return Err(ParseHashError);
        }
        let mut hash = [0u8; 32];
        for (at, pair) in bytes.chunks_exact(2).enumerate() {
            hash[at] = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Hash32(hash))
    }
}

impl Serialize for Hash32 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash32 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Hash32 {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Hash32".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

/// Hashes fields one after the other, each preceded by its length in bytes (u64, little endian),
/// so that no two different lists of fields give the same bytes.
pub struct FieldHasher(Sha256);

impl FieldHasher {
    /// Begins with a domain, so that a claim and a record of the same bytes differ.
    pub fn new(domain: &str) -> FieldHasher {
        FieldHasher(Sha256::new()).field(domain.as_bytes())
    }

    /// Adds one field.
    pub fn field(mut self, bytes: &[u8]) -> FieldHasher {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// The digest of all fields.
    pub fn finish(self) -> Hash32 {
        Hash32(self.0.finalize().into())
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub Hash32);

        impl $name {
            /// The first 12 hexadecimal digits, for people.
            pub fn short(&self) -> String {
                self.0.short()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:?})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseHashError;
            fn from_str(text: &str) -> Result<Self, ParseHashError> {
                text.parse().map($name)
            }
        }
    };
}

id! {
    /// A document: SHA-256 of its bytes as received.
    DocumentId
}
id! {
    /// A claim: hash of its canonical JSON.
    ClaimId
}
id! {
    /// A ruling: hash of its canonical JSON.
    RulingId
}
id! {
    /// A record of the ledger: hash over its length-prefixed fields.
    RecordId
}
id! {
    /// An author: the Ed25519 public key itself, 32 bytes.
    AuthorId
}
