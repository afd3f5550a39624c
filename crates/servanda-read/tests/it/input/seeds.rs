//! The two articles that the product was conceived from, by the roles of their blocks alone.

use std::path::PathBuf;

use servanda_read::input::articles;
use servanda_read::prose::BlockRole::{self, *};
use servanda_read::{Clock, read_document};

/// Roles with how many blocks in a row have them.
type InRow = Vec<(BlockRole, usize)>;

/// Roles in order, and the first and last word of each block that is not read; `None` where the folder is absent.
fn roles(file: &str) -> Option<(InRow, Vec<String>)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds").join(file);
    let bytes = std::fs::read(path).ok()?;
    let clock = Clock::utc();
    let (document, _) = read_document(file, &bytes, &clock, None);
    let (articles, list) = articles(&document, &clock);
    assert!(list.is_empty(), "{list:?}");
    let [article] = &articles[..] else { panic!("one article") };
    let mut roles: InRow = Vec::new();
    let mut masked = Vec::new();
    for block in &article.prose.blocks {
        match roles.last_mut() {
            Some((role, n)) if *role == block.role => *n += 1,
            _ => roles.push((block.role, 1)),
        }
        if !block.role.is_read() {
            let words = block.span.of(&article.prose.text).unwrap();
            let ends = [words.split(' ').next(), words.rsplit(' ').next()];
            masked.push(ends.map(Option::unwrap_or_default).join(".."));
        }
    }
    Some((roles, masked))
}

#[test]
fn an_article_with_captions_and_links() {
    let Some((roles, masked)) = roles("000_9489310c9e9c282d.txt") else { return };
    let picture = [(Caption, 1), (Credit, 1), (Caption, 1), (Credit, 1)];
    let mut expected = vec![(Tag, 1), (Headline, 1), (Standfirst, 1)];
    expected.extend(picture);
    expected.push((Paragraph, 6));
    expected.extend(picture);
    expected.extend([(Paragraph, 1), (Teaser, 1), (Paragraph, 2)]);
    expected.extend(picture);
    expected.extend([(Paragraph, 3), (Teaser, 1)]);
    assert_eq!(roles, expected);
    assert_eq!(masked.len(), 9);
}

#[test]
fn an_article_in_one_paragraph() {
    let Some((roles, masked)) = roles("004_0ee0e21464e1c4e8.txt") else { return };
    let mut expected = vec![(Headline, 1), (Paragraph, 1)];
    expected.extend([(Heading, 1), (Paragraph, 1)].repeat(4));
    expected.extend([(Credit, 1), (Caption, 1)]);
    assert_eq!(roles, expected);
    let headings =
        ["Consultations..Miami", "‘Mandate..later’", "Disarmament..point", "A..road", "Header..image:"];
    assert_eq!(masked, headings);
}
