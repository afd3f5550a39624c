use expect_test::{Expect, expect};
use servanda_read::{actors, case_file, places};

use crate::show;

fn check_case(text: &str, expected: Expect) {
    let (case, list) = case_file("case.toml", text);
    let mut out = format!(
        "{:?} {} {:?} {:?} {} {:?}\n",
        case.title,
        case.clock.name(),
        case.languages,
        case.known_by,
        case.standpoint,
        case.due_soon_days
    );
    for standpoint in &case.standpoints {
        out += &format!("{}\n", serde_json::to_string(standpoint).unwrap());
    }
    expected.assert_eq(&(out + &show::diagnostics(text, &list)));
}

#[test]
fn reads_a_whole_case_file() {
    check_case(
        r#"title = "The valley"
clock = "Etc/GMT-2"
languages = ["en", "ar"]
known_by = "record"
default_standpoint = "observers"
[status]
due_soon_days = 14
[[standpoint]]
id = "observers"
label = "Observers only"
sources = ["watch"]
verifiers = ["watch"]
corroboration = 3
doubt = "unverified"
readings = { aid.weekly = "by entry", truce = "narrow" }
[[standpoint]]
id = "north"
except = ["south"]
"#,
        expect![[r#"
            "The valley" Etc/GMT-2 ["en", "ar"] Record observers Some(14)
            {"id":"all","label":"All sources","corroboration":2,"doubt":"disputed"}
            {"id":"observers","label":"Observers only","sources":["watch"],"verifiers":["watch"],"corroboration":3,"doubt":"unverified","readings":{"aid.weekly":"by entry","truce":"narrow"}}
            {"id":"north","label":"north","except":["south"],"corroboration":2,"doubt":"disputed"}
        "#]],
    );
}

#[test]
fn reports_every_fault_of_a_case_file_in_one_pass() {
    check_case(
        r#"clcok = "UTC"
clock = "Etc/Nowhere"
languages = 3
known_by = "publicaton"
standpoint = "al"
[status]
due_soon_days = -1
due_son = 1
"#,
        expect![[r#"
            "" UTC [] Publication all None
            {"id":"all","label":"All sources","corroboration":2,"doubt":"disputed"}
            1:1 error C104: 'title' is missing [add title = "…"]
            1:1 warning C102: nothing reads the key 'clcok' [did you mean 'clock'?]
            2:9 error C105: 'Etc/Nowhere' is no IANA time zone; UTC is used instead [write Region/City as in the IANA list, or "UTC"]
            3:13 error C103: 'languages' is a number [write a list of texts]
            4:12 error C103: 'publicaton' is no value of 'known_by' [did you mean 'publication'?]
            5:14 error C111: there is no standpoint 'al'; 'all' is used instead [did you mean 'all'?]
            7:17 error C103: 'due_soon_days' is a number [write a whole number from 0 to 3650]
            8:1 warning C102: nothing reads the key 'due_son' [take the key away, or look for its name in the guide]
        "#]],
    );
    check_case(
        r#"title = "x"
clock = "UTC"
standpoint = "all"
[[standpoint]]
label = "no id"
[[standpoint]]
id = "a"
doubt = "no"
[[standpoint]]
id = "a"
"#,
        expect![[r#"
            "x" UTC [] Publication all None
            {"id":"all","label":"All sources","corroboration":2,"doubt":"disputed"}
            4:3 error C101: this is not valid TOML: duplicate key [each key stands once; beside [[standpoint]] the default is written default_standpoint = "…"]
            6:3 error C101: this is not valid TOML: duplicate key [each key stands once; beside [[standpoint]] the default is written default_standpoint = "…"]
            9:3 error C101: this is not valid TOML: duplicate key [each key stands once; beside [[standpoint]] the default is written default_standpoint = "…"]
        "#]],
    );
}

fn check_actors(text: &str, expected: Expect) {
    let (actors, list) = actors("actors.toml", text);
    let lines: String = actors.iter().map(|actor| serde_json::to_string(actor).unwrap() + "\n").collect();
    expected.assert_eq(&(lines + &show::diagnostics(text, &list)));
}

#[test]
fn reads_actors() {
    check_actors(
        r#"[[actor]]
id = "north"
label = "The North"
kind = "party"
aliases = ["Northern side", "الشمال"]
[[actor]]
id = "north.ministry"
label = "Ministry"
kind = "office"
member_of = "north"
roles = [{ role = "spokesperson", since = "2025-01-01", until = "2025-02-01" }]
[[actor]]
id = "watch"
label = "Watch"
kind = "observer"
member_of = [{ of = "north", since = 2025-01-01 }]
demonyms = ["Watchman"]
seats = ["Hilltown"]
holders = [{ name = "A. Watcher", since = "2025-01-01" }]
"#,
        expect![[r#"
            {"id":"north","label":"The North","kind":"party","aliases":["Northern side","الشمال"]}
            {"id":"north.ministry","label":"Ministry","kind":"office","member_of":[{"of":"north"}],"roles":[{"role":"spokesperson","since":"2025-01-01","until":"2025-02-01"}]}
            {"id":"watch","label":"Watch","kind":"observer","member_of":[{"of":"north","since":"2025-01-01"}],"demonyms":["Watchman"],"seats":["Hilltown"]}
        "#]],
    );
}

#[test]
fn holders_of_an_office_are_read_and_never_written_out() {
    let text = "actor = [{ id = \"a\", holders = [{ name = \"X Y\", until = \"2025-02-01\" }, { since = \"2025-01-01\" }] }]";
    let (actors, list) = actors("actors.toml", text);
    assert_eq!(actors[0].holders.len(), 1);
    assert_eq!(actors[0].holders[0].name, "X Y");
    assert_eq!(actors[0].holders[0].until.as_deref(), Some("2025-02-01"));
    assert_eq!(list.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["C104"]);
    assert!(!serde_json::to_string(&actors).unwrap().contains("X Y"));
}

#[test]
fn reports_every_fault_of_actors() {
    check_actors(
        r#"[[actor]]
id = "north"
label = "N"
kind = "prty"
aliases = ["The side", 3]
member_of = ["soth"]
[[actor]]
label = "without id"
[[actor]]
id = "south"
label = "S"
aliases = ["the  side"]
member_of = "east"
[[actor]]
id = "east"
label = "E"
member_of = [{ of = "south", since = "2025-13-01", until = "soon" }, { since = "2025-02-01", until = "2025-01-01" }]
[[actor]]
id = "north"
label = "again"
[[actor]]
id = "broken
[[actor]]
id = "west"
label = "W"
"#,
        expect![[r#"
            {"id":"north","label":"N","kind":"other","aliases":["The side","3"],"member_of":[{"of":"soth"}]}
            {"id":"south","label":"S","kind":"other","aliases":["the  side"],"member_of":[{"of":"east"}]}
            {"id":"east","label":"E","kind":"other","member_of":[{"of":"south"}]}
            {"id":"west","label":"W","kind":"other"}
            4:8 error C103: 'prty' is no value of 'kind' [did you mean 'party'?]
            6:14 error C108: the file declares no actor 'soth' [did you mean 'south'?]
            7:1 error C104: 'id' is missing [add id = "…"]
            12:12 warning C110: 'the side' is an alias of both 'north' and 'south'; it finds neither [leave the alias with the one that it means]
                actors.toml@60: the other alias
            17:21 error C109: these contain one another in a circle: south in east in south [take one of the links away]
            17:38 error C106: '2025-13-01' is no civil day ('since') [write it as 2025-10-13]
            17:60 error C106: 'soon' is no civil day ('until') [write it as 2025-10-13]
            17:70 error C104: 'of' is missing [add of = "…"]
            17:102 warning C112: the last day 2025-01-01 lies before the first day 2025-02-01 [exchange the two, or correct the year]
            19:6 error C107: the actor 'north' is declared already; this one is not used [give each its own id, or put their fields together]
                actors.toml@15: the first one
            22:13 error C101: this is not valid TOML: invalid basic string, expected `"` [texts stand between quotation marks, lists between [ and ], tables begin with [[name]]]
        "#]],
    );
}

#[test]
fn reads_places() {
    let text = r#"[[place]]
id = "valley"
label = "Valley"
kind = "region"
[[place]]
id = "gate"
label = "Gate"
kind = "crossing"
within = ["valley", "vally"]
source = "survey 2020"
[[place]]
id = "line"
label = "Line"
kind = "line"
within = "line"
[[place.versions]]
id = "first"
since = "2025-10-10"
source = "annex map"
file = "line.geojson"
[[place.versions]]
source = "rival map"
"#;
    let (places, list) = places("places.toml", text);
    let lines: String = places.iter().map(|place| serde_json::to_string(place).unwrap() + "\n").collect();
    expect![[r#"
        {"id":"valley","label":"Valley","kind":"region"}
        {"id":"gate","label":"Gate","kind":"crossing","within":["valley","vally"],"source":"survey 2020"}
        {"id":"line","label":"Line","kind":"line","within":["line"],"versions":[{"id":"first","since":"2025-10-10","source":"annex map","file":"line.geojson"}]}
        9:21 error C108: the file declares no place 'vally' [did you mean 'valley'?]
        15:10 error C109: these contain one another in a circle: line in line [take one of the links away]
        21:1 error C104: 'id' is missing [add id = "…"]
    "#]].assert_eq(&(lines + &show::diagnostics(text, &list)));
}

#[test]
fn reads_what_a_case_says_of_aid() {
    let text = r#"
[[stage]]
stage = "collected"
kind = "truck.collected"
counter = "watch"
[[stage]]
stage = "intercepted"
kind = "truck.taken"
[[stage]]
stage = "intercepted"
by = "armed"
kind = "truck.taken"
[[stage]]
stage = "lost"
kind = "truck.unknown"
[[stage]]
kind = "truck.collected"
[population]
low = 2_000
best = 1000
source = "a survey"
[need]
best = 2100
"#;
    let kinds = ["truck.collected".into(), "truck.taken".into()];
    let (plan, list) =
        servanda_read::aid_plan("aid.toml", text, &servanda_read::Names::default(), Some(&kinds));
    let mut out = String::new();
    for rule in &plan.stages {
        out += &format!("{:?} {:?} {} {:?}\n", rule.stage, rule.by, rule.kind, rule.counter);
    }
    out += &format!("{:?} {:?}\n", plan.population, plan.need);
    expect![[r#"
        Collected None truck.collected Some("watch")
        Intercepted Some(Unspecified) truck.taken None
        None None
        5:11 warning C140: the case declares no actor 'watch' [declare it in actors.toml]
        9:1 error C145: 'truck.taken' of this counter has a stage already; this one is not used [keep one of the two, or name the counter that each is about]
        14:9 error C103: 'lost' is no value of 'stage' [one of: cleared, offloaded, collected, arrived, intercepted, returned, unknown]
        15:8 warning C141: the agreement has no kind 'truck.unknown' [declare the kind in the agreement, or use one that it declares]
        16:1 error C104: 'stage' is missing [add stage = "…"]
        18:1 error C144: the numbers of 'population' are not above zero and in order [write low, best and high so that 0 < low ≤ best ≤ high]
        22:1 error C143: this need has no source and is not used [say where it is published: source = "…"]
    "#]].assert_eq(&(out + &show::diagnostics(text, &list)));
}

fn check_alerts(text: &str, expected: Expect) {
    let text = format!("title = \"T\"\nclock = \"Etc/GMT-2\"\n{text}");
    let (case, list) = case_file("case.toml", &text);
    expected.assert_eq(&format!("{:?}\n{}", case.alerts, show::diagnostics(&text, &list)));
}

#[test]
fn reads_how_alerts_are_looked_for() {
    check_alerts(
        r#"[alerts]
since = 2025-10-10
kinds = ["strike"]
false_alarms = "2 per year overall"
component = "new"
baseline_reports = 14
guard_reports = 3
rise_percent = 150
by_weekday = true
cluster_days = 7
cluster_km = 50
seed = 7
covered = [{ source = "watch", from = "2025-10-10", to = "2025-10-31" }]
"#,
        expect![[r#"
            AlertsFile { kinds: ["strike"], since: Some(Instant(1760047200000)), false_alarms: Some(FalseAlarms { days: 182.5, is_overall: true }), seed: Some(7), component: Some("new"), baseline_reports: Some(14), guard_reports: Some(3), rise_percent: Some(150), by_weekday: Some(true), cluster_days: Some(7), cluster_km: Some(50), covered: [CoveredStretch { source: "watch", from: Instant(1760047200000), to: Instant(1761947999999) }] }
        "#]],
    );
    check_alerts(
        r#"[alerts]
since = "soon"
false_alarms = "often"
baseline_reports = 3
cluster_kilometres = 5
covered = [{ source = "watch", from = "2025-10-10" }]
"#,
        expect![[r#"
            AlertsFile { kinds: [], since: None, false_alarms: None, seed: None, component: None, baseline_reports: None, guard_reports: None, rise_percent: None, by_weekday: None, cluster_days: None, cluster_km: None, covered: [] }
            4:9 error C103: 'since' is a text [write a date such as 2025-10-10]
            5:16 error C103: 'false_alarms' is a text [write a rate such as "1 per 90 days" or "1 per 90 days overall"]
            6:20 error C103: 'baseline_reports' is a number [write a whole number from 7 to 365]
            7:1 warning C102: nothing reads the key 'cluster_kilometres' [take the key away, or look for its name in the guide]
            8:12 error C104: 'to' is missing [add to = "…"]
        "#]],
    );
}

#[test]
fn a_rate_of_false_alarms_is_one_in_so_many_days() {
    let days =
        |text: &str| text.parse::<servanda_read::FalseAlarms>().ok().map(|rate| (rate.days, rate.is_overall));
    assert_eq!(days("1 per 90 days"), Some((90.0, false)));
    assert_eq!(days("2 per year overall"), Some((182.5, true)));
    assert_eq!(days("1 per week"), Some((7.0, false)));
    for text in
        ["", "often", "1 per 1 day", "0 per 90 days", "1 per 90 fortnights", "1 in 90 days", "-1 per 9 days"]
    {
        assert_eq!(days(text), None, "{text}");
    }
}
