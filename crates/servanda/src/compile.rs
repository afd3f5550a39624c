//! A case folder as a bundle, for cases that are shipped with their records.

use std::path::Path;

use servanda_ledger::{Author, Bundle, encode_bundle};
use servanda_model::{Instant, Severity};

use crate::case::{Case, Compiled, Sources, sign};
use crate::error::{CommandError, ErrorKind};

/// Compiles what `claims/` and `feeds.toml` of a case say into a bundle, signed by the author of a seed.
///
/// The same folder, seed and moment give the same bytes. Documents are not in it: they lie in `sources/`.
///
/// # Errors
/// No case there, or an error in one of its files: a shipped case has none.
pub fn compile_case(
    dir: &Path,
    author_seed: [u8; 32],
    recorded_at: Instant,
) -> Result<Vec<u8>, CommandError> {
    let case = Case::open(dir)?;
    let sources = Sources::read(&case);
    let compiled = Compiled::of_case(&case, &sources);
    let all = case.diagnostics.iter().chain(&sources.diagnostics).chain(&compiled.diagnostics);
    if let Some(first) = all.clone().find(|found| found.severity == Severity::Error) {
        let n = all.filter(|found| found.severity == Severity::Error).count();
        return Err(CommandError::new(
            ErrorKind::Case,
            format!("{}: {n} errors, the first: {} {}", dir.display(), first.code, first.message),
        )
        .hint(format!("'servanda check --case {}' shows all", dir.display())));
    }
    let author = Author::from_seed(author_seed, "demonstration");
    let records = sign(&author, &compiled, recorded_at, false)?;
    Ok(encode_bundle(&Bundle { records, documents: Vec::new() }))
}
