//! Does every diagnostic have a page, and a test that provokes it?
//!
//! The codes of a crate are those that its `codes.rs` lists; where a crate has no such file, those that its source uses.

use std::collections::BTreeMap;

use super::Finding;
use super::rust::{Kind, pieces, test_text};
use super::tree::{Tree, crate_of, is_test_file};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut codes: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, text) in tree.under("crates/", "/src/codes.rs") {
        for (line, code) in listed(text) {
            if let Some((first, _)) = codes.get(&code).filter(|(first, _)| *first != path) {
                findings.push(Finding::new(
                    "codes",
                    path,
                    line,
                    format!("{code} is a code of {first} already"),
                ));
            }
            codes.entry(code).or_insert((path, line));
        }
    }
    for (path, line, code) in used(tree) {
        let list = format!("crates/{}/src/codes.rs", crate_of(path).unwrap_or_default());
        if codes.contains_key(code) {
            continue;
        }
        if tree.has(&list) {
            findings.push(Finding::new("codes", path, line, format!("{code} is not listed in {list}")));
        } else {
            codes.insert(code.to_owned(), (path, line));
        }
    }
    let tests = tested(tree);
    for (code, (path, line)) in &codes {
        let page = format!("docs/codes/{code}.md");
        match tree.text(&page) {
            None => findings.push(Finding::new("codes", path, *line, format!("{code} has no page {page}"))),
            Some(text) if !text.trim_start().starts_with(&format!("# {code}")) => {
                findings.push(Finding::new(
                    "codes",
                    &page,
                    1,
                    format!("the page does not begin with '# {code}'"),
                ));
            }
            Some(_) => {}
        }
        if !tests.iter().any(|text| text.contains(code.as_str())) {
            findings.push(Finding::new(
                "codes",
                path,
                *line,
                format!("no test mentions {code}; write the input that provokes it"),
            ));
        }
    }
    for (page, _) in tree.under("docs/codes/", ".md") {
        let code = page.trim_start_matches("docs/codes/").trim_end_matches(".md");
        if code != "README" && !codes.contains_key(code) {
            findings.push(Finding::new("codes", page, 0, format!("no crate has the code {code}")));
        }
    }
    findings
}

/// The codes that a `codes.rs` lists, as names or as strings, each with its first line.
fn listed(source: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for piece in pieces(source).into_iter().filter(|piece| piece.kind != Kind::Comment) {
        for (line, text) in piece.lines() {
            for word in text.split(|sign: char| !sign.is_alphanumeric()) {
                if is_code(word) && !found.iter().any(|(_, code)| code == word) {
                    found.push((line, word.to_owned()));
                }
            }
        }
    }
    found
}

/// Literals of what is shipped that are a code and nothing else.
fn used(tree: &Tree) -> Vec<(&str, usize, &str)> {
    let sources =
        tree.under("crates/", ".rs").filter(|(path, _)| path.contains("/src/") && !is_test_file(path));
    let mut found = Vec::new();
    for (path, text) in sources.filter(|(path, _)| !path.ends_with("/codes.rs")) {
        let shipped = &text[..text.len() - test_text(path, text).len()];
        let literals = pieces(shipped).into_iter().filter(|piece| piece.kind == Kind::Literal);
        found
            .extend(literals.filter(|piece| is_code(piece.text)).map(|piece| (path, piece.line, piece.text)));
    }
    found
}

/// One capital letter and three digits.
fn is_code(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 4 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit)
}

/// Everything in which a test can mention a code: tests of crates and the expected messages of bad cases.
fn tested(tree: &Tree) -> Vec<&str> {
    let rust = tree.under("crates/", ".rs").map(|(path, text)| test_text(path, text));
    let expected = tree.under("crates/", ".expected").chain(tree.under("cases/bad", ".expected"));
    rust.chain(expected.map(|(_, text)| text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    #[test]
    fn codes_pages_and_tests_belong_together() {
        let tree = Tree::of(&[
            (
                "crates/a/src/codes.rs",
                "/// Like Z999.\npub const CODES: &[(&str, &str)] = &[\n(\"A101\", \"x\"),\n(\"A102\", \"y\"),\n];",
            ),
            ("crates/b/src/codes.rs", "codes! {\n    B201 Error \"z\";\n    A101 Error \"again\";\n}"),
            ("crates/c/src/messages.rs", "f(\"C302\")\n"),
            (
                "crates/a/src/lib.rs",
                "fn f() { A102; \"A103\"; \"A103 no\" }\n#[cfg(test)]\nmod tests { \"A101\" }",
            ),
            ("cases/bad-one/all.expected", "B201"),
            ("docs/codes/A101.md", "# A101: x"),
            ("docs/codes/B201.md", "z"),
            ("docs/codes/C301.md", "# C301"),
            ("docs/codes/README.md", ""),
        ]);
        assert_eq!(
            shown(check(&tree)),
            "crates/b/src/codes.rs:3: A101 is a code of crates/a/src/codes.rs already [codes]\n\
             crates/a/src/lib.rs:1: A103 is not listed in crates/a/src/codes.rs [codes]\n\
             crates/a/src/codes.rs:4: A102 has no page docs/codes/A102.md [codes]\n\
             crates/a/src/codes.rs:4: no test mentions A102; write the input that provokes it [codes]\n\
             docs/codes/B201.md:1: the page does not begin with '# B201' [codes]\n\
             crates/c/src/messages.rs:1: C302 has no page docs/codes/C302.md [codes]\n\
             crates/c/src/messages.rs:1: no test mentions C302; write the input that provokes it [codes]\n\
             docs/codes/C301.md: no crate has the code C301 [codes]"
        );
    }
}
