//! What is read of a document at most. What lies beyond stays on record with the file and is told in a remark.
//!
//! The figures are ours: far above any article, statement or report that a monitor files, and low enough that a hostile
//! file costs seconds and a few hundred megabytes, not more.

/// Bytes of text that become articles from one file; more than fifty novels.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// Bytes of one article; a book. The rest of a longer one is not read.
pub const MAX_ARTICLE_BYTES: usize = 4 << 20;

/// Bytes of one block; a longer paragraph is cut at the last white space before.
pub const MAX_BLOCK_BYTES: usize = 256 << 10;

/// Rows of a table of articles: decades of an agency's daily reports.
pub const MAX_ROWS: usize = 250_000;

/// Bytes of a page for which the main text is looked for; in longer pages every block of text is kept.
pub const MAX_PAGE_BYTES: usize = 4 << 20;

/// Depth of elements that is kept apart; deeper ones are read as if they stood at this depth.
pub const MAX_DEPTH: usize = 200;

/// Bytes of a file that must be unpacked to be read (docx, PDF, e-mail).
pub const MAX_PACKED_BYTES: usize = 128 << 20;

/// Bytes that may come out of such a file.
pub const MAX_UNPACKED_BYTES: usize = 64 << 20;

/// Pages of a PDF.
pub const MAX_PAGES: usize = 5_000;
