//! Forms, tagged tables and maps, on small samples of our own.

use expect_test::expect;

use crate::feeds::check;

#[test]
fn submissions_of_a_form_are_found_in_their_groups() {
    let feed = r#"
[[feed]]
id = "k"
files = "sources/*.csv"
preset = "kobo"
event_kind = { column = ["what", "What happened?"], map = { shelling = "strike", "Shelling" = "strike" } }
quantity = { best = "killed", unit = "person" }
actors = [{ choices = "who" }]
place = { column = "place" }
when = { start = "when", format = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%.f%:z"] }
"#;
    check(
        feed,
        "sources/a.csv",
        "\u{feff}\"start\";\"end\";\"event/what\";\"event/when\";\"event/killed\";\"event/who\";\"event/who/north\";\"event/who/south\";\"place\";\"_gps_latitude\";\"_gps_longitude\";\"_gps_precision\";\"_id\";\"_uuid\";\"_submission_time\";\"_validation_status\";\"_submitted_by\"\r\n\
         \"\";\"\";\"#event\";\"#date\";\"#affected+killed\";\"#org\";\"\";\"\";\"#loc\";\"\";\"\";\"\";\"\";\"\";\"\";\"\";\"\"\r\n\
         \"2025-10-20T05:40:39.000+03:00\";\"2025-10-20T05:41:13.000+03:00\";\"shelling\";\"2025-10-19\";\"2\";\"north south\";\"1\";\"0\";\"gate\";\"31.5\";\"34.25\";\"4.5\";\"61\";\"48583952\";\"2025-10-20T09:41:19\";\"Approved\";\"\"\r\n\
         \"\";\"\";\"Shelling\";\"2025-10-19T22:10:00.000+03:00\";\"\";\"\";\"\";\"True\";\"gate\";\"\";\"\";\"\";\"62\";\"48583953\";\"2025-10-20T09:41:19\";\"\";\"\"\r\n\
         \"\";\"\";\"shelling\";\"2025-10-19\";\"1\";\"\";\"0\";\"0\";\"gate\";\"\";\"\";\"\";\"63\";\"48583954\";\"2025-10-20T09:41:19\";\"Not Approved\";\"\"\r\n",
        expect![[r##"
            line 3 reported 2025-10-20T07:41:19Z: {"actors":["north"],"event_kind":"strike","incident":"k:48583952","kind":"event","note":"validation: Approved","place":"gate","position":{"lat":31.5,"lon":34.25,"radius_m":5},"quantities":[{"best":2,"high":2,"low":2,"unit":"person"}],"quote":"\"2025-10-20T05:40:39.000+03:00\";\"2025-10-20T05:41:13.000+03:00\";\"shelling\";\"2025-10-19\";\"2\";\"north south\";\"1\";\"0\";\"gate\";\"31.5\";\"34.25\";\"4.5\";\"61\";\"48583952\";\"2025-10-20T09:41:19\";\"Approved\";\"\"","reported_at":"2025-10-20T07:41:19Z","rule":["feed k; when from when; quantity from killed; position from _gps_latitude or _location_latitude or _geopoint_latitude, _gps_longitude or _location_longitude or _geopoint_longitude; event_kind from what or What happened?; incident from _uuid or meta/instanceID or _id or KEY"],"span":{"end":515,"start":322},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            line 4 reported 2025-10-20T07:41:19Z: {"actors":["south"],"event_kind":"strike","incident":"k:48583953","kind":"event","place":"gate","quantities":[{"unit":"person"}],"quote":"\"\";\"\";\"Shelling\";\"2025-10-19T22:10:00.000+03:00\";\"\";\"\";\"\";\"True\";\"gate\";\"\";\"\";\"\";\"62\";\"48583953\";\"2025-10-20T09:41:19\";\"\";\"\"","reported_at":"2025-10-20T07:41:19Z","rule":["feed k; when from when; quantity from killed; position from _gps_latitude or _location_latitude or _geopoint_latitude, _gps_longitude or _location_longitude or _geopoint_longitude; event_kind from what or What happened?; incident from _uuid or meta/instanceID or _id or KEY"],"span":{"end":641,"start":517},"when":{"earliest":"2025-10-19T19:10:00Z","latest":"2025-10-19T19:10:00Z","precision":"exact"}}
            1:1 remark R119: feed 'k': 3 rows, 2 claims; 0 rows rejected, 1 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:1 remark R131: line 2 holds tags (HXL); it names the columns and is no row [a feed may name a column by its tag: column = "#affected+killed"]
            4:1 warning R121: the case declares no actor 'south' (1 rows) [give entries in actors.toml these aliases, or map the names in the feed]
            5:1 remark R120: rule 1 on '_validation_status' skips 1 rows [this is the first of them; the rule stands under 'skip' in the feed]
        "##]],
    );
    // Lists in one cell, commas, labels in place of names, a column that occurs in two groups.
    check(
        feed,
        "sources/b.csv",
        "What happened?,when,a/killed,b/killed,who,place,_uuid,_submission_time\n\
         Shelling,2025-10-19,2,3,north south,gate,1,2025-10-20\n",
        expect![[r#"
            1:1 error R132: 'killed' may mean each of 'a/killed', 'b/killed'; no row can be used [name the column in full, or add an attribute that only the one meant has]
            1:1 remark R120: rule 1 on '_validation_status' skips 0 rows [this is the first of them; the rule stands under 'skip' in the feed]
            1:1 remark R119: feed 'k': 1 rows, 0 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
}

#[test]
fn tagged_tables_are_read_by_their_tags() {
    let feed = "[[feed]]\nid = \"h\"\nfiles = \"sources/*.csv\"\npreset = \"hxl\"\nevent_kind = \"strike\"\n";
    check(
        feed,
        "sources/a.csv",
        "Incidents of the week,,,,,,\n\
         Where,When,Killed (f),Killed,Lat,Lon,Who\n\
         #loc +name,#date + occurred,#affected+f+killed,#AFFECTED +killed,#geo+lat,#geo+lon,#org+actor\n\
         gate,2025-10-19,1,3,31.5,34.25,Forces of the North;south\n\
         غزة,2025-10-20,,,,,\n\
         gate,19.10.2025,1,3,,,\n",
        expect![[r##"
            line 4: {"actors":["north","south"],"event_kind":"strike","kind":"event","place":"gate","position":{"lat":31.5,"lon":34.25,"radius_m":0},"quantities":[{"best":3,"role":"killed","unit":"person"}],"quote":"gate,2025-10-19,1,3,31.5,34.25,Forces of the North;south","rule":["feed h; when from #date+occurred+start or #date+start-window or #date+occurred or #date-window-known, #date+occurred+end or #date+end-window; quantity from #indicator+num+low, #indicator+num+best or #indicator+value or #indicator+num, #indicator+num+high; killed from #affected+killed+low, #affected+killed+best or #affected+killed, #affected+killed+high; injured from #affected+injured; position from #geo+lat, #geo+lon; incident from #event+id or #meta+incident+id"],"span":{"end":219,"start":163},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            line 5: {"event_kind":"strike","kind":"event","place":"غزة","quote":"غزة,2025-10-20,,,,,","rule":["feed h; when from #date+occurred+start or #date+start-window or #date+occurred or #date-window-known, #date+occurred+end or #date+end-window; quantity from #indicator+num+low, #indicator+num+best or #indicator+value or #indicator+num, #indicator+num+high; killed from #affected+killed+low, #affected+killed+best or #affected+killed, #affected+killed+high; injured from #affected+injured; position from #geo+lat, #geo+lon; incident from #event+id or #meta+incident+id"],"span":{"end":242,"start":220},"when":{"earliest":"2025-10-19T22:00:00Z","latest":"2025-10-20T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'h': 3 rows, 2 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            3:1 remark R131: line 3 holds tags (HXL); it names the columns and is no row [a feed may name a column by its tag: column = "#affected+killed"]
            4:1 warning R121: the case declares no actor 'south' (1 rows) [give entries in actors.toml these aliases, or map the names in the feed]
            5:1 warning R121: the case declares no place 'غزة' (1 rows) [give entries in places.toml these aliases, or map the names in the feed]
            6:1 error R113: line 6: '19.10.2025' in '#date+occurred+start or #date+start-window or #date+occurred or #date-window-known' is no time in a format of the feed [add the format (such as "%d/%m/%Y") to the feed, or the word to 'empty' if it means nothing stated]
        "##]],
    );
    // Tags in place of headers; two columns that the pattern fits equally; a table without any tag.
    check(
        feed,
        "sources/b.csv",
        "#date+occurred,#geo+lat,#affected+killed+f,#affected+killed+m\n2025-10-19,1,3,4\n",
        expect![[r##"
            line 2: {"event_kind":"strike","kind":"event","quote":"2025-10-19,1,3,4","rule":["feed h; when from #date+occurred+start or #date+start-window or #date+occurred or #date-window-known, #date+occurred+end or #date+end-window; quantity from #indicator+num+low, #indicator+num+best or #indicator+value or #indicator+num, #indicator+num+high; killed from #affected+killed+low, #affected+killed+best or #affected+killed, #affected+killed+high; injured from #affected+injured; position from #geo+lat, #geo+lon; incident from #event+id or #meta+incident+id"],"span":{"end":78,"start":62},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            1:1 remark R131: line 1 holds tags (HXL); it names the columns and is no row [a feed may name a column by its tag: column = "#affected+killed"]
            1:1 warning R132: '#affected+killed+best or #affected+killed' may mean each of '#affected+killed+f', '#affected+killed+m'; none is read [name the column in full, or add an attribute that only the one meant has]
            1:1 remark R119: feed 'h': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "##]],
    );
    check(
        feed,
        "sources/c.csv",
        "date,killed\n2025-10-19,3\n",
        expect![[r#"
            1:1 error R110: the table has no row of tags that the feed asks for; no row of it can be used [add a row of tags (HXL) below the header, or name the columns by their headers]
            1:1 remark R119: feed 'h': 1 rows, 0 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
    // A table that happens to be tagged is read by its headers all the same.
    check(
        "[[feed]]\nid = \"p\"\nfiles = \"**\"\nquantity = \"killed\"\n",
        "sources/d.csv",
        "date,killed\n#date,#affected+killed\n2025-10-19,3\n",
        expect![[r##"
            line 3: {"kind":"event","quantities":[{"best":3,"high":3,"low":3}],"quote":"2025-10-19,3","rule":["feed p; quantity from killed"],"span":{"end":47,"start":35}}
            1:1 remark R119: feed 'p': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            2:1 remark R131: line 2 holds tags (HXL); it names the columns and is no row [a feed may name a column by its tag: column = "#affected+killed"]
        "##]],
    );
}

#[test]
fn features_have_positions() {
    let feed = "[[feed]]\nid = \"g\"\nfiles = \"sources/*\"\npreset = \"geojson\"\nevent_kind = \"strike\"\nwhen = \"day\"\nquantity = { best = \"/properties/toll/killed\", unit = \"person\" }\noptional = [\"/properties/toll/killed\", \"/id\"]\n";
    check(
        feed,
        "sources/a.geojson",
        r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [34.25, 31.5]}, "properties": {"day": "2025-10-19", "toll": {"killed": 3}}},
{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[34, 31], [34, 31.02]]}, "properties": {"day": "2025-10-19", "id": "b"}},
{"type": "Feature", "id": 9, "geometry": null, "properties": {"day": "2025-10-19"}},
{"type": "Feature", "id": 10, "geometry": {"type": "Point", "coordinates": [34.25, 131.5]}, "properties": {"day": "2025-10-19"}},
{"type": "Feature", "id": 11, "geometry": {"type": "Point"}, "properties": null},
7
]}"#,
        expect![[r#"
            line 2: {"event_kind":"strike","incident":"g:7","kind":"event","position":{"lat":31.5,"lon":34.25,"radius_m":0},"quantities":[{"best":3,"high":3,"low":3,"unit":"person"}],"quote":"{\"type\": \"Feature\", \"id\": 7, \"geometry\": {\"type\": \"Point\", \"coordinates\": [34.25, 31.5]}, \"properties\": {\"day\": \"2025-10-19\", \"toll\": {\"killed\": 3}}}","rule":["feed g; when from day; quantity from /properties/toll/killed; position from @lat, @lon; incident from /id or id"],"span":{"end":193,"start":44},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            line 3: {"event_kind":"strike","incident":"g:b","kind":"event","position":{"lat":31.01,"lon":34.0,"radius_m":1112},"quote":"{\"type\": \"Feature\", \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[34, 31], [34, 31.02]]}, \"properties\": {\"day\": \"2025-10-19\", \"id\": \"b\"}}","rule":["feed g; when from day; quantity from /properties/toll/killed; position from @lat, @lon; incident from /id or id"],"span":{"end":338,"start":195},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            line 4: {"event_kind":"strike","incident":"g:9","kind":"event","quote":"{\"type\": \"Feature\", \"id\": 9, \"geometry\": null, \"properties\": {\"day\": \"2025-10-19\"}}","rule":["feed g; when from day; quantity from /properties/toll/killed; position from @lat, @lon; incident from /id or id"],"span":{"end":423,"start":340},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            line 5: {"event_kind":"strike","incident":"g:10","kind":"event","quote":"{\"type\": \"Feature\", \"id\": 10, \"geometry\": {\"type\": \"Point\", \"coordinates\": [34.25, 131.5]}, \"properties\": {\"day\": \"2025-10-19\"}}","rule":["feed g; when from day; quantity from /properties/toll/killed; position from @lat, @lon; incident from /id or id"],"span":{"end":553,"start":425},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            line 6: {"event_kind":"strike","incident":"g:11","kind":"event","quote":"{\"type\": \"Feature\", \"id\": 11, \"geometry\": {\"type\": \"Point\"}, \"properties\": null}","rule":["feed g; when from day; quantity from /properties/toll/killed; position from @lat, @lon; incident from /id or id"],"span":{"end":635,"start":555}}
            1:1 remark R119: feed 'g': 6 rows, 5 claims; 1 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
            5:1 warning R128: line 5: '{"type": "Point", "coordinates": [34.25, 131.5]}' in 'geometry' gives no position [latitude is within 90, longitude within 180 degrees, with a point before decimals; the row counts without a position]
            6:1 warning R128: line 6: '{"type": "Point"}' in 'geometry' gives no position [latitude is within 90, longitude within 180 degrees, with a point before decimals; the row counts without a position]
            6:1 warning R116: line 6: 'day' is empty; the claim has no such time [skip such rows by a rule if they should not count]
            7:1 error R123: line 7: this is no JSON object, or it breaks off; it is not used [rows are objects { "column": value, … }]
        "#]],
    );
    check(
        feed,
        "sources/b.geojson",
        r#"{"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [34.25, 31.5]}, "properties": {"day": "2025-10-19"}}"#,
        expect![[r#"
            line 1: {"event_kind":"strike","incident":"g:7","kind":"event","position":{"lat":31.5,"lon":34.25,"radius_m":0},"quote":"{\"type\": \"Feature\", \"id\": 7, \"geometry\": {\"type\": \"Point\", \"coordinates\": [34.25, 31.5]}, \"properties\": {\"day\": \"2025-10-19\"}}","rule":["feed g; when from day; quantity from /properties/toll/killed; position from @lat, @lon; incident from /id or id"],"span":{"end":126,"start":0},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            1:1 remark R119: feed 'g': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
    check(
        feed,
        "sources/c.geojson",
        r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2039"}}, "features": [{"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [180000, 600000]}, "properties": {"day": "2025-10-19"}}]}"#,
        expect![[r#"
            line 1: {"event_kind":"strike","incident":"g:7","kind":"event","quote":"{\"type\": \"Feature\", \"id\": 7, \"geometry\": {\"type\": \"Point\", \"coordinates\": [180000, 600000]}, \"properties\": {\"day\": \"2025-10-19\"}}","rule":["feed g; when from day; quantity from /properties/toll/killed; position from @lat, @lon; incident from /id or id"],"span":{"end":251,"start":122},"when":{"earliest":"2025-10-18T22:00:00Z","latest":"2025-10-19T21:59:59.999Z","precision":"day"}}
            1:1 warning R137: the coordinates are of 'urn:ogc:def:crs:EPSG::2039', not WGS 84; no position is read [convert the file to WGS 84 (longitude, latitude in degrees), as GeoJSON requires]
            1:1 remark R119: feed 'g': 1 rows, 1 claims; 0 rows rejected, 0 skipped by rule, 0 with nothing to say [each rejected row has its own diagnostic]
        "#]],
    );
}

#[test]
fn every_fault_of_the_further_keys_is_told() {
    check(
        r#"
[[feed]]
id = "a"
files = "a"
rows = "/a"
row = ""
kinds = { x = 3 }
quantity = { each = "one" }
measure = { column = "m" }
[[feed]]
id = "b"
files = "a"
arrays = ["a"]
rows = "a"
parts = [{ x = 1 }]
[[feed]]
id = "c"
files = "a"
arrays = { x = "y" }
delimiter = "automatic"
components = [{ sort = "x", column = "y" }]
"#,
        "none",
        "",
        expect![[r#"
            6:7 error R109: the feed says in several ways where its rows are [write one of: rows (an array), row (one object), arrays (arrays side by side)]
            7:15 error R103: 'kinds' is a number [write the name of a kind]
            8:21 error R103: 'each' is a text [write a number with at most three decimals]
            15:10 error R104: 'id' is missing [add id = "…"]
            19:16 error R103: 'arrays' is a text [write a JSON pointer ("/data/items"; "" is the whole file), or a list of them]
            20:13 error R103: 'automatic' is not one character ('delimiter') [write a single ASCII character such as ";" or "\t"]
        "#]],
    );
}
