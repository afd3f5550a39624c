//! `new`: a small working case, with comments that teach.

use std::path::Path;

use crate::Answer;
use crate::case::write_new;
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

const FILES: &[(&str, &str)] = &[
    ("case.toml", include_str!("../template/case.toml")),
    ("actors.toml", include_str!("../template/actors.toml")),
    ("places.toml", include_str!("../template/places.toml")),
    ("agreement/01-truce.pact", include_str!("../template/truce.pact")),
    ("sources/2024-03-02-bulletin.md", include_str!("../template/bulletin.md")),
    ("claims/2024-03-02-bulletin.toml", include_str!("../template/claims.toml")),
];

pub(super) fn new(dir: &Path, console: &Console) -> Result<Answer, CommandError> {
    let is_taken = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) || dir.is_file();
    if is_taken {
        return Err(CommandError::new(ErrorKind::File, format!("{} is not empty", dir.display()))
            .hint("name a folder that does not exist yet"));
    }
    for (path, text) in FILES {
        write_new(&dir.join(path), text.as_bytes())?;
        console.print(&format!("{}\n", dir.join(path).display()))?;
    }
    let dir = dir.display();
    console.say(&format!(
        "\nLook at it:           servanda status --case {dir}\nWhat is wrong with it: servanda check --case {dir}\n\
         Make a key:           servanda keys new NAME\nPut it on record:     servanda add --case {dir}"
    ));
    Ok(Answer::Yes)
}
