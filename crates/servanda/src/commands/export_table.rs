//! `export`: the claims as a table, or all records as a bundle.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use servanda_ledger::{FactIx, View, What};
use servanda_model::{Instant, Judgement};
use servanda_render::figures::count;
use servanda_render::{CLAIM_COLUMNS, ClaimEntry, ClaimStanding, CsvTable, GeoJsonTable};

use crate::Answer;
use crate::args::{Common, Export};
use crate::case::{Case, Records};
use crate::commands::exchange;
use crate::error::{CommandError, ErrorKind};
use crate::moments::moment;
use crate::out::Console;

/// What a table of claims is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Csv,
    GeoJson,
    Parquet,
}

impl Form {
    fn of_ending(file: &Path) -> Option<Form> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Form::Csv),
            "geojson" => Some(Form::GeoJson),
            "parquet" => Some(Form::Parquet),
            _ => None,
        }
    }
}

/// Writes a bundle, tables, or both.
pub(super) fn export(common: &Common, export: &Export, console: &Console) -> Result<Answer, CommandError> {
    let mut tables: Vec<(Form, &PathBuf)> = Vec::new();
    let mut bundle = None;
    if let Some(file) = &export.file {
        match Form::of_ending(file) {
            Some(form) => tables.push((form, file)),
            None => bundle = Some(file),
        }
    }
    for (form, file) in
        [(Form::Csv, &export.csv), (Form::GeoJson, &export.geojson), (Form::Parquet, &export.parquet)]
    {
        tables.extend(file.as_ref().map(|file| (form, file)));
    }
    if !tables.is_empty() {
        let case = Case::find(common.case.as_deref())?;
        let records = Records::open(&case)?;
        let known = match &export.known {
            Some(text) => moment(text, "--known", &case.file.clock)?,
            // All that is on record; the end of time would be after every ruling was taken back.
            None => records.ledger.last_known_at().unwrap_or(Instant::MIN),
        };
        let claims = Claims::new(&case, records.ledger.as_of(known), export.counting);
        for (form, file) in tables {
            claims.write(form, file, console)?;
        }
    }
    match bundle {
        Some(file) => exchange::export(common, file, !export.no_documents, console),
        None => Ok(Answer::Yes),
    }
}

/// The claims of a view, with where each stands.
pub(super) struct Claims<'v> {
    view: View<'v>,
    /// In the order in which they became known.
    standings: Vec<(FactIx, ClaimStanding)>,
    context: servanda_assess::Context,
}

