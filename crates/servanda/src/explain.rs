//! `explain`: the page of a code, built into the program.

use crate::Answer;
use crate::error::CommandError;
use crate::out::Console;

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// Prints the page of a code, or lists all codes.
pub(crate) fn explain(code: Option<&str>, console: &Console) -> Result<Answer, CommandError> {
    let Some(code) = code else {
        let mut list = String::new();
        for (code, page) in PAGES {
            let title = page.lines().next().unwrap_or_default().trim_start_matches('#').trim();
            let title = title.strip_prefix(code).unwrap_or(title).trim_start_matches([':', ' ', '\u{2013}']);
            list.push_str(&format!("{code}  {title}\n"));
        }
        console.print(&list)?;
        return Ok(Answer::Yes);
    };
    let wanted = code.trim().to_ascii_uppercase();
    match PAGES.iter().find(|(code, _)| *code == wanted) {
        Some((_, page)) => {
            console.print(page)?;
            Ok(Answer::Yes)
        }
        None => Err(CommandError::usage(format!("there is no code '{code}'"))
            .hint("'servanda explain' lists all codes")),
    }
}
