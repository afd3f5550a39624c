use expect_test::{Expect, expect};
use servanda_model::Name;
use servanda_read::{
    Clock, Coding, Documents, Names, SourceFile, actors, coded_claims, places, read_document,
};

use crate::show;

const DOCUMENT: &str = "---
title: Week two
publisher: watch
published: 2025-10-22
---
The gate opened on Monday, the north said.

The gate opened again.
According to the paper, a northern spokesperson argued that “at least six
trucks” entered. The gate opened on Monday.
";

const ACTORS: &str = r#"
actor = [
  { id = "north", label = "North", aliases = ["Northern side"] }, { id = "south", label = "South" },
  { id = "watch", label = "Watch" }, { id = "paper", label = "Paper" },
]"#;

pub fn read(files: &[(&str, &str)]) -> (Vec<servanda_read::CodedClaim>, Vec<servanda_model::Diagnostic>) {
    let clock = Clock::named("Etc/GMT-2").unwrap();
    let (document, _) = read_document("sources/week-2.md", DOCUMENT.as_bytes(), &clock, None);
    let documents = Documents::new([document]);
    let (actors, _) = actors("actors.toml", ACTORS);
    let (places, _) = places("places.toml", "place = [{ id = \"gate\", label = \"Gate\" }]");
    let names = Names::new(&actors, &places);
    let kinds = [Name::new("gate.opened"), Name::new("aid.truck")];
    let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: Some(&kinds) };
    let files: Vec<SourceFile> = files.iter().map(|(path, text)| SourceFile { path, text }).collect();
    coded_claims(&files, &coding)
}

fn check(path: &str, text: &str, expected: Expect) {
    let (claims, list) = read(&[(path, text)]);
    let mut out = String::new();
    for coded in &claims {
        assert_eq!(coded.claim.span.of(DOCUMENT), Some(coded.claim.quote.as_str()));
        let mut value = serde_json::to_value(&coded.claim).unwrap();
        value.as_object_mut().unwrap().remove("document");
        out += &format!("{} = {value}\n", coded.label);
    }
    expected.assert_eq(&(out + &show::diagnostics(text, &list)));
}

