//! Tables of articles.

use expect_test::expect;

use super::check;

#[test]
fn delimited_text() {
    check(
        "a.csv",
        "\u{feff}url,Date,Title,Full Text,Source\r\nhttps://press.example/1,2025-06-03,\"The \"\"upper\"\" gate of Sar\",\"Tuesday, June 3, 2025 \r\n\r\n\r\nThe gate is \"\"open\"\", the council said.\r\n\r\nIt rains.\",Valley Press\r\n\
        https://press.example/2,3/4/2025,No date,\"<p>It &amp; the \"\"gate\"\".</p><p>Two</p>\",\r\n,,,,\r\nshort\r\n",
        expect![[r#"
            == The "upper" gate of Sar | Valley Press | 2025-06-03 | https://press.example/1
            Headline: The "upper" gate of Sar  < "The \"\"upper\"\" gate of Sar"
            Tag: Tuesday, June 3, 2025
            Paragraph: The gate is "open", the council said.  < "The gate is \"\"open\"\", the council said."
            Paragraph: It rains.
            == No date | - | - | https://press.example/2
            Headline: No date
            Paragraph: It & the "gate".  < "It &amp; the \"\"gate\"\"."
            Paragraph: Two
            8:1 warning R308: rows whose publication time cannot be read: 1; this is the first [write 2025-10-22, 2025-10-22T14:30 or 2025-10-22T14:30:00+02:00]
            9:1 remark R306: rows without text, or that cannot be read: 2 of 4; this is the first [each row has as many cells as the header, and marks within a quoted cell are doubled]
        "#]],
    );
    check(
        "a.tsv",
        "headline\tbody\nThe gate\tIt is open.\n",
        expect![[r#"
        == The gate | - | - | -
        Headline: The gate
        Paragraph: It is open.
    "#]],
    );
    check(
        "a.csv",
        "text;date\n\"It is open.\nIt closed.\";03.06.2025 14:00\n\"never closed;\n",
        expect![[r#"
            == - | - | 2025-06-03 | -
            Paragraph: It is open.
            Paragraph: It closed.
            4:1 remark R306: rows without text, or that cannot be read: 1 of 2; this is the first [each row has as many cells as the header, and marks within a quoted cell are doubled]
        "#]],
    );
    check(
        "a.csv",
        "gate,count\nSar,3\n",
        expect![[r#"
        1:1 remark R305: the table has no column of text, so its rows are no articles [name the columns title, text, date and url, or declare a feed that takes the table]
    "#]],
    );
}

#[test]
fn json_lists_and_lines() {
    check(
        "a.jsonl",
        "{\"title\": \"The \\\"gate\\\"\", \"text\": \"It is open.\\n\\nThe \\u00e9cole \\ud83d\\ude00 is shut.\", \"date\": \"2025-06-03T23:30:00-05:00\", \"source\": {\"name\": \"Valley Press\"}}\n\
        not json\n{\"text\": null}\n{\"body\": \"Second.\", \"data\": [1]}\n",
        expect![[r#"
            == The "gate" | Valley Press | 2025-06-03 | -
            Headline: The "gate"  < "The \\\"gate\\\""
            Paragraph: It is open.
            Paragraph: The école 😀 is shut.  < "The \\u00e9cole \\ud83d\\ude00 is shut."
            == - | - | - | -
            Paragraph: Second.
            2:1 remark R306: rows without text, or that cannot be read: 2 of 4; this is the first [each row has as many cells as the header, and marks within a quoted cell are doubled]
        "#]],
    );
    check(
        "a.json",
        "{\n \"version\": 1,\n \"items\": [{\"title\": \"A gate opens\", \"content_html\": \"<p>It is open.<\\/p>\", \"date_published\": \"2025-06\"}, {\"text\": \"broken",
        expect![[r#"
            == A gate opens | - | - | -
            Headline: A gate opens
            Paragraph: It is open.
            1:1 remark R306: rows without text, or that cannot be read: 1 of 2; this is the first [each row has as many cells as the header, and marks within a quoted cell are doubled]
        "#]],
    );
    check(
        "a.json",
        "{\n \"headline\": \"A gate opens\",\n \"text\": \"It is open.\"\n}",
        expect![[r#"
        == A gate opens | - | - | -
        Headline: A gate opens
        Paragraph: It is open.
    "#]],
    );
    check(
        "a.json",
        "[[[[",
        expect![[r#"
        1:1 remark R305: the table has no column of text, so its rows are no articles [name the columns title, text, date and url, or declare a feed that takes the table]
    "#]],
    );
}
