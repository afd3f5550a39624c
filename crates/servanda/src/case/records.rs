//! The records of a case: its ledger file, its bundle, or what its coded claims say.

use servanda_ledger::{Author, Bundle, Chain, KnownBy, Ledger, Sealed, decode_bundle};
use servanda_model::{Instant, Severity};
use servanda_store::Store;

use crate::case::{Case, Compiled, Sources};
use crate::error::{CommandError, ErrorKind};

/// Where records come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// `ledger.db`.
    File,
    /// `ledger.bundle`, read into memory.
    Bundle,
    /// Compiled in memory from `claims/` and `feeds.toml`; nobody has signed them.
    Compiled,
}

/// Opened records.
pub(crate) struct Records {
    pub store: Store,
    pub ledger: Ledger,
    pub origin: Origin,
    /// What to know about them.
    pub remark: Option<String>,
}

pub(crate) const LEDGER: &str = "ledger.db";
pub(crate) const BUNDLE: &str = "ledger.bundle";

impl Records {
    /// Opens the records of a case for reading.
    pub(crate) fn open(case: &Case) -> Result<Records, CommandError> {
        let known_by = match case.file.known_by {
            servanda_read::KnownBy::Publication => KnownBy::Publication,
            servanda_read::KnownBy::Record => KnownBy::Record,
        };
        let (store, origin, remark) = if case.dir.join(LEDGER).exists() {
            (Store::open_read(case.dir.join(LEDGER))?, Origin::File, None)
        } else if case.dir.join(BUNDLE).exists() {
            (Store::from_bundle(read_bundle(case)?), Origin::Bundle, None)
        } else {
            let (records, remark) = compile(case)?;
            let bundle = Bundle { records, documents: Vec::new() };
            (Store::from_bundle(bundle), Origin::Compiled, Some(remark))
        };
        let ledger = store.ledger(known_by)?;
        Ok(Records { store, ledger, origin, remark })
    }
}

/// Reads the bundle that a case is shipped with.
pub(crate) fn read_bundle(case: &Case) -> Result<Bundle, CommandError> {
    let path = case.dir.join(BUNDLE);
    let bytes = std::fs::read(&path)
        .map_err(|error| CommandError::file("the records cannot be read:", &path, &error))?;
    let (bundle, found) = decode_bundle(&bytes);
    let n_broken = found.iter().filter(|found| found.severity == Severity::Error).count();
    if n_broken > 0 {
        return Err(CommandError::new(
            ErrorKind::Record,
            format!("{}: {n_broken} of its lines are broken", path.display()),
        )
        .hint(format!("'servanda verify {}' names them", path.display())));
    }
    Ok(bundle)
}

/// Signs what the coded claims of a case say, with a key that everybody knows and that proves nothing.
fn compile(case: &Case) -> Result<(Vec<Sealed>, String), CommandError> {
    let sources = Sources::read(case);
    let compiled = Compiled::of_case(case, &sources);
    let author = Author::from_seed([0; 32], "nobody");
    // The end of time would make everything known never; what has no date of publication is known last of all.
    let records = sign(&author, &compiled, Instant::from_ms(0), true)?;
    let n_errors = compiled.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    let mut remark = format!(
        "the case has no ledger yet; its {} claims were compiled in memory, unsigned ('servanda add' puts them on record)",
        compiled.n_claims
    );
    if n_errors > 0 {
        remark.push_str(&format!(
            "; {n_errors} claims or files have errors and are left out: 'servanda check'"
        ));
    }
    Ok((records, remark))
}

/// Signs bodies one after the other. `by_publication`: recorded when the last document was published, at the earliest.
pub(crate) fn sign(
    author: &Author,
    compiled: &Compiled,
    recorded_at: Instant,
    by_publication: bool,
) -> Result<Vec<Sealed>, CommandError> {
    let last = compiled.bodies.iter().filter_map(|body| match body {
        servanda_ledger::Body::Document(document) => document.published_at,
        _ => None,
    });
    let now = if by_publication { last.max().unwrap_or(recorded_at).max(recorded_at) } else { recorded_at };
    let mut chain = Chain::new(author, None);
    compiled
        .bodies
        .iter()
        .map(|body| {
            chain.sign(body, now).map_err(|error| {
                CommandError::new(ErrorKind::Record, format!("a claim cannot be put on record: {error}"))
            })
        })
        .collect()
}
