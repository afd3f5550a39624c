//! Presets of published tables, on small samples of our own.

use expect_test::expect;

use crate::feeds::check;

#[test]
fn a_daily_series_tells_its_components_apart() {
    check(
        r#"
[[feed]]
id = "d"
files = "sources/*.json"
preset = "techforpalestine-daily"
event_kind = "strike"
counter = "watch"
"#,
        "sources/a.json",
        r#"[
{"report_date": "2025-10-18", "report_source": "x", "report_period": 24, "killed": 9, "killed_truce_new": 2, "killed_recovered": 7, "killed_cum": 100, "injured": 3},
{"report_date": "2025-10-19", "report_source": "x", "report_period": 0, "killed": 0, "killed_truce_new": 0, "killed_cum": 100},
{"report_date": "2025-10-20", "report_source": "x", "report_period": 0, "killed": 0, "killed_recovered": 8},
{"report_date": "2025-10-22", "report_source": "x", "report_period": 48, "killed_committee": "3", "killed_succumbed": 1},
{"report_date": "2025-10-23", "report_source": "x", "report_period": 24},
{"report_date": "2025-10-24", "report_source": "x", "report_period": -24, "killed_truce_new": 1},
{"report_date": "24 October", "report_source": "x", "report_period": 24, "killed_truce_new": 1}
]"#,
        expect![[r#"
            line 2 reported 2025-10-18T21:59:59.999Z: {"component":"new","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":2,"high":2,"low":2,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-18\", \"report_source\": \"x\", \"report_period\": 24, \"killed\": 9, \"killed_truce_new\": 2, \"killed_recovered\": 7, \"killed_cum\": 100, \"injured\": 3}","reported_at":"2025-10-18T21:59:59.999Z","rule":["feed d; quantity from killed_truce_new"],"span":{"end":166,"start":2},"window":{"end":"2025-10-18T22:00:00Z","start":"2025-10-17T22:00:00Z"}}
            line 2 reported 2025-10-18T21:59:59.999Z: {"component":"recovered","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":7,"high":7,"low":7,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-18\", \"report_source\": \"x\", \"report_period\": 24, \"killed\": 9, \"killed_truce_new\": 2, \"killed_recovered\": 7, \"killed_cum\": 100, \"injured\": 3}","reported_at":"2025-10-18T21:59:59.999Z","rule":["feed d; quantity from killed_recovered"],"span":{"end":166,"start":2},"window":{"end":"2025-10-18T22:00:00Z","start":"2025-10-17T22:00:00Z"}}
            line 2 reported 2025-10-18T21:59:59.999Z: {"component":"all","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":9,"high":9,"low":9,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-18\", \"report_source\": \"x\", \"report_period\": 24, \"killed\": 9, \"killed_truce_new\": 2, \"killed_recovered\": 7, \"killed_cum\": 100, \"injured\": 3}","reported_at":"2025-10-18T21:59:59.999Z","rule":["feed d; quantity from killed"],"span":{"end":166,"start":2},"window":{"end":"2025-10-18T22:00:00Z","start":"2025-10-17T22:00:00Z"}}
            line 2 reported 2025-10-18T21:59:59.999Z: {"component":"all","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":100,"high":100,"low":100,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-18\", \"report_source\": \"x\", \"report_period\": 24, \"killed\": 9, \"killed_truce_new\": 2, \"killed_recovered\": 7, \"killed_cum\": 100, \"injured\": 3}","reported_at":"2025-10-18T21:59:59.999Z","rule":["feed d; quantity from killed_cum"],"span":{"end":166,"start":2},"window":{"end":"2025-10-18T22:00:00Z","start":"2023-10-06T22:00:00Z"}}
            line 3 reported 2025-10-19T21:59:59.999Z: {"component":"all","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":100,"high":100,"low":100,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-19\", \"report_source\": \"x\", \"report_period\": 0, \"killed\": 0, \"killed_truce_new\": 0, \"killed_cum\": 100}","reported_at":"2025-10-19T21:59:59.999Z","rule":["feed d; quantity from killed_cum"],"span":{"end":294,"start":168},"window":{"end":"2025-10-19T22:00:00Z","start":"2023-10-06T22:00:00Z"}}
            line 4 reported 2025-10-20T21:59:59.999Z: {"component":"recovered","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":8,"high":8,"low":8,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-20\", \"report_source\": \"x\", \"report_period\": 0, \"killed\": 0, \"killed_recovered\": 8}","reported_at":"2025-10-20T21:59:59.999Z","rule":["feed d; quantity from killed_recovered"],"span":{"end":403,"start":296}}
            line 5 reported 2025-10-22T21:59:59.999Z: {"component":"retroactive","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":3,"high":3,"low":3,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-22\", \"report_source\": \"x\", \"report_period\": 48, \"killed_committee\": \"3\", \"killed_succumbed\": 1}","reported_at":"2025-10-22T21:59:59.999Z","rule":["feed d; quantity from killed_committee"],"span":{"end":525,"start":405},"window":{"end":"2025-10-22T22:00:00Z","start":"2025-10-20T22:00:00Z"}}
            line 5 reported 2025-10-22T21:59:59.999Z: {"component":"late","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":1,"high":1,"low":1,"unit":"person"}],"quote":"{\"report_date\": \"2025-10-22\", \"report_source\": \"x\", \"report_period\": 48, \"killed_committee\": \"3\", \"killed_succumbed\": 1}","reported_at":"2025-10-22T21:59:59.999Z","rule":["feed d; quantity from killed_succumbed"],"span":{"end":525,"start":405},"window":{"end":"2025-10-22T22:00:00Z","start":"2025-10-20T22:00:00Z"}}
            1:1 remark R136: feed 'd' is given no kind for its figures of 'injured'; they are not read [add kinds = { injured = "…" } to the feed if they matter]
            1:1 remark R119: feed 'd': 7 rows, 8 claims; 2 rows rejected, 0 skipped by rule, 1 with nothing to say [each rejected row has its own diagnostic]
            3:1 remark R133: 3 figures of zero stand for periods of no length; they make no claim [nothing was reported for these days, which is not a report of nothing; this is the first]
            4:1 warning R133: line 4: 'report_period' is 0, yet there is a figure; the claim has no reference period [the publisher gives a figure on a day without report; look at the days around it]
            7:1 error R113: line 7: the time ends before it begins, or holds nothing [check which column is the start and which the end, or skip such rows by a rule]
            8:1 error R113: line 8: '24 October' in 'report_date' is no time in a format of the feed [add the format (such as "%d/%m/%Y") to the feed, or the word to 'empty' if it means nothing stated]
            8:1 error R113: line 8: '24 October' in 'report_date' is no time in a format of the feed [add the format (such as "%d/%m/%Y") to the feed, or the word to 'empty' if it means nothing stated]
        "#]],
    );
}

