//! Writing a chain: the next record after the last.

use servanda_model::Instant;

use crate::body::Body;
use crate::key::Author;
use crate::record::{RecordError, Sealed, Tip};

/// The end of one author's chain, ready for the next record.
#[derive(Debug)]
pub struct Chain<'a> {
    author: &'a Author,
    tip: Option<Tip>,
}

impl<'a> Chain<'a> {
    /// Goes on after `tip`; `None`: a new chain.
    pub fn new(author: &'a Author, tip: Option<Tip>) -> Chain<'a> {
        Chain { author, tip }
    }

    /// Signs the next record. `now` is bumped to a millisecond after the last record where the clock went back.
    ///
    /// # Errors
    /// A body too long or not of its kind, or a moment outside the years -9999 to 9999. The chain is then as before.
    pub fn sign(&mut self, body: &Body, now: Instant) -> Result<Sealed, RecordError> {
        let json = body.to_json();
        let sealed = match body {
            // A notice is given as bytes; the others were made by this crate and are canonical.
            Body::Notice(_) => Sealed::sign(self.author, self.tip, body.kind(), json, now)?,
            Body::Claim(claim) if claim.quote.trim().is_empty() => {
                return Err(crate::BodyError::NoQuote.into());
            }
            _ => Sealed::sign_checked(self.author, self.tip, body.kind(), json, now)?,
        };
        self.tip = Some(sealed.tip());
        Ok(sealed)
    }

    /// The last record.
    pub fn tip(&self) -> Option<Tip> {
        self.tip
    }
}
