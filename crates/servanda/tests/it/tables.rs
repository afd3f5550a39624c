//! Tables in and out: presets, what is private, exports.

use std::collections::BTreeMap;

use crate::{Place, bundled, has};

const FORM: &str = r#"
[[feed]]
id = "form"
files = "sources/*.csv"
preset = "kobo"
event_kind = "prisoner.freed"
when = "day"
quantity = { best = "freed", unit = "person" }
"#;

#[test]
fn nothing_private_of_a_form_is_stored() {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "anna"]);
    place.write("c/feeds.toml", FORM);
    let table =
        "day;_uuid;freed;meta/enumerator_name;username\n2024-03-02;1;24;Jane Doe;jdoe\n2024-03-03;2;1;;\n";
    place.write("form.csv", table);
    let said =
        place.run(&["add", "--case", "c", "form.csv", "--published", "2024-03-05", "--publisher", "mission"]);
    assert_eq!(said.code, 0, "{}", said.err);
    has(&said.out, "put on record: 1 document, 2 claims");
    has(
        &said.err,
        "form.csv: 2 cells about private persons emptied or shortened, in meta/enumerator_name, username",
    );
    assert_eq!(place.read("form.csv"), table, "the file that was given is as it was");
    assert!(!place.read("c/sources/form.csv").contains("oe"));
    place.done(&["export", "all.bundle", "--case", "c"]);
    for file in ["c/ledger.db", "all.bundle"] {
        let bytes = std::fs::read(place.path(file)).unwrap();
        for name in ["Jane", "jdoe"] {
            assert!(!bytes.windows(name.len()).any(|found| found == name.as_bytes()), "{name} is in {file}");
        }
    }
    has(&place.done(&["add", "--case", "c", "form.csv"]), "nothing new");

    // Put into the case by hand, the table is refused.
    place.write("c/sources/again.csv", table);
    let said = place.run(&["add", "--case", "c", "c/sources/again.csv"]);
    assert_eq!(said.code, 1, "{}", said.err);
    has(&said.err, "error[R129]");
    // Not even when the rows that are rejected may be left out: the document itself would go on record.
    let said = place.run(&["add", "--case", "c", "c/sources/again.csv", "--leave-rejected"]);
    assert_eq!(said.code, 1, "{}", said.err);
    // A table of broken form cannot be emptied.
    place.write("broken.csv", "day;username\n2024-03-02;jdoe;x\n");
    let said = place.run(&["add", "--case", "c", "broken.csv"]);
    assert_eq!(said.code, 2, "{}", said.err);
    has(&said.err, "what is private cannot be taken out of this table: R111 line 2");
    assert!(!place.path("c/sources/broken.csv").exists());
}

#[test]
fn rows_that_are_rejected_can_be_left_out() {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "anna"]);
    let feed = "[[feed]]\nid = \"t\"\nfiles = \"sources/*.csv\"\nevent_kind = \"prisoner.freed\"\nwhen = \"day\"\nquantity = \"freed\"\n";
    place.write("c/feeds.toml", feed);
    place.write("t.csv", "day,freed\n2024-03-02,24\n2024-03-03,many\n");
    let add = ["add", "--case", "c", "t.csv", "--published", "2024-03-05", "--publisher", "mission"];
    let said = place.run(&add);
    assert_eq!(said.code, 1, "{}", said.err);
    has(&said.err, "nothing was put on record");
    has(&said.err, "--leave-rejected");
    let said = place.done(&[&add[..], &["--leave-rejected"]].concat());
    has(&said, "put on record: 1 document, 1 claim; rows that were rejected are left out, as listed");
}

/// Rows of an exported table by the names of its columns; the row of tags is left out.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let records = reader.records().skip(1);
    let row = |record: csv::StringRecord| {
        header.iter().zip(record.iter()).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    records.map(|record| row(record.unwrap())).collect()
}