#[test]
fn reads_every_field() {
    check(
        "claims/a.toml",
        r#"[defaults]
document = "sources/week-2.md"
kind = "event"
speaker = "north"
[[claim]]
id = "six-trucks"
quote = "“at least six trucks” entered"
event_kind = "aid.truck"
actors = ["south"]
targets = "north"
via = ["paper"]
origin = "north"
when = "2025-10-20"
date = "on Monday"
quantity = { low = 6, approx = true }
unit = "truck"
incident = "convoy-1"
place = "gate"
polarity = "negative"
modality = "alleged"
tense = "present"
quote_type = "mixed"
action = "enter"
plover = "AID"
issue = "humanitarian_aid"
condition = { type = "if", text = "the gate opens" }
commitment_level = "willing"
cue = "argued"
note = "a remark"
headline = true
[[claim]]
id = "total"
kind = "quantity"
quote = "The gate opened again."
quantity = 24.5
measure = "total"
window = "2025-10-10/2025-10-12"
counter = "watch"
component = "new"
"#,
        expect![[r#"
            six-trucks = {"action":"enter","actors":["south"],"attribution":[{"name":"watch","role":"narrator"},{"name":"paper","role":"source"},{"name":"north","role":"source"}],"commitment_level":"willing","condition":{"text":"the gate opens","type":"if"},"cue":{"end":184,"start":178,"text":"argued"},"date":{"basis":"relative","end":"2025-10-20","granularity":"day","start":"2025-10-20","text":"on Monday"},"event_kind":"aid.truck","headline":true,"incident":"convoy-1","issue":"humanitarian_aid","kind":"event","measure":"occurrence","method":"coded","modality":"alleged","note":"a remark","origin":"north","place":"gate","plover":"AID","polarity":"negative","quantities":[{"approx":true,"low":6,"unit":"truck"}],"quote":"“at least six\ntrucks” entered","quote_type":"mixed","span":{"end":223,"start":190},"speaker":"north","targets":["north"],"tense":"present","when":{"earliest":"2025-10-19T22:00:00Z","latest":"2025-10-20T21:59:59.999Z","precision":"day"}}
            total = {"attribution":[{"name":"watch","role":"narrator"},{"name":"north","role":"source"}],"component":"new","counter":"watch","kind":"quantity","measure":"total","method":"coded","modality":"actual","polarity":"affirmative","quantities":[{"best":24.5,"high":24.5,"low":24.5}],"quote":"The gate opened again.","quote_type":"indirect","span":{"end":129,"start":107},"speaker":"north","tense":"past","window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
        "#]],
    );
}

#[test]
fn reads_times() {
    let clock = Clock::named("CET").unwrap();
    let mut out = String::new();
    for text in [
        "2025-10-13",
        "2025-10-13T09:00",
        "2025-10-13T09",
        "2025-10-13T09:00:30+05:00",
        "2025-10-13T09:00Z",
        "2025-10-10/2025-10-13",
        "2025-10",
        "2025",
        "2025-10-13T09:00/2025-10-13T10:00",
        "2025-10-13/2025-10-10",
        "2025-10-26T02:30",
        "2025-03-30T02:30",
        "2025-13-01",
        "last week",
        "",
    ] {
        let when = clock.when(text).map(|when| serde_json::to_string(&when).unwrap());
        let window = clock.window(text).map(|window| format!("[{}, {})", window.start, window.end));
        out += &format!("{text}: {} {}\n", when.unwrap_or_default(), window.unwrap_or_default());
    }
    expect![[r#"
        2025-10-13: {"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"} [2025-10-12T22:00:00Z, 2025-10-13T22:00:00Z)
        2025-10-13T09:00: {"earliest":"2025-10-13T07:00:00Z","latest":"2025-10-13T07:00:00Z","precision":"exact"} 
        2025-10-13T09: {"earliest":"2025-10-13T07:00:00Z","latest":"2025-10-13T07:59:59.999Z","precision":"hour"} [2025-10-13T07:00:00Z, 2025-10-13T08:00:00Z)
        2025-10-13T09:00:30+05:00: {"earliest":"2025-10-13T04:00:30Z","latest":"2025-10-13T04:00:30Z","precision":"exact"} 
        2025-10-13T09:00Z: {"earliest":"2025-10-13T09:00:00Z","latest":"2025-10-13T09:00:00Z","precision":"exact"} 
        2025-10-10/2025-10-13: {"earliest":"2025-10-09T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"range"} [2025-10-09T22:00:00Z, 2025-10-13T22:00:00Z)
        2025-10: {"earliest":"2025-09-30T22:00:00Z","latest":"2025-10-31T22:59:59.999Z","precision":"month"} [2025-09-30T22:00:00Z, 2025-10-31T23:00:00Z)
        2025: {"earliest":"2024-12-31T23:00:00Z","latest":"2025-12-31T22:59:59.999Z","precision":"year"} [2024-12-31T23:00:00Z, 2025-12-31T23:00:00Z)
        2025-10-13T09:00/2025-10-13T10:00: {"earliest":"2025-10-13T07:00:00Z","latest":"2025-10-13T08:00:00Z","precision":"range"} [2025-10-13T07:00:00Z, 2025-10-13T08:00:00Z)
        2025-10-13/2025-10-10:  
        2025-10-26T02:30: {"earliest":"2025-10-26T00:30:00Z","latest":"2025-10-26T01:30:00Z","precision":"range"} [2025-10-26T00:30:00Z, 2025-10-26T01:30:00.001Z)
        2025-03-30T02:30: {"earliest":"2025-03-30T01:30:00Z","latest":"2025-03-30T01:30:00Z","precision":"exact"} 
        2025-13-01:  
        last week:  
        :  
    "#]].assert_eq(&out);
}

#[test]
fn quotes_are_found_or_reported() {
    check(
        "claims/a.toml",
        r#"[defaults]
document = "week-2.md"
kind = "event"
[[claim]]
id = "often"
quote = "The gate opened on Monday"
[[claim]]
id = "second"
quote = "The gate opened on Monday"
nth = 2
[[claim]]
id = "third"
quote = "The gate opened on Monday"
nth = 3
[[claim]]
id = "plain-marks"
quote = "\"at least six trucks\""
[[claim]]
id = "front-matter"
quote = "Week two"
[[claim]]
id = "no-document"
document = "sources/week-1.md"
quote = "The gate"
[[claim]]
id = "blank"
quote = " "
[[claim]]
quote = "The gate opened again"
"#,
        expect![[r#"
            second = {"attribution":[{"name":"watch","role":"narrator"}],"kind":"event","measure":"occurrence","method":"coded","modality":"actual","polarity":"affirmative","quote":"The gate opened on Monday","quote_type":"none","span":{"end":250,"start":225},"tense":"past"}
            6:9 error R208: 'sources/week-2.md' has these words 2 times [say which with nth = 1, 2, …, or quote more words]
                sources/week-2.md@63: nth = 1, line 6
                sources/week-2.md@225: nth = 2, line 10
            14:7 error R209: nth is 3, but the document has these words 2 times [count from 1 in the order of the document]
            17:9 error R207: 'sources/week-2.md' does not have these words [marks or capitals differ; the document has: “at least six trucks”]
            20:9 error R207: 'sources/week-2.md' does not have these words [copy the words from the document; only white space may differ]
            23:12 error R206: the case has no document 'sources/week-1.md' [did you mean 'sources/week-2.md'?]
            27:9 error R204: 'quote' is blank [say what the quote is]
            28:1 error R204: 'id' is missing [add id = "…"]
        "#]],
    );
}

#[test]
fn every_fault_is_reported_and_the_rest_counts() {
    check(
        "claims/a.toml",
        r#"[default]
[defaults]
quote = "no default"
[[claim]]
id = "bad"
document = "week-2.md"
quote = "The gate opened again."
kind = "evnt"
actrs = ["north"]
when = "Monday"
window = "2025-10-10/2025-10-01"
quantity = { low = 7, best = "six" }
headline = "yes"
nth = "x"
measure = "total"
[[claim]]
id = "broken"
document = "week-2.md"
quote = "The gate opened again."
kind = "event"
when = 2025-10-
[[claim]]
id = "doubtful"
document = "week-2.md"
quote = "The gate opened again."
kind = "event"
speaker = "Northern side"
actors = ["nroth", "somebody", "somebody"]
place = "gat"
event_kind = "gate.opend"
cue = "shouted"
measure = "per_day"
quantity = { low = 7, high = 6 }
[[claim]]
id = "fair"
document = "week-2.md"
quote = "The gate opened again."
kind = "event"
speaker = "Northern side"
actors = ["nroth", "somebody", "somebody"]
place = "gat"
event_kind = "gate.opend"
cue = "shouted"
measure = "per_day"
"#,
        expect![[r#"
            fair = {"actors":["nroth","somebody","somebody"],"attribution":[{"name":"watch","role":"narrator"},{"name":"north","role":"source"}],"event_kind":"gate.opend","kind":"event","measure":"per_day","method":"coded","modality":"actual","place":"gat","polarity":"affirmative","quote":"The gate opened again.","quote_type":"indirect","span":{"end":129,"start":107},"speaker":"north","tense":"past"}
            1:2 warning R202: nothing reads the key 'default' [did you mean 'defaults'?]
            3:1 warning R202: nothing reads the key 'quote' [take the key away, or look for its name in the guide]
            8:8 error R203: 'evnt' is no value of 'kind' [did you mean 'event'?]
            9:1 warning R202: nothing reads the key 'actrs' [did you mean 'actors'?]
            10:8 error R212: 'Monday' is no time [write 2025-10-13, 2025-10-13T09:00, 2025-10 or a range 2025-10-10/2025-10-13, the earlier end first]
            11:10 error R213: '2025-10-10/2025-10-01' is no reference period [write first and last civil day, both included: 2025-10-10/2025-12-07]
            12:30 error R203: 'six' is not a number with at most three decimals ('best') [write digits, with a point before decimals and no thousands separators]
            13:12 error R203: 'headline' is a text [write true or false]
            14:7 error R203: 'nth' is a text [write a whole number from 1 to 1000000]
            21:8 error R201: this is not valid TOML: invalid date, expected day [texts stand between quotation marks, lists between [ and ], tables begin with [[name]]]
            22:1 warning R220: the measure is 'per_day', but there is no window [say for which period the figure holds: window = "2025-10-10/2025-12-07"]
            27:11 remark R218: 'Northern side' is taken for the actor 'north', whose alias it is [write 'north' to be sure]
            28:11 warning R210: the case declares no actor 'nroth' (2 places, this is the first) [did you mean 'north'?]
            28:20 warning R210: the case declares no actor 'somebody' (4 places, this is the first) [declare it in actors.toml, or give an entry there this alias]
            29:9 warning R210: the case declares no place 'gat' (2 places, this is the first) [did you mean 'gate'?]
            30:14 warning R211: the agreement has no kind 'gate.opend' [did you mean 'gate.opened'?]
            31:7 warning R217: the document does not have the cue 'shouted'; it is left out [copy the word that says that something is said]
            33:12 error R214: the bounds are out of order [low is at most best, and best at most high]
            34:1 warning R220: the measure is 'per_day', but there is no window [say for which period the figure holds: window = "2025-10-10/2025-12-07"]
            39:11 remark R218: 'Northern side' is taken for the actor 'north', whose alias it is [write 'north' to be sure]
            42:14 warning R211: the agreement has no kind 'gate.opend' [did you mean 'gate.opened'?]
            43:7 warning R217: the document does not have the cue 'shouted'; it is left out [copy the word that says that something is said]
        "#]],
    );
}

#[test]
fn corrections_come_after_what_they_correct() {
    let one = |id: &str, rest: &str| {
        format!(
            "[[claim]]\nid = \"{id}\"\ndocument = \"week-2.md\"\nquote = \"opened again\"\nkind = \"event\"\nnote = \"{id}\"\n{rest}"
        )
    };
    let first =
        one("c", "corrects = \"b\"\n") + &one("b", "corrects = \"a\"\n") + &one("x", "corrects = \"y\"\n");
    let second = one("a", "")
        + &one("y", "corrects = \"x\"\n")
        + &one("z", "corrects = \"x\"\n")
        + &one("lost", "corrects = \"aa\"\n")
        + &one("by-id", "corrects = \"00000000000000000000000000000000000000000000000000000000000000ff\"\n")
        + &one("a", "")
        + &one("bad", "when = \"?\"\n")
        + &one("of-bad", "corrects = \"bad\"\n");
    let (claims, list) = read(&[("claims/1.toml", &first), ("claims/2.toml", &second)]);
    let labels: Vec<&str> = claims.iter().map(|claim| claim.label.as_str()).collect();
    assert_eq!(labels, ["a", "b", "c", "by-id"]);
    assert_eq!(claims[1].claim.corrects, Some(claims[0].claim.id()));
    assert_eq!(claims[2].claim.corrects, Some(claims[1].claim.id()));
    let lines: Vec<String> = list
        .iter()
        .map(|d| format!("{} {}: {} [{}]", d.file, d.code, d.message, d.hint.as_deref().unwrap()))
        .collect();
    expect![[r#"
        claims/1.toml R216: these correct one another in a circle: x corrects y corrects x [the later claim corrects the earlier one, never the other way round]
        claims/2.toml R215: the claim 'x' cannot be used, so nothing can correct it [mend the errors of that claim first]
        claims/2.toml R215: there is no claim 'aa' to correct [give the label of a claim of this case, or the 64 digits of a claim's id]
        claims/2.toml R205: there is already a claim 'a'; this one is not used [labels are unique in the case: choose another, or say that it corrects the first]
        claims/2.toml R212: '?' is no time [write 2025-10-13, 2025-10-13T09:00, 2025-10 or a range 2025-10-10/2025-10-13, the earlier end first]
        claims/2.toml R215: the claim 'bad' cannot be used, so nothing can correct it [mend the errors of that claim first]"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn reads_claims_from_a_table() {
    check(
        "claims/a.csv",
        "\u{feff}id,document,quote,kind,actors,via,low,best,high,unit,condition_type,condition_text,when,colour\n\
         one,week-2.md,\"The gate opened\n again.\",event,north; south,,6,,8,truck,if,\"it, too\",2025-10-13,red\n\
         \n\
         two,week-2.md,opened again\n\
         three,week-2.md,opened again,event,,,x,,,,sometimes,,,\n\
         four,week-2.md,\"open",
        expect![[r#"
            one = {"actors":["north","south"],"attribution":[{"name":"watch","role":"narrator"}],"condition":{"text":"it, too","type":"if"},"kind":"event","measure":"occurrence","method":"coded","modality":"actual","polarity":"affirmative","quantities":[{"high":8,"low":6,"unit":"truck"}],"quote":"The gate opened again.","quote_type":"none","span":{"end":129,"start":107},"tense":"past","when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            1:90 warning R202: nothing reads the key 'colour' [take the key away, or look for its name in the guide]
            5:1 error R219: line 5 has 3 cells, the header has 14 [cells with commas, quotation marks or line breaks stand between quotation marks]
            6:1 error R204: 'text' is missing [add text = "…"]
            6:38 error R203: 'x' is not a number with at most three decimals ('low') [write digits, with a point before decimals and no thousands separators]
            6:43 error R203: 'sometimes' is no value of 'type' [one of: if, unless, until, as_long_as, before, once, without, prerequisite]
            7:1 error R219: line 7: a quotation mark opens a cell and nothing closes it [cells with commas, quotation marks or line breaks stand between quotation marks]
        "#]],
    );
}

#[test]
fn a_claim_has_further_figures_and_a_position() {
    check(
        "claims/a.toml",
        r#"[defaults]
document = "week-2.md"
kind = "event"
[[claim]]
id = "parts"
quote = "The gate opened again."
quantity = 12
figures = [{ role = "part:grain", quantity = 7 }, { role = "percent", quantity = { low = 23.5, high = 24.5 }, unit = "percent" }]
position = { lat = 48.0158841, lon = -37.8, radius_km = 2.5 }
[[claim]]
id = "only-a-role"
quote = "The gate opened again."
figures = [{ role = "killed", quantity = 2 }]
[[claim]]
id = "off-the-earth"
quote = "The gate opened again."
position = { lat = 148.0, lon = 37.8 }
[[claim]]
id = "no-role"
quote = "The gate opened again."
figures = [{ quantity = 2 }, { role = "killed" }]
position = { lat = "north", radius_km = -1 }
"#,
        expect![[r#"
            parts = {"attribution":[{"name":"watch","role":"narrator"}],"kind":"event","measure":"occurrence","method":"coded","modality":"actual","polarity":"affirmative","position":{"lat":48.015884,"lon":-37.8,"radius_m":2500},"quantities":[{"best":12,"high":12,"low":12},{"best":7,"high":7,"low":7,"role":"part:grain"},{"high":24.5,"low":23.5,"role":"percent","unit":"percent"}],"quote":"The gate opened again.","quote_type":"none","span":{"end":129,"start":107},"tense":"past"}
            only-a-role = {"attribution":[{"name":"watch","role":"narrator"}],"kind":"event","measure":"occurrence","method":"coded","modality":"actual","polarity":"affirmative","quantities":[{"best":2,"high":2,"low":2,"role":"killed"}],"quote":"The gate opened again.","quote_type":"none","span":{"end":129,"start":107},"tense":"past"}
            17:12 error R203: latitude 148, longitude 37.8 is no place on the earth [latitude is within 90 and longitude within 180 degrees; radius_km is how far off it may be]
            21:12 error R204: 'role' is missing [add role = "…"]
            21:30 error R204: 'quantity' is missing [add quantity = "…"]
            22:12 error R204: 'lon' is missing [add lon = "…"]
            22:20 error R203: 'lat' is a text [write a number]
        "#]],
    );
}
