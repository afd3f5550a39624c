//! Bytes in many encodings, declared or not, rightly or not.

use expect_test::{Expect, expect};
use servanda_read::{Clock, read_document};

fn check(path: &str, bytes: &[u8], expected: Expect) {
    let (document, list) = read_document(path, bytes, &Clock::utc(), None);
    let codes: Vec<&str> =
        list.iter().map(|found| found.code.as_str()).filter(|code| *code != "C126").collect();
    expected.assert_eq(&format!("{} {:?} {codes:?}", document.document.encoding, document.text));
}

#[test]
fn encodings_are_found() {
    let utf_16 = |big: bool| -> Vec<u8> {
        "The gate is open."
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    check("a.txt", &utf_16(false), expect![[r#"UTF-16LE "The gate is open." []"#]]);
    check("a.txt", &utf_16(true), expect![[r#"UTF-16BE "The gate is open." []"#]]);
    check(
        "a.txt",
        "Сьогодні ворота відкрито".as_bytes(),
        expect![[r#"UTF-8 "Сьогодні ворота відкрито" []"#]],
    );
    // The same words in windows-1251.
    let cyrillic = b"\xd1\xfc\xee\xe3\xee\xe4\xed\xb3 \xe2\xee\xf0\xee\xf2\xe0 \xe2\xb3\xe4\xea\xf0\xe8\xf2\xee, \xf1\xea\xe0\xe7\xe0\xeb\xe8 \xf3 \xf0\xe0\xe4\xb3";
    check(
        "a.txt",
        cyrillic,
        expect![[r#"windows-1251 "Сьогодні ворота відкрито, сказали у раді" ["C124"]"#]],
    );
    check(
        "a.html",
        b"<meta charset=\"windows-1251\"><p>\xe2\xee\xf0\xee\xf2\xe0",
        expect![[r#"windows-1251 "<meta charset=\"windows-1251\"><p>ворота" []"#]],
    );
    check(
        "a.html",
        b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>caf\xe9",
        expect![[
            r#"windows-1252 "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>café" []"#
        ]],
    );
    check(
        "a.html",
        "<meta charset='iso-8859-1'><p>café".as_bytes(),
        expect![[r#"UTF-8 "<meta charset='iso-8859-1'><p>café" ["C127"]"#]],
    );
    check(
        "a.html",
        b"<meta charset='utf-8'><p>\x93caf\xe9\x94",
        expect![[r#"windows-1252 "<meta charset='utf-8'><p>“café”" ["C124", "C127"]"#]],
    );
    check(
        "a.html",
        b"<?xml version='1.0' encoding='ISO-8859-2'?><html><p>\xb1",
        expect![[r#"ISO-8859-2 "<?xml version='1.0' encoding='ISO-8859-2'?><html><p>ą" []"#]],
    );
    check(
        "a.html",
        b"<meta charset=utf-16><p>plain",
        expect![[r#"UTF-8 "<meta charset=utf-16><p>plain" []"#]],
    );
    check("a.txt", b"a\0b\0", expect![[r#"UTF-8 "a\0b\0" []"#]]);
}
