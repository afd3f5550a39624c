//! `pact fmt|json|mfotl`: work with agreement files.

use std::path::Path;

use servanda_model::Severity;

use crate::Answer;
use crate::args::{Common, PactCommand};
use crate::case::Case;
use crate::commands::write_result;
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

pub(super) fn pact(
    common: &Common,
    command: &PactCommand,
    console: &Console,
) -> Result<Answer, CommandError> {
    match command {
        PactCommand::Fmt { files, check, write } => {
            let mut answer = Answer::Yes;
            for file in files {
                let (text, tree, n_errors) = read(file)?;
                let formatted = servanda_pact::format(&tree);
                if *check {
                    if formatted != text {
                        console.print(&format!("{}: not in its plain form\n", file.display()))?;
                        answer = Answer::No;
                    }
                } else if *write {
                    if n_errors > 0 {
                        return Err(CommandError::new(
                            ErrorKind::File,
                            format!("{}: {n_errors} errors; it is left as it is", file.display()),
                        )
                        .hint(format!("'servanda check {}' shows them", file.display())));
                    }
                    if formatted != text {
                        write_result(file, formatted.as_bytes())?;
                        console.say(&format!("wrote {}", file.display()));
                    }
                } else {
                    console.print(&formatted)?;
                }
            }
            Ok(answer)
        }
        PactCommand::Json { file } => {
            let (_, tree, _) = read(file)?;
            console.print(&servanda_pact::to_json(&tree))?;
            Ok(Answer::Yes)
        }
        PactCommand::Mfotl { out } => mfotl(common, out.as_deref(), console),
    }
}

fn read(file: &Path) -> Result<(String, servanda_pact::File, usize), CommandError> {
    let bytes = std::fs::read(file).map_err(|error| CommandError::file("cannot read", file, &error))?;
    let (source, tree, found) = servanda_pact::parse_bytes(&file.display().to_string(), &bytes);
    let n_errors = found.iter().filter(|found| found.severity == Severity::Error).count();
    Ok((source.text, tree, n_errors))
}

fn mfotl(common: &Common, out: Option<&Path>, console: &Console) -> Result<Answer, CommandError> {
    let case = Case::find(common.case.as_deref())?;
    let formulas = servanda_pact::mfotl(&case.agreement);
    match out {
        Some(dir) => {
            write_result(&dir.join("signature.sig"), formulas.signature.as_bytes())?;
            // A promise of two parties has two formulas.
            let mut n_of = std::collections::BTreeMap::new();
            for (name, formula) in &formulas.formulas {
                let n: &mut u32 = n_of.entry(name).or_default();
                *n += 1;
                let nth = if *n > 1 { format!(".{n}") } else { String::new() };
                let file = dir.join(format!("{}{nth}.mfotl", servanda_pact::mangle(name.as_str())));
                write_result(&file, formula.as_bytes())?;
            }
            console.say(&format!("wrote {} formulas into {}", formulas.formulas.len(), dir.display()));
        }
        None => {
            let mut text = formulas.signature.clone();
            for (name, formula) in &formulas.formulas {
                text.push_str(&format!("\n# {name}\n{}\n", formula.trim_end()));
            }
            console.print(&text)?;
        }
    }
    for (name, remark) in &formulas.remarks {
        console.say(&format!("{name}: {remark}"));
    }
    Ok(Answer::Yes)
}
