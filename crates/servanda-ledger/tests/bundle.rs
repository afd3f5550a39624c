//! Bundles against damage: every byte, every length, hostile lines; and the seeds of the fuzzer.

#![allow(clippy::disallowed_methods, reason = "the seeds of the fuzzer are files")]

use servanda_ledger::{
    Author, Body, Bundle, Chain, Chains, DocumentBytes, Retraction, Withdrawn, decode_bundle, encode_bundle,
    synthetic,
};
use servanda_model::{Instant, Judgement, Ruling, Severity};

fn small_bundle() -> Bundle {
    let author = Author::from_seed([7; 32], "seven");
    let (document, text) = synthetic::document(3, 2);
    let claim = synthetic::claim(document.id, 3, 1);
    let bodies: Vec<Body> = vec![
        document.into(),
        claim.clone().into(),
        Ruling {
            judgement: Judgement::Accept,
            claims: vec![claim.id()],
            reason: "read \"again\"".to_owned(),
        }
        .into(),
        Retraction { target: Withdrawn::Claim(claim.id()), reason: "misread".to_owned() }.into(),
        Body::Notice(br#"{"a":[1,2.5,null,true],"b":"x y"}"#.to_vec()),
    ];
    let mut chain = Chain::new(&author, None);
    let records =
        bodies.iter().map(|body| chain.sign(body, Instant::from_ms(1_770_000_000_000)).unwrap()).collect();
    Bundle {
        records,
        documents: vec![DocumentBytes::new(text.into_bytes()), DocumentBytes::new(vec![0, 159, 255])],
    }
}

/// Two records and a document of three bytes: small enough to try every byte.
fn tiny_bundle() -> Bundle {
    let small = small_bundle();
    let author = Author::from_seed([7; 32], "seven");
    let mut chain = Chain::new(&author, None);
    let target = Withdrawn::Claim(Default::default());
    let bodies: [Body; 2] = [
        Retraction { target, reason: "misread \"é\"".to_owned() }.into(),
        Body::Notice(br#"{"a":[1,2.5]}"#.to_vec()),
    ];
    let records =
        bodies.iter().map(|body| chain.sign(body, Instant::from_ms(1_770_000_000_000)).unwrap()).collect();
    Bundle { records, documents: small.documents[1..].to_vec() }
}

#[test]
fn a_bundle_comes_back_as_it_went() {
    let bundle = small_bundle();
    let bytes = encode_bundle(&bundle);
    let (back, diagnostics) = decode_bundle(&bytes);
    assert_eq!(diagnostics, []);
    assert_eq!(back.records, bundle.records);
    assert_eq!(back.documents.len(), 2);
    assert_eq!(encode_bundle(&back), bytes);
    assert_eq!(decode_bundle(&encode_bundle(&Bundle::default())), (Bundle::default(), vec![]));
}

/// Each position of the bundle times several other values. What is still used must be as it was.
#[test]
fn every_single_byte_change_is_detected_and_named() {
    let bytes = encode_bundle(&tiny_bundle());
    let sound = tiny_bundle();
    let line_of = |at: usize| bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let n_lines = line_of(bytes.len()) - 1;
    for at in 0..bytes.len() {
        let old = bytes[at];
        for new in
            [old ^ 1, old ^ 2, old ^ 0x20, old ^ 0x80, b' ', b'0', b'9', b'f', b'"', b'}', b'\n', b'\r', 0]
        {
            if new == old {
                continue;
            }
            let mut changed = bytes.clone();
            changed[at] = new;
            let (bundle, diagnostics) = decode_bundle(&changed);
            let named = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
            assert!(named, "byte {at}: {old} became {new} unseen");
            assert!(bundle.records.iter().all(|record| sound.records.contains(record)), "byte {at} to {new}");
            assert!(
                bundle
                    .documents
                    .iter()
                    .all(|document| DocumentBytes::new(document.bytes.clone()) == *document)
            );
            // The line itself is named, not only the sum at the end.
            let line = format!("line {}: ", line_of(at));
            let near = diagnostics.iter().any(|diagnostic| diagnostic.message.starts_with(&line));
            assert!(near || line_of(at) == n_lines || old == b'\n', "byte {at} to {new}: {diagnostics:?}");
        }
    }
}

#[test]
fn every_truncation_and_every_inserted_or_removed_byte_is_detected() {
    let bytes = encode_bundle(&tiny_bundle());
    for at in 0..bytes.len() {
        assert!(!decode_bundle(&bytes[..at]).1.is_empty(), "cut at {at}");
        let without = [&bytes[..at], &bytes[at + 1..]].concat();
        assert!(!decode_bundle(&without).1.is_empty(), "byte {at} removed");
        for extra in [b' ', b'\n', b'0'] {
            let with = [&bytes[..at], &[extra], &bytes[at..]].concat();
            assert!(!decode_bundle(&with).1.is_empty(), "a byte put in at {at}");
        }
    }
    assert!(!decode_bundle(&[&bytes[..], b"\n"].concat()).1.is_empty());
}

fn check(change: impl Fn(String) -> String, expected: &str) {
    let text = String::from_utf8(encode_bundle(&small_bundle())).unwrap();
    let (bundle, diagnostics) = decode_bundle(change(text).as_bytes());
    let mut shown = format!("{} records, {} documents\n", bundle.records.len(), bundle.documents.len());
    for diagnostic in &diagnostics {
        assert!(diagnostic.hint.is_some());
        shown.push_str(&format!("{} {}\n", diagnostic.code, diagnostic.message));
    }
    assert_eq!(shown.trim_end(), expected.trim(), "\n{shown}");
}

#[test]
fn l101_header() {
    let expected = "5 records, 2 documents
L101 line 1: this is not the first line of a servanda bundle: its version is not 1
L106 line 9: the bundle does not end as it should: the SHA-256 of all before is";
    let text = String::from_utf8(encode_bundle(&small_bundle())).unwrap().replace("bundle\":1", "bundle\":2");
    let (_, diagnostics) = decode_bundle(text.as_bytes());
    let shown: Vec<String> = diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    assert_eq!(shown.len(), 2);
    for (shown, expected) in shown.iter().zip(expected.lines().skip(1)) {
        assert!(shown.starts_with(expected), "{shown}");
    }
}

/// Codes in order of line, without the words.
fn codes(text: &str) -> Vec<String> {
    decode_bundle(text.as_bytes()).1.into_iter().map(|diagnostic| diagnostic.code).collect()
}

fn changed(change: impl Fn(&str) -> String) -> Vec<String> {
    let text = String::from_utf8(encode_bundle(&small_bundle())).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text);
    codes(&changed)
}

#[test]
fn each_damage_has_its_code() {
    assert_eq!(changed(|text| text.replace("\"seq\":1,", "\"seq\":one,")), ["L102", "L106"]);
    assert_eq!(changed(|text| text.replace("\"seq\":1,", "\"seq\": 1,")), ["L103", "L106"]);
    assert_eq!(changed(|text| text.replace("\"seq\":1,", "\"seq\":7,")), ["L104", "L106"]);
    assert_eq!(changed(|text| text.replace("misread", "misleed")), ["L104", "L106"]);
    assert_eq!(changed(|text| text.replace("\"n_records\":5", "\"n_records\":6")), ["L106"]);
    assert_eq!(changed(|text| text.replace("\"bytes\":\"AJ//\"", "\"bytes\":\"BJ//\"")), ["L108", "L106"]);
    assert_eq!(changed(|text| text.replace("\"bytes\":\"AJ//\"", "\"bytes\": \"AJ//\"")), ["L103", "L106"]);
    assert_eq!(changed(|text| text.replace("\"bytes\":\"AJ//\"", "\"bytes\":\"AJ/\"")), ["L102", "L106"]);
    assert_eq!(changed(str::to_uppercase).first().map(String::as_str), Some("L101"));
    // Two records change places.
    let swapped = changed(|text| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(2, 3);
        lines.join("\n") + "\n"
    });
    assert_eq!(swapped, ["L107", "L106"]);
    // A record twice.
    let doubled = changed(|text| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.insert(2, lines[2]);
        lines.join("\n") + "\n"
    });
    assert_eq!(doubled, ["L107", "L106", "L106"]);
}

