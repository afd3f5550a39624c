use expect_test::{Expect, expect};
use servanda_read::{Clock, DocumentMetadata, document_list, read_document};

use crate::show;

fn check(path: &str, bytes: &[u8], expected: Expect) {
    let clock = Clock::named("Etc/GMT-2").unwrap();
    let (document, list) = read_document(path, bytes, &clock, None);
    let mut value = serde_json::to_value(&document.document).unwrap();
    value.as_object_mut().unwrap().remove("id");
    expected.assert_eq(&format!(
        "{value}\n{:?} from {}\n{}",
        document.body(),
        document.body_start,
        show::diagnostics(&document.text, &list)
    ));
}

#[test]
fn reads_front_matter() {
    check(
        "sources/a.md",
        b"---\ntitle: \"A \\\"quoted\\\" title: more\"\npublisher: watch\npublished: 2025-10-22\nurl: https://a.example/x\n---\nThe words.\n",
        expect![[r#"
            {"encoding":"UTF-8","media_type":"text/markdown","n_bytes":117,"path":"sources/a.md","published_at":"2025-10-22T21:59:59.999Z","publisher":"watch","title":"A \"quoted\" title: more","url":"https://a.example/x"}
            "The words.\n" from 106
        "#]],
    );
    check(
        "sources/b.md",
        b"---\r\npublisher: watch\r\npublished: 2025-10-22T14:30\r\n---\r\nWords",
        expect![[r#"
        {"encoding":"UTF-8","media_type":"text/markdown","n_bytes":62,"path":"sources/b.md","published_at":"2025-10-22T12:30:00Z","publisher":"watch"}
        "Words" from 57
    "#]],
    );
    check(
        "sources/c.md",
        b"No front matter at all",
        expect![[r#"
        {"encoding":"UTF-8","media_type":"text/markdown","n_bytes":22,"path":"sources/c.md"}
        "No front matter at all" from 0
        1:1 warning C126: nothing says what the document's 'publisher' is [Its claims have no narrator. Add publisher to its front matter or to sources/documents.toml]
        1:1 warning C126: nothing says what the document's 'published' is [Its claims count as known only from the day they are recorded. Add published to its front matter or to sources/documents.toml]
    "#]],
    );
    check(
        "sources/d.md",
        b"---\npublsher: x\nno colon here\npublished: yesterday\nencoding: klingon\n---\nWords",
        expect![[r#"
            {"encoding":"UTF-8","media_type":"text/markdown","n_bytes":78,"path":"sources/d.md"}
            "Words" from 73
            1:1 warning C126: nothing says what the document's 'publisher' is [Its claims have no narrator. Add publisher to its front matter or to sources/documents.toml]
            1:1 warning C126: nothing says what the document's 'published' is [Its claims count as known only from the day they are recorded. Add published to its front matter or to sources/documents.toml]
            2:1 remark C121: nothing reads the front matter key 'publsher' [did you mean 'publisher'?]
            3:1 warning C121: 'no colon here' is not 'key: value' [write one key: value a line]
            4:1 error C125: 'yesterday' is no publication time [write 2025-10-22, 2025-10-22T14:30 or 2025-10-22T14:30:00+02:00]
            5:1 error C122: 'klingon' is no encoding [write utf-8, utf-16le, windows-1252 or another WHATWG label, or leave the key out]
        "#]],
    );
    check(
        "sources/e.md",
        b"---\ntitle: open\nWords",
        expect![[r#"
        {"encoding":"UTF-8","media_type":"text/markdown","n_bytes":21,"path":"sources/e.md"}
        "---\ntitle: open\nWords" from 0
        1:1 error C120: the front matter that begins here has no end; the whole file is read as text [close it with a line of three hyphens]
        1:1 warning C126: nothing says what the document's 'publisher' is [Its claims have no narrator. Add publisher to its front matter or to sources/documents.toml]
        1:1 warning C126: nothing says what the document's 'published' is [Its claims count as known only from the day they are recorded. Add published to its front matter or to sources/documents.toml]
    "#]],
    );
}

#[test]
fn finds_the_encoding() {
    check(
        "sources/a.csv",
        b"who\nthe \x93north\x94",
        expect![[r#"
        {"encoding":"windows-1252","media_type":"text/csv","n_bytes":15,"path":"sources/a.csv"}
        "who\nthe “north”" from 0
        1:1 remark C124: the bytes are not UTF-8; they are read as windows-1252 [declare the encoding in front matter or in sources/documents.toml to be sure]
        1:1 warning C126: nothing says what the document's 'publisher' is [Its claims have no narrator. Add publisher to its front matter or to sources/documents.toml]
        1:1 warning C126: nothing says what the document's 'published' is [Its claims count as known only from the day they are recorded. Add published to its front matter or to sources/documents.toml]
    "#]],
    );
    check(
        "sources/b.csv",
        b"\xef\xbb\xbfwho\nnorth",
        expect![[r#"
        {"encoding":"UTF-8","media_type":"text/csv","n_bytes":12,"path":"sources/b.csv"}
        "who\nnorth" from 3
        1:1 warning C126: nothing says what the document's 'publisher' is [Its claims have no narrator. Add publisher to its front matter or to sources/documents.toml]
        1:1 warning C126: nothing says what the document's 'published' is [Its claims count as known only from the day they are recorded. Add published to its front matter or to sources/documents.toml]
    "#]],
    );
    check(
        "sources/c.csv",
        b"\xff\xfew\0h\0o\0",
        expect![[r#"
        {"encoding":"UTF-16LE","media_type":"text/csv","n_bytes":8,"path":"sources/c.csv"}
        "who" from 0
        1:1 warning C126: nothing says what the document's 'publisher' is [Its claims have no narrator. Add publisher to its front matter or to sources/documents.toml]
        1:1 warning C126: nothing says what the document's 'published' is [Its claims count as known only from the day they are recorded. Add published to its front matter or to sources/documents.toml]
    "#]],
    );
    check(
        "sources/d.md",
        b"---\nencoding: iso-8859-5\npublisher: p\npublished: 2025-01-01\n---\n\xb0",
        expect![[r#"
        {"encoding":"ISO-8859-5","media_type":"text/markdown","n_bytes":65,"path":"sources/d.md","published_at":"2025-01-01T21:59:59.999Z","publisher":"p"}
        "А" from 64
    "#]],
    );
    check(
        "sources/e.md",
        b"---\nencoding: utf-8\npublisher: p\npublished: 2025-01-01\n---\n\xb0",
        expect![[r#"
        {"encoding":"UTF-8","media_type":"text/markdown","n_bytes":60,"path":"sources/e.md","published_at":"2025-01-01T21:59:59.999Z","publisher":"p"}
        "�" from 59
        1:1 warning C123: some bytes have no meaning in UTF-8; they read as U+FFFD [declare the encoding in which the document was written]
    "#]],
    );
    check(
        "sources/f.pdf",
        b"%PDF\xff",
        expect![[r#"
            {"encoding":"UTF-8","media_type":"application/pdf","n_bytes":5,"path":"sources/f.pdf"}
            "" from 0
            1:1 warning R312: the text of the file cannot be drawn out: it does not begin as a PDF does [save it again, or as text; the file stays on record whole]
            1:1 warning C126: nothing says what the document's 'publisher' is [Its claims have no narrator. Add publisher to its front matter or to sources/documents.toml]
            1:1 warning C126: nothing says what the document's 'published' is [Its claims count as known only from the day they are recorded. Add published to its front matter or to sources/documents.toml]
        "#]],
    );
}

#[test]
fn a_list_of_documents_fills_what_front_matter_leaves_out() {
    let clock = Clock::utc();
    let text = r#"[[document]]
path = "sources/a.csv"
title = "A"
publisher = "watch"
published = "2025-10"
encoding = "cp1252"
[[document]]
path = "sources/a.csv"
[[document]]
title = "no path"
published = "2025-10-01/2025-10-02"
encoding = "none"
"#;
    let (list, diagnostics) = document_list("sources/documents.toml", text, &clock);
    let metadata: &DocumentMetadata = &list["sources/a.csv"];
    let (document, more) = read_document("sources/a.csv", b"\x93", &clock, Some(metadata));
    assert!(more.is_empty(), "{more:?}");
    let json = serde_json::to_string(&document.document).unwrap();
    expect![[r#"
        {"id":"d16bd22f7196c0a70f4b12aa0b290c4c4acecd5d6ba350ecc8447fbdf4c3819b","path":"sources/a.csv","n_bytes":1,"media_type":"text/csv","encoding":"windows-1252","title":"A","publisher":"watch","published_at":"2025-10-31T23:59:59.999Z"}
        "“"
        8:8 error C107: the document 'sources/a.csv' is declared already; this one is not used [give each its own id, or put their fields together]
            sources/documents.toml@20: the first one
        9:1 error C104: 'path' is missing [add path = "…"]
        11:13 error C125: '2025-10-01/2025-10-02' is no publication time [write 2025-10-22, 2025-10-22T14:30 or 2025-10-22T14:30:00+02:00]
        12:12 error C122: 'none' is no encoding [write utf-8, utf-16le, windows-1252 or another WHATWG label, or leave the key out]
    "#]].assert_eq(&format!("{json}\n{:?}\n{}", document.text, show::diagnostics(text, &diagnostics)));
}
