//! `completions`, `man`, `schemas`: what other programs and packages want of this one.

use std::path::Path;

use clap::CommandFactory;

use crate::Answer;
use crate::args::Servanda;
use crate::commands::write_result;
use crate::error::CommandError;
use crate::out::Console;

pub(super) fn completions(shell: clap_complete::Shell, console: &Console) -> Result<Answer, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Servanda::command(), "servanda", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(Answer::Yes)
}

pub(super) fn man(dir: &Path, console: &Console) -> Result<Answer, CommandError> {
    let mut command = Servanda::command();
    command.build();
    let n = man_pages(&command, "servanda", dir)?;
    console.say(&format!("wrote {n} pages into {}", dir.display()));
    Ok(Answer::Yes)
}

fn man_pages(command: &clap::Command, name: &str, dir: &Path) -> Result<usize, CommandError> {
    let path = dir.join(format!("{name}.1"));
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(|error| CommandError::file("the page cannot be made:", &path, &error))?;
    write_result(&path, &page)?;
    let mut n = 1;
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help")
    {
        n += man_pages(below, &format!("{name}-{}", below.get_name()), dir)?;
    }
    Ok(n)
}

pub(super) fn schemas(dir: &Path, console: &Console) -> Result<Answer, CommandError> {
    let schemas = crate::schemas();
    for (name, schema) in &schemas {
        let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
        text.push('\n');
        write_result(&dir.join(name), text.as_bytes())?;
    }
    console.say(&format!("wrote {} schemas into {}", schemas.len(), dir.display()));
    Ok(Answer::Yes)
}