const CORRECTION: &str = r#"
[[claim]]
id = "freed-25"
document = "sources/bulletin-3.txt"
corrects = "freed-24"
quote = "=cmd|' /C calc'!A0 The mission corrected its count to 25."
kind = "quantity"
event_kind = "prisoner.freed"
quantity = 25
measure = "total"
window = "2024-03-01/2024-03-02"
counter = "mission"
position = { lat = 48.015884, lon = -37.802851, radius_km = 2.5 }
figures = [{ role = "percent", quantity = 62.5 }, { role = "killed", quantity = { low = 1, high = 3 } }]

[[claim]]
id = "seen"
document = "sources/bulletin-3.txt"
quote = "\"Two\" were seen,\nא\u202eb"
kind = "event"
event_kind = "prisoner.freed"
when = "2024-03-02"
"#;

fn with_records() -> Place {
    let place = Place::new();
    place.done(&["new", "c"]);
    place.done(&["keys", "new", "anna"]);
    place.done(&["add", "--case", "c"]);
    place.write(
        "bulletin-3.txt",
        "=cmd|' /C calc'!A0 The mission corrected its count to 25. \"Two\" were seen,\nא\u{202e}b\n",
    );
    place.write("corrections.toml", CORRECTION);
    let files = ["bulletin-3.txt", "corrections.toml"];
    place.done(&[
        "add",
        "--case",
        "c",
        files[0],
        files[1],
        "--published",
        "2024-03-03",
        "--publisher",
        "mission",
    ]);
    place.done(&["rule", "reject", "--claim", "seen", "--reason", "misread", "--case", "c"]);
    place
}

#[test]
fn the_table_of_claims_says_where_each_stands() {
    let place = with_records();
    has(&place.done(&["export", "all.csv", "--case", "c"]), "exported 4 claims into all.csv");
    let csv = place.read("all.csv");
    let lines: Vec<&str> = csv.split("\r\n").collect();
    has(lines[0], "claim_id,document,document_sha256,publisher,quote,speaker");
    has(lines[1], "#meta+claim+id,#meta+document,");
    let table = rows(&csv);
    let of = |key: &str, value: &str| {
        table.iter().find(|row| row[key] == value).unwrap_or_else(|| panic!("{value}"))
    };
    let correction = of("standing", "on record");
    assert!(table.iter().any(|row| row["standing"] == "corrected" && row["counts"] == "false"));
    assert_eq!(of("standing", "rejected")["quote"], "\"Two\" were seen,\nא\u{fffd}b");
    let correction = table.iter().find(|row| row["best"] == "25").unwrap_or(correction);
    assert_eq!(
        correction["quote"], "'=cmd|' /C calc'!A0 The mission corrected its count to 25.",
        "no formula"
    );
    let figures = [
        "low",
        "best",
        "high",
        "unit",
        "figure",
        "killed_low",
        "killed_best",
        "killed_high",
        "other_figures",
    ];
    let figures: Vec<&str> = figures.iter().map(|name| correction[*name].as_str()).collect();
    assert_eq!(figures, ["25", "25", "25", "", "stated", "1", "", "3", "percent=62.5"]);
    // Positions are coarse, and the radius holds the place all the same.
    let position: Vec<&str> =
        ["lat", "lon", "radius_m"].iter().map(|name| correction[*name].as_str()).collect();
    assert_eq!(position, ["48", "-37.8", "6450"]);
    // The same records give the same bytes; an earlier moment gives what was known then.
    assert_eq!(place.done(&["export", "--csv", "-", "--case", "c"]), csv);
    let then = rows(&place.done(&["export", "--csv", "-", "--known", "2024-03-02", "--case", "c"]));
    assert_eq!(then.len(), 2);
    assert!(then.iter().all(|row| row["standing"] == "on record"));
    let counting = rows(&place.done(&["export", "--csv", "-", "--counting", "--case", "c"]));
    assert_eq!(counting.len(), 2);
}

#[test]
fn the_map_of_claims_holds_those_with_positions() {
    let place = with_records();
    let said = place.done(&["export", "all.geojson", "--csv", "all.csv", "--case", "c"]);
    has(&said, "exported 1 claim into all.geojson; 3 claims are without a position left out");
    let map: serde_json::Value = serde_json::from_str(&place.read("all.geojson")).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), 1);
    assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([-37.8, 48]));
    let properties = &map["features"][0]["properties"];
    assert_eq!(
        (&properties["best"], &properties["radius_m"]),
        (&serde_json::json!(25), &serde_json::json!(6450))
    );
    has(map["remark"].as_str().unwrap(), "coarse");
}

