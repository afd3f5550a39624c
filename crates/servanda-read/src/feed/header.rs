//! The head of a delimited table: which column is meant by a name, a tag or a question.

use servanda_model::Span;

use super::glob;
use super::hxl::{self, Match, Tag};
use super::spec::Feed;
use crate::rows::Rows;

/// Column that every row has: the number of its first line.
pub(crate) const LINE: &str = "@line";

/// Where the cell of a feed's column comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The table has no such column.
    Absent,
    /// The cell at this place of the row.
    Cell(usize),
    /// Number of the row's first line.
    Line,
    /// The options that were chosen: those of the expanded columns whose cells say yes.
    Chosen(Vec<(usize, String)>),
    /// The options that were chosen, one after the other in one cell, parted by white space.
    List(usize),
}

impl Slot {
    /// Whether the table has the column.
    pub fn is_found(&self) -> bool {
        !matches!(self, Slot::Absent | Slot::Line)
    }
}

/// Stands between the options that were chosen: no option has it.
pub(crate) const BETWEEN_OPTIONS: &str = "\u{1f}";

/// Several columns that a name can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ambiguous {
    pub columns: Vec<String>,
}

/// The names of the columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    /// As written above the rows.
    pub names: Vec<String>,
    /// Tags, where the table has a row of them.
    pub tags: Vec<Option<Tag>>,
    /// What stands between groups and questions, where the last part of a name is enough.
    pub groups: Option<String>,
}

/// The head of a table and where its rows begin.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub header: Header,
    /// The row that names the columns.
    pub span: Span,
    /// Rows of the head.
    pub n_rows: usize,
    /// The row of tags with its line.
    pub tag_row: Option<(Span, usize)>,
}

impl Head {
    /// Finds the head of a table; `None` where the table is empty.
    ///
    /// `has_tags`: the feed names tags, so they are looked for below further rows of headers as well.
    pub fn find(
        text: &str,
        from: usize,
        delimiter: u8,
        has_tags: bool,
        groups: Option<&str>,
    ) -> Option<Head> {
        let mut rows = Rows::new(text, from, delimiter);
        let mut first: Option<(Vec<String>, Span)> = None;
        let mut above = Vec::new();
        let max_rows = if has_tags { hxl::MAX_ROWS_ABOVE + 1 } else { 2 };
        let groups = groups.map(str::to_owned);
        for n in 0..max_rows {
            let Some(row) = rows.step() else { break };
            let cells: Vec<String> =
                (0..rows.n_cells()).map(|at| rows.cell(at).unwrap_or_default().trim().to_owned()).collect();
            if let Some(tags) = hxl::tags(cells.iter().map(String::as_str), has_tags) {
                let mut names: Vec<String> = if n == 0 { cells } else { above };
                names.resize(tags.len(), String::new());
                let header = Header { names, tags, groups };
                return Some(Head {
                    header,
                    span: row.span,
                    n_rows: n + 1,
                    tag_row: Some((row.span, row.line)),
                });
            }
            if first.is_none() {
                first = Some((cells.clone(), row.span));
            }
            above = cells;
        }
        let (names, span) = first?;
        Some(Head { header: Header { names, tags: Vec::new(), groups }, span, n_rows: 1, tag_row: None })
    }
}

impl Header {
    /// The column that one of these names means, the first that the table has.
    pub fn slot(&self, names: &[String], is_choice: bool) -> Result<Slot, Ambiguous> {
        for name in names {
            let slot = match name.as_str() {
                LINE => Slot::Line,
                _ if is_choice => self.chosen(name)?,
                _ => self.column(name)?.map_or(Slot::Absent, Slot::Cell),
            };
            if slot != Slot::Absent {
                return Ok(slot);
            }
        }
        Ok(Slot::Absent)
    }

