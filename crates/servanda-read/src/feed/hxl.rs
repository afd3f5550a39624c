//! HXL: columns that are named by a hashtag with attributes, in a row of their own.
//!
//! # Source
//! HXL 1.1 tagging conventions and dictionary (hxlstandard.org, 2018-04-30).

/// Rows that may stand above the row of tags.
pub(crate) const MAX_ROWS_ABOVE: usize = 24;

/// A tag or a pattern of tags: `#affected +killed -f`.
///
/// Capitals, white space and the order of attributes do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    name: String,
    /// Attributes it has, sorted, each once.
    has: Vec<String>,
    /// Attributes that a column of this pattern must not have; none in a tag.
    lacks: Vec<String>,
}

impl Tag {
    /// Reads a tag; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Tag> {
        let text = text.trim().to_lowercase();
        let rest = text.strip_prefix('#')?;
        let (name, mut rest) = word(rest)?;
        let mut tag = Tag { name: name.to_owned(), has: Vec::new(), lacks: Vec::new() };
        loop {
            rest = rest.trim_start();
            let Some(sign) = rest.chars().next() else { break };
            let list = match sign {
                '+' => &mut tag.has,
                '-' => &mut tag.lacks,
                _ => return None,
            };
            let (attribute, after) = word(rest[1..].trim_start())?;
            list.push(attribute.to_owned());
            rest = after;
        }
        tag.has.sort_unstable();
        tag.has.dedup();
        Some(tag)
    }

    /// Whether a name of a column asks for a tag.
    pub fn is_meant(name: &str) -> bool {
        name.starts_with('#')
    }

    /// Whether a column of that tag is one of this pattern, and how many attributes it has beyond it.
    fn n_beyond(&self, column: &Tag) -> Option<usize> {
        let fits = self.name == column.name
            && self.has.iter().all(|attribute| column.has.contains(attribute))
            && !self.lacks.iter().any(|attribute| column.has.contains(attribute));
        fits.then(|| column.has.len() - self.has.len())
    }

    /// Whether a column of that tag is one of this pattern.
    pub fn fits(&self, column: &Tag) -> bool {
        self.n_beyond(column).is_some()
    }
}

/// A word of letters, digits and underscores that begins with a letter, and what follows it.
fn word(text: &str) -> Option<(&str, &str)> {
    let end =
        text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    word.starts_with(|letter: char| letter.is_ascii_lowercase()).then_some((word, rest))
}

/// The columns that a pattern means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    None,
    One(usize),
    /// Several with equally few attributes beyond the pattern: which one is meant is not said.
    Several(Vec<usize>),
}

/// Finds the column of a pattern: the one with fewest attributes beyond it, the first where their tags are equal.
pub(crate) fn find(pattern: &Tag, columns: &[Option<Tag>]) -> Match {
    let fitting: Vec<(usize, usize)> = columns
        .iter()
        .enumerate()
        .filter_map(|(at, tag)| Some((pattern.n_beyond(tag.as_ref()?)?, at)))
        .collect();
    let Some(fewest) = fitting.iter().map(|(n, _)| *n).min() else { return Match::None };
    let nearest: Vec<usize> = fitting.iter().filter(|(n, _)| *n == fewest).map(|(_, at)| *at).collect();
    match nearest[..] {
        [first, ref others @ ..] if others.iter().all(|at| columns[*at] == columns[first]) => {
            Match::One(first)
        }
        _ => Match::Several(nearest),
    }
}

/// The tags of a row; `None` where the row holds data or plain headers.
///
/// `is_expected`: the feed names tags, and half of the filled cells being tags are enough; else all must be.
pub(crate) fn tags<'c>(cells: impl Iterator<Item = &'c str>, is_expected: bool) -> Option<Vec<Option<Tag>>> {
    let (mut n_filled, mut n_tags, mut tags) = (0, 0, Vec::new());
    for cell in cells {
        let tag = Tag::parse(cell);
        n_filled += usize::from(!cell.trim().is_empty());
        n_tags += usize::from(tag.is_some());
        tags.push(tag);
    }
    let is_row = n_tags > 0 && if is_expected { n_tags * 2 >= n_filled } else { n_tags == n_filled };
    is_row.then_some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_column_that_a_pattern_means() {
        let row = [
            "#affected+killed+f",
            "#affected +Killed",
            "#geo+lat",
            "",
            "#geo+lon",
            "#org+a",
            "#org+b",
            "#org+b",
        ];
        let columns = tags(row.into_iter(), true).unwrap();
        let check = |pattern: &str, expected: Match| {
            assert_eq!(find(&Tag::parse(pattern).unwrap(), &columns), expected, "{pattern}");
        };
        check("#affected+killed", Match::One(1));
        check("#affected", Match::One(1));
        check("#AFFECTED +f+killed", Match::One(0));
        check("#affected-f", Match::One(1));
        check("#affected+injured", Match::None);
        check("#geo", Match::Several(vec![2, 4]));
        check("#org+b", Match::One(6));
        check("#org-b", Match::One(5));
        check("#loc", Match::None);
    }

    #[test]
    fn tells_tags_from_data() {
        for text in ["#", "# ", "#1", "#a b", "#a+", "#a++b", "a", "", "#a+é", "#a!"] {
            assert_eq!(Tag::parse(text), None, "{text}");
        }
        assert_eq!(Tag::parse(" #Date + Occurred +start"), Tag::parse("#date+start+occurred+start"));
        let rows: [(&[&str], bool, bool); 6] = [
            (&["#org", "", "#date"], false, true),
            (&["#org", "x"], false, false),
            (&["#org", "x"], true, true),
            (&["#org", "x", "y"], true, false),
            (&["", ""], true, false),
            (&["1", "2"], true, false),
        ];
        for (row, is_expected, expected) in rows {
            assert_eq!(tags(row.iter().copied(), is_expected).is_some(), expected, "{row:?}");
        }
    }
}