impl<'v> Claims<'v> {
    fn new(case: &Case, view: View<'v>, only_counting: bool) -> Claims<'v> {
        let mut standings = standings(&view);
        standings.retain(|(_, standing)| !only_counting || standing.counts());
        Claims { view, standings, context: case.context() }
    }

    /// Hands over one claim after the other.
    pub(super) fn each(
        &self,
        mut take: impl FnMut(&ClaimEntry<'_>) -> Result<(), CommandError>,
    ) -> Result<usize, CommandError> {
        let mut n_missing = 0;
        for (ix, standing) in &self.standings {
            let (Some(claim), Some(fact)) = (self.view.claim(*ix), self.view.fact(*ix)) else {
                n_missing += 1;
                continue;
            };
            let place_position = claim.place.as_ref().and_then(|place| self.context.position(place));
            take(&ClaimEntry {
                id: self.view.claim_id(*ix),
                claim: &claim,
                document: self.view.document(&claim.document),
                known_at: fact.known_at,
                standing: *standing,
                place_position,
            })?;
        }
        if n_missing > 0 {
            let message =
                format!("{} cannot be read", count(n_missing, "claim on record", "claims on record"));
            return Err(CommandError::new(ErrorKind::Record, message)
                .hint("'servanda verify' says what is wrong with the records"));
        }
        Ok(self.standings.len())
    }

    fn write(&self, form: Form, file: &Path, console: &Console) -> Result<(), CommandError> {
        if file == Path::new("-") {
            let mut bytes = Vec::new();
            self.write_to(form, &mut bytes)?;
            return match String::from_utf8(bytes) {
                Ok(text) => console.print(&text),
                Err(_) => Err(CommandError::usage("Parquet cannot be printed").hint("name a file")),
            };
        }
        let failed = |error: std::io::Error| CommandError::file("the table cannot be written:", file, &error);
        // Written beside and moved into place, so that nobody takes a cut file for a whole one.
        let beside = file.with_extension("part");
        let mut out = BufWriter::new(std::fs::File::create(&beside).map_err(failed)?);
        let written = self.write_to(form, &mut out).and_then(|n_rows| {
            out.flush().and_then(|()| std::fs::rename(&beside, file)).map_err(failed)?;
            Ok(n_rows)
        });
        let n_rows = written.inspect_err(|_| drop(std::fs::remove_file(&beside)))?;
        let left_out = match self.standings.len() - n_rows {
            0 => String::new(),
            n => format!("; {} without a position left out", count(n, "claim is", "claims are")),
        };
        console.print(&format!(
            "exported {} into {}{left_out}\n",
            count(n_rows, "claim", "claims"),
            file.display()
        ))
    }

    /// Writes the table; answers how many rows it has.
    fn write_to(&self, form: Form, out: &mut (impl Write + Send)) -> Result<usize, CommandError> {
        let failed = |error: std::io::Error| {
            CommandError::new(ErrorKind::File, format!("the table cannot be written: {error}"))
        };
        match form {
            Form::Csv => {
                let mut table = CsvTable::new(out, CLAIM_COLUMNS).map_err(failed)?;
                let n_rows = self.each(|entry| table.row(&entry.fields()).map_err(failed))?;
                table.finish().map_err(failed)?;
                Ok(n_rows)
            }
            Form::GeoJson => {
                let mut table = GeoJsonTable::new(out, CLAIM_COLUMNS, REMARK).map_err(failed)?;
                let mut n_rows = 0;
                self.each(|entry| {
                    let Some(position) = entry.position() else { return Ok(()) };
                    n_rows += 1;
                    table.row(position, &entry.fields()).map_err(failed)
                })?;
                table.finish().map_err(failed)?;
                Ok(n_rows)
            }
            #[cfg(feature = "parquet")]
            Form::Parquet => super::parquet::write(self, out),
            #[cfg(not(feature = "parquet"))]
            Form::Parquet => Err(CommandError::usage("this program was built without Parquet")
                .hint("build it with: cargo install --path crates/servanda --features parquet")),
        }
    }
}

const REMARK: &str = "Points are coarse: the place lies within radius_m metres of the point. They say where something was reported, not where \
                      anybody is.";

/// Every claim on record by then with where it stands, in the order in which they became known.
fn standings(view: &View<'_>) -> Vec<(FactIx, ClaimStanding)> {
    let mut order: Vec<FactIx> = Vec::new();
    let mut found: BTreeMap<FactIx, ClaimStanding> = BTreeMap::new();
    let mut judged: BTreeMap<FactIx, ClaimStanding> = BTreeMap::new();
    for change in view.changes() {
        match change.what {
            What::Assert(ix) => {
                if found.insert(ix, ClaimStanding::OnRecord).is_none() {
                    order.push(ix);
                }
            }
            What::Retract(ix) => {
                if found.insert(ix, ClaimStanding::Retracted).is_none() {
                    order.push(ix);
                }
            }
            What::Rule(ix) => {
                let Some(ruling) = view.ruling(ix) else { continue };
                let standing = match ruling.ruling.judgement {
                    Judgement::Accept => ClaimStanding::Accepted,
                    Judgement::Reject => ClaimStanding::Rejected,
                    Judgement::Postpone => ClaimStanding::OnRecord,
                    _ => continue,
                };
                judged.extend(ruling.facts.iter().map(|fact| (*fact, standing)));
            }
        }
    }
    let is_retracted = |standing: &ClaimStanding| *standing == ClaimStanding::Retracted;
    let mut corrected = BTreeSet::new();
    if found.values().any(is_retracted) {
        corrected.extend(order.iter().filter_map(|ix| view.claim(*ix)?.corrects));
    }
    let standing = |ix: FactIx| {
        let standing = found[&ix];
        match standing {
            ClaimStanding::Retracted if corrected.contains(&view.claim_id(ix)) => ClaimStanding::Corrected,
            ClaimStanding::Retracted => standing,
            _ => judged.get(&ix).copied().unwrap_or(standing),
        }
    };
    order.into_iter().map(|ix| (ix, standing(ix))).collect()
}