    fn column(&self, name: &str) -> Result<Option<usize>, Ambiguous> {
        if let Some(pattern) = Some(name).filter(|name| Tag::is_meant(name)).and_then(Tag::parse) {
            return match hxl::find(&pattern, &self.tags) {
                Match::One(at) => Ok(Some(at)),
                Match::None => Ok(self.names.iter().position(|column| column == name)),
                Match::Several(columns) => Err(self.ambiguous(&columns)),
            };
        }
        if let Some(at) = self.names.iter().position(|column| column == name) {
            return Ok(Some(at));
        }
        let Some(groups) = &self.groups else { return Ok(None) };
        let within: Vec<usize> =
            (0..self.names.len()).filter(|at| ends_with_part(&self.names[*at], name, groups)).collect();
        match within[..] {
            [] => Ok(None),
            [at] => Ok(Some(at)),
            _ => Err(self.ambiguous(&within)),
        }
    }

    /// The columns `question/option`, else the one column of the question that lists its options.
    fn chosen(&self, question: &str) -> Result<Slot, Ambiguous> {
        let groups = self.groups.as_deref().unwrap_or("/");
        let expanded: Vec<(usize, String)> = self
            .names
            .iter()
            .enumerate()
            .filter_map(|(at, name)| {
                let (whole, option) = name.rsplit_once(groups)?;
                let is_option = whole == question || ends_with_part(whole, question, groups);
                is_option.then(|| (at, option.to_owned()))
            })
            .collect();
        if expanded.is_empty() {
            return Ok(self.column(question)?.map_or(Slot::Absent, Slot::List));
        }
        Ok(Slot::Chosen(expanded))
    }

    fn ambiguous(&self, columns: &[usize]) -> Ambiguous {
        let shown = |at: &usize| self.names.get(*at).filter(|name| !name.is_empty()).cloned();
        Ambiguous {
            columns: columns.iter().map(|at| shown(at).unwrap_or(format!("column {}", at + 1))).collect(),
        }
    }

    /// The columns that one of these patterns means: `*` and `?` in names, or tags.
    pub fn private(&self, patterns: &[String]) -> Vec<usize> {
        (0..self.names.len())
            .filter(|at| {
                let tag = self.tags.get(*at).and_then(Option::as_ref);
                patterns
                    .iter()
                    .any(|pattern| is_private(pattern, &self.names[*at], tag, self.groups.as_deref()))
            })
            .collect()
    }
}

impl Header {
    /// Which cells of a row must not go on record, and how much of each may: nothing of a private column.
    pub fn to_empty(&self, feed: &Feed) -> Vec<ToEmpty> {
        let private = self.private(&feed.private).into_iter().map(|at| ToEmpty { at, rule: None });
        let shortened = feed.shorten.iter().enumerate().flat_map(|(rule, shorten)| {
            let at = |name: &String| self.names.iter().position(|column| column == name);
            shorten.columns.iter().filter_map(at).map(move |at| ToEmpty { at, rule: Some(rule) })
        });
        let mut all: Vec<ToEmpty> = private.chain(shortened).collect();
        all.sort_by_key(|cell| (cell.at, cell.rule));
        all.dedup_by_key(|cell| cell.at);
        all
    }
}

/// A column of which not everything may go on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ToEmpty {
    pub at: usize,
    /// The feed's rule that shortens it; `None`: nothing of it is kept.
    rule: Option<usize>,
}

impl ToEmpty {
    /// How much of a cell is kept; `None` where it says nothing private.
    pub fn kept<'c>(&self, feed: &Feed, cell: &'c str) -> Option<&'c str> {
        match self.rule {
            None => (!cell.trim().is_empty()).then_some(""),
            Some(rule) => feed.shorten[rule].cut(cell).map(|end| &cell[..end]),
        }
    }
}

