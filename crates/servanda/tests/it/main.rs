//! The program as a user meets it, in a clean environment.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests run the program on folders")]

mod aid;
mod alerts;
mod between;
mod check;
mod counts;
mod hostile;
mod pages;
mod proposals;
mod reading;
mod real_cases;
mod review;
mod screens;
mod tables;
mod violations;
mod walk;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// What the program answered.
struct Said {
    code: i32,
    out: String,
    err: String,
}

/// A folder of its own with keys of its own, removed at the end.
struct Place {
    dir: PathBuf,
}

impl Place {
    fn new() -> Place {
        static N: AtomicU32 = AtomicU32::new(0);
        let n = N.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("servanda-it-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        Place { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_servanda"))
            .args(arguments)
            .current_dir(&self.dir)
            .env_clear()
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("SERVANDA_NOW", "2026-01-31T12:00:00Z")
            .env("COLUMNS", "90")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a command that must be done (exit code 0) and gives what it printed.
    fn done(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}\n{}{}", said.out, said.err);
        said.out
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// A case of the repository.
fn bundled(case: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(case).to_str().unwrap().to_owned()
}

fn has(text: &str, part: &str) {
    assert!(text.contains(part), "missing: {part}\nin:\n{text}");
}

/// Copies a folder with all it holds.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
