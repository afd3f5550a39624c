//! All messages of this crate in one place. Each code has a page in `docs/codes`.

use servanda_model::{AuthorId, ClaimId, Diagnostic, DocumentId, RecordId, Severity, Span};

/// Where a message points: a line of a bundle, or a record of a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Line, from 1; 0 where the record does not come from a file.
    pub line: usize,
    /// Bytes of the line.
    pub span: Span,
}

impl Place {
    pub(crate) const NOWHERE: Place = Place { line: 0, span: Span { start: 0, end: 0 } };

    fn text(self) -> String {
        if self.line == 0 { String::new() } else { format!("line {}: ", self.line) }
    }
}

/// A record as messages name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Which {
    pub id: RecordId,
    pub author: AuthorId,
    pub seq: u64,
}

impl std::fmt::Display for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "record {} (number {} of author {})", self.id.short(), self.seq, self.author.short())
    }
}

fn error(code: &str, at: Place, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, at.span, format!("{}{message}", at.text()))
}

const ASK_AGAIN: &str = "ask whoever sent the bundle to export it again; the other records can still be used";

pub(crate) fn header(at: Place, why: &str) -> Diagnostic {
    error("L101", at, format!("this is not the first line of a servanda bundle: {why}"))
        .hint("a bundle begins with {\"servanda_bundle\":1}; a higher number needs a newer servanda")
}

pub(crate) fn line(at: Place, why: &str) -> Diagnostic {
    error("L102", at, format!("this line cannot be read and is not used: {why}")).hint(ASK_AGAIN)
}

pub(crate) fn form(at: Place, which: Option<Which>) -> Diagnostic {
    let which = which.map_or_else(|| "this line".to_owned(), |which| which.to_string());
    error("L103", at, format!("{which} is not written in the one form that bundles use, and is not used"))
        .hint("white space, order of fields or spelling of a value was changed; export the bundle again")
}

pub(crate) fn id(at: Place, which: Which, computed: &RecordId, signed_as_stated: bool) -> Diagnostic {
    let why = if signed_as_stated {
        "the signature fits the stated id, so the contents were changed after signing"
    } else {
        "id, contents or signature were changed"
    };
    error("L104", at, format!("{which} does not match its id: its contents give {}; {why}", computed.short()))
        .hint(ASK_AGAIN)
}

pub(crate) fn signature(at: Place, which: Which, why: &str) -> Diagnostic {
    error("L105", at, format!("{which} is not used: {why}"))
        .hint("the signature was damaged, or somebody else wrote the record in this author's name")
}

pub(crate) fn trailer(at: Place, why: &str) -> Diagnostic {
    error("L106", at, format!("the bundle does not end as it should: {why}"))
        .hint("the file was cut off or changed; what is reported as used can be used, but it may not be all")
}

pub(crate) fn order(at: Place, which: Which) -> Diagnostic {
    error("L107", at, format!("{which} is out of order or stands twice"))
        .hint("records are ordered by author, number and id; the record itself is used")
}

pub(crate) fn document_bytes(at: Place, stated: &DocumentId, computed: &DocumentId) -> Diagnostic {
    error(
        "L108",
        at,
        format!(
            "the bytes of document {} have the SHA-256 {} and are not used",
            stated.short(),
            computed.short()
        ),
    )
    .hint("compare with the document as received")
}

pub(crate) fn limit(at: Place, what: &str) -> Diagnostic {
    error("L109", at, format!("{what}; what follows is not read"))
        .hint("export the bundle in parts, one per author or per year")
}

pub(crate) fn body(at: Place, which: Which, why: &str) -> Diagnostic {
    error("L110", at, format!("{which} is not used: {why}"))
        .hint("it may have been written by a newer servanda; its signature is not in question")
}

pub(crate) fn gap(author: &AuthorId, first_missing: u64, last_missing: u64) -> Diagnostic {
    let which = if first_missing == last_missing {
        format!("record {first_missing}")
    } else {
        format!("records {first_missing} to {last_missing}")
    };
    let message = format!(
        "{which} of author {} are missing; what follows is set aside until they come",
        author.short()
    );
    Diagnostic::new("L120", Severity::Error, Span::default(), message)
        .hint("ask the author, or anyone who has the chain, for a bundle; nothing needs to be undone")
}

