//! Each code has a page and something that triggers it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use servanda_model::Diagnostic;
use servanda_read::prose::frames::Lexicon;
use servanda_read::prose::kind_rules;
use servanda_read::{
    CODES, Clock, Names, actors, aid_plan, case_file, counters, document_list, feeds, read_document,
};

use crate::{coded, feeds as tables, input};

fn one(fields: &str) -> String {
    format!("[[claim]]\nid = \"a\"\ndocument = \"week-2.md\"\nkind = \"event\"\n{fields}\n")
}

fn from_case_files() -> Vec<Diagnostic> {
    let clock = Clock::utc();
    let mut all = Vec::new();
    all.extend(
        case_file("c", "titl = 3\nclock = \"x\"\ndefault_standpoint = \"x\"\nknown_by = \"x\"\n= 4").1,
    );
    let text = "actor = [{ id = \"a\", aliases = [\"x\"], member_of = [\"b\", \"z\"] }, { id = \"a\" }, \
                { id = \"b\", aliases = [\"X\"], member_of = \"a\", \
                  roles = [{ role = \"r\", since = \"x\" }, { role = \"r\", since = \"2025-02-01\", until = \"2025-01-01\" }] }]";
    all.extend(actors("a", text).1);
    all.extend(read_document("a.md", b"---\ntitle: x", &clock, None).1);
    all.extend(read_document("a.md", b"---\nx: y\npublished: x\nencoding: x\n---\n\xff", &clock, None).1);
    all.extend(read_document("a.md", b"---\nencoding: utf-8\n---\n\xff", &clock, None).1);
    let text = "[[counter]]\nid = \"x\"\nof = [\"y\"]\nrule = \"r\"\nsource = \"s\"\n[[counter]]\nid = \"x\"\nof = [\"y\"]\n\
                rule = \"r\"\nsource = \"s\"\n[[conversion]]\nfrom = \"a\"\nto = \"b\"\nlow = 2\nbest = 1\nsource = \"s\"\n\
                [[conversion]]\nfrom = \"a\"\nto = \"b\"\nbest = 1\n";
    all.extend(counters("n", text, &Names::default(), Some(&[])).2);
    let text = "[[stage]]\nstage = \"arrived\"\nkind = \"k\"\n[[stage]]\nstage = \"arrived\"\nkind = \"k\"";
    all.extend(aid_plan("n", text, &Names::default(), None).1);
    all.extend(document_list("d", "[[document]]\ntitle = 3\n", &clock).1);
    all
}

/// Codes of lexicon files.
fn from_lexicon() -> Vec<Diagnostic> {
    let text = "[[frame]]\nid = \"a\"\nkind = \"event\"\nverb = []\n[[frame]]\nid = \"a\"\n[[frame]]\nid = \"b\"\nkind = \"evnt\"\n\
                plover = \"ATTACK\"\nverbs = [\"x| y\"]\n[[frame]]\nkind = \"event\"\nid = \"c\"\nverbs = [\"x||y\"]\n[[frame]]\n\
                [[holder]]\nid = \"h\"\nlemmas = [\"x\"]\n[[issue]]\nwords = []\n";
    let mut all = Lexicon::builtin().with("reading.toml", text).1;
    all.extend(Lexicon::builtin().with("reading.toml", "[[issue]]\nwords = =\n").1);
    all
}

fn from_reading() -> Vec<Diagnostic> {
    let rules = "[[kind]]\nevent_kind = \"gate.opend\"\nactors = [\"nroth\"]\n";
    let mut all = kind_rules("reading.toml", rules, &[], &[], Some(&["gate.opened".into()])).1;
    let french = "Les deux parties ont signé un accord mardi dernier, selon le ministère de la défense.";
    all.extend(crate::reader::read(&format!("{french}\n\nUpland opened the gate on Tuesday."), None).remarks);
    all
}

fn from_feeds() -> Vec<Diagnostic> {
    let clock = Clock::utc();
    let mut all = Vec::new();
    all.extend(feeds("f", "[[feed]]\nid = \"a\"\nfiles = \"a\"\nrows = \"\"\nrow = \"\"\n", &clock).1);
    all.extend(crate::privacy::remarks());
    let text = "x = \n[[feed]]\nid = \"a\"\nfiles = \"a\"\nodd = 1\n[[feed]]\nid = \"a\"\nfiles = \"a\"\n\
                [[feed]]\npreset = \"x\"\n[[feed]]\nkind = \"x\"\nskip = [{ column = \"x\" }]\nwindow = { start = \"a\" }\n";
    all.extend(feeds("f", text, &clock).1);
    all
}