#[test]
fn the_guide_lists_every_column() {
    let guide = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides/exports.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let tables =
        [servanda_render::CLAIM_COLUMNS, servanda_render::COUNTS_COLUMNS, servanda_render::INCIDENT_COLUMNS];
    for column in tables.concat() {
        has(&guide, &format!("| `{}` | `{}` | {} |\n", column.name, column.tag, column.says));
    }
}

/// What must be the same after a table has been written and read again.
const SAME: [&str; 24] = [
    "claim_kind",
    "kind",
    "component",
    "measure",
    "low",
    "best",
    "high",
    "unit",
    "figure",
    "killed_low",
    "killed_best",
    "killed_high",
    "injured",
    "polarity",
    "modality",
    "when_earliest",
    "when_latest",
    "when_precision",
    "window_start",
    "window_end",
    "actors",
    "counter",
    "speaker",
    "incident",
];

#[test]
fn a_table_that_was_exported_can_be_read_again() {
    for case in ["gaza-2025", "two-valleys"] {
        let place = Place::new();
        let out = place.done(&["export", "--csv", "-", "--case", &bundled(case)]);
        let copy = |name: &str| {
            let from = std::path::Path::new(&bundled(case)).join(name);
            if let Ok(text) = std::fs::read_to_string(from) {
                place.write(&format!("c/{name}"), &text);
            }
        };
        for name in ["case.toml", "actors.toml", "places.toml", "counters.toml"] {
            copy(name);
        }
        for entry in std::fs::read_dir(std::path::Path::new(&bundled(case)).join("agreement")).unwrap() {
            copy(&format!("agreement/{}", entry.unwrap().file_name().to_string_lossy()));
        }
        place.write("c/sources/all.csv", &out);
        place.write(
            "c/feeds.toml",
            "[[feed]]\nid = \"again\"\nfiles = \"sources/all.csv\"\npreset = \"hxl\"\nincident = { column = \"#event+id\", prefix = \"\" }\n",
        );
        let again = place.done(&["export", "--csv", "-", "--case", "c"]);
        let same = |csv: &str| {
            let mut rows: Vec<Vec<String>> =
                rows(csv).iter().map(|row| SAME.iter().map(|name| row[*name].clone()).collect()).collect();
            rows.sort();
            rows
        };
        let (before, after) = (same(&out), same(&again));
        assert!(before.len() > 5, "{case}");
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after, "{case}");
        }
        assert_eq!(before.len(), after.len(), "{case}");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_what_the_table_holds() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let place = with_records();
    place.done(&["export", "all.parquet", "--csv", "all.csv", "--case", "c"]);
    let bytes = std::fs::read(place.path("all.parquet")).unwrap();
    place.done(&["export", "--parquet", "again.parquet", "--case", "c"]);
    assert_eq!(
        std::fs::read(place.path("again.parquet")).unwrap(),
        bytes,
        "the same records give the same bytes"
    );
    let reader = SerializedFileReader::new(std::fs::File::open(place.path("all.parquet")).unwrap()).unwrap();
    let table = rows(&place.read("all.csv"));
    let mut n_rows = 0;
    for (row, expected) in reader.get_row_iter(None).unwrap().zip(&table) {
        for (name, field) in row.unwrap().get_column_iter() {
            use parquet::record::Field;
            let shown = match field {
                Field::Null => String::new(),
                Field::Str(text) => text.clone(),
                Field::Bool(flag) => flag.to_string(),
                Field::TimestampMillis(ms) => servanda_model::Instant::from_ms(*ms).to_string(),
                Field::Decimal(number) => {
                    let thousandths = i64::from_be_bytes(number.data().try_into().unwrap());
                    servanda_model::Number::from_thousandths(thousandths).to_string()
                }
                Field::Double(degrees) => degrees.to_string(),
                other => other.to_string(),
            };
            let cell = expected[name].strip_prefix('\'').unwrap_or(&expected[name]);
            assert_eq!(shown.replace('\u{202e}', "\u{fffd}"), cell, "{name}");
        }
        n_rows += 1;
    }
    assert_eq!(n_rows, table.len());
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_how_to_get_it() {
    let place = with_records();
    let said = place.run(&["export", "all.parquet", "--case", "c"]);
    assert_eq!(said.code, 2);
    has(&said.err, "--features parquet");
    assert!(!place.path("all.parquet").exists());
}