#[test]
fn l104_says_whether_the_contents_were_changed_after_signing() {
    let text = String::from_utf8(encode_bundle(&small_bundle())).unwrap().replace("misread", "misled!");
    let (bundle, diagnostics) = decode_bundle(text.as_bytes());
    assert_eq!(bundle.records.len(), 4);
    let message = &diagnostics[0].message;
    assert!(message.starts_with("line 5: record "), "{message}");
    assert!(message.contains("(number 3 of author "), "{message}");
    assert!(message.contains("the contents were changed after signing"), "{message}");
}

#[test]
fn l105_a_record_in_anothers_name() {
    let mine = Author::from_seed([1; 32], "mine");
    let theirs = Author::from_seed([2; 32], "theirs");
    let body = Body::Notice(b"{}".to_vec());
    let mut record = Chain::new(&mine, None).sign(&body, Instant::from_ms(0)).unwrap().into_record();
    record.author = theirs.id();
    let line = format!("{{\"record\":\"{}\"", record.id());
    let text = String::from_utf8(encode_bundle(&Bundle {
        records: vec![Chain::new(&mine, None).sign(&body, Instant::from_ms(0)).unwrap()],
        documents: vec![],
    }))
    .unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[1] = lines[1].replace(&mine.id().to_string(), &theirs.id().to_string());
    lines[1].replace_range(..line.len(), &line);
    assert_eq!(codes(&(lines.join("\n") + "\n")), ["L105", "L106"]);
    assert!(record.check().is_err());
}

