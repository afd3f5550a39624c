//! Correcting a reading: fields that a person changes become a claim of its own, which names the one it corrects.

use std::path::PathBuf;

use servanda_model::{Diagnostic, Severity};
use servanda_read::{CodedForm, words_alone};

use super::session::Session;
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

impl Session<'_> {
    /// The form of the reading that is looked at.
    pub(super) fn form(&self) -> Option<CodedForm> {
        let (_, claim) = self.claim()?;
        Some(CodedForm::of(&claim, &self.case.file.clock))
    }

    /// Puts the correction that a form says on record; answers what to say, and whether it was done.
    pub(super) fn finish(
        &mut self,
        form: &CodedForm,
        console: &Console,
    ) -> Result<(bool, String), CommandError> {
        let Some((_, claim)) = self.claim() else {
            return Ok((false, "there is nothing to correct".to_owned()));
        };
        if form.is_unchanged() {
            return Ok((false, "nothing was changed".to_owned()));
        }
        let kinds = self.event_kinds();
        let case = self.case;
        let record = self.view.document(&claim.document).cloned();
        let made = self.with_document(&claim, |document| match (document, record) {
            (Some(document), _) => Some(form.claim(document, &case.file.clock, &case.names, Some(&kinds))),
            // Without the document its words cannot be changed, all else can.
            (None, Some(record)) => {
                let alone = words_alone(record, &claim);
                Some(form.claim(&alone, &case.file.clock, &case.names, Some(&kinds)))
            }
            (None, None) => None,
        });
        match made {
            None => Ok((false, "its document is not on record".to_owned())),
            Some(Err(found)) => Ok((false, listed(&found))),
            Some(Ok((correction, found))) => {
                let mut said = self.correct(correction, console)?;
                let warnings = listed(&found);
                if !warnings.is_empty() {
                    said.push('\n');
                    said.push_str(&warnings);
                }
                Ok((true, said))
            }
        }
    }

    /// Lets a person change the form in the editor that `VISUAL` or `EDITOR` names.
    pub(super) fn edited(&self, form: &mut CodedForm) -> Result<Option<String>, CommandError> {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let Some(editor) = set("VISUAL").or_else(|| set("EDITOR")) else {
            return Ok(Some(
                "no editor is set (VISUAL or EDITOR); 'c' asks for fields one by one".to_owned(),
            ));
        };
        let path = scratch()?;
        let text = format!(
            "# Change what is wrong and save. Fields are those of claims/*.toml; 'note' says why. Names between quotes.\n\
             # An unchanged file changes nothing.\n\n{}",
            form.to_toml()
        );
        let failed = |error: std::io::Error| CommandError::file("the form cannot be written:", &path, &error);
        std::fs::write(&path, text).map_err(failed)?;
        let mut words = editor.split_whitespace();
        let program = words.next().unwrap_or_default();
        let status = std::process::Command::new(program).args(words).arg(&path).status();
        let changed = std::fs::read_to_string(&path);
        let _ = std::fs::remove_file(&path);
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => return Ok(Some(format!("the editor ended with {status}; nothing was changed"))),
            Err(error) => return Ok(Some(format!("the editor '{program}' cannot be run: {error}"))),
        }
        let changed = changed.map_err(|error| CommandError::new(ErrorKind::File, error.to_string()))?;
        Ok(form.take_toml(&changed).err())
    }
}

/// A file of this process, for the editor.
fn scratch() -> Result<PathBuf, CommandError> {
    let mut digits = [0u8; 8];
    getrandom::fill(&mut digits)
        .map_err(|error| CommandError::new(ErrorKind::File, format!("no name for a file: {error}")))?;
    Ok(std::env::temp_dir().join(format!("servanda-claim-{:016x}.toml", u64::from_be_bytes(digits))))
}

/// What is wrong with a form, one line each.
fn listed(found: &[Diagnostic]) -> String {
    let line = |found: &Diagnostic| {
        let severity = if found.severity == Severity::Error { "error" } else { "warning" };
        let hint = found.hint.as_deref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{severity}[{}]: {}{hint}", found.code, found.message)
    };
    let shown = found.iter().filter(|found| found.severity > Severity::Remark);
    shown.map(line).collect::<Vec<_>>().join("\n")
}
