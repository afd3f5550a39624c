use expect_test::{Expect, expect};
use servanda_model::Name;
use servanda_read::{
    Clock, Coding, DocumentMetadata, Documents, FeedClaim, Names, actors, feeds, places, read_document,
    read_feed,
};

use crate::show;

const ACTORS: &str = r#"
actor = [{ id = "north", label = "North", aliases = ["Forces of the North"] }, { id = "watch", label = "Watch" }]"#;

/// Reads a table by the one feed of a file; every claim must quote its own bytes.
pub fn read(feed: &str, path: &str, table: &[u8]) -> (Vec<FeedClaim>, String) {
    let clock = Clock::named("Etc/GMT-2").unwrap();
    let (list, mut diagnostics) = feeds("feeds.toml", feed, &clock);
    let mut out = show::diagnostics(feed, &diagnostics);
    let metadata = DocumentMetadata {
        publisher: Some(Name::new("watch")),
        published_at: Some("2025-11-01T00:00:00Z".parse().unwrap()),
        ..DocumentMetadata::default()
    };
    let (document, _) = read_document(path, table, &clock, Some(&metadata));
    let (documents, kinds) = (Documents::default(), [Name::new("strike"), Name::new("aid.truck")]);
    let names =
        Names::new(&actors("a", ACTORS).0, &places("p", "place = [{ id = \"gate\", label = \"Gate\" }]").0);
    let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: Some(&kinds) };
    let mut claims = Vec::new();
    for feed in list.iter().filter(|feed| feed.takes(path)) {
        let (summary, more) = read_feed(feed, &document, &coding, &mut |claim| claims.push(claim));
        let told = summary.n_used + summary.n_silent + summary.n_rejected + summary.n_skipped;
        assert_eq!(summary.n_rows, told, "{summary:?}");
        diagnostics = more;
        out += &show::diagnostics(&document.text, &diagnostics);
    }
    for found in &claims {
        assert_eq!(found.claim.span.of(&document.text), Some(found.claim.quote.as_str()));
    }
    (claims, out)
}

pub fn check(feed: &str, path: &str, table: &str, expected: Expect) {
    let (claims, list) = read(feed, path, table.as_bytes());
    let mut out = String::new();
    for found in &claims {
        let mut value = serde_json::to_value(&found.claim).unwrap();
        for usual in
            ["document", "method", "measure", "modality", "polarity", "tense", "quote_type", "attribution"]
        {
            value.as_object_mut().unwrap().remove(usual);
        }
        let reported = found.reported_at.map(|at| format!(" reported {at}")).unwrap_or_default();
        out += &format!("line {}{reported}: {value}\n", found.line);
    }
    expected.assert_eq(&(out + &list));
}

const EVENTS: &str = r#"
[[feed]]
id = "watch"
files = ["sources/*.csv"]
event_kind = { column = "type", map = { "1" = "strike", "2" = "raid" } }
incident = { column = "id" }
when = { start = "from", end = "to", format = ["%d %b %Y", "%Y-%m-%d"] }
quantity = { low = "low", best = "best", high = "high", unit = "person" }
actors = { column = "who", split = ";" }
place = { column = "where" }
empty = ["-"]
skip = [{ column = "type", equals = "test" }]
"#;

