//! Front matter of other sites, and Markdown.

use expect_test::expect;

use super::check;

#[test]
fn keys_of_other_sites() {
    check(
        "a.md",
        "---\ntags: statements\ndate: '2025-06-03'\nmodified_time: 2025-06-04 09:00:00-05:00\nsource_url: https://north.example/a\n\
        published_time: 2025-06-03 23:30:00-05:00\ntitle: \"Statement by the Council on the Opening of\\_Sar, the\\\n  \\ Upper Gate and the\n  Lake\\u2019s Ferry\"\n\
        categories:\n- a\n- b\n---\n \nPrivate Residence  \nUpper Sar\n\n11:52 A.M. EST\n\nMS. OSTROW:  Good **morning**.  The gate\nis [open](https://north.example/b?x=(1)).\n\n\
        # Next\n\n-   One *item*\n    goes on.\n\n> It is &amp; stays open.\n",
        expect![[r#"
            == Statement by the Council on the Opening of Sar, the Upper Gate and the Lake’s Ferry | - | 2025-06-03 | https://north.example/a
            Headline: Statement by the Council on the Opening of Sar, the Upper Gate and the Lake’s Ferry  < "Statement by the Council on the Opening of\\_Sar, the\\\n  \\ Upper Gate and the\n  Lake\\u2019s Ferry"
            Paragraph: Private Residence
            Heading: Upper Sar
            Tag: 11:52 A.M. EST
            Paragraph: MS. OSTROW:  Good morning.  The gate is open.  < "MS. OSTROW:  Good **morning**.  The gate\nis [open](https://north.example/b?x=(1))."
            Heading: Next
            ListItem: One item goes on.  < "One *item*\n    goes on."
            Paragraph: It is & stays open.  < "It is &amp; stays open."
        "#]],
    );
}

#[test]
fn titles_that_the_text_shows_already() {
    check(
        "a.md",
        "---\ntitle: The gate\npublished: 2025-06\n---\n# The gate\n\nIt is open.\n",
        expect![[r#"
            == The gate | - | - | -
            Headline: The gate
            Paragraph: It is open.
        "#]],
    );
    check(
        "a.md",
        "# The gate of Sar\n\nIt *is* open.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<p>It &eacute;ased.</p>\n",
        expect![[r#"
            == - | - | - | -
            Headline: The gate of Sar
            Paragraph: It is open.  < "It *is* open."
            Row: a	b  < "a | b"
            Row: 1	2  < "1 | 2"
            Paragraph: It éased.  < "It &eacute;ased."
        "#]],
    );
    check(
        "a.txt",
        "---\ntitle: 'The council''s gate'\n---\nIt is open.\n",
        expect![[r#"
        == The council's gate | - | - | -
        Headline: The council's gate  < "The council''s gate"
        Paragraph: It is open.
    "#]],
    );
}