pub(crate) fn wrong_prev(which: Which, expected: &RecordId) -> Diagnostic {
    let message = format!(
        "{which} does not follow the author's record before it ({}); it and what follows are set aside",
        expected.short()
    );
    Diagnostic::new("L121", Severity::Error, Span::default(), message).hint(
        "the record before it was exchanged for another; compare with a copy of the chain from elsewhere",
    )
}

pub(crate) fn fork(author: &AuthorId, seq: u64, ids: &[RecordId]) -> Diagnostic {
    let ids: Vec<String> = ids.iter().map(RecordId::short).collect();
    let message = format!(
        "author {} signed {} different records number {seq} ({}); these and what follows are kept and set aside",
        author.short(),
        ids.len(),
        ids.join(", ")
    );
    Diagnostic::new("L122", Severity::Error, Span::default(), message)
        .hint("one key was used in two places, or stolen; the author should sign what is meant again with a new key")
}

pub(crate) fn time_backwards(which: Which) -> Diagnostic {
    let message = format!(
        "{which} states an earlier time than the author's record before it; it and what follows are set aside"
    );
    Diagnostic::new("L123", Severity::Error, Span::default(), message)
        .hint("times within a chain only go forward; this record was not written by servanda")
}

pub(crate) fn stored(which: Which, why: &str) -> Diagnostic {
    Diagnostic::new("L124", Severity::Error, Span::default(), format!("{which}: {why}"))
        .hint("the store was changed from outside; take the record from a bundle or another copy")
}

pub(crate) fn quote(which: Which, document: &DocumentId, span: Span, found: Option<&str>) -> Diagnostic {
    let found = found.map_or_else(
        || "the text has no such place".to_owned(),
        |text| format!("there it says '{}'", text.chars().take(60).collect::<String>()),
    );
    let message = format!(
        "{which} quotes bytes {} to {} of document {}, but {found}",
        span.start,
        span.end,
        document.short()
    );
    Diagnostic::new("L130", Severity::Error, Span::default(), message)
        .hint("the document is not the one that was read, or the claim was coded wrongly; its author can correct it")
}

pub(crate) fn no_document(document: &DocumentId, n_claims: u64) -> Diagnostic {
    let message = format!("{n_claims} claims quote document {}, which is not on record", document.short());
    Diagnostic::new("L131", Severity::Warning, Span::default(), message)
        .hint("merge the bundle that holds the record of the document")
}

pub(crate) fn not_own(which: Which, author: &AuthorId) -> Diagnostic {
    let message =
        format!("{which} takes back what only author {} put on record; it has no effect", author.short());
    Diagnostic::new("L132", Severity::Remark, Span::default(), message)
        .hint("to object to another author's claim, put a ruling on record")
}

pub(crate) fn no_target(which: Which) -> Diagnostic {
    let message = format!("{which} takes back what is not on record here; it takes effect if that comes");
    Diagnostic::new("L133", Severity::Remark, Span::default(), message)
}

pub(crate) fn unchecked_quotes(n_claims: u64, n_documents: usize) -> Diagnostic {
    let message = format!(
        "the quotes of {n_claims} claims were not compared: the text of {n_documents} documents is not at hand"
    );
    Diagnostic::new("L134", Severity::Remark, Span::default(), message)
        .hint("put the documents into sources/, or ask for a bundle with documents")
}

pub(crate) fn correction_not_own(which: Which, claim: &ClaimId) -> Diagnostic {
    let message = format!("{which} corrects claim {} of another author; both count", claim.short());
    Diagnostic::new("L135", Severity::Remark, Span::default(), message)
        .hint("to object to another author's claim, put a ruling on record")
}

pub(crate) fn too_many(n_more: u64) -> Diagnostic {
    Diagnostic::new(
        "L199",
        Severity::Warning,
        Span::default(),
        format!("{n_more} further messages are left out"),
    )
    .hint("mend the first ones and look again")
}