/// Whether a pattern means a column, by its whole name, the last part of it, or its tag. Capitals do not count.
pub(crate) fn is_private(pattern: &str, name: &str, tag: Option<&Tag>, groups: Option<&str>) -> bool {
    if Tag::is_meant(pattern) {
        return tag.zip(Tag::parse(pattern)).is_some_and(|(tag, pattern)| pattern.fits(tag));
    }
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let last = groups.and_then(|groups| name.rsplit_once(groups)).map_or(name.as_str(), |(_, last)| last);
    glob::fits(&pattern, &name) || glob::fits(&pattern, last)
}

/// Whether a name ends with this part, groups before it.
pub(crate) fn ends_with_part(name: &str, part: &str, groups: &str) -> bool {
    name.strip_suffix(part).is_some_and(|before| !part.is_empty() && before.ends_with(groups))
}

/// Whether the cell of an option says that it was chosen.
pub(crate) fn is_yes(cell: &str) -> bool {
    ["1", "true", "yes", "1.0"].iter().any(|yes| cell.trim().eq_ignore_ascii_case(yes))
}

/// The character that parts the columns: of `,` `;` tab and `|` the one that the first line has most often outside quotes.
pub(crate) fn delimiter(text: &str, from: usize) -> u8 {
    const KNOWN: [u8; 4] = [b',', b';', b'\t', b'|'];
    let mut counts = [0usize; KNOWN.len()];
    let mut is_quoted = false;
    for byte in text.as_bytes()[from..].iter().take(1 << 16) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted && counts.iter().any(|n| *n > 0) => break,
            byte if !is_quoted => {
                if let Some(at) = KNOWN.iter().position(|known| known == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    KNOWN[counts.iter().position(|n| *n == most).unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str], groups: Option<&str>) -> Header {
        Header {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            tags: Vec::new(),
            groups: groups.map(str::to_owned),
        }
    }

    #[test]
    fn finds_questions_in_their_groups() {
        let table = header(
            &["start", "event/what", "event/who", "event/who/north", "event/who/south", "a/x", "b/x"],
            Some("/"),
        );
        let slot = |name: &str, is_choice: bool| table.slot(&[name.to_owned()], is_choice);
        assert_eq!(slot("start", false), Ok(Slot::Cell(0)));
        assert_eq!(slot("what", false), Ok(Slot::Cell(1)));
        assert_eq!(slot("event/what", false), Ok(Slot::Cell(1)));
        assert_eq!(slot("hat", false), Ok(Slot::Absent));
        assert_eq!(slot("", false), Ok(Slot::Absent));
        assert_eq!(slot("x", false), Err(Ambiguous { columns: vec!["a/x".to_owned(), "b/x".to_owned()] }));
        assert_eq!(slot("who", false), Ok(Slot::Cell(2)));
        let chosen = vec![(3, "north".to_owned()), (4, "south".to_owned())];
        assert_eq!(slot("who", true), Ok(Slot::Chosen(chosen)));
        assert_eq!(slot("what", true), Ok(Slot::List(1)));
        assert_eq!(slot("@line", false), Ok(Slot::Line));
        assert_eq!(header(&["event/what"], None).slot(&["what".to_owned()], false), Ok(Slot::Absent));
    }

    #[test]
    fn finds_private_columns() {
        let mut table = header(&["meta/username", "Device ID", "what", "phone"], Some("/"));
        table.tags = vec![None, None, None, Tag::parse("#contact+phone")];
        let patterns = ["username", "device*", "#contact"].map(str::to_owned);
        assert_eq!(table.private(&patterns), [0, 1, 3]);
    }

    #[test]
    fn finds_what_parts_the_columns() {
        for (text, expected) in [
            ("a,b;c,d\n", b','),
            ("\"a;b;c\",d\n", b','),
            ("a;b\n1,2,3,4;5\n", b';'),
            ("a\tb", b'\t'),
            ("a|b", b'|'),
            ("", b','),
            ("a\nb;c", b';'),
        ] {
            assert_eq!(delimiter(text, 0), expected, "{text}");
        }
    }
}
