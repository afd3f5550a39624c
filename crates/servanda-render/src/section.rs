//! A part of the report that is no list of promises: titles, lines, tables and lists with quotes, in any format.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::Quoted;

/// A part of the report, worded; each question words its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Anchor: lower-case words and hyphens, one of a page.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// One piece of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "block")]
pub enum Block {
    /// A title within the section.
    Title {
        /// Its words.
        text: String,
    },
    /// A line of text.
    Line {
        /// Its words.
        text: String,
    },
    /// A table; the first column names the row.
    Table {
        /// Heads of the columns.
        heads: Vec<String>,
        /// Cells, as many in each row as there are heads.
        rows: Vec<Vec<String>>,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<Item>,
    },
}

/// One item of a list, with the words that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// The sentence.
    pub said: String,
    /// The words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quoted>,
}

impl Item {
    /// An item without quotes.
    pub fn new(said: impl Into<String>) -> Item {
        Item { said: said.into(), quotes: Vec::new() }
    }

    /// With the words that it rests on.
    pub fn quoting(self, quotes: impl IntoIterator<Item = Quoted>) -> Item {
        Item { quotes: quotes.into_iter().collect(), ..self }
    }
}

impl Section {
    /// An empty section.
    pub fn new(id: &str, title: impl Into<String>) -> Section {
        Section { id: id.to_owned(), title: title.into(), blocks: Vec::new() }
    }

    /// Adds a title.
    pub fn title(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Title { text: text.into() });
    }

    /// Adds a line.
    pub fn line(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Line { text: text.into() });
    }

    /// Adds a table; one without rows is left out.
    pub fn table(&mut self, heads: &[&str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            let heads = heads.iter().map(|head| (*head).to_owned()).collect();
            self.blocks.push(Block::Table { heads, rows });
        }
    }

    /// Adds a list; one without items is left out.
    pub fn list(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { items });
        }
    }

    /// Every quote of the section.
    pub fn quotes(&self) -> impl Iterator<Item = &Quoted> {
        let lists = self.blocks.iter().filter_map(|block| match block {
            Block::List { items } => Some(items),
            _ => None,
        });
        lists.flatten().flat_map(|item| &item.quotes)
    }
}
