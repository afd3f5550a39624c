//! One file per command.

mod add;
mod aid;
mod alerts;
mod audit;
mod check;
mod counts;
mod exchange;
mod export_table;
mod keys;
mod new;
mod pact;
#[cfg(feature = "parquet")]
mod parquet;
mod read;
mod review;
mod rule;
mod shell;
mod show;
mod timeline;
mod verify;
mod violations;

use crate::Answer;
use crate::args::{Command, Servanda};
use crate::error::CommandError;
use crate::out::Console;
use servanda_render::table::{Column, Field};

/// Runs a command.
pub(crate) fn run(servanda: &Servanda, console: &Console) -> Result<Answer, CommandError> {
    let common = &servanda.common;
    match &servanda.command {
        Command::New { dir } => new::new(dir, console),
        Command::Check { files, strict, json } => check::check(common, files, *strict, *json, console),
        Command::Add(add) => add::add(common, add, console),
        Command::Retract { id, reason, sign } => rule::retract(common, id, reason, sign, console),
        Command::Rule(rule) => rule::rule(common, rule, console),
        Command::Read(asked) => read::read(common, asked, console),
        Command::Review(asked) => review::review(common, asked, console),
        Command::Status { promises, view, versus, fail_on } => match versus {
            Some(versus) => show::compare(common, promises, view, versus, console),
            None => show::status(common, promises, view, fail_on, console),
        },
        Command::Violations(asked) => violations::violations(common, asked, console),
        Command::Why { promises, view, .. } if promises.iter().all(|name| name.starts_with("i-")) => {
            violations::why(common, promises, view, console)
        }
        Command::Why { promises, by, view } => show::why(common, promises, by.as_deref(), view, console),
        Command::Timeline { since, view } => timeline::timeline(common, since.as_deref(), view, console),
        Command::Aid(asked) => aid::aid(common, asked, console),
        Command::Audit(asked) => audit::audit(common, asked, console),
        Command::Counts(asked) => counts::counts(common, asked, console),
        Command::Alerts(arguments) => alerts::show(common, arguments, console),
        Command::Report { out, format, view } => show::report(common, out.as_deref(), *format, view, console),
        Command::Verify { file, json } => verify::verify(common, file.as_deref(), *json, console),
        Command::Export(export) => export_table::export(common, export, console),
        Command::Import { file } => exchange::import(common, file, console),
        Command::Keys { command } => keys::keys(command.as_ref(), console),
        Command::Explain { code } => crate::explain::explain(code.as_deref(), console),
        Command::Pact { command } => pact::pact(common, command, console),
        Command::Schemas { dir } => shell::schemas(dir, console),
        Command::Completions { shell } => shell::completions(*shell, console),
        Command::Man { dir } => shell::man(dir, console),
    }
}

/// Writes a table of an answer as CSV, or prints it where the file is `-`.
fn write_csv(
    file: &std::path::Path,
    columns: &[Column],
    rows: &[Vec<Field<'_>>],
    console: &Console,
) -> Result<(), CommandError> {
    let text = servanda_render::csv(columns, rows);
    if file == std::path::Path::new("-") {
        return console.print(&text);
    }
    write_result(file, text.as_bytes())?;
    let n_rows = servanda_render::figures::count(rows.len(), "row", "rows");
    console.say(&format!("wrote {n_rows} into {}", file.display()));
    Ok(())
}

/// Writes a file that may replace an older one of the same name: a result, never a part of the record.
fn write_result(path: &std::path::Path, bytes: &[u8]) -> Result<(), CommandError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| CommandError::file("the folder cannot be made:", folder, &error))?;
    }
    std::fs::write(path, bytes)
        .map_err(|error| CommandError::file("the file cannot be written:", path, &error))
}
