//! Going through what the program read: every act is a record, and an undone act is two.

use std::io::Write;
use std::process::{Command, Stdio};

use servanda_ledger::{Author, Body};
use servanda_model::{Claim, ClaimKind, Document, DocumentId, Hash32, Instant, Method, Name, Span};
use servanda_store::Store;

use crate::{Place, has};

const TEXT: &str = "---\ntitle: Shots at the ford\npublisher: mission\npublished: 2024-03-05\n---\n\
    The ford was quiet at dawn. Patrols of the Upland Council shelled the ford on 4 March, the mission said. \
    Nobody was hurt.\n\nOn 3 March 12 prisoners were freed, an aide said.\n";

/// A reading of `words`, as the program would have put it on record.
fn reading(words: &str, change: impl FnOnce(&mut Claim)) -> Claim {
    let at = TEXT.find(words).expect("words of the text");
    let document = DocumentId(Hash32::of(TEXT.as_bytes()));
    let mut claim = Claim::new(document, Span::new(at, at + words.len()), words, ClaimKind::Event).unwrap();
    claim.method = Method::Read;
    claim.rule = vec!["frame:attack".to_owned(), "cue:said".to_owned()];
    change(&mut claim);
    claim
}

fn day(date: &str) -> Option<servanda_model::When> {
    servanda_read::Clock::utc().when(date)
}

fn shelled() -> Claim {
    reading("Patrols of the Upland Council shelled the ford on 4 March", |claim| {
        claim.event_kind = Some(Name::new("shot"));
        claim.actors = vec![Name::new("upland")];
        claim.speaker = Some(Name::new("mission"));
        claim.place = Some(Name::new("ford"));
        claim.when = day("2024-03-04");
    })
}

fn freed() -> Claim {
    reading("12 prisoners were freed", |claim| {
        claim.event_kind = Some(Name::new("prisoner.freed"));
        claim.actors = vec![Name::new("upland")];
        claim.when = day("2024-03-03");
        claim.quantities = vec![servanda_model::Quantity::exactly(12, "person")];
    })
}

/// A case in which the program read two claims, put on record by one author; another reviews.
fn started(method: Method) -> Place {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "reader"]);
    place.done(&["keys", "new", "anna"]);
    place.write("c/sources/ford.md", TEXT);
    let key = place.read("config/servanda/keys/reader.key");
    let author = Author::from_key_file(&key).unwrap();
    let clock = servanda_read::Clock::utc();
    let (text, _) = servanda_read::read_document("sources/ford.md", TEXT.as_bytes(), &clock, None);
    let document: Document = text.document;
    let mut bodies = vec![Body::from(document)];
    bodies.extend([shelled(), freed()].map(|claim| Body::from(Claim { method, ..claim })));
    let files = ["c/sources/2024-03-02-bulletin.md", "c/claims/2024-03-02-bulletin.toml"];
    place.done(&["add", "--case", "c", "--as", "reader", files[0], files[1]]);
    let mut writer = Store::open_write(place.path("c/ledger.db")).unwrap();
    let at: Instant = "2026-01-30T12:00:00Z".parse().unwrap();
    writer.appender(&author).unwrap().append(&bodies, at).unwrap();
    place
}

impl Place {
    /// Reviews with these lines typed.
    fn typed(&self, arguments: &[&str], lines: &str) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_servanda"))
            .args([&["review", "--case", "c"], arguments].concat())
            .current_dir(&self.dir)
            .env_clear()
            .env("SERVANDA_AS", "anna")
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("SERVANDA_NOW", "2026-01-31T12:00:00Z")
            .env("COLUMNS", "80")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "{out}{err}");
        format!("{out}{err}")
    }

    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.done(arguments)).unwrap()
    }

    fn queue(&self, state: &str) -> usize {
        let view = self.json(&["review", "--case", "c", "--json", "--state", state]);
        view["items"].as_array().unwrap().len()
    }

    /// How far the promise to free prisoners has come, and how many breaches of the truce are reported.
    fn standing(&self, arguments: &[&str]) -> (String, String) {
        let asked = ["status", "--case", "c", "--json", "--as-of", "2024-03-10", "--known", "2026-02-01"];
        let view = self.json(&[&asked[..], arguments].concat());
        let said = |promise: &str| {
            let rows = view["rows"].as_array().unwrap().iter();
            let mut rows = rows.filter(|row| row["finding"]["provision"] == promise);
            rows.next().unwrap()["progress_said"].as_str().unwrap().to_owned()
        };
        (said("prisoners"), said("quiet"))
    }
}

