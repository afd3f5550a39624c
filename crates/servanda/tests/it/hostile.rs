//! Documents made to be slow, large or strange, through the program itself: each ends with an answer that is whole.

use serde_json::Value;

use crate::{Place, has};

/// Reads a document without a case; every place in the answer holds the words that it says.
fn read(place: &Place, name: &str, bytes: &[u8]) -> Value {
    std::fs::write(place.path(name), bytes).unwrap();
    let view: Value = serde_json::from_str(&place.done(&["read", name, "--json"])).unwrap();
    if let Ok(text) = std::str::from_utf8(bytes) {
        for claim in view["claims"].as_array().unwrap() {
            let at = |key: &str| claim[key].as_u64().unwrap() as usize;
            assert!(text.get(at("byte_start")..at("byte_end")).is_some(), "{claim:#}");
        }
    }
    view
}

fn codes(view: &Value) -> Vec<String> {
    let remarks = view["remarks"].as_array().unwrap().iter();
    let mut codes: Vec<String> = remarks.map(|found| found["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn texts_made_to_be_slow_are_read_to_the_end() {
    const N: usize = 5_000;
    let place = Place::new();
    let told = "The Upland Council released five prisoners on 4 March 2024, the mission said. ";
    let texts = [
        ("one line", told.repeat(N / 10)),
        ("opening quotes", format!("{}{told}", "“".repeat(N))),
        ("opening and closing quotes", format!("{}{told}", "“‘a’”".repeat(N / 4))),
        ("brackets", format!("{}{}\n\n{told}", "(".repeat(N), ")".repeat(N))),
        ("square brackets", format!("{}\n\n{told}", "[".repeat(N))),
        (
            "one sentence",
            format!("The Upland Council said {} released five prisoners.", "that it, and ".repeat(N / 4)),
        ),
        ("years", "a total of 12 in 2017, ".repeat(N / 10)),
        ("names", "Minister Anna of Upland and ".repeat(N / 10)),
        ("figures", "12,345,678 and ".repeat(N / 4)),
        ("cues", "he said she said ".repeat(N / 8)),
        ("conditions", "if unless until once ".repeat(N / 8)),
        ("one word", "a".repeat(20 * N)),
        ("full stops", ". ".repeat(N)),
        ("nothing", "\u{200b}\u{202e}\u{feff}".repeat(N / 4)),
    ];
    for (name, text) in texts {
        let view = read(&place, "a.txt", text.as_bytes());
        let n = view["claims"].as_array().unwrap().len();
        assert!(name != "brackets" && name != "one line" || n > 0, "{name}: {view:#}");
    }
}

#[test]
fn pages_made_to_be_deep_are_read() {
    const N: usize = 3_000;
    let place = Place::new();
    let told = "<p>The Upland Council released five prisoners on 4 March 2024, the mission said.</p>";
    let deep = format!("<html><body>{}{told}", "<div><section>".repeat(N));
    let crossed = format!("<html><body>{}{told}", "<b><p><i></b>".repeat(N));
    let twice = format!("<html><body><article id=a>{told}<a href='#a'>{}", "<iframe src='#a'>".repeat(N));
    for page in [deep, crossed, twice] {
        read(&place, "a.html", page.as_bytes());
    }
}

#[test]
fn any_encoding_and_direction_is_read_or_told() {
    let place = Place::new();
    let told = "The Upland Council released five prisoners on 4 March 2024, the mission said.";
    let wide = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(told.encode_utf16().flat_map(bytes)).collect()
    };
    for bytes in [
        told.as_bytes().to_vec(),
        [b"\xef\xbb\xbf".as_slice(), told.as_bytes()].concat(),
        wide(u16::to_le_bytes, [0xff, 0xfe]),
        wide(u16::to_be_bytes, [0xfe, 0xff]),
        // Windows-1252 in the middle of UTF-8.
        [told.as_bytes(), b" \x93Caf\xe9\x94, \xe2\x80\x9cagain\xe2\x80\x9d."].concat(),
    ] {
        let view = read(&place, "a.txt", &bytes);
        assert!(!view["claims"].as_array().unwrap().is_empty(), "{view:#}");
    }
    // What is in another language stays unread, and that is told; what is English beside it is read.
    let mixed = format!(
        "قال المجلس إن النار توقفت عند الفجر في الوادي.\n\n{told}\n\nהמועצה הודיעה כי האש פסקה עם שחר.\n"
    );
    let view = read(&place, "a.txt", mixed.as_bytes());
    assert!(codes(&view).contains(&"R330".to_owned()), "{view:#}");
    assert!(!view["claims"].as_array().unwrap().is_empty(), "{view:#}");
    for bytes in [b"".as_slice(), b"\0\0\0\0", &[0xff; 64]] {
        std::fs::write(place.path("a.txt"), bytes).unwrap();
        let said = place.run(&["read", "a.txt", "--json"]);
        assert!(said.code == 0 || !said.err.is_empty(), "{}{}", said.out, said.err);
    }
}

#[test]
fn dates_without_a_day_of_publication_stay_open_and_that_is_told() {
    let place = Place::new();
    let view =
        read(&place, "a.txt", b"The Upland Council will release prisoners tomorrow, the mission said.");
    assert!(codes(&view).contains(&"R331".to_owned()), "{view:#}");
    place.write("a.txt", "The Upland Council will release prisoners tomorrow, the mission said.");
    has(&place.run(&["read", "a.txt"]).out, "R331");
}
