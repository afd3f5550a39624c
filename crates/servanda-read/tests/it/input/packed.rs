//! Word documents, e-mail and PDF.

use std::io::{Cursor, Write};

use expect_test::expect;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::check;

/// A Word document with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, xml: &str| {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
    };
    part("docProps/core.xml", "<cp:coreProperties><dc:title>Note &amp; annex</dc:title></cp:coreProperties>");
    part(
        "word/document.xml",
        &format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
    );
    archive.finish().unwrap().into_inner()
}

/// A PDF with a page for each content; the fonts are `F`, Latin, and `G`, which does not say what its letters are.
pub fn pdf(contents: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [ 1 /fi /eacute /quotedblleft /uni2019 ] >> >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [ << /DW 600 /W [ 1 [ 500 ] 2 4 700 ] >> ] >>".to_owned(),
        "<< /Font << /F 3 0 R /G 4 0 R /H 6 0 R >> /XObject << /Loop 8 0 R >> >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Y /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [ << /DW 600 >> ] >>".to_owned(),
        stream("1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0005> <00660069> endbfchar 2 beginbfrange <0010> <0029> <0041> <0030> <0031> [<0061> <D83DDE00>] endbfrange"),
        "".to_owned(),
    ];
    objects[7] = "<< /Type /XObject /Subtype /Form /Resources 5 0 R /Length 30 >>\nstream\n/Loop Do BT /F 9 Tf (o) Tj ET  \nendstream".to_owned();
    let mut kids = String::new();
    for content in contents {
        objects.push(stream(content));
        let at = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources 5 0 R /Contents {at} 0 R >>"
        ));
        kids += &format!("{} 0 R ", at + 1);
    }
    objects[1] = format!("<< /Type /Pages /Kids [ {kids}] /Count {} >>", contents.len());
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    out.extend(places.iter().map(|place| format!("{place:010} 00000 n \n")));
    out += &format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

pub const MAIL: &str = "From: \"Lena Ostrow\" <lena@council.example>\r\nSubject: =?utf-8?q?The_gate_of_S=C3=A1r?=\r\n\
Date: Tue, 3 Jun 2025 23:30:00 -0500\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
The gate of S=E1r was opened on Monday, the council =\r\nsaid.\r\n\r\n> You wrote\r\n> of May.\r\n\r\n--\r\nL.\r\n\
--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"list.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n";

#[test]
fn word_documents() {
    check(
        "a.docx",
        docx(
            "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Note &amp; annex</w:t></w:r></w:p>\
             <w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>The gate</w:t></w:r></w:p>\
             <w:p><w:r><w:t xml:space=\"preserve\">The council </w:t></w:r><w:ins><w:r><w:t>opened</w:t></w:r></w:ins>\
             <w:del><w:r><w:delText>shut</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t> HIDDEN</w:t></w:r>\
             <w:r><w:t> it &#x2014; today.</w:t><w:br/><w:t>It rains.</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>\
             <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One point</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Day</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Trips</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ),
        expect![[r#"
            == Note & annex | - | - | -
            Headline: Note & annex
            Heading: The gate
            Paragraph: The council opened it — today.
            It rains.
            ListItem: One point
            Row: Day	Trips
        "#]],
    );
    check(
        "a.docx",
        docx("<w:p><w:r><w:t>Cut").into_iter().take(300).collect::<Vec<_>>(),
        expect![[r#"
        1:1 warning R312: the text of the file cannot be drawn out: it is no zip archive, which every Word document is [save it again, or as text; the file stays on record whole]
    "#]],
    );
}

#[test]
fn messages() {
    check(
        "a.eml",
        MAIL,
        expect![[r#"
        == The gate of Sár | council.example | 2025-06-03 | -
        Headline: The gate of Sár
        Paragraph: The gate of Sár was opened on Monday, the council said.
        Boilerplate: > You wrote
        > of May.
        Boilerplate: --
        L.
        1:1 remark R313: attachments are not read: list.pdf (1 KiB) [save those that matter as files of their own]
    "#]],
    );
    check(
        "a.eml",
        "Subject: A page\nOrganization: Valley Press\nContent-Type: text/html\n\n<p>The gate &amp; the ferry.</p>",
        expect![[r#"
            == A page | Valley Press | - | -
            Headline: A page
            Paragraph: The gate & the ferry.
        "#]],
    );
    check("a.eml", "no headers", expect![[""]]);
    let nested = "Content-Type: message/rfc822\n\n".repeat(1_000) + "Subject: deep\n\nWords.";
    check(
        "a.eml",
        "Subject: outer\n".to_owned() + &nested,
        expect![[r#"
        == outer | - | - | -
        Headline: outer
        1:1 remark R313: attachments are not read: an attached message (30 KiB) [save those that matter as files of their own]
    "#]],
    );
}

#[test]
fn pdf_pages() {
    check(
        "a.pdf",
        pdf(&[
            "BT /F 18 Tf 72 700 Td (The gate of Sar) Tj ET BT /F 10 Tf 72 670 Td 12 TL (The council said on Monday that the of\\001ce) Tj T* \
             [(had ) -20 (op) 10 (ened) -400 (it.)] TJ T* (\\003No,\\004 it said.) Tj ET",
            "BT /H 10 Tf 72 700 Td <001000110005> Tj <0030> Tj 40 0 Td <0031> Tj ET",
        ]),
        expect![[r#"
            == - | - | - | -
            Headline: The gate of Sar
            Paragraph: The council said on Monday that the office
            had opened it.
            Paragraph: “No,’ it said.
            Paragraph: ABfia 😀
        "#]],
    );
    check(
        "a.pdf",
        pdf(&["/Loop Do"]),
        expect![[r#"
        == - | - | - | -
        Paragraph: oooooooo
    "#]],
    );
    check(
        "a.pdf",
        "%PDF-1.7\nno more",
        expect![[r#"
        1:1 warning R312: the text of the file cannot be drawn out: its structure is broken [save it again, or as text; the file stays on record whole]
    "#]],
    );
    check(
        "a.pdf",
        "words",
        expect![[r#"
        1:1 warning R312: the text of the file cannot be drawn out: it does not begin as a PDF does [save it again, or as text; the file stays on record whole]
    "#]],
    );
}