/// Text with its lines joined and its branches left out.
fn unfolded(text: &str) -> String {
    text.replace('\u{2502}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn readings_count_at_once_and_why_says_that_nobody_reviewed_them() {
    let place = started(Method::Read);
    assert_eq!(place.standing(&[]), ("36 of 40".to_owned(), "1 reported breach".to_owned()));
    let why = place.done(&["why", "quiet", "--case", "c", "--as-of", "2024-03-10", "--known", "2026-02-01"]);
    has(&unfolded(&why), "[sources/ford.md, 5 Mar 2024; read by the program, not reviewed]");
    let status = place.done(&["status", "--case", "c", "--as-of", "2024-03-10", "--known", "2026-02-01"]);
    has(
        &unfolded(&status),
        "2 claims were read by the program and not reviewed; 'servanda review' goes through them",
    );

    place.typed(&[], "a\na\nq\n");
    let why = place.done(&["why", "quiet", "--case", "c", "--as-of", "2024-03-10", "--known", "2026-02-01"]);
    has(&unfolded(&why), "read by the program, accepted by a person]");
    assert_eq!(place.queue("open"), 0);
    assert_eq!(place.queue("accepted"), 2);
    let said = place.done(&["review", "--case", "c"]);
    has(&said, "nothing to review: 0 waiting");
}

#[test]
fn a_standpoint_that_counts_reviewed_claims_only_waits_for_a_person() {
    let place = started(Method::Read);
    let case = place.read("c/case.toml");
    let careful = "\n[[standpoint]]\nid = \"careful\"\nlabel = \"Reviewed only\"\nreviewed_only = true\n";
    place.write("c/case.toml", &(case + careful));
    place.done(&["check", "--case", "c"]);
    let none = ("24 of 40".to_owned(), place.standing(&["--standpoint", "careful"]).1);
    assert_eq!(place.standing(&["--standpoint", "careful"]), none);
    assert!(!none.1.contains("1 reported"), "{none:?}");
    place.typed(&["--kind", "prisoner.freed"], "a beside the page\nq\n");
    assert_eq!(place.standing(&["--standpoint", "careful"]), ("36 of 40".to_owned(), none.1.clone()));
    place.typed(&["--state", "accepted"], "r wrong week\nq\n");
    assert_eq!(place.standing(&["--standpoint", "careful"]), none);
    assert_eq!(place.standing(&[]).0, "24 of 40");
}

#[test]
fn proposals_count_for_nobody_until_a_person_accepts_them() {
    let place = started(Method::Proposed);
    let none = place.standing(&[]);
    assert_eq!(none.0, "24 of 40");
    let out = place.typed(&[], "n\na\nq\n");
    has(&out, "proposed by a language model, not accepted");
    assert_eq!(place.standing(&[]), ("36 of 40".to_owned(), none.1.clone()));
    // Put off again: as if it had never been accepted.
    place.typed(&["--state", "accepted"], "p\nq\n");
    assert_eq!(place.standing(&[]), none);
}

#[test]
fn every_act_is_on_record_and_an_undone_one_is_two() {
    let place = started(Method::Read);
    let before = place.standing(&[]);
    let records =
        |place: &Place| place.json(&["verify", "--case", "c", "--json"])["n_records"].as_u64().unwrap();
    let n = records(&place);

    place.typed(&[], "r no such day\nu\nq\n");
    assert_eq!(place.standing(&[]), before);
    assert_eq!(records(&place), n + 2);

    let out = place.typed(&[], "r\nq\n");
    has(&out, "say why");
    assert_eq!(records(&place), n + 2);

    // A correction by another person than who put the reading on record takes its place.
    let out = place.typed(&["--kind", "prisoner.freed"], "c quantity = 10\nu\nc quantity = 11\nq\n");
    has(&out, "corrected: ");
    has(&out, "undone: the correction; both are on record");
    assert_eq!(place.standing(&[]).0, "35 of 40");
    has(&place.done(&["verify", "--case", "c"]), "sound");
    let why =
        place.done(&["why", "prisoners", "--case", "c", "--as-of", "2024-03-10", "--known", "2026-02-01"]);
    assert!(!unfolded(&why).contains("program, not reviewed"), "{why}");
}

#[test]
fn an_own_correction_can_be_undone() {
    let place = started(Method::Read);
    let lines = "c quantity = 10\nu\nq\n";
    let before = place.standing(&[]);
    place.typed(&["--as", "reader", "--kind", "prisoner.freed"], lines);
    assert_eq!(place.standing(&[]), before);
    assert_eq!(place.queue("open"), 2);
}

#[test]
fn what_cannot_be_is_not_put_on_record() {
    let place = started(Method::Read);
    let out = place
        .typed(&[], "c colour = red\nc quote = never said\nc when = yesterday\ns 1\ng 9\nf kind=none\nzz\n");
    has(&out, "a claim has no field 'colour'");
    has(&out, "error[R207]");
    has(&out, "error[R212]");
    has(&out, "nothing on record is near enough");
    has(&out, "there are 2 of them");
    has(&out, "nothing fits (kind none)");
    has(&out, "'zz' is none of");
    has(&out, "0 acts were put on record");
}

#[test]
fn the_same_occurrence_is_joined_and_parted_again() {
    let place = started(Method::Read);
    let other = "---\npublisher: lowland\npublished: 2024-03-06\n---\nThe ford came under fire on 4 March.\n";
    place.write("fire.md", other);
    let coded = "[[claim]]\nid = \"fire\"\ndocument = \"sources/fire.md\"\nquote = \"The ford came under fire on 4 March\"\n\
                 kind = \"event\"\nevent_kind = \"shot\"\nactors = [\"upland\"]\nwhen = \"2024-03-04\"\nplace = \"ford\"\n";
    place.write("fire.toml", coded);
    place.done(&["add", "--case", "c", "--as", "anna", "fire.md", "fire.toml"]);
    assert!(place.standing(&[]).1.contains('2'), "{:?}", place.standing(&[]));
    let out = place.typed(&["--kind", "shot"], "s 1 both name the ford\nq\n");
    has(&out, "Possibly the same occurrence, on record:");
    has(&out, "same place, shares an actor");
    assert!(place.standing(&[]).1.contains('1'), "{:?}", place.standing(&[]));
    let out = place.typed(&["--kind", "shot"], "s 1\nu\nq\n");
    has(&out, "undone: one occurrence");
}

#[test]
fn the_queue_as_a_list_and_narrowed() {
    let place = started(Method::Read);
    let list = place.done(&["review", "--case", "c", "--list"]);
    has(&list, "Readings: 2 waiting.");
    has(&list, "sources/ford.md");
    has(&list, "12 prisoners were freed");
    let n = |arguments: &[&str]| {
        let view = place.json(&[&["review", "--case", "c", "--json"], arguments].concat());
        view["items"].as_array().unwrap().len()
    };
    assert_eq!(n(&["--actor", "Upland Council"]), 2);
    assert_eq!(n(&["--actor", "the uplanders", "--kind", "shot"]), 1);
    assert_eq!(n(&["--actor", "lowland"]), 0);
    assert_eq!(n(&["--promise", "prisoners"]), 1);
    assert_eq!(n(&["--document", "ford"]), 2);
    assert_eq!(n(&["--document", "nowhere"]), 0);
    assert_eq!(place.run(&["review", "--case", "c", "--list", "--promise", "none"]).code, 2);
}
