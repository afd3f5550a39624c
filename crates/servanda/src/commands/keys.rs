//! `keys`: signing keys of this machine, outside of every case.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use servanda_ledger::Author;
use servanda_model::AuthorId;

use crate::Answer;
use crate::args::{KeyCommand, Sign};
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

pub(super) fn keys(command: Option<&KeyCommand>, console: &Console) -> Result<Answer, CommandError> {
    match command {
        None | Some(KeyCommand::List) => {
            let keys = all()?;
            if keys.is_empty() {
                console.say("no keys on this machine; 'servanda keys new NAME' makes one");
            }
            for (name, author) in keys {
                console.print(&format!("{name}  {}  {}\n", author.id().short(), author.label()))?;
            }
        }
        Some(KeyCommand::Show { name }) => console.print(&format!("{}\n", read(name)?.public()))?,
        Some(KeyCommand::New { name, label }) => {
            let author = make(name, label.as_deref().unwrap_or(name))?;
            console.print(&format!("{}\n", author.public()))?;
            console.say(&format!(
                "the secret half is in {}; keep a copy where only you can read it",
                path(name)?.display()
            ));
        }
    }
    Ok(Answer::Yes)
}

/// The author who signs: the key named, or the only one there is.
pub(super) fn author(sign: &Sign) -> Result<Author, CommandError> {
    if let Some(name) = &sign.key {
        return read(name);
    }
    let mut keys = all()?;
    match keys.len() {
        0 => Err(CommandError::new(ErrorKind::Key, "there is no key to sign with")
            .hint("'servanda keys new NAME' makes one; every record is signed by whoever put it there")),
        1 => Ok(keys.remove(0).1),
        _ => {
            let names: Vec<&str> = keys.iter().map(|(name, _)| name.as_str()).collect();
            Err(CommandError::new(ErrorKind::Key, "there are several keys to sign with")
                .hint(format!("name one with --as: {}", names.join(", "))))
        }
    }
}

/// What the keys of this machine are called, by public key; empty where there are none.
pub(super) fn known_labels() -> BTreeMap<AuthorId, String> {
    all()
        .unwrap_or_default()
        .into_iter()
        .map(|(_, author)| (author.id(), author.label().to_owned()))
        .collect()
}

fn folder() -> Result<PathBuf, CommandError> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = set("XDG_CONFIG_HOME")
        .or_else(|| set("APPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".config")));
    config.map(|config| config.join("servanda").join("keys")).ok_or_else(|| {
        CommandError::new(ErrorKind::Key, "there is no folder for keys")
            .hint("set XDG_CONFIG_HOME to the folder of your settings")
    })
}

fn path(name: &str) -> Result<PathBuf, CommandError> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.starts_with('.') || !name.chars().all(is_plain) {
        return Err(CommandError::usage(format!("'{name}' cannot be the name of a key"))
            .hint("use letters, digits, '-', '_' and '.'"));
    }
    Ok(folder()?.join(format!("{name}.key")))
}

fn all() -> Result<Vec<(String, Author)>, CommandError> {
    let mut names: Vec<String> = std::fs::read_dir(folder()?)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().strip_suffix(".key").map(str::to_owned))
        .collect();
    names.sort();
    names.into_iter().map(|name| read(&name).map(|author| (name, author))).collect()
}

fn read(name: &str) -> Result<Author, CommandError> {
    let path = path(name)?;
    let text = std::fs::read_to_string(&path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            CommandError::new(ErrorKind::Key, format!("there is no key '{name}' on this machine"))
                .hint(format!("'servanda keys new {name}' makes one; 'servanda keys' lists what there is"))
        } else {
            CommandError::file("the key cannot be read:", &path, &error)
        }
    })?;
    Author::from_key_file(&text).map_err(|error| {
        CommandError::new(ErrorKind::Key, format!("{}: {error}", path.display()))
            .hint("take the file from your copy of it")
    })
}

fn make(name: &str, label: &str) -> Result<Author, CommandError> {
    let path = path(name)?;
    let mut seed = [0u8; 32];
    getrandom::fill(&mut seed).map_err(|error| {
        CommandError::new(ErrorKind::Key, format!("this machine gives no randomness: {error}"))
    })?;
    let author = Author::from_seed(seed, label);
    seed.fill(0);
    let folder = folder()?;
    std::fs::create_dir_all(&folder).map_err(|error| CommandError::file("cannot make", &folder, &error))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&path).and_then(|mut file| {
        file.write_all(author.to_key_file().as_bytes())?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(author),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(CommandError::new(ErrorKind::Key, format!("there is a key '{name}' already"))
                .hint("a key is never replaced; choose another name"))
        }
        Err(error) => Err(CommandError::file("the key cannot be written:", &path, &error)),
    }
}
