//! Lines at column 0.

use super::cond;
use super::cursor::Cursor;
use crate::messages;
use crate::suggest::closest;
use crate::syntax::{Block, DatedEntry, Keyword, Word};

/// Reads a block line. Where its keyword is misspelt beyond doubt, `meant` tells what it was to be.
pub(super) fn line(cursor: &mut Cursor, meant: &mut Option<Keyword>) -> Option<Block> {
    let here = cursor.here();
    let Some(keyword) = *meant else {
        let (found, _) = cursor.rest();
        let first = cursor.peek_word().unwrap_or(found);
        let close = closest(first, Keyword::ALL.iter().map(|known| known.0));
        *meant = close.and_then(Keyword::of);
        cursor.fail::<()>(messages::unknown_keyword(first, close), here);
        cursor.skip(1);
        if meant.is_some() {
            cursor.declare("a name");
        }
        return None;
    };
    cursor.skip(1);
    cursor.form = form(keyword);
    let block = match keyword {
        Keyword::Pact => Block::Pact { id: cursor.declare("a name")?, title: cursor.text("the title")? },
        Keyword::Clock => Block::Clock { zone: zone(cursor)? },
        Keyword::Instrument => instrument(cursor)?,
        Keyword::Party => Block::Party { id: cursor.declare("a name")?, label: cursor.text("the label")? },
        Keyword::Body => Block::Body { id: cursor.declare("a name")?, label: cursor.text("the label")? },
        Keyword::Kind => {
            let (id, label) = (cursor.declare("a name")?, cursor.text("the label")?);
            let counts = if cursor.eat("counts") { Some(cursor.any_name("a unit")?) } else { None };
            Block::Kind { id, label, counts }
        }
        Keyword::Zone => Block::Zone { id: cursor.declare("a name")?, file: cursor.text("the file")? },
        Keyword::Number => number(cursor)?,
        Keyword::Milestone => {
            let id = cursor.declare("a name")?;
            cursor.expect("when")?;
            Block::Milestone { id, when: cond::condition(cursor)? }
        }
        Keyword::Provision => {
            Block::Provision { id: cursor.declare("a name")?, title: cursor.text("the point in the text")? }
        }
    };
    cursor.finish()?;
    Some(block)
}

fn form(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Pact => "pact ID \"title\"",
        Keyword::Clock => "clock TIMEZONE",
        Keyword::Instrument => "instrument ID \"title\" adopted DATE [incorporates ID] [supersedes ID]",
        Keyword::Party => "party ID \"label\"",
        Keyword::Body => "body ID \"label\"",
        Keyword::Kind => "kind NAME \"label\" [counts UNIT]",
        Keyword::Zone => "zone ID \"file.geojson\"",
        Keyword::Number => "number ID N since DATE \"reference\"",
        Keyword::Milestone => "milestone ID when CONDITION",
        Keyword::Provision => "provision ID \"point 4\"",
    }
}

fn zone(cursor: &mut Cursor) -> Option<Word> {
    let Some(word) = cursor.peek_word() else { return cursor.expected("a time zone") };
    let span = cursor.here();
    cursor.skip(1);
    Some(Word { name: word.into(), span })
}

fn instrument(cursor: &mut Cursor) -> Option<Block> {
    let (id, title) = (cursor.declare("a name")?, cursor.text("the title")?);
    cursor.expect("adopted")?;
    let adopted = cond::date(cursor)?;
    let (mut incorporates, mut supersedes) = (Vec::new(), Vec::new());
    loop {
        let list = if cursor.eat("incorporates") {
            &mut incorporates
        } else if cursor.eat("supersedes") {
            &mut supersedes
        } else {
            return Some(Block::Instrument { id, title, adopted, incorporates, supersedes });
        };
        list.push(cursor.name("an instrument")?);
        while cursor.eat_comma() {
            list.push(cursor.name("an instrument")?);
        }
    }
}

fn number(cursor: &mut Cursor) -> Option<Block> {
    let id = cursor.declare("a name")?;
    let mut values = Vec::new();
    loop {
        let value = cond::number(cursor)?;
        cursor.expect("since")?;
        let since = cond::date(cursor)?;
        let reference = cursor.text("the reference")?;
        values.push(DatedEntry { value, since, reference });
        if !cursor.eat_comma() {
            return Some(Block::Number { id, values });
        }
    }
}

impl Block {
    /// The word that begins the line, for messages.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Block::Pact { .. } => "pact",
            Block::Clock { .. } => "clock",
            Block::Instrument { .. } => "instrument",
            Block::Party { .. } => "party",
            Block::Body { .. } => "body",
            Block::Kind { .. } => "kind",
            Block::Zone { .. } => "zone",
            Block::Number { .. } => "number",
            Block::Milestone { .. } => "milestone",
            Block::Provision { .. } => "provision",
            Block::Comment { .. } => "--",
            Block::Blank {} => "",
            Block::Unreadable { meant, .. } => {
                Keyword::ALL.iter().find(|known| Some(known.1) == *meant).map_or("this line", |known| known.0)
            }
        }
    }
}