#[test]
fn a_series_may_have_two_counts_in_one_row() {
    check(
        "[[feed]]\nid = \"w\"\nfiles = \"**\"\npreset = \"techforpalestine-west-bank\"\nevent_kind = \"strike\"\nkinds = { attacks = \"raid\" }\n",
        "sources/a.json",
        r#"[{"report_date": "2023-10-09", "verified": {"killed": 4, "killed_cum": 18}, "killed_cum": 13, "settler_attacks_cum": 9, "flash_source": "un"},
{"report_date": "2023-10-10", "killed_cum": 13, "flash_source": "fill"}]"#,
        expect![[r#"
            line 1 reported 2023-10-09T21:59:59.999Z: {"component":"flash","event_kind":"strike","kind":"quantity","quantities":[{"best":13,"high":13,"low":13,"unit":"person"}],"quote":"{\"report_date\": \"2023-10-09\", \"verified\": {\"killed\": 4, \"killed_cum\": 18}, \"killed_cum\": 13, \"settler_attacks_cum\": 9, \"flash_source\": \"un\"}","reported_at":"2023-10-09T21:59:59.999Z","rule":["feed w.flash; quantity from killed_cum"],"span":{"end":141,"start":1},"window":{"end":"2023-10-09T22:00:00Z","start":"2023-10-06T22:00:00Z"}}
            line 1 reported 2023-10-09T21:59:59.999Z: {"component":"flash","event_kind":"raid","kind":"quantity","quantities":[{"best":9,"high":9,"low":9,"unit":"attack"}],"quote":"{\"report_date\": \"2023-10-09\", \"verified\": {\"killed\": 4, \"killed_cum\": 18}, \"killed_cum\": 13, \"settler_attacks_cum\": 9, \"flash_source\": \"un\"}","reported_at":"2023-10-09T21:59:59.999Z","rule":["feed w.flash; quantity from settler_attacks_cum"],"span":{"end":141,"start":1},"window":{"end":"2023-10-09T22:00:00Z","start":"2023-10-06T22:00:00Z"}}
            line 1 reported 2023-10-09T21:59:59.999Z: {"component":"verified","event_kind":"strike","kind":"quantity","quantities":[{"best":4,"high":4,"low":4,"unit":"person"}],"quote":"{\"report_date\": \"2023-10-09\", \"verified\": {\"killed\": 4, \"killed_cum\": 18}, \"killed_cum\": 13, \"settler_attacks_cum\": 9, \"flash_source\": \"un\"}","reported_at":"2023-10-09T21:59:59.999Z","rule":["feed w.verified; quantity from /verified/killed"],"span":{"end":141,"start":1},"window":{"end":"2023-10-09T22:00:00Z","start":"2023-10-08T22:00:00Z"}}
            line 1 reported 2023-10-09T21:59:59.999Z: {"component":"verified","event_kind":"strike","kind":"quantity","quantities":[{"best":18,"high":18,"low":18,"unit":"person"}],"quote":"{\"report_date\": \"2023-10-09\", \"verified\": {\"killed\": 4, \"killed_cum\": 18}, \"killed_cum\": 13, \"settler_attacks_cum\": 9, \"flash_source\": \"un\"}","reported_at":"2023-10-09T21:59:59.999Z","rule":["feed w.verified; quantity from /verified/killed_cum"],"span":{"end":141,"start":1},"window":{"end":"2023-10-09T22:00:00Z","start":"2023-10-06T22:00:00Z"}}
            1:1 remark R136: feed 'w.flash' is given no kind for its figures of 'displaced'; they are not read [add kinds = { displaced = "…" } to the feed if they matter]
            1:1 remark R136: feed 'w.flash' is given no kind for its figures of 'injured'; they are not read [add kinds = { injured = "…" } to the feed if they matter]
            1:1 remark R119: feed 'w.flash': 2 rows, 2 claims; 0 rows rejected, 1 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:2 warning R122: the agreement has no kind 'raid' [declare the kind in the agreement, or use one that it declares]
            2:1 remark R120: rule 1 on 'flash_source' skips 1 rows [this is the first of them; the rule stands under 'skip' in the feed]
            1:1 remark R136: feed 'w.verified' is given no kind for its figures of 'injured'; they are not read [add kinds = { injured = "…" } to the feed if they matter]
            1:1 remark R119: feed 'w.verified': 2 rows, 2 claims; 0 rows rejected, 0 skipped by rule, 1 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
    check(
        "[[feed]]\nid = \"l\"\nfiles = \"**\"\npreset = \"techforpalestine-lebanon\"\nevent_kind = \"strike\"\nkinds = { injured = \"raid\" }\n",
        "sources/a.json",
        r#"[{"report_date": "2023-11-14", "report_source": "watch", "report_period": 888, "phase": 1, "killed_cum": 77, "injured_cum": 251},
{"report_date": "2024-11-14", "report_source": "watch", "report_period": 24, "phase": 2, "killed": 7}]"#,
        expect![[r#"
            line 1 reported 2023-11-14T21:59:59.999Z: {"component":"all","event_kind":"strike","kind":"quantity","origin":"watch","quantities":[{"best":77,"high":77,"low":77,"unit":"person"}],"quote":"{\"report_date\": \"2023-11-14\", \"report_source\": \"watch\", \"report_period\": 888, \"phase\": 1, \"killed_cum\": 77, \"injured_cum\": 251}","reported_at":"2023-11-14T21:59:59.999Z","rule":["feed l; quantity from killed_cum"],"span":{"end":128,"start":1},"window":{"end":"2023-11-14T22:00:00Z","start":"2023-10-07T22:00:00Z"}}
            line 1 reported 2023-11-14T21:59:59.999Z: {"component":"all","event_kind":"raid","kind":"quantity","origin":"watch","quantities":[{"best":251,"high":251,"low":251,"unit":"person"}],"quote":"{\"report_date\": \"2023-11-14\", \"report_source\": \"watch\", \"report_period\": 888, \"phase\": 1, \"killed_cum\": 77, \"injured_cum\": 251}","reported_at":"2023-11-14T21:59:59.999Z","rule":["feed l; quantity from injured_cum"],"span":{"end":128,"start":1},"window":{"end":"2023-11-14T22:00:00Z","start":"2023-10-07T22:00:00Z"}}
            1:1 remark R119: feed 'l': 2 rows, 2 claims; 0 rows rejected, 1 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:2 warning R122: the agreement has no kind 'raid' [declare the kind in the agreement, or use one that it declares]
            2:1 remark R120: rule 1 on 'phase' skips 1 rows [this is the first of them; the rule stands under 'skip' in the feed]
        "#]],
    );
}

#[test]
fn lists_of_lorries_keep_every_row_and_its_unit() {
    check(
        r#"
[[feed]]
id = "u"
files = "sources/*.csv"
preset = "unrwa-commodities"
event_kind = { column = "Cargo Category", map = { "Fuel" = "strike" }, default = "aid.truck" }
"#,
        "sources/a.csv",
        "ID,Last Edited Time,Received Date,Data Source,Manifest of,Description of Cargo,Cargo Category,Status,Time of Opening Gate,Quantity,Units,Donating Country/ Organization,Donation Type,Crossing,Destination Recipient/ Partner,Data Period\r\n\
         1,,2024-04-30,X,,Flour,Food Items,Received,14:30:00,28,Pallets,North ,Humanitarian,Gate,PRCS,Historical\r\n\
         2,,2024-04-30,X,,Flour,Food Items,Received,14:30:00,28,Pallets,North ,Humanitarian,Gate,PRCS,Historical\r\n\
         3,,04/30/2024,X,,,Mixed Items,Received,,,,0,Private Sector,Gate,,\r\n\
         4,,2024-04-30,X,,Diesel,Fuel,Received,,1,Truck,Forces of the North,Private Sector,Gate,,Historical\r\n\
         5,,2024-04-30,X,,Gravel,Mixed Items,Received,,30,Bags,\"A, B\",Private Sector,Gate,,Historical\r\n\
         6,,2024-04-31,X,,Gravel,Mixed Items,Received,,30,Bags,B,Private Sector,Gate,,Historical\r\n",
        expect![[r#"
            line 2: {"action":"receive at a crossing","actors":["north"],"event_kind":"aid.truck","incident":"u:1","kind":"event","note":"Historical; cargo: Flour; unit as listed: Pallets","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"truck"},{"best":28,"high":28,"low":28,"role":"cargo","unit":"pallet"}],"quote":"1,,2024-04-30,X,,Flour,Food Items,Received,14:30:00,28,Pallets,North ,Humanitarian,Gate,PRCS,Historical","rule":["feed u; when from Received Date; cargo from Quantity; event_kind from Cargo Category; incident from ID"],"span":{"end":338,"start":235},"targets":["PRCS"],"when":{"earliest":"2024-04-29T22:00:00Z","latest":"2024-04-30T21:59:59.999Z","precision":"day"}}
            line 3: {"action":"receive at a crossing","actors":["north"],"event_kind":"aid.truck","incident":"u:2","kind":"event","note":"Historical; cargo: Flour; unit as listed: Pallets","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"truck"},{"best":28,"high":28,"low":28,"role":"cargo","unit":"pallet"}],"quote":"2,,2024-04-30,X,,Flour,Food Items,Received,14:30:00,28,Pallets,North ,Humanitarian,Gate,PRCS,Historical","rule":["feed u; when from Received Date; cargo from Quantity; event_kind from Cargo Category; incident from ID"],"span":{"end":443,"start":340},"targets":["PRCS"],"when":{"earliest":"2024-04-29T22:00:00Z","latest":"2024-04-30T21:59:59.999Z","precision":"day"}}
            line 4: {"action":"receive at a crossing","event_kind":"aid.truck","incident":"u:3","kind":"event","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"truck"}],"quote":"3,,04/30/2024,X,,,Mixed Items,Received,,,,0,Private Sector,Gate,,","rule":["feed u; when from Received Date; cargo from Quantity; event_kind from Cargo Category; incident from ID"],"span":{"end":510,"start":445},"when":{"earliest":"2024-04-29T22:00:00Z","latest":"2024-04-30T21:59:59.999Z","precision":"day"}}
            line 5: {"action":"receive at a crossing","actors":["north"],"event_kind":"strike","incident":"u:4","kind":"event","note":"Historical; cargo: Diesel; unit as listed: Truck","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"truck"},{"best":1,"high":1,"low":1,"role":"cargo","unit":"truck"}],"quote":"4,,2024-04-30,X,,Diesel,Fuel,Received,,1,Truck,Forces of the North,Private Sector,Gate,,Historical","rule":["feed u; when from Received Date; cargo from Quantity; event_kind from Cargo Category; incident from ID"],"span":{"end":610,"start":512},"when":{"earliest":"2024-04-29T22:00:00Z","latest":"2024-04-30T21:59:59.999Z","precision":"day"}}
            line 6: {"action":"receive at a crossing","actors":["A, B"],"event_kind":"aid.truck","incident":"u:5","kind":"event","note":"Historical; cargo: Gravel; unit as listed: Bags","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"truck"},{"best":30,"high":30,"low":30,"role":"cargo","unit":"Bags"}],"quote":"5,,2024-04-30,X,,Gravel,Mixed Items,Received,,30,Bags,\"A, B\",Private Sector,Gate,,Historical","rule":["feed u; when from Received Date; cargo from Quantity; event_kind from Cargo Category; incident from ID"],"span":{"end":704,"start":612},"when":{"earliest":"2024-04-29T22:00:00Z","latest":"2024-04-30T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'u': 6 rows, 5 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:1 warning R121: the case declares none of 2 actors; most used: 'PRCS' (2 rows), 'A, B' (1 rows) [give entries in actors.toml these aliases, or map the names in the feed]
            2:1 remark R135: one actor is spelled in 2 ways: 'North' (2), 'Forces of the North' (1) [nothing is joined that actors.toml does not join: give the entry these aliases]
            7:1 error R113: line 7: '2024-04-31' in 'Received Date' is no time in a format of the feed [add the format (such as "%d/%m/%Y") to the feed, or the word to 'empty' if it means nothing stated]
        "#]],
    );
    check(
        r#"
[[feed]]
id = "c"
files = "sources/*.csv"
preset = "cogat"
event_kind = { column = "Classification", map = { Fuel = "strike", Gas = "strike" }, default = "aid.truck" }
place = "gate"
"#,
        "sources/a.csv",
        "Index,Date,Route,Classification,Donor,Aid (tons)\n\
         1,25 Feb 2024,Aerial Route,Food,North,32.12345\n\
         2,8 Mar 2024,Land Crossings,Fuel,N.O.R.T.H,-\n\
         3,8 March 2024,Maritime Route (JLOTS),Food,S,20\n\
         4,2024-03-08,By mule,Food,S,x\n",
        expect![[r#"
            line 2: {"action":"let in","actors":["north"],"event_kind":"aid.truck","incident":"c:1","kind":"event","note":"classification: Food","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"air drop"},{"as_written":"32.12345","best":32.123,"high":32.124,"low":32.123,"role":"cargo","unit":"tonne"}],"quote":"1,25 Feb 2024,Aerial Route,Food,North,32.12345","rule":["feed c; when from Date; cargo from Aid (tons); event_kind from Classification; incident from Index"],"span":{"end":95,"start":49},"when":{"earliest":"2024-02-24T22:00:00Z","latest":"2024-02-25T21:59:59.999Z","precision":"day"}}
            line 3: {"action":"let in","actors":["N.O.R.T.H"],"event_kind":"strike","incident":"c:2","kind":"event","note":"classification: Fuel","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"truck"},{"as_written":"-","role":"cargo","unit":"tonne"}],"quote":"2,8 Mar 2024,Land Crossings,Fuel,N.O.R.T.H,-","rule":["feed c; when from Date; cargo from Aid (tons); event_kind from Classification; incident from Index"],"span":{"end":140,"start":96},"when":{"earliest":"2024-03-07T22:00:00Z","latest":"2024-03-08T21:59:59.999Z","precision":"day"}}
            line 4: {"action":"let in","actors":["S"],"event_kind":"aid.truck","incident":"c:3","kind":"event","note":"classification: Food","place":"gate","quantities":[{"best":1,"high":1,"low":1,"unit":"shipment"},{"best":20,"high":20,"low":20,"role":"cargo","unit":"tonne"}],"quote":"3,8 March 2024,Maritime Route (JLOTS),Food,S,20","rule":["feed c; when from Date; cargo from Aid (tons); event_kind from Classification; incident from Index"],"span":{"end":188,"start":141},"when":{"earliest":"2024-03-07T22:00:00Z","latest":"2024-03-08T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'c': 4 rows, 3 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:1 remark R126: 1 figures have more than three decimals; their bounds hold the exact value [nothing needs to change; the words of the cell are kept]
            3:1 warning R121: the case declares none of 2 actors; most used: 'N.O.R.T.H' (1 rows), 'S' (1 rows) [give entries in actors.toml these aliases, or map the names in the feed]
            3:1 remark R139: 1 figures of 'cargo' are left open ('-') [they are not taken for zero; this is the first]
            3:1 remark R135: one actor is spelled in 2 ways: 'N.O.R.T.H' (1), 'North' (1) [nothing is joined that actors.toml does not join: give the entry these aliases]
            5:1 error R114: line 5: 'x' in 'Aid (tons)' is no number [add the word to 'empty' if it means nothing stated, or set 'thousands' and 'decimal']
        "#]],
    );
    check(
        "[[feed]]\nid = \"d\"\nfiles = \"**\"\npreset = \"unrwa-disclaimer\"\n",
        "sources/a.csv",
        "Unnamed: 0\nOur disclaimer\n\"The list covers two crossings,\nnot the others.\"\n\"\"\n",
        expect![[r#"
            line 2: {"action":"say what the list covers","issue":"coverage","kind":"statement","note":"disclaimer: Our disclaimer","quote":"Our disclaimer","rule":["feed d"],"span":{"end":25,"start":11}}
            line 3: {"action":"say what the list covers","issue":"coverage","kind":"statement","note":"disclaimer: The list covers two crossings,\nnot the others.","quote":"\"The list covers two crossings,\nnot the others.\"","rule":["feed d"],"span":{"end":74,"start":26}}
            1:1 remark R119: feed 'd': 3 rows, 2 claims; 0 rows rejected, 1 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            5:1 remark R120: rule 1 on 'Unnamed: 0' skips 1 rows [this is the first of them; the rule stands under 'skip' in the feed]
        "#]],
    );
}

#[test]
fn figures_far_from_the_others_are_remarked_and_kept() {
    let head = "Index,Date,Route,Classification,Donor,Aid (tons)\n";
    let usual: String =
        (1..=24).map(|n| format!("{n},8 Mar 2024,Land Crossings,Food,S,{}\n", 15 + n % 6)).collect();
    check(
        "[[feed]]\nid = \"c\"\nfiles = \"**\"\npreset = \"cogat\"\nskip = [{ column = \"Aid (tons)\", one_of = [\"15\", \"16\", \"17\", \"18\", \"19\", \"20\"] }]\nevent_kind = \"aid.truck\"\n",
        "sources/a.csv",
        &format!("{head}{usual}25,8 Mar 2024,Land Crossings,Food,S,2000\n"),
        expect![[r#"
            line 26: {"action":"let in","actors":["S"],"event_kind":"aid.truck","incident":"c:25","kind":"event","note":"classification: Food","place":"Land Crossings","quantities":[{"best":1,"high":1,"low":1,"unit":"truck"},{"best":2000,"high":2000,"low":2000,"role":"cargo","unit":"tonne"}],"quote":"25,8 Mar 2024,Land Crossings,Food,S,2000","rule":["feed c; when from Date; cargo from Aid (tons); incident from Index"],"span":{"end":1016,"start":976},"when":{"earliest":"2024-03-07T22:00:00Z","latest":"2024-03-08T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'c': 25 rows, 1 claims; 0 rows rejected, 24 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:1 remark R120: rule 1 on 'Aid (tons)' skips 24 rows [this is the first of them; the rule stands under 'skip' in the feed]
            26:1 warning R121: the case declares no actor 'S' (1 rows) [give entries in actors.toml these aliases, or map the names in the feed]
            26:1 warning R121: the case declares no place 'Land Crossings' (1 rows) [give entries in places.toml these aliases, or map the names in the feed]
        "#]],
    );
    let (claims, told) = crate::feeds::read(
        "[[feed]]\nid = \"c\"\nfiles = \"**\"\npreset = \"cogat\"\nevent_kind = \"aid.truck\"\n",
        "sources/a.csv",
        format!(
            "{head}{usual}25,8 Mar 2024,Land Crossings,Food,S,2000\n26,8 Mar 2024,Land Crossings,Food,S,35\n"
        )
        .as_bytes(),
    );
    assert_eq!(claims.len(), 26);
    let told: Vec<&str> = told.lines().filter(|line| line.contains("R134")).collect();
    expect!["26:1 remark R134: 2 figures of 'cargo' in 'tonne' lie far from the others: 2000 (line 26), 35 (line 27); the middle half is 16 to 19 [they are kept as they stand; the rows may have another unit than they say]"].assert_eq(&told.join("\n"));
}

const UN2720: &str = r#"
[[feed]]
id = "u"
files = "sources/*.json"
preset = "un2720"
event_kind = "aid.truck"
counter = "watch"
window = { since = "2025-10-10", until = "2025-10-12" }
kinds = { tonnes = "strike" }
"#;

#[test]
fn a_saved_dashboard_gives_totals_days_and_organisations() {
    check(
        UN2720,
        "sources/a.json",
        r#"{"totalPallets": "1,204", "totalTrucks": 61, "totalWeight": 700.25, "totalUtns": 7,
"orgTableData": [{"organization": "WFP", "trucks": 40, "pallets": 800, "weight": 500, "utns": 4}, {"name": "X", "truckCount": 21}, 3],
"orgLabels": ["WFP"], "categoryPieLabels": ["Food"], "categoryPieData": [700.25],
"barLabels": ["2025-10-10", "2025-10-11", "Sunday"], "barTrucks": [30, 31, 0], "barPallets": [600, 604], "barWeights": [300, 400.25, null]}"#,
        expect![[r#"
            line 1: {"action":"collect","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":61,"high":61,"low":61,"unit":"truck"}],"quote":"\"totalTrucks\": 61","rule":["feed u.totals; quantity from totalTrucks or /apiPayloads/0/body/totalTrucks or /summary/trucks"],"span":{"end":43,"start":26},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 1: {"action":"collect","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":700.25,"high":700.25,"low":700.25,"unit":"tonne"}],"quote":"\"totalWeight\": 700.25","rule":["feed u.totals; quantity from totalWeight or /apiPayloads/0/body/totalWeight or /summary/weightTonnes"],"span":{"end":66,"start":45},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 2: {"action":"collect","component":"WFP","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":40,"high":40,"low":40,"unit":"truck"}],"quote":"{\"organization\": \"WFP\", \"trucks\": 40, \"pallets\": 800, \"weight\": 500, \"utns\": 4}","rule":["feed u.organisations; quantity from trucks or truckCount"],"span":{"end":180,"start":101},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 2: {"action":"collect","component":"WFP","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":500,"high":500,"low":500,"unit":"tonne"}],"quote":"{\"organization\": \"WFP\", \"trucks\": 40, \"pallets\": 800, \"weight\": 500, \"utns\": 4}","rule":["feed u.organisations; quantity from weight or weightTonnes"],"span":{"end":180,"start":101},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 2: {"action":"collect","component":"X","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":21,"high":21,"low":21,"unit":"truck"}],"quote":"{\"name\": \"X\", \"truckCount\": 21}","rule":["feed u.organisations; quantity from trucks or truckCount"],"span":{"end":213,"start":182},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 4: {"action":"collect","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":30,"high":30,"low":30,"unit":"truck"}],"quote":"30","rule":["feed u.days; quantity from trucks","element 0 of each array, the first '2025-10-10'"],"span":{"end":370,"start":368},"window":{"end":"2025-10-10T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 4: {"action":"collect","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":300,"high":300,"low":300,"unit":"tonne"}],"quote":"300","rule":["feed u.days; quantity from weight","element 0 of each array, the first '2025-10-10'"],"span":{"end":424,"start":421},"window":{"end":"2025-10-10T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 4: {"action":"collect","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":31,"high":31,"low":31,"unit":"truck"}],"quote":"31","rule":["feed u.days; quantity from trucks","element 1 of each array, the first '2025-10-11'"],"span":{"end":374,"start":372},"window":{"end":"2025-10-11T22:00:00Z","start":"2025-10-10T22:00:00Z"}}
            line 4: {"action":"collect","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":400.25,"high":400.25,"low":400.25,"unit":"tonne"}],"quote":"400.25","rule":["feed u.days; quantity from weight","element 1 of each array, the first '2025-10-11'"],"span":{"end":432,"start":426},"window":{"end":"2025-10-11T22:00:00Z","start":"2025-10-10T22:00:00Z"}}
            line 3: {"action":"collect","component":"Food","counter":"watch","event_kind":"strike","kind":"quantity","quantities":[{"best":700.25,"high":700.25,"low":700.25,"unit":"tonne"}],"quote":"700.25","rule":["feed u.commodities; quantity from weight","element 0 of each array, the first 'Food'"],"span":{"end":298,"start":292},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.totals': 1 rows, 2 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.organisations': 3 rows, 3 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:132 error R123: line 2: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
            1:1 warning R138: arrays side by side differ in length: 'day' has 3, 'trucks' has 3, 'pallets' has 2, 'weight' has 3 [rows are made by number, from the first; what has no partner has empty cells]
            1:1 remark R136: feed 'u.days' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.days': 3 rows, 4 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            4:43 error R113: line 4: 'Sunday' in 'day' is no time in a format of the feed [add the format (such as "%d/%m/%Y") to the feed, or the word to 'empty' if it means nothing stated]
            1:1 remark R119: feed 'u.commodities': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
}

#[test]
fn a_saved_dashboard_may_lack_anything_or_lie_within_a_page() {
    check(
        UN2720,
        "sources/a.json",
        r#"{"totalTrucks": 61}"#,
        expect![[r#"
            line 1: {"action":"collect","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":61,"high":61,"low":61,"unit":"truck"}],"quote":"\"totalTrucks\": 61","rule":["feed u.totals; quantity from totalTrucks or /apiPayloads/0/body/totalTrucks or /summary/trucks"],"span":{"end":18,"start":1},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.totals': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:1 remark R124: there is no 'orgTableData' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.organisations': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:1 remark R124: there is no 'barLabels' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R124: there is no 'barTrucks' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R124: there is no 'barPallets' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R124: there is no 'barWeights' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R136: feed 'u.days' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.days': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:1 remark R124: there is no 'categoryPieLabels' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R124: there is no 'categoryPieData' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R119: feed 'u.commodities': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
    check(
        UN2720,
        "sources/a.json",
        r#"{"summary": {"trucks": 3}, "organizations": [], "fetchedAt": "2025-10-13", "apiPayloads": [{"url": "x", "body": {"totalTrucks": 61, "barLabels": ["2025-10-10"], "barTrucks": [30]}}]}"#,
        expect![[r#"
            line 1: {"action":"collect","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":61,"high":61,"low":61,"unit":"truck"}],"quote":"\"totalTrucks\": 61","rule":["feed u.totals; quantity from totalTrucks or /apiPayloads/0/body/totalTrucks or /summary/trucks"],"span":{"end":130,"start":113},"window":{"end":"2025-10-12T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            line 1: {"action":"collect","counter":"watch","event_kind":"aid.truck","kind":"quantity","quantities":[{"best":30,"high":30,"low":30,"unit":"truck"}],"quote":"30","rule":["feed u.days; quantity from trucks","element 0 of each array, the first '2025-10-10'"],"span":{"end":177,"start":175},"window":{"end":"2025-10-10T22:00:00Z","start":"2025-10-09T22:00:00Z"}}
            1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.totals': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.organisations': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:1 remark R124: there is no 'barPallets' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R124: there is no 'barWeights' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R136: feed 'u.days' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
            1:1 remark R119: feed 'u.days': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            1:1 remark R124: there is no 'categoryPieLabels' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R124: there is no 'categoryPieData' on the way to the rows [nothing needs to change: not every file of this sort has them]
            1:1 remark R119: feed 'u.commodities': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
    check(
        UN2720,
        "sources/a.json",
        "[",
        expect![[r#"
        1:1 error R123: line 1: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
        1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
        1:1 remark R136: feed 'u.totals' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
        1:1 remark R119: feed 'u.totals': 1 rows, 0 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        1:1 remark R124: there is no 'orgTableData' on the way to the rows [nothing needs to change: not every file of this sort has them]
        1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
        1:1 remark R136: feed 'u.organisations' is given no kind for its figures of 'requests'; they are not read [add kinds = { requests = "…" } to the feed if they matter]
        1:1 remark R119: feed 'u.organisations': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        1:1 remark R124: there is no 'barLabels' on the way to the rows [nothing needs to change: not every file of this sort has them]
        1:1 remark R124: there is no 'barTrucks' on the way to the rows [nothing needs to change: not every file of this sort has them]
        1:1 remark R124: there is no 'barPallets' on the way to the rows [nothing needs to change: not every file of this sort has them]
        1:1 remark R124: there is no 'barWeights' on the way to the rows [nothing needs to change: not every file of this sort has them]
        1:1 remark R136: feed 'u.days' is given no kind for its figures of 'pallets'; they are not read [add kinds = { pallets = "…" } to the feed if they matter]
        1:1 remark R119: feed 'u.days': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        1:1 remark R124: there is no 'categoryPieLabels' on the way to the rows [nothing needs to change: not every file of this sort has them]
        1:1 remark R124: there is no 'categoryPieData' on the way to the rows [nothing needs to change: not every file of this sort has them]
        1:1 remark R119: feed 'u.commodities': 0 rows, 0 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
    "#]],
    );
}

#[test]
fn events_carry_deaths_by_side_and_the_number_of_sources() {
    check(
        "[[feed]]\nid = \"e\"\nfiles = \"**\"\npreset = \"ucdp-ged\"\nevent_kind = \"strike\"\n",
        "sources/a.csv",
        "id,side_a,side_b,date_start,date_end,date_prec,best,low,high,deaths_a,deaths_b,deaths_civilians,deaths_unknown,latitude,longitude,where_prec,number_of_sources,version\n\
         1,North,S,2025-10-13 00:00:00.000,2025-10-14 00:00:00.000,2,5,4,9,1,1,3,0,31.5,34.25,3,2,25.1\n\
         2,North,S,2025-10-13 00:00:00.000,,1,0,0,0,,,,,31.5,x,9,-1,\n",
        expect![[r#"
            line 2: {"actors":["north","S"],"event_kind":"strike","incident":"e:1","kind":"event","note":"sources listed: 2; version: 25.1","position":{"lat":31.5,"lon":34.25,"radius_m":50000},"quantities":[{"best":5,"high":9,"low":4,"unit":"person"},{"best":5,"high":9,"low":4,"role":"killed","unit":"person"},{"best":1,"high":1,"low":1,"role":"part:side_a","unit":"person"},{"best":1,"high":1,"low":1,"role":"part:side_b","unit":"person"},{"best":3,"high":3,"low":3,"role":"part:civilians","unit":"person"},{"best":0,"high":0,"low":0,"role":"part:unknown","unit":"person"}],"quote":"1,North,S,2025-10-13 00:00:00.000,2025-10-14 00:00:00.000,2,5,4,9,1,1,3,0,31.5,34.25,3,2,25.1","rule":["feed e; when from date_start, date_end; quantity from low or low_est, best or best_est, high or high_est; part:side_a from deaths_a; part:side_b from deaths_b; part:civilians from deaths_civilians; part:unknown from deaths_unknown; position from latitude, longitude; incident from id"],"span":{"end":260,"start":167},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-14T21:59:59.999Z","precision":"range"}}
            line 3: {"actors":["north","S"],"event_kind":"strike","incident":"e:2","kind":"event","note":"sources listed: -1","quantities":[{"best":0,"high":0,"low":0,"unit":"person"},{"best":0,"high":0,"low":0,"role":"killed","unit":"person"}],"quote":"2,North,S,2025-10-13 00:00:00.000,,1,0,0,0,,,,,31.5,x,9,-1,","rule":["feed e; when from date_start, date_end; quantity from low or low_est, best or best_est, high or high_est; part:side_a from deaths_a; part:side_b from deaths_b; part:civilians from deaths_civilians; part:unknown from deaths_unknown; position from latitude, longitude; incident from id"],"span":{"end":320,"start":261},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'e': 2 rows, 2 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:1 warning R121: the case declares no actor 'S' (2 rows) [give entries in actors.toml these aliases, or map the names in the feed]
            3:1 warning R128: line 3: 'x' in 'longitude' gives no position [latitude is within 90, longitude within 180 degrees, with a point before decimals; the row counts without a position]
        "#]],
    );
}

#[test]
fn events_of_another_project_carry_positions_and_sources() {
    check(
        "[[feed]]\nid = \"e\"\nfiles = \"**\"\npreset = \"acled\"\nevent_kind = \"strike\"\n",
        "sources/a.csv",
        "event_id_cnty,event_date,time_precision,actor1,actor2,location,latitude,longitude,geo_precision,source,source_scale,fatalities\n\
         A1,13 October 2025,1,north,,gate,31.5,34.25,2,Paper One; Paper Two,National,4\n\
         A2,2025-10-13,1,north,,gate,31.5,34.25,,,,none\n",
        expect![[r#"
            line 2: {"actors":["north"],"event_kind":"strike","incident":"e:A1","kind":"event","note":"sources listed: Paper One; Paper Two; scale: National","place":"gate","position":{"lat":31.5,"lon":34.25,"radius_m":25000},"quantities":[{"approx":true,"best":4,"high":4,"low":4,"unit":"person"},{"approx":true,"best":4,"high":4,"low":4,"role":"killed","unit":"person"}],"quote":"A1,13 October 2025,1,north,,gate,31.5,34.25,2,Paper One; Paper Two,National,4","rule":["feed e; when from event_date; quantity from fatalities; position from latitude, longitude; incident from event_id_cnty or data_id"],"span":{"end":204,"start":127},"when":{"earliest":"2025-10-12T22:00:00Z","latest":"2025-10-13T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'e': 2 rows, 1 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            3:1 error R114: line 3: 'none' in 'fatalities' is no number [add the word to 'empty' if it means nothing stated, or set 'thousands' and 'decimal']
        "#]],
    );
}
