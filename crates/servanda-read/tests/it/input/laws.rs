//! Laws that hold for documents of any bytes, and inputs made to be slow.

use proptest::prelude::*;
use servanda_read::input::articles;
use servanda_read::{Clock, read_document};

use super::packed;
use crate::fuzz_prose::{PATHS, prose};

/// Text with all that makes the formats difficult.
fn words() -> impl Strategy<Value = String> {
    let piece = "(\n|\r\n|  |\"\"|\"|“|”|‘|’|,|;|\t|\\. |[A-Z][a-z]{2,5} |[a-z]{2,5} |é|[0-9]{1,4}|---\n|title: |date: |# |- |> |\\*\\*|\\[|\\]\\(|`|\\||\
                 <p>|</p>|<div class=\"nav\">|<h1>|<li>|<td>|<br>|<a href=x>|</a>|<!--|-->|<script>|</script>|&amp;|&#8217;|&notit|<b|<title>|</title>|\
                 \\{\"text\": \"|\"\\}|\\\\u00e9|\\\\n|Photograph: |Opens in new window|By |Subscribe|said |however )";
    proptest::string::string_regex(&format!("{piece}{{0,60}}")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_articles(text in words()) {
        for path in PATHS {
            prose(path, text.as_bytes());
        }
    }

    #[test]
    fn any_bytes_become_articles(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for path in PATHS {
            prose(path, &bytes);
        }
    }

    /// A sound file of which some bytes were changed.
    #[test]
    fn spoilt_files_become_articles(at in any::<prop::sample::Index>(), n in 1usize..40, with in any::<u8>(), which in 0usize..3) {
        let (path, mut bytes) = match which {
            0 => ("a.docx", packed::docx("<w:p><w:r><w:t>The gate is open.</w:t></w:r></w:p>")),
            1 => ("a.eml", packed::MAIL.as_bytes().to_vec()),
            _ => ("a.pdf", packed::pdf(&["BT /F 10 Tf (The gate) Tj ET /Loop Do", "BT /H 9 Tf <0010> Tj ET"])),
        };
        let at = at.index(bytes.len());
        let end = (at + n).min(bytes.len());
        bytes[at..end].fill(with);
        prose(path, &bytes);
    }

    /// In plain text every block stands in the original word for word.
    #[test]
    fn plain_text_is_its_own_original(text in words()) {
        let clock = Clock::utc();
        let (document, _) = read_document("a.txt", text.as_bytes(), &clock, None);
        for article in articles(&document, &clock).0 {
            for block in article.prose.blocks.iter().filter(|block| document.document.title.is_none() || block.span.start > 0) {
                let words = block.span.of(&article.prose.text);
                if document.document.title.is_none() {
                    prop_assert_eq!(article.prose.origin(block.span).of(&document.text), words);
                }
            }
        }
    }
}

#[test]
fn seeds_of_the_fuzz_target() {
    let seeds = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/prose-seeds");
    let mut n_seeds = 0;
    for entry in std::fs::read_dir(seeds).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        prose(PATHS[usize::from(bytes[0]) % PATHS.len()], &bytes[1..]);
        n_seeds += 1;
    }
    assert!(n_seeds >= 9);
}

/// Inputs on which a careless reader takes quadratic time or a deep stack. Each ends, and keeps its bounds.
#[test]
fn inputs_made_to_be_slow() {
    const N: usize = 20_000;
    let cases: Vec<(&str, String)> = vec![
        ("a.txt", "word ".repeat(N)),
        ("a.txt", "“".repeat(N)),
        ("a.txt", "(".repeat(N)),
        ("a.txt", ". A".repeat(N)),
        ("a.txt", "Title Opens in new window ".repeat(N / 10)),
        ("a.txt", "\n".repeat(N)),
        ("a.txt", "a\n".repeat(N)),
        ("a.md", "> ".repeat(500)),
        ("a.md", "*a **b ".repeat(N / 4)),
        ("a.md", "[".repeat(N)),
        ("a.md", "- ".repeat(500)),
        ("a.md", "-->`\n{\"text\": \"\n“`".to_owned()),
        ("a.md", "`".repeat(N)),
        ("a.html", "<div>".repeat(N)),
        ("a.html", "<b><i>".repeat(N)),
        ("a.html", "<p><b class=x>".repeat(N)),
        ("a.html", "<table><tr><td>".repeat(N / 3)),
        ("a.html", "<a href=x><p>".repeat(N / 2)),
        ("a.html", "</div></p>".repeat(N)),
        ("a.html", "&amp".repeat(N)),
        ("a.html", "<".repeat(N)),
        ("a.html", "<!--".repeat(N)),
        ("a.html", format!("<p {}>", "a=b ".repeat(N))),
        ("a.html", "<script type=application/ld+json>".to_owned() + &"[".repeat(N)),
        ("a.csv", "text\n".to_owned() + &"\"".repeat(N + 1)),
        ("a.csv", "text\n".to_owned() + &"\"a\n".repeat(N)),
        ("a.csv", ",".repeat(N)),
        ("a.json", "[".repeat(N)),
        ("a.json", "{\"items\":[".repeat(N)),
        ("a.jsonl", "{\n".repeat(N)),
        ("a.eml", "A: b\n ".repeat(N)),
        ("a.eml", "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(500)),
        ("a.pdf", "%PDF-1.7\n".to_owned() + &"[".repeat(N)),
        ("a.pdf", "%PDF-1.7\n1 0 obj << /Kids [1 0 R] /Type /Pages >> endobj trailer << /Root << /Pages 1 0 R >> >>".to_owned()),
    ];
    let clock = Clock::utc();
    for (path, text) in cases {
        let (document, _) = read_document(path, text.as_bytes(), &clock, None);
        for article in articles(&document, &clock).0 {
            for block in &article.prose.blocks {
                assert!(article.prose.origin(block.span).of(&document.text).is_some(), "{path}: {block:?}");
            }
            // Nothing is made of nothing: what is read is at most what was there, with the white space between blocks.
            assert!(
                article.prose.text.len() <= 4 * text.len() + 16,
                "{path}: {}",
                &text[..20.min(text.len())]
            );
        }
    }
}
