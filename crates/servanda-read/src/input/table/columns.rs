//! Which column is which, by the usual names.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Title,
    Text,
    Date,
    Url,
    Publisher,
}

/// Usual names, the surest first; letters alone, small.
const NAMES: [(Column, &[&str]); 5] = [
    (Column::Title, &["title", "headline", "articletitle", "subject", "heading", "name"]),
    (
        Column::Text,
        &[
            "text",
            "fulltext",
            "articletext",
            "maintext",
            "body",
            "articlebody",
            "bodytext",
            "content",
            "contenttext",
            "contenthtml",
            "article",
            "story",
            "message",
            "textplain",
            "plaintext",
            "html",
            "statement",
            "description",
            "summary",
        ],
    ),
    (
        Column::Date,
        &[
            "published",
            "publishedat",
            "publishedtime",
            "datepublished",
            "publisheddate",
            "publicationdate",
            "publishdate",
            "pubdate",
            "datepublish",
            "articledate",
            "date",
            "datetime",
            "time",
            "timestamp",
            "releasedate",
            "created",
            "createdat",
        ],
    ),
    (
        Column::Url,
        &["url", "link", "sourceurl", "articleurl", "permalink", "weburl", "uri", "href", "canonicalurl"],
    ),
    (
        Column::Publisher,
        &[
            "publisher",
            "sitename",
            "outlet",
            "sourcename",
            "newspaper",
            "agency",
            "source",
            "site",
            "domain",
            "sourcedomain",
        ],
    ),
];

/// The columns of a table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    at: [Option<usize>; 5],
}

impl Columns {
    /// Finds the columns by their names.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>) -> Columns {
        let mut at = [None; 5];
        let mut ranks = [usize::MAX; 5];
        for (ix, name) in names.enumerate() {
            let letters: String =
                name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            for (slot, (_, known)) in NAMES.iter().enumerate() {
                if let Some(rank) = known.iter().position(|known| *known == letters)
                    && rank < ranks[slot]
                {
                    (at[slot], ranks[slot]) = (Some(ix), rank);
                }
            }
        }
        Columns { at }
    }

    /// Position of a column.
    pub fn of(&self, column: Column) -> Option<usize> {
        NAMES.iter().position(|(known, _)| *known == column).and_then(|slot| self.at[slot])
    }

    /// Whether rows can be articles: a column of text, or titles with their address.
    pub fn has_articles(&self) -> bool {
        self.of(Column::Text).is_some() || self.of(Column::Title).is_some() && self.of(Column::Url).is_some()
    }
}
