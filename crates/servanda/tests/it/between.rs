//! What is wrong between the files of a case.

use crate::{Place, has};

fn check(change: impl Fn(&Place), code: &str, words: &str) {
    let place = Place::new();
    place.done(&["new", "c"]);
    change(&place);
    let said = place.run(&["check", "--case", "c"]);
    has(&said.out, &format!("[{code}]"));
    has(&said.out, words);
    has(&place.done(&["explain", code]), &format!("# {code}"));
}

fn append(place: &Place, file: &str, text: &str) {
    let before = place.read(file);
    place.write(file, &(before + text));
}

#[test]
fn faults_between_files_have_codes() {
    let bytes =
        |place: &Place| std::fs::write(place.path("c/actors.toml"), b"[[actor]]\nid = \"\xff\"\n").unwrap();
    check(bytes, "X101", "it is not UTF-8 text");
    check(
        |place| std::fs::remove_dir_all(place.path("c/agreement")).unwrap(),
        "X102",
        "the case has no agreement",
    );
    let clock = |place: &Place| {
        let text = place.read("c/case.toml").replace("clock = \"UTC\"", "clock = \"Asia/Tokyo\"");
        place.write("c/case.toml", &text);
    };
    check(clock, "X103", "the case goes by Asia/Tokyo and its agreement by UTC");
    let reading = |place: &Place| append(place, "c/case.toml", "readings = { prisoners = \"some day\" }\n");
    check(reading, "X104", "'prisoners' has no reading 'some day'");
    let actor = |place: &Place| append(place, "c/case.toml", "except = [\"nobody\"]\n");
    check(actor, "X105", "names 'nobody'");
    let kind = |place: &Place| append(place, "c/case.toml", "\n[alerts]\nkinds = [\"strikes\"]\n");
    check(kind, "X106", "[alerts] watches 'strikes', which is no kind of the agreement");
    let covered =
        "\n[alerts]\ncovered = [{ source = \"nobody\", from = \"2020-01-01\", to = \"2020-02-01\" }]\n";
    let source = |place: &Place| append(place, "c/case.toml", covered);
    check(source, "X106", "[alerts] lets 'nobody' cover days");
}