#[test]
fn rival_counts_are_rows_below_one_another() {
    let place = Place::new();
    let case = bundled("gaza-2025");
    let window = ["--from", "2025-10-10", "--to", "2025-10-23", "--case", &case];
    let counts = ["counts", "aid.trucks", "--csv", "-", "--per", "week"];
    let table = rows(&place.done(&[&counts[..], &window].concat()));
    let screen = place.done(&[&["counts", "aid.trucks", "--per", "week", "--json"][..], &window].concat());
    let screen: serde_json::Value = serde_json::from_str(&screen).unwrap();
    let series: Vec<&serde_json::Value> = screen["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|kind| kind["counts"]["series"].as_array().unwrap())
        .collect();
    assert!(series.len() > 1);
    let windows: Vec<_> = table.iter().filter(|row| row["row"] == "window").collect();
    assert_eq!(windows.len(), series.len());
    for (row, series) in windows.iter().zip(&series) {
        assert_eq!(row["counter"], series["counter"].as_str().unwrap_or_default());
        assert_eq!(row["n_days_covered"], series["n_days_covered"].to_string());
        let stated = series["n_days_covered"] != 0 && series["basis"] != "outstanding";
        let low = if stated { series["covered_total"]["low"].to_string() } else { String::new() };
        assert_eq!(row["low"], low, "{row:?}");
    }
    let n_cells: usize = series.iter().map(|series| series["cells"].as_array().unwrap().len()).sum();
    assert_eq!(table.len(), series.len() + n_cells);
    place.done(&[&["counts", "aid.trucks", "--csv", "counts.csv"][..], &window].concat());
    assert_eq!(rows(&place.read("counts.csv")).len(), series.len());
}

#[test]
fn a_table_that_cannot_be_written_leaves_nothing_behind() {
    let place = Place::new();
    if !cfg!(feature = "parquet") {
        let said = place.run(&["export", "t.parquet", "--case", &crate::bundled("gaza-2025")]);
        assert_eq!(said.code, 2);
        has(&said.err, "built without Parquet");
    }
    let said = place.run(&["export", "no/such/folder/t.csv", "--case", &crate::bundled("gaza-2025")]);
    assert_eq!(said.code, 2);
    assert!(std::fs::read_dir(&place.dir).unwrap().next().is_none());
}

#[test]
fn incidents_are_rows_with_their_sources_side_by_side() {
    let place = Place::new();
    let case = bundled("gaza-2025");
    let table = rows(&place.done(&["violations", "--csv", "-", "--case", &case]));
    let screen = place.done(&["violations", "--json", "--case", &case]);
    let screen: serde_json::Value = serde_json::from_str(&screen).unwrap();
    let incidents = screen["rows"].as_array().unwrap();
    assert!(incidents.len() > 3);
    assert_eq!(table.len(), incidents.len());
    for (row, incident) in table.iter().zip(incidents) {
        let incident = &incident["incident"];
        assert_eq!(row["incident"], incident["id"].as_str().unwrap());
        assert_eq!(row["rung"], incident["rung"].as_str().unwrap());
        assert_eq!(row["support"], incident["support"].as_str().unwrap());
        let low = incident["toll"]["low"].as_u64().map(|low| low.to_string()).unwrap_or_default();
        assert_eq!(row["toll_low"], low);
        let reports = incident["reports"].as_array().unwrap();
        let n_named = row["sources"]
            .split(';')
            .chain(row["denied_by"].split(';'))
            .filter(|name| !name.is_empty())
            .count();
        assert_eq!(n_named, reports.iter().filter(|report| report["source"] != "").count());
    }
}
