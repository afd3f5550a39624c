//! Documents of every sort become articles with blocks.

mod dates;
mod encodings;
mod front_matter;
mod laws;
mod packed;
mod pages;
mod plain;
mod seeds;
mod tables;

use std::sync::LazyLock;

use expect_test::Expect;
use servanda_model::Diagnostic;
use servanda_read::input::{Article, articles};
use servanda_read::{Clock, read_document};

/// The articles of a document, block by block; an origin that is written otherwise stands behind `<`.
fn check(path: &str, bytes: impl AsRef<[u8]>, expected: Expect) {
    expected.assert_eq(&shown(path, bytes.as_ref()));
}

fn shown(path: &str, bytes: &[u8]) -> String {
    let clock = Clock::utc();
    let (document, mut list) = read_document(path, bytes, &clock, None);
    let (articles, more) = articles(&document, &clock);
    list.retain(|diagnostic| diagnostic.code != "C126");
    list.extend(more);
    let mut out = String::new();
    for article in &articles {
        let day = article.published_on.map(|day| day.to_string());
        let known = [
            article.title.as_deref(),
            article.publisher.as_ref().map(|name| name.as_str()),
            day.as_deref(),
            article.url.as_deref(),
        ];
        out += &format!("== {}\n", known.map(|field| field.unwrap_or("-")).join(" | "));
        out += &blocks(article, &document.text);
    }
    out + &crate::show::diagnostics(&document.text, &list)
}

fn blocks(article: &Article, original: &str) -> String {
    let mut out = String::new();
    for block in &article.prose.blocks {
        let words = block.span.of(&article.prose.text).expect("a block lies in its text");
        let origin =
            article.prose.origin(block.span).of(original).expect("a block leads back to the original");
        out += &format!("{:?}: {words}", block.role);
        if origin != words {
            out += &format!("  < {origin:?}");
        }
        out.push('\n');
    }
    out
}

/// Inputs that are read in part, each with the code that says so.
fn partial() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("R301", "a.txt", "One word more. ".repeat(300_000).into_bytes()),
        ("R302", "a.html", b"<body><script>load()</script><div id=root></div></body>".to_vec()),
        ("R303", "a.html", ("<div>".repeat(300) + "A word.").into_bytes()),
        ("R310", "a.docx", vec![0; (128 << 20) + 1]),
        (
            "R311",
            "a.docx",
            packed::docx(
                &format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "A word more. ".repeat(10_000)).repeat(40),
            ),
        ),
        ("R312", "a.docx", b"no archive".to_vec()),
        ("R313", "a.eml", packed::MAIL.into()),
        ("R314", "a.pdf", packed::pdf(&vec!["BT (One page.) Tj ET"; 5_001])),
        ("R315", "a.pdf", packed::pdf(&["0 0 10 10 re f"])),
        ("R316", "a.pdf", packed::pdf(&["BT /G 10 Tf <00010002> Tj ET"])),
        ("R305", "a.csv", b"gate,count\nSar,3\n".to_vec()),
        ("R306", "a.csv", b"title,text\n,\n".to_vec()),
        ("R307", "a.csv", format!("text\n{}", ",\n".repeat(250_001)).into_bytes()),
        ("R308", "a.csv", b"text,date\nIt opened.,soon\n".to_vec()),
        ("C127", "a.html", "<meta charset=latin1>\u{e9}".as_bytes().to_vec()),
        ("R304", "a.html", format!("<p>{}", "A word <b></b> ".repeat(300_000)).into_bytes()),
    ]
}

fn codes_of(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let clock = Clock::utc();
    let (document, mut list) = read_document(path, bytes, &clock, None);
    list.extend(articles(&document, &clock).1);
    list
}

/// The code that each such input shall provoke, and what it provoked.
static PROVOKED: LazyLock<Vec<(&str, Vec<Diagnostic>)>> = LazyLock::new(|| {
    partial().into_iter().map(|(code, path, bytes)| (code, codes_of(path, &bytes))).collect()
});

/// Remarks of every input that is read in part.
pub fn remarks() -> Vec<Diagnostic> {
    PROVOKED.iter().flat_map(|(_, found)| found.clone()).collect()
}

#[test]
fn what_is_not_read_is_told() {
    for (code, found) in PROVOKED.iter() {
        let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
        assert!(codes.contains(code), "{code}: {codes:?}");
    }
}
