//! Where words go: the terminal or a pipe, with color and progress only on a terminal.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use servanda_render::text::Page;

use crate::args::ColorChoice;
use crate::error::{CommandError, ErrorKind};

/// Standard output and error, and what they can show.
pub(crate) struct Console {
    color_out: bool,
    color_err: bool,
    quiet: bool,
}

impl Console {
    pub(crate) fn new(choice: ColorChoice, quiet: bool) -> Console {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
        let on = |is_terminal: bool| match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                is_terminal && !no_color && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        Console {
            color_out: on(std::io::stdout().is_terminal()),
            color_err: on(std::io::stderr().is_terminal()),
            quiet,
        }
    }

    /// The same, saying nothing but results.
    pub(crate) fn silent(&self) -> Console {
        Console { quiet: true, ..*self }
    }

    /// The page of standard output: as wide as the terminal within 72 to 120 cells, 100 elsewhere.
    pub(crate) fn page(&self) -> Page {
        let from_environment = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = from_environment.or_else(terminal_width).map_or(100, |width: usize| width.clamp(60, 120));
        Page { width, color: self.color_out }
    }

    /// Prints a result.
    pub(crate) fn print(&self, text: &str) -> Result<(), CommandError> {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
            std::io::ErrorKind::BrokenPipe => CommandError::new(ErrorKind::Closed, "the reader stopped"),
            _ => CommandError::new(ErrorKind::File, format!("the output cannot be written: {error}")),
        })
    }

    /// Prints a result as JSON.
    pub(crate) fn json(&self, value: &impl Serialize) -> Result<(), CommandError> {
        let mut text = serde_json::to_string_pretty(value).map_err(|error| {
            CommandError::new(ErrorKind::Record, format!("the answer has no JSON form: {error}"))
        })?;
        text.push('\n');
        self.print(&text)
    }

    /// Says what was done or is worth knowing, apart from the result.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }

    pub(crate) fn error(&self, error: &CommandError) {
        let text = error.to_string();
        let plain = servanda_render::plain::harmless(&text);
        match (self.color_err, plain.split_once(':')) {
            (true, Some((head, rest))) => eprintln!("\u{1b}[1;31m{head}\u{1b}[0m:{rest}"),
            _ => eprintln!("{plain}"),
        }
    }

    /// A bar for long work, shown only on a terminal.
    pub(crate) fn progress(&self, n: usize, doing: &str) -> ProgressBar {
        const LONG: usize = 200;
        if self.quiet || n < LONG || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(n as u64);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(doing.to_owned());
        bar
    }
}

fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}
