//! The seeds of the fuzzer and the worst files that we can think of, as a plain test.
#![allow(clippy::disallowed_methods, reason = "these tests look at files of the repository")]

use std::path::Path;

use servanda_pact::{format, from_json, mfotl, parse, parse_agreement, parse_bytes, to_json};

fn survive(bytes: &[u8]) {
    let (agreement, diagnostics) = parse_agreement(&[("a.pact".to_owned(), bytes.to_vec())]);
    assert!(diagnostics.iter().all(|found| found.hint.is_some()));
    assert!(diagnostics.len() <= 1000);
    let _ = mfotl(&agreement);
    let (_, file, _) = parse_bytes("a.pact", bytes);
    let text = format(&file);
    let (again, _) = parse("a.pact", &text);
    assert!(format(&again) == text);
    let back = from_json(&to_json(&again)).unwrap();
    assert!(format(&back) == text);
}

#[test]
fn seeds_are_survived() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/agreement");
    let mut n_seeds = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        survive(&std::fs::read(entry.unwrap().path()).unwrap());
        n_seeds += 1;
    }
    assert!(n_seeds >= 8);
}

/// Each line, many times; none may take time that grows with the square of the file.
#[test]
fn long_files_are_survived() {
    let n = 2_000;
    let many = |line: &dyn Fn(usize) -> String| (0..n).map(line).collect::<String>();
    let head =
        "pact p \"p\"\nclock UTC\nkind k \"k\"\nparty a \"a\"\ninstrument i \"i\" adopted 2025-01-01\n";
    let files = [
        many(&|at| format!("party a{at} \"x\"\n")),
        many(&|at| format!("milestone m{at} when m{}\n", at + 1)),
        many(&|at| format!("milestone m{at} when m{}\n", (at + 1) % n)),
        many(&|at| format!("provision q{at} \"x\"\n a must not k\n when fulfilled q{}\n", (at + 1) % n)),
        many(&|at| format!("provision q{at} \"x\"\n a must not k\n when fulfilled q{}\n", at + 1)),
        many(&|_| "provision q \"x\"\n a must not k\n".to_owned()),
        many(&|at| {
            format!(
                "instrument i{at} \"x\" adopted 2025-01-01 supersedes i{}\nprovision q \"x\"\n a must not k\n",
                at + 1
            )
        }),
        many(&|at| format!("provision q{at} \"x\"\n b{at} must not c{at}\n")),
        format!("provision q \"x\"\n a must not k{}\n", many(&|at| format!(", k{at}"))),
        format!("provision q \"x\"\n a must not k\n when k{}\n", " and k".repeat(n)),
        format!("provision q \"x\"\n a must not k\n{}", many(&|at| format!(" reading \"{at}\" until k\n"))),
        "\"".repeat(n),
        "“”".repeat(n),
        "\\".repeat(n),
        format!("party a \"{}\"\n", "\\\"".repeat(n)),
        (0..60).map(|at| format!("milestone m{at} when m{} and m{}\n", at + 1, at + 1)).collect::<String>()
            + "milestone m60 when k\nprovision q \"x\"\n a must not k\n when m0\n",
        "\n".repeat(40 * n),
        " -- x\n".repeat(n),
    ];
    for file in files {
        survive(format!("{head}{file}").as_bytes());
    }
    survive(&vec![b'x'; 5 << 20]);
    survive(&vec![0xFF; 100_000]);
}