#[test]
fn rows_become_claims_and_every_fault_is_told() {
    check(
        EVENTS,
        "sources/a.csv",
        "id,type,from,to,low,best,high,who,where\n\
         1,1,13 Oct 2025,,1,2,3,Forces of the North; south,gate\n\
         2,1,2025-10-13,2025-10-14,1,1.23456,3,south,\"the\nsquare\"\n\
         2,1,2025-10-13,2025-10-14,-,-,-,,\n\
         \n\
         4,test,,,,,,,\n\
         5,9,2025-10-13,,1,2,3,,\n\
         6,1,Monday,,1,2,3,,\n\
         7,1,2025-10-13,2025-10-12,1,2,3,,\n\
         8,1,,,1,2,3,,\n\
         9,2,2025-10-13,,4,2,3,,\n\
         10,1,2025-10-13,,many,2,3,,\n\
         11,1,2025-10-13\n\
         12,1,\"2025-10-13,,1,2,3,,\n\
         13,1,2025-10-13,,1,2,3,,\n",
        expect![[r#"
            line 2: {"actors":["north","south"],"event_kind":"strike","incident":"watch:1","kind":"event","place":"gate","quantities":[{"best":2,"high":3,"low":1,"unit":"person"}],"quote":"1,1,13 Oct 2025,,1,2,3,Forces of the North; south,gate","rule":["feed watch; when from from, to; quantity from low, best, high; event_kind from type; incident from id"],"span":{"end":94,"start":40},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            line 3: {"actors":["south"],"event_kind":"strike","incident":"watch:2","kind":"event","place":"the\nsquare","quantities":[{"as_written":"1 / 1.23456 / 3","best":1.235,"high":3,"low":1,"unit":"person"}],"quote":"2,1,2025-10-13,2025-10-14,1,1.23456,3,south,\"the\nsquare\"","rule":["feed watch; when from from, to; quantity from low, best, high; event_kind from type; incident from id"],"span":{"end":151,"start":95},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-14T21:59:59.999Z","precision":"range"}}
            line 5: {"event_kind":"strike","incident":"watch:2","kind":"event","quantities":[{"as_written":"- / - / -","unit":"person"}],"quote":"2,1,2025-10-13,2025-10-14,-,-,-,,","rule":["feed watch; when from from, to; quantity from low, best, high; event_kind from type; incident from id"],"span":{"end":185,"start":152},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-14T21:59:59.999Z","precision":"range"}}
            line 11: {"event_kind":"strike","incident":"watch:8","kind":"event","quantities":[{"best":2,"high":3,"low":1,"unit":"person"}],"quote":"8,1,,,1,2,3,,","rule":["feed watch; when from from, to; quantity from low, best, high; event_kind from type; incident from id"],"span":{"end":292,"start":279}}
            line 12: {"event_kind":"raid","incident":"watch:9","kind":"event","quantities":[{"as_written":"4 / 2 / 3","best":2,"high":4,"low":2,"unit":"person"}],"quote":"9,2,2025-10-13,,4,2,3,,","rule":["feed watch; when from from, to; quantity from low, best, high; event_kind from type; incident from id"],"span":{"end":316,"start":293},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            line 16: {"event_kind":"strike","incident":"watch:13","kind":"event","quantities":[{"best":2,"high":3,"low":1,"unit":"person"}],"quote":"13,1,2025-10-13,,1,2,3,,","rule":["feed watch; when from from, to; quantity from low, best, high; event_kind from type; incident from id"],"span":{"end":411,"start":387},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'watch': 13 rows, 6 claims; 6 rows rejected, 1 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:1 warning R121: the case declares no actor 'south' (2 rows) [give entries in actors.toml these aliases, or map the names in the feed]
            3:1 warning R121: the case declares no place 'the square' (1 rows) [give entries in places.toml these aliases, or map the names in the feed]
            3:1 remark R126: 1 figures have more than three decimals; their bounds hold the exact value [nothing needs to change; the words of the cell are kept]
            5:1 remark R118: line 5 is about 'watch:2' like line 3 [both rows are kept, as claims about one occurrence]
            5:1 remark R139: 1 figures are left open ('- / - / -') [they are not taken for zero; this is the first]
            7:1 remark R120: rule 1 on 'type' skips 1 rows [this is the first of them; the rule stands under 'skip' in the feed]
            8:1 error R115: line 8: the map of 'type' has no '9' [add it to the map, or give a default or otherwise = "keep" or "empty"]
            9:1 error R113: line 9: 'Monday' in 'from' is no time in a format of the feed [add the format (such as "%d/%m/%Y") to the feed, or the word to 'empty' if it means nothing stated]
            10:1 error R113: line 10: the time ends before it begins, or holds nothing [check which column is the start and which the end, or skip such rows by a rule]
            11:1 warning R116: line 11: 'from' is empty; the claim has no such time [skip such rows by a rule if they should not count]
            12:1 remark R117: line 12: the bounds 4 / 2 / 3 cross; all of them lie within those taken [nothing needs to change; the publisher's row has them out of order]
            12:1 warning R122: the agreement has no kind 'raid' [declare the kind in the agreement, or use one that it declares]
            13:1 error R114: line 13: 'many' in 'low' is no number [add the word to 'empty' if it means nothing stated, or set 'thousands' and 'decimal']
            14:1 error R111: line 14 has 3 cells, the header has 9; the row is not used [cells with delimiters, quotation marks or line breaks stand between quotation marks]
            15:1 error R112: line 15: a quotation mark opens a cell and nothing closes it; the row is not used [double the quotation marks inside a quoted cell, and close it]
        "#]],
    );
}

#[test]
fn a_missing_column_is_told_once() {
    check(
        EVENTS,
        "sources/a.csv",
        "id,type,from,two,low,best,high,who,who\n1,1,,,,,,,\n",
        expect![[r#"
        1:1 warning R127: the header has 'who' twice; the first column is read [rename one of them in a copy of the file if the second is meant]
        1:1 error R110: the table has no column 'where'; no row of it can be used [correct the name in the feed, or list the column under 'optional']
        1:1 error R110: the table has no column 'to'; no row of it can be used [did you mean 'two'?]
        1:1 remark R120: rule 1 on 'type' skips 0 rows [this is the first of them; the rule stands under 'skip' in the feed]
        1:1 remark R119: feed 'watch': 1 rows, 0 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
    "#]],
    );
}

#[test]
fn one_row_may_have_several_components() {
    check(
        r#"
[[feed]]
id = "daily"
files = "sources/*.json"
rows = "/data/days"
kind = "quantity"
event_kind = "strike"
measure = "total"
unit = "person"
counter = "watch"
reported = "day"
window = { end = "day", hours = "period" }
skip = [{ column = "period", equals = "0" }]
components = [
  { component = "new", column = "killed_new" },
  { component = "retroactive", column = "/later/killed" },
  { component = "sum", column = "sum", window = { since = "2025-10-10", end = "day" } },
]
"#,
        "sources/a.json",
        r#"{"data": {"name": "x", "days": [
 {"day": "2025-10-13", "period": 24, "killed_new": 3, "sum": 10},
 {"day": "2025-10-14", "period": 0, "killed_new": 0},
 {"day": "2025-10-15", "period": 48, "killed_new": 1, "later": {"killed": 40}},
 {"day": "2025-10-16", "period": 24},
 {"day": "2025-10-17", "period": 24, "killed_new": null, "later": {"killed": "3 \u00e9"}},
 {"day": "2025-10-18", "period": "x", "killed_new": 1},
 {"day": "2025-10-18" "period": 24},
 [1]
]}}"#,
        expect![[r#"
            line 2 reported 2025-10-13T21:59:59.999Z: {"component":"new","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":3,"high":3,"low":3,"unit":"person"}],"quote":"{\"day\": \"2025-10-13\", \"period\": 24, \"killed_new\": 3, \"sum\": 10}","reported_at":"2025-10-13T21:59:59.999Z","rule":["feed daily; quantity from killed_new"],"span":{"end":97,"start":34},"window":{"end":"2025-10-13T22:00:00Z","start":"2025-10-12T22:00:00Z"}}
            line 2 reported 2025-10-13T21:59:59.999Z: {"component":"sum","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":10,"high":10,"low":10,"unit":"person"}],"quote":"{\"day\": \"2025-10-13\", \"period\": 24, \"killed_new\": 3, \"sum\": 10}","reported_at":"2025-10-13T21:59:59.999Z","rule":["feed daily; quantity from sum"],"span":{"end":97,"start":34},"window":{"end":"2025-10-13T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 4 reported 2025-10-15T21:59:59.999Z: {"component":"new","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":1,"high":1,"low":1,"unit":"person"}],"quote":"{\"day\": \"2025-10-15\", \"period\": 48, \"killed_new\": 1, \"later\": {\"killed\": 40}}","reported_at":"2025-10-15T21:59:59.999Z","rule":["feed daily; quantity from killed_new"],"span":{"end":231,"start":154},"window":{"end":"2025-10-15T22:00:00Z","start":"2025-10-13T22:00:00Z"}}
            line 4 reported 2025-10-15T21:59:59.999Z: {"component":"retroactive","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":40,"high":40,"low":40,"unit":"person"}],"quote":"{\"day\": \"2025-10-15\", \"period\": 48, \"killed_new\": 1, \"later\": {\"killed\": 40}}","reported_at":"2025-10-15T21:59:59.999Z","rule":["feed daily; quantity from /later/killed"],"span":{"end":231,"start":154},"window":{"end":"2025-10-15T22:00:00Z","start":"2025-10-13T22:00:00Z"}}
            1:1 remark R119: feed 'daily': 8 rows, 4 claims; 4 rows rejected, 1 skipped by rule, 1 with nothing to say [each rejected row has its own diagnostic]
            3:2 remark R120: rule 1 on 'period' skips 1 rows [this is the first of them; the rule stands under 'skip' in the feed]
            6:2 error R114: line 6: '3 é' in '/later/killed' is no number [add the word to 'empty' if it means nothing stated, or set 'thousands' and 'decimal']
            7:2 error R113: line 7: 'x' in 'period' is no time in a format of the feed [add the format (such as "%d/%m/%Y") to the feed, or the word to 'empty' if it means nothing stated]
            8:2 error R123: line 8: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
            9:2 error R123: line 9: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
        "#]],
    );
}

#[test]
fn json_lines_and_broken_json() {
    let feed = |format: &str, rows: &str| {
        format!(
            "[[feed]]\nid = \"f\"\nfiles = \"**\"\nformat = \"{format}\"\nrows = \"{rows}\"\nwhen = \"day\"\nnote = {{ column = \"why\" }}\nplace = {{ column = \"typo\" }}\n"
        )
    };
    check(
        &feed("jsonl", ""),
        "a.jsonl",
        "{\"day\": \"2025-10-13\", \"why\": \"a\\nb\"}\n\nnonsense\n  {\"day\": null}\n",
        expect![[r#"
            line 1: {"kind":"event","note":"a\nb","quote":"{\"day\": \"2025-10-13\", \"why\": \"a\\nb\"}","rule":["feed f; when from day"],"span":{"end":36,"start":0},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            line 4: {"kind":"event","quote":"{\"day\": null}","rule":["feed f; when from day"],"span":{"end":62,"start":49}}
            1:1 warning R110: no row of the table has 'typo' [correct the name in the feed, or list it under 'optional']
            1:1 remark R119: feed 'f': 3 rows, 2 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            3:1 error R123: line 3: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
            4:3 warning R116: line 4: 'day' is empty; the claim has no such time [skip such rows by a rule if they should not count]
        "#]],
    );
    check(
        &feed("json", ""),
        "a.json",
        "[{\"day\": \"2025\"}, {\"day\": ",
        expect![[r#"
            line 1: {"kind":"event","quote":"{\"day\": \"2025\"}","rule":["feed f; when from day"],"span":{"end":16,"start":1},"when":{"earliest":"2024-12-31T22:00:00Z","latest":"2025-12-31T21:59:59.999Z","precision":"year"}}
            1:1 warning R110: no row of the table has 'typo' [correct the name in the feed, or list it under 'optional']
            1:1 warning R110: no row of the table has 'why' [correct the name in the feed, or list it under 'optional']
            1:1 remark R119: feed 'f': 2 rows, 1 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:19 error R123: line 1: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
        "#]],
    );
    check(
        &feed("json", ""),
        "a.json",
        "[{\"day\": \"2025\"}",
        expect![[r#"
            line 1: {"kind":"event","quote":"{\"day\": \"2025\"}","rule":["feed f; when from day"],"span":{"end":16,"start":1},"when":{"earliest":"2024-12-31T22:00:00Z","latest":"2025-12-31T21:59:59.999Z","precision":"year"}}
            1:1 warning R110: no row of the table has 'typo' [correct the name in the feed, or list it under 'optional']
            1:1 warning R110: no row of the table has 'why' [correct the name in the feed, or list it under 'optional']
            1:1 remark R119: feed 'f': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:17 error R123: line 1: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
        "#]],
    );
    check(
        &feed("json", "/rows/x"),
        "a.json",
        "{\"rows\": {}}",
        expect![[r#"
        1:1 error R124: there is no 'x' on the way to the rows [say where the rows are: rows = "/data/items"; "" is the whole file]
        1:1 remark R119: feed 'f': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
    "#]],
    );
    check(
        &feed("json", ""),
        "a.json",
        "{}",
        expect![[r#"
        1:1 error R124: at '' there is no array of rows [say where the rows are: rows = "/data/items"; "" is the whole file]
        1:1 remark R119: feed 'f': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
    "#]],
    );
    check(
        &feed("json", ""),
        "a.json",
        "",
        expect![[r#"
        1:1 error R124: the JSON breaks off before the rows [say where the rows are: rows = "/data/items"; "" is the whole file]
        1:1 remark R119: feed 'f': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
    "#]],
    );
}

#[test]
fn coarse_dates_reach_as_far_as_they_may() {
    check(
        r#"
[[feed]]
id = "e"
files = "sources/*.csv"
preset = "acled"
event_kind = "strike"
delimiter = ";"
"#,
        "sources/a.csv",
        "event_id_cnty;event_date;time_precision;actor1;actor2;location;fatalities\n\
         A1;13 October 2025;1;north;;gate;0\n\
         A2;2025-10-13;2;north;;gate;4\n\
         A3;2025-10-13;3;north;;gate;4\n\
         A4;2025-10-13;7;north;;gate;4\n",
        expect![[r#"
            line 2: {"actors":["north"],"event_kind":"strike","incident":"e:A1","kind":"event","place":"gate","quantities":[{"approx":true,"best":0,"high":0,"low":0,"unit":"person"},{"approx":true,"best":0,"high":0,"low":0,"role":"killed","unit":"person"}],"quote":"A1;13 October 2025;1;north;;gate;0","rule":["feed e; when from event_date; quantity from fatalities; position from latitude, longitude; incident from event_id_cnty or data_id"],"span":{"end":108,"start":74},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            line 3: {"actors":["north"],"event_kind":"strike","incident":"e:A2","kind":"event","place":"gate","quantities":[{"approx":true,"best":4,"high":4,"low":4,"unit":"person"},{"approx":true,"best":4,"high":4,"low":4,"role":"killed","unit":"person"}],"quote":"A2;2025-10-13;2;north;;gate;4","rule":["feed e; when from event_date; quantity from fatalities; position from latitude, longitude; incident from event_id_cnty or data_id"],"span":{"end":138,"start":109},"when":{"earliest":"2025-10-06T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"week"}}
            line 4: {"actors":["north"],"event_kind":"strike","incident":"e:A3","kind":"event","place":"gate","quantities":[{"approx":true,"best":4,"high":4,"low":4,"unit":"person"},{"approx":true,"best":4,"high":4,"low":4,"role":"killed","unit":"person"}],"quote":"A3;2025-10-13;3;north;;gate;4","rule":["feed e; when from event_date; quantity from fatalities; position from latitude, longitude; incident from event_id_cnty or data_id"],"span":{"end":168,"start":139},"when":{"earliest":"2025-09-30T22:00:00Z","latest":"2025-10-31T21:59:59.999Z","precision":"month"}}
            1:1 remark R119: feed 'e': 4 rows, 3 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            5:1 error R115: line 5: the map of 'time_precision' has no '7' [add it to the map, or give a default or otherwise = "keep" or "empty"]
        "#]],
    );
}

#[test]
fn every_fault_of_a_feed_file_is_told() {
    check(
        r#"
[[feed]]
id = "a"
files = "a"
preset = "ucdp"
[[feed]]
files = 3
kind = "evnt"
event_knd = "x"
when = { begin = "x" }
window = { start = "a", hours = "b", end = "c" }
skip = [{ column = "x" }, { equals = "1" }]
delimiter = ";;"
encoding = "x"
quantity = { unit = "person" }
actors = [{ map = {} }, 3]
components = [{ component = "new" }]
[[feed]]
id = "b"
files = "b"
[[feed]]
id = "b"
files = "b"
[[feed]]
id = "c
files = "c"
"#,
        "none",
        "",
        expect![[r#"
            5:10 error R105: there is no preset 'ucdp' [presets are: acled, cogat, geojson, hxl, kobo, techforpalestine-daily, techforpalestine-lebanon, techforpalestine-west-bank, ucdp-ged, un2720, unrwa-commodities, unrwa-disclaimer]
            6:1 error R104: 'id' is missing [add id = "…"]
            7:9 error R103: 'files' is a number [write a list of texts]
            8:8 error R103: 'evnt' is no value of 'kind' [did you mean 'event'?]
            9:1 warning R102: nothing reads the key 'event_knd' [did you mean 'event_kind'?]
            10:8 error R104: 'start' is missing [add start = "…"]
            10:10 warning R102: nothing reads the key 'begin' [take the key away, or look for its name in the guide]
            11:10 error R108: a window needs one end and at most one start [the end is 'end' (a column) or 'until' (a date); the start 'start', 'since', 'hours' or 'days']
            12:9 error R107: a rule to skip rows needs exactly one test [write one of: equals = "…", one_of = […], not_one_of = […], empty = true]
            12:27 error R104: 'column' is missing [add column = "…"]
            13:13 error R103: ';;' is not one character ('delimiter') [write a single ASCII character such as ";" or "\t"]
            14:12 error R103: 'x' is no encoding [write utf-8, utf-16le, windows-1252 or another WHATWG label]
            15:12 error R104: 'best' is missing [add best = "…"]
            16:11 error R104: 'column' is missing [add column = "…"]
            17:15 error R104: 'column' is missing [add column = "…"]
            22:6 error R106: the feed 'b' is declared already; this one is not used [give each feed its own id: it is the prefix of its incidents]
                feeds.toml@353: the first one
            25:8 error R101: this is not valid TOML: invalid basic string, expected `"` [texts stand between quotation marks, lists between [ and ], tables begin with [[name]]]
        "#]],
    );
}

#[test]
fn numbers_and_constants() {
    check(
        r#"
[[feed]]
id = "trucks"
files = "sources/*.csv"
event_kind = "aid.truck"
speaker = "watch"
origin = { column = "donor", map = { "N " = "x", "N" = "north" }, otherwise = "empty" }
incident = { column = "no", prefix = "convoy-" }
when = { column = "day", grain = "day" }
quantity = "tons"
unit = { column = "unit", map = { "MT" = "ton", "" = "" }, default = "other" }
thousands = ","
decimal = "."
measure = "occurrence"
polarity = "negative"
modality = "planned"
tense = "future"
issue = "aid"
action = "send trucks"
counter = "watch"
"#,
        "sources/a.csv",
        "no,day,donor,tons,unit\n1,2025-10-13T10:00,N ,\"1,200.5\",MT\n1,2025-10-13T10:00,?,2,\n1,2025-10,N,2,box\n",
        expect![[r#"
            line 2: {"action":"send trucks","counter":"watch","event_kind":"aid.truck","incident":"convoy-1","issue":"aid","kind":"event","origin":"north","quantities":[{"best":1200.5,"high":1200.5,"low":1200.5,"unit":"ton"}],"quote":"1,2025-10-13T10:00,N ,\"1,200.5\",MT","rule":["feed trucks; when from day; quantity from tons; incident from no"],"span":{"end":57,"start":23},"speaker":"watch","when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            line 3: {"action":"send trucks","counter":"watch","event_kind":"aid.truck","incident":"convoy-1","issue":"aid","kind":"event","quantities":[{"best":2,"high":2,"low":2}],"quote":"1,2025-10-13T10:00,?,2,","rule":["feed trucks; when from day; quantity from tons; incident from no"],"span":{"end":81,"start":58},"speaker":"watch","when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            line 4: {"action":"send trucks","counter":"watch","event_kind":"aid.truck","incident":"convoy-1","issue":"aid","kind":"event","origin":"north","quantities":[{"best":2,"high":2,"low":2,"unit":"other"}],"quote":"1,2025-10,N,2,box","rule":["feed trucks; when from day; quantity from tons; incident from no"],"span":{"end":99,"start":82},"speaker":"watch","when":{"earliest":"2025-09-30T22:00:00Z","latest":"2025-10-31T21:59:59.999Z","precision":"month"}}
            1:1 remark R119: feed 'trucks': 3 rows, 3 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            3:1 remark R118: line 3 is about 'convoy-1' like line 2 [both rows are kept, as claims about one occurrence]
            4:1 remark R118: line 4 is about 'convoy-1' like line 2 [both rows are kept, as claims about one occurrence]
        "#]],
    );
}

#[test]
fn a_fault_of_very_many_rows_is_listed_up_to_a_limit_and_then_counted() {
    let feed = "[[feed]]\nid = \"f\"\nfiles = \"**\"\nquantity = \"n\"\n";
    let (claims, out) = read(feed, "a.csv", format!("n,m\n{}", "x,1\n".repeat(10_003)).as_bytes());
    assert!(claims.is_empty());
    assert_eq!(out.matches("R114: line").count(), 10_000);
    let beyond: Vec<&str> = out.lines().filter(|line| line.contains("R125")).collect();
    expect!["10002:1 warning R125: 3 more rows have R114, from line 10002 to line 10004; they are not listed [mend the first ones: most often all have one cause]"]
        .assert_eq(&beyond.join("\n"));
}

#[test]
fn rows_have_positions_and_further_figures() {
    check(
        r#"
[[feed]]
id = "f"
files = "sources/*.csv"
event_kind = "strike"
figures = [{ role = "killed", low = "low", best = "best", high = "high" }, { role = "injured", column = "hurt", unit = "person" }]
position = { lat = "lat", lon = "lon", radius_km = { column = "prec", map = { 1 = "0", 2 = "25.5" } } }
"#,
        "sources/a.csv",
        "low,best,high,hurt,lat,lon,prec\n\
         1,2,3,,48.015884,37.802851,1\n\
         ,2,,7,-33.9,18.4,2\n\
         ,,,,,37.8,2\n\
         ,,,,48.0,north,2\n\
         ,,,,37.8,248.0,2\n\
         ,,,,48.0,37.8,9\n",
        expect![[r#"
            line 2: {"event_kind":"strike","kind":"event","position":{"lat":48.015884,"lon":37.802851,"radius_m":0},"quantities":[{"best":2,"high":3,"low":1,"role":"killed"}],"quote":"1,2,3,,48.015884,37.802851,1","rule":["feed f; killed from low, best, high; injured from hurt; position from lat, lon"],"span":{"end":60,"start":32}}
            line 3: {"event_kind":"strike","kind":"event","position":{"lat":-33.9,"lon":18.4,"radius_m":25500},"quantities":[{"best":2,"role":"killed"},{"best":7,"high":7,"low":7,"role":"injured","unit":"person"}],"quote":",2,,7,-33.9,18.4,2","rule":["feed f; killed from low, best, high; injured from hurt; position from lat, lon"],"span":{"end":79,"start":61}}
            line 4: {"event_kind":"strike","kind":"event","quote":",,,,,37.8,2","rule":["feed f; killed from low, best, high; injured from hurt; position from lat, lon"],"span":{"end":91,"start":80}}
            line 5: {"event_kind":"strike","kind":"event","quote":",,,,48.0,north,2","rule":["feed f; killed from low, best, high; injured from hurt; position from lat, lon"],"span":{"end":108,"start":92}}
            line 6: {"event_kind":"strike","kind":"event","quote":",,,,37.8,248.0,2","rule":["feed f; killed from low, best, high; injured from hurt; position from lat, lon"],"span":{"end":125,"start":109}}
            line 7: {"event_kind":"strike","kind":"event","quote":",,,,48.0,37.8,9","rule":["feed f; killed from low, best, high; injured from hurt; position from lat, lon"],"span":{"end":141,"start":126}}
            1:1 remark R119: feed 'f': 6 rows, 6 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            5:1 warning R128: line 5: 'north' in 'lon' gives no position [latitude is within 90, longitude within 180 degrees, with a point before decimals; the row counts without a position]
            6:1 warning R128: line 6: '248.0' in 'lon' gives no position [latitude is within 90, longitude within 180 degrees, with a point before decimals; the row counts without a position]
            7:1 warning R128: line 7: '9' in 'prec' gives no position [latitude is within 90, longitude within 180 degrees, with a point before decimals; the row counts without a position]
        "#]],
    );
    check(
        "[[feed]]\nid = \"f\"\nfiles = \"x\"\nfigures = [{ column = \"a\" }, { role = \"b\" }]\nposition = { lat = \"a\", latitude = 3 }\n",
        "sources/a.csv",
        "",
        expect![[r#"
            4:12 error R104: 'role' is missing [add role = "…"]
            4:30 error R104: 'best' is missing [add best = "…"]
            5:12 error R104: 'lon' is missing [add lon = "…"]
            5:25 warning R102: nothing reads the key 'latitude' [take the key away, or look for its name in the guide]
        "#]],
    );
}

/// 48 hours to the end of a day on which the clock is set back are two civil days, and not one hour less.
#[test]
fn hours_that_make_whole_days_are_civil_days() {
    let clock = Clock::named("Asia/Jerusalem").unwrap();
    let feed = "[[feed]]\nid = \"f\"\nfiles = \"**\"\nmeasure = \"total\"\ncounter = \"watch\"\nquantity = \"n\"\n\
                window = { end = \"day\", hours = \"hours\" }\n";
    let (list, diagnostics) = feeds("feeds.toml", feed, &clock);
    assert_eq!(diagnostics, vec![]);
    let table = b"day,hours,n\n2025-10-26,24,1\n2025-10-27,48,2\n2025-10-26,12,3\n";
    let (document, _) = read_document("a.csv", table, &clock, None);
    let (documents, names) = (Documents::default(), Names::default());
    let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: None };
    let mut windows = Vec::new();
    read_feed(&list[0], &document, &coding, &mut |found| {
        let window = found.claim.window.unwrap();
        windows.push(format!("{} to {}", window.start, window.end));
    });
    expect![[r#"
        2025-10-25T21:00:00Z to 2025-10-26T22:00:00Z
        2025-10-25T21:00:00Z to 2025-10-27T22:00:00Z
        2025-10-26T10:00:00Z to 2025-10-26T22:00:00Z"#]]
    .assert_eq(&windows.join("\n"));
}
