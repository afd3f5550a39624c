//! Tables that want to do harm, or were made by programs that did not know better.

use crate::feeds::read;

const CSV: &str = "[[feed]]\nid = \"f\"\nfiles = \"**\"\nquantity = \"n\"\nplace = { column = \"where\" }\n";

/// How many claims, and which codes with how many messages.
fn told(feed: &str, path: &str, table: &[u8]) -> (usize, String) {
    let (claims, out) = read(feed, path, table);
    let mut codes: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for word in out.split([' ', ':']).filter(|word| word.len() == 4 && word.starts_with('R')) {
        if word[1..].bytes().all(|byte| byte.is_ascii_digit()) {
            *codes.entry(word).or_default() += 1;
        }
    }
    codes.remove("R119");
    (claims.len(), codes.iter().map(|(code, n)| format!("{code} {n}")).collect::<Vec<_>>().join(", "))
}

#[test]
fn cells_of_any_length_and_depth_are_read_or_refused() {
    let huge = "x".repeat(300_000);
    let (n, codes) = told(CSV, "a.csv", format!("n,where\n1,{huge}\n2,\"{huge}\"\n3,gate\n").as_bytes());
    assert_eq!((n, codes.as_str()), (1, "R112 2"));
    let json = CSV.replace("\"**\"\n", "\"**\"\nformat = \"json\"\n");
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let (n, codes) = told(
        &json,
        "a.json",
        format!("[{{\"n\": 1, \"where\": {deep}}}, {{\"n\": 2, \"where\": \"gate\"}}]").as_bytes(),
    );
    assert_eq!((n, codes.as_str()), (1, "R112 1"));
    let (n, codes) = told(&json, "a.json", "[".repeat(200_000).as_bytes());
    assert_eq!((n, codes.as_str()), (0, "R110 2, R123 1"));
    let map = "[[feed]]\nid = \"f\"\nfiles = \"**\"\npreset = \"geojson\"\noptional = [\"/id\", \"id\"]\n";
    let geometry = format!("{{\"type\": \"GeometryCollection\", \"geometries\": {deep}}}");
    let feature = format!("{{\"type\": \"Feature\", \"geometry\": {geometry}, \"properties\": {{}}}}");
    let (n, codes) = told(map, "a.geojson", format!("{{\"features\": [{feature}]}}").as_bytes());
    assert_eq!((n, codes.as_str()), (1, "R128 1"));
    let wide =
        format!("{{\"type\": \"MultiPoint\", \"coordinates\": [{}]}}", vec!["[1,2]"; 50_000].join(","));
    let feature = format!("{{\"type\": \"Feature\", \"geometry\": {wide}, \"properties\": {{}}}}");
    let (n, codes) = told(map, "a.geojson", format!("{{\"features\": [{feature}]}}").as_bytes());
    assert_eq!((n, codes.as_str()), (1, ""));
}

#[test]
fn any_encoding_and_line_end_is_read() {
    let table = "n,where\r\n1,gate\r\n";
    for text in [
        table.to_owned(),
        format!("\u{feff}{table}"),
        table.replace("\r\n", "\n"),
        table.replace("\r\n", "\r"),
    ] {
        assert_eq!(told(CSV, "a.csv", text.as_bytes()), (1, String::new()), "{text:?}");
    }
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(told(CSV, "a.csv", &wide), (1, String::new()));
    let wide: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(table.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    assert_eq!(told(CSV, "a.csv", &wide), (1, String::new()));
    // Bytes of another encoding, zero bytes, a form that is emptied: the rows are there.
    assert_eq!(told(CSV, "a.csv", b"n,where\n1,caf\xe9\n2,\0\n").0, 2);
}

#[test]
fn formulas_and_signs_that_turn_text_stay_words() {
    let table = "n,where\n1,\"=HYPERLINK(\"\"http://x\"\")\"\n2,\u{202e}etag\n3,غزة\n=1+1,gate\n";
    let (claims, _) = read(CSV, "a.csv", table.as_bytes());
    let places: Vec<&str> = claims.iter().map(|found| found.claim.place.as_ref().unwrap().as_str()).collect();
    assert_eq!(places, ["=HYPERLINK(\"http://x\")", "\u{202e}etag", "غزة"]);
    assert_eq!(told(CSV, "a.csv", table.as_bytes()).1, "R114 1, R121 1");
}

#[test]
fn columns_that_occur_twice_are_told_and_the_first_counts() {
    let (claims, _) = read(CSV, "a.csv", b"n,n,where,where\n1,2,gate,x\n");
    assert_eq!(claims[0].claim.amount().unwrap().best.unwrap().to_string(), "1");
    assert_eq!(told(CSV, "a.csv", b"n,n,where,where\n1,2,gate,x\n"), (1, "R127 2".to_owned()));
}