#[test]
fn l110_a_body_that_is_not_of_its_kind() {
    let author = Author::from_seed([1; 32], "mine");
    let chain = |kind, json: &str| {
        servanda_ledger::Sealed::sign(&author, None, kind, json.as_bytes().to_vec(), Instant::from_ms(0))
            .map(|_| ())
    };
    use servanda_ledger::RecordKind as Kind;
    for (kind, json) in [
        (Kind::Notice, "{\"a\":1,\"a\":2}"),
        (Kind::Notice, "{\"a\": 1}"),
        (Kind::Notice, "[1]"),
        (Kind::Notice, "{} "),
        (Kind::Claim, "{}"),
        (Kind::Retraction, "{\"reason\":\"x\"}"),
        (Kind::Ruling, "{\"judgement\":\"accept\",\"reason\":\"x\",\"more\":1}"),
        (Kind::Ruling, "{\"reason\":\"x\",\"judgement\":\"accept\"}"),
    ] {
        assert!(chain(kind, json).is_err(), "{json}");
    }
    assert!(chain(Kind::Notice, "{\"a\":\"white space in a \\\" string\"}").is_ok());
    assert!(chain(Kind::Ruling, "{\"judgement\":\"accept\",\"reason\":\"x\"}").is_ok());
}

#[test]
fn hostile_lines_do_not_panic() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in [
        "",
        "\n",
        "\n\n\n",
        "{}",
        "{\"servanda_bundle\":1}",
        "{\"n_records\":",
        "{\"n_records\":\n\n",
        "\u{feff}",
        &deep,
    ] {
        assert!(!decode_bundle(text.as_bytes()).1.is_empty());
        let with_header = format!(
            "{{\"servanda_bundle\":1}}\n{{\"record\":\"é{text}\n{{\"document\":\"\",\"bytes\":\"{text}\"}}\n"
        );
        assert!(!decode_bundle(with_header.as_bytes()).1.is_empty());
    }
    let many = "x\n".repeat(5000);
    let diagnostics = decode_bundle(many.as_bytes()).1;
    assert_eq!(diagnostics.len(), servanda_ledger::MAX_DIAGNOSTICS + 1);
    assert_eq!(diagnostics.last().map(|diagnostic| diagnostic.code.as_str()), Some("L199"));
}

#[test]
fn all_is_well_with_an_untouched_bundle() {
    check(|text| text, "5 records, 2 documents");
}

/// The seeds of `fuzz/fuzz_targets/decode.rs`, under the laws that the fuzzer holds.
#[test]
fn fuzz_seeds() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/decode");
    for seed in std::fs::read_dir(seeds).expect("the seeds are in the repository") {
        let bytes = std::fs::read(seed.unwrap().path()).unwrap();
        let (bundle, diagnostics) = decode_bundle(&bytes);
        if diagnostics.is_empty() {
            assert_eq!(encode_bundle(&bundle), bytes);
        }
        let mut chains = Chains::default();
        chains.merge(bundle.records);
        let _ = chains.head();
        let _ = chains.ledger(servanda_ledger::KnownBy::Record);
    }
}