fn from_claims() -> Vec<Diagnostic> {
    let mut all = Vec::new();
    let good = "quote = \"opened again\"";
    for fields in [
        "quote = ",
        "colour = 1\nquote = 3",
        "quote = \"opened again\"\nnth = \"x\"\ncorrects = \"b\"",
        "quote = \"never\"",
        "quote = \"The gate\"",
        "quote = \"The gate\"\nnth = 9",
        "quote = \"opened again\"\nactors = [\"x\"]\nspeaker = \"North\"\nevent_kind = \"x\"\nwhen = \"x\"\nwindow = \"x\"",
        "quote = \"opened again\"\nquantity = { low = 2, high = 1 }\nmeasure = \"total\"\ncue = \"shouted\"",
        "quote = \"opened again\"\ncorrects = \"a\"",
        "quote = \"opened again\"\ncorrects = \"b\"",
    ] {
        all.extend(coded::read(&[("c.toml", &one(fields))]).1);
    }
    all.extend(coded::read(&[("c.toml", &(one(good) + &one(good).replace("week-2", "week-9")))]).1);
    all.extend(coded::read(&[("c.toml", "[[claim]]\nid = \"a\"")]).1);
    all.extend(coded::read(&[("c.csv", "id,quote\n1\n")]).1);
    all
}

/// Codes of a table, from the rendered diagnostics.
fn from_tables() -> String {
    let feed = "[[feed]]\nid = \"f\"\nfiles = \"**\"\nskip = [{ column = \"a\", equals = \"skip\" }]\nincident = { column = \"a\" }\n\
                when = { start = \"day\", format = \"%Y-%m-%d\" }\nquantity = { low = \"low\", best = \"best\" }\n\
                position = { lat = \"a\", lon = \"low\", radius_km = { column = \"best\" } }\n\
                event_kind = { column = \"kind\", map = { s = \"strike\", r = \"raid\" } }\nactors = \"nobody\"\n";
    let head = "a,day,low,best,kind,kind\n";
    let good = "1,2025-10-13,1,2,s,\n";
    let nowhere = "91,2025-10-13,1,2,s,\n";
    let mut out = String::new();
    let mut read = |path: &str, table: &str| out += &tables::read(feed, path, table.as_bytes()).1;
    read("a.csv", "a\n1\n");
    read(
        "a.csv",
        &format!(
            "{head}{good}{good}skip,,,,,\nx\n1,x,1,2,s,\n1,2025-10-13,x,2,s,\n1,2025-10-13,1,2,q,\n1,,1,2,r,\n\
             1,2025-10-13,3,2,s,\n1,2025-10-13,1.23456,2,s,\n{nowhere}\"x,,,,,\n"
        ),
    );
    read("a.csv", &(head.to_owned() + &"1\n".repeat(10_001)));
    read("a.json", "[3]");
    read("a.json", "{}");
    out + &from_presets()
}

/// Codes of tables that presets and further keys of a feed read.
fn from_presets() -> String {
    let mut out = String::new();
    let mut read = |keys: &str, path: &str, table: &str| {
        let feed = format!("[[feed]]\nid = \"f\"\nfiles = \"**\"\nevent_kind = \"strike\"\n{keys}\n");
        out += &tables::read(&feed, path, table.as_bytes()).1;
    };
    read("preset = \"kobo\"", "a.csv", "username,x\njdoe,1\n");
    read("preset = \"hxl\"", "a.csv", "a,b\n#affected+killed+f,#affected+killed+m\n1,2\n");
    let daily = "[{\"report_date\": \"2025-10-19\", \"report_period\": 0, \"killed\": 1}]";
    read("preset = \"techforpalestine-daily\"", "a.json", daily);
    let list: String = (0..30)
        .map(|n| {
            format!("{},{}\n", if n % 2 == 0 { "Gate 1" } else { "gate-1" }, if n == 0 { 9_000 } else { n })
        })
        .collect();
    read("quantity = \"n\"\noutliers = true\nplace = { column = \"a\" }", "a.csv", &format!("a,n\n{list}"));
    read("quantity = \"n\"\nempty = \"-\"", "a.csv", "n\n-\n");
    let system = "{\"crs\": {\"properties\": {\"name\": \"EPSG:2039\"}}, \"features\": []}";
    read("preset = \"geojson\"", "a.geojson", system);
    read(
        "arrays = { a = \"/a\", b = \"/b\" }\nquantity = \"a\"\nplace = { column = \"b\" }",
        "a.json",
        "{\"a\": [1, 2], \"b\": [3]}",
    );
    out
}

#[test]
fn each_code_has_a_page_and_a_trigger() {
    let tables = from_tables();
    let mut seen: BTreeSet<String> =
        [from_case_files(), from_lexicon(), from_reading(), from_feeds(), from_claims(), input::remarks()]
            .concat()
            .into_iter()
            .map(|diagnostic| diagnostic.code)
            .collect();
    seen.extend(
        CODES
            .iter()
            .map(|(code, _)| (*code).to_owned())
            .filter(|code| tables.contains(&format!(" {code}: "))),
    );
    let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes");
    let mut faults = Vec::new();
    for (code, title) in CODES {
        let page = std::fs::read_to_string(pages.join(format!("{code}.md"))).unwrap_or_default();
        if !page.starts_with(&format!("# {code}: {title}\n")) {
            faults.push(format!("{code}: no page with its title"));
        }
        // What a language model can do wrong is provoked in `proposals.rs`, and where it is asked, with a server that lies.
        let of_a_model = ("R360"..="R370").contains(code);
        if !seen.contains(*code) && !of_a_model {
            faults.push(format!("{code}: nothing triggers it"));
        }
    }
    let known: BTreeSet<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    faults.extend(seen.difference(&known).map(|code| format!("{code}: not in the list")));
    assert!(faults.is_empty(), "{faults:#?}");
}
