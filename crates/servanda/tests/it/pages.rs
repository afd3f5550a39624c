//! Reports as pages, help, manual pages, words.

use servanda_render::words::forbidden_word;

use crate::{Place, bundled, has};

const VOID: [&str; 6] = ["meta", "br", "link", "img", "hr", "input"];

/// Checks that every element that opens also closes, in order.
fn check_balanced(html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let end = rest.find('>').expect("a tag that ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name), "closed out of order"),
            None => {
                let name = tag.split_whitespace().next().unwrap().to_owned();
                if name == "style" {
                    rest = &rest[rest.find("</style>").unwrap() + "</style>".len()..];
                } else if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

fn check_loads_nothing(html: &str) {
    for loads in [
        "<script", "<link", "<img", "<iframe", "@import", "url(", " src=", "<object", "<embed", " onload",
        " onclick",
    ] {
        assert!(!html.contains(loads), "{loads}");
    }
}

#[test]
fn the_page_is_whole_and_loads_nothing() {
    let place = Place::new();
    for case in ["two-valleys", "gaza-2025"] {
        place.done(&["report", "--case", &bundled(case), "--out", "report.html"]);
        let html = place.read("report.html");
        check_balanced(&html);
        check_loads_nothing(&html);
        for part in [
            "<html lang=\"en\" dir=\"ltr\">",
            "<main>",
            "<header>",
            "<footer>",
            "scope=\"col\"",
            "scope=\"row\"",
            "<details",
            "@media print",
        ] {
            has(&html, part);
        }
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "two parts of the page have one id");
        for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&link), "#{link} leads nowhere");
        }
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let place = Place::new();
    place.done(&["new", "c"]);
    let hostile = "</title><script>alert(1)</script>\u{202e}<img src=x onerror=alert(1)>";
    let case = place.read("c/case.toml").replace("The two rivers truce (an invented example)", hostile);
    place.write("c/case.toml", &case);
    let bulletin = place
        .read("c/sources/2024-03-02-bulletin.md")
        .replace("Bulletin of the observer mission, 2 March 2024", hostile);
    place.write("c/sources/2024-03-02-bulletin.md", &(bulletin + "\nurl: x\n"));
    let pact = place
        .read("c/agreement/01-truce.pact")
        .replace("Neither side shoots", "\u{5e9}\u{5dc}\u{5d5}\u{5dd} <b onclick=x> `|` shoots");
    place.write("c/agreement/01-truce.pact", &pact);
    place.done(&["report", "--case", "c", "--out", "r.html"]);
    let html = place.read("r.html");
    check_balanced(&html);
    assert!(
        !html.contains("<script")
            && !html.contains("<img")
            && !html.contains("<b onclick")
            && !html.contains('\u{202e}')
    );
    place.done(&["report", "--case", "c", "--out", "r.md"]);
    let markdown = place.read("r.md");
    assert!(!markdown.contains("<script") && !markdown.contains('\u{202e}'));
    let status = place.done(&["status", "--case", "c", "--color", "always"]);
    assert!(!status.contains('\u{202e}'));
}

#[test]
fn no_word_takes_sides() {
    let place = Place::new();
    let case = bundled("two-valleys");
    let mut said = vec![place.done(&["--help"])];
    for command in [
        "new", "check", "add", "status", "why", "timeline", "report", "verify", "export", "import", "keys",
        "rule", "retract", "pact", "counts", "audit",
    ] {
        said.push(place.done(&[command, "--help"]));
    }
    for format in ["html", "markdown", "text"] {
        said.push(place.done(&["report", "--case", &case, "--format", format]));
    }
    said.push(place.done(&["status", "--case", &case]));
    said.push(place.done(&["timeline", "--case", &case]));
    for text in said {
        assert_eq!(forbidden_word(&text), None, "{text}");
    }
}

#[test]
fn shells_and_manuals_are_served() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        has(&place.done(&["completions", shell]), "servanda");
    }
    place.done(&["man", "man"]);
    has(&place.read("man/servanda.1"), "servanda");
    has(&place.read("man/servanda-status.1"), "as\\-of");
    has(&place.done(&["explain"]), "P201");
    has(&place.done(&["explain", "p201"]), "# P201");
    assert_eq!(place.run(&["explain", "Z999"]).code, 2);
}

#[test]
fn pact_files_are_formatted_and_written_as_json_and_formulas() {
    let place = Place::new();
    place.done(&["new", "c"]);
    let file = "c/agreement/01-truce.pact";
    place.done(&["pact", "fmt", "--write", file]);
    place.done(&["pact", "fmt", "--check", file]);
    let json: serde_json::Value = serde_json::from_str(&place.done(&["pact", "json", file])).unwrap();
    assert!(json.is_object());
    has(&place.done(&["pact", "mfotl", "--case", "c"]), "# prisoners");
}
