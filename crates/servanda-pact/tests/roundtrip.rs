//! Laws: any bytes are survived, formatting is stable, JSON is the same tree.

mod common;

use proptest::collection::vec;
use proptest::prelude::*;
use servanda_pact::{Clock, format, from_json, parse, parse_agreement, parse_bytes, to_json};

/// Names in several scripts, with marks, joiners and digits.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,8}(\\.[a-z]{1,5})?".prop_filter("reserved", |word| servanda_pact::is_name(word)
            && !parse("", &format!("party {word} \"x\"")).0.items.is_empty()
            && parse("", &format!("party {word} \"x\"")).1.is_empty()),
        prop::sample::select(vec![
            "شمال",
            "آتش\u{200c}بس",
            "צפון",
            "се́вер",
            "北",
            "e\u{301}tat",
            "उत्तर",
            "كاf.١٢",
            "_x-y",
            "Étape-2.b",
        ])
        .prop_map(str::to_owned),
    ]
}

/// Texts with everything that needs an escape.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,12}", "\\PC{0,8}", Just("a \"b\" \\ -- \t\n\u{202e} “c”".to_owned())].prop_map(
        |text| {
            let mut out = String::from("\"");
            for c in text.chars() {
                match c {
                    '"' => out.push_str("\\\""),
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    c => out.push(c),
                }
            }
            out + "\""
        },
    )
}

fn date() -> impl Strategy<Value = String> {
    (1990..2100u16, 1..13u8, 1..29u8, prop::option::of((0..24u8, 0..60u8))).prop_map(|(y, m, d, time)| {
        match time {
            Some((hour, minute)) => format!("{y:04}-{m:02}-{d:02} {hour:02}:{minute:02}"),
            None => format!("{y:04}-{m:02}-{d:02}"),
        }
    })
}

fn duration() -> impl Strategy<Value = String> {
    (0..500u32, prop::sample::select(vec!["hours", "day", "weeks", "calendar days"]))
        .prop_map(|(n, u)| format!("{n} {u}"))
}

fn amount() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..1_000_000_000u64).prop_map(|n| format!("{}.{:03}", n / 1000, n % 1000)),
        "[0-9]{1,12}",
        name()
    ]
}

fn atom() -> impl Strategy<Value = String> {
    prop_oneof![
        name(),
        (name(), name()).prop_map(|(kind, by)| format!("{kind} by {by}")),
        name().prop_map(|p| format!("fulfilled {p}")),
        name().prop_map(|p| format!("breached {p}")),
        name().prop_map(|b| format!("established {b}")),
        (name(), amount()).prop_map(|(kind, n)| format!("count {kind} at least {n}")),
        date(),
        (duration(), name()).prop_map(|(d, c)| format!("{d} after {c}")),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    (vec(atom(), 1..4), any::<bool>()).prop_map(|(atoms, all)| atoms.join(if all { " and " } else { " or " }))
}

fn duty() -> impl Strategy<Value = String> {
    let target = || (amount(), name()).prop_map(|(n, kind)| format!("{n} {kind}"));
    let zone = || {
        prop::option::of(name()).prop_map(|zone| zone.map(|zone| format!(" in {zone}")).unwrap_or_default())
    };
    let what = prop_oneof![
        (vec(target(), 1..3), name())
            .prop_map(|(targets, to)| format!("must deliver {} to {to}", targets.join(", "))),
        (vec(name(), 1..3), zone()).prop_map(|(kinds, zone)| format!("must not {}{zone}", kinds.join(", "))),
        (name(), amount(), zone())
            .prop_map(|(kind, n, zone)| format!("must keep {kind} at most {n} per week{zone}")),
        (target(), target(), name()).prop_map(|(a, b, by)| format!("must match {a} for each {b} by {by}")),
        (name(), name()).prop_map(|(body, state)| format!("must establish {body} as {state}")),
        name().prop_map(|p| format!("may waive {p}")),
    ];
    (vec(name(), 1..3), what).prop_map(|(who, what)| format!("{} {what}", who.join(", ")))
}

fn plain_clause() -> impl Strategy<Value = String> {
    prop_oneof![
        duty(),
        (prop::sample::select(vec!["when", "whenever", "while", "unless", "until"]), condition())
            .prop_map(|(keyword, c)| format!("{keyword} {c}")),
        name().prop_map(|p| format!("if breached {p}")),
        (duration(), condition()).prop_map(|(d, c)| format!("within {d} of {c}")),
        (duration(), text()).prop_map(|(d, why)| format!("assume within {d} {why}")),
        date().prop_map(|d| format!("by {d}")),
        Just("no deadline".to_owned()),
        (0..40u32, 0..40u32).prop_map(|(k, n)| format!("tolerance {k} day in {n}")),
        (name(), name(), duration()).prop_map(|(k, s, d)| format!("watch {k} by {s} complete after {d}")),
    ]
}

fn line() -> impl Strategy<Value = String> {
    let clause = prop_oneof![
        plain_clause(),
        text().prop_map(|t| format!("quote {t}")),
        (text(), plain_clause()).prop_map(|(label, clause)| format!("reading {label} {clause}")),
    ];
    prop_oneof![
        (name(), text()).prop_map(|(id, t)| format!("party {id} {t}")),
        (name(), text(), name()).prop_map(|(id, t, unit)| format!("kind {id} {t} counts {unit}")),
        (name(), text(), date(), name())
            .prop_map(|(id, t, d, o)| format!("instrument {id} {t} adopted {d} supersedes {o}")),
        (name(), amount(), date(), text())
            .prop_map(|(id, _, d, t)| format!("number {id} 3 since {d} {t}, 4.5 since {d} {t}")),
        (name(), condition()).prop_map(|(id, c)| format!("milestone {id} when {c}")),
        (name(), text()).prop_map(|(id, t)| format!("provision {id} {t}")),
        clause.clone().prop_map(|clause| format!("  {clause}")),
        (clause, "\\PC{0,10}").prop_map(|(clause, c)| format!("  {clause} --{c}")),
        "--\\PC{0,12}",
        "  --[a-z -]{0,12}",
        Just(String::new()),
        "[ -~]{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_survived(bytes in vec(any::<u8>(), 0..400)) {
        let (_, diagnostics) = parse_agreement(&[("a.pact".to_owned(), bytes.clone())]);
        for diagnostic in diagnostics {
            prop_assert!(diagnostic.hint.is_some() && servanda_pact::codes::severity(&diagnostic.code).is_some());
        }
        let (source, file, _) = parse_bytes("a.pact", &bytes);
        stable(&file)?;
        for item in &file.items {
            prop_assert!(item.span.of(&source.text).is_some());
        }
    }

    #[test]
    fn files_keep_their_meaning(lines in vec(line(), 0..20)) {
        let text = lines.join("\n");
        let (file, _) = parse("a.pact", &text);
        stable(&file)?;
        parse_agreement(&[("a.pact".to_owned(), text.into_bytes())]);
    }

    #[test]
    fn well_formed_clauses_are_read(clause in plain_clause()) {
        let text = format!("provision p \"x\"\n  {clause}\n");
        let (_, diagnostics) = parse("a.pact", &text);
        prop_assert!(diagnostics.iter().all(|found| found.code == "P122"), "{text}\n{diagnostics:?}");
    }

    #[test]
    fn windows_divide_time(ms in -2_000_000_000_000i64..4_000_000_000_000, zone in 0..ZONES.len()) {
        use servanda_pact::Per;
        let clock = Clock::new(ZONES[zone]).unwrap();
        let instant = servanda_model::Instant::from_ms(ms);
        for per in [Per::Hour, Per::Day, Per::Week] {
            let window = clock.window_of(instant, per);
            prop_assert!(window.contains(instant));
            let next = clock.next_window(window, per);
            prop_assert_eq!(next.start, window.end);
            let last = clock.window_of(window.end.plus_ms(-1), per);
            prop_assert_eq!(last, window);
        }
    }
}

const ZONES: [&str; 6] =
    ["UTC", "America/Santiago", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia", "Africa/Casablanca"];

fn stable(file: &servanda_pact::File) -> Result<(), TestCaseError> {
    let text = format(file);
    let (again, _) = parse("a.pact", &text);
    prop_assert_eq!(&format(&again), &text);
    let json = to_json(&again);
    let back = from_json(&json).map_err(|found| TestCaseError::fail(format!("{found:?}\n{text}")))?;
    prop_assert_eq!(&format(&back), &text);
    prop_assert_eq!(&to_json(&back), &json);
    Ok(())
}

#[test]
fn json_with_a_field_too_many_is_refused_with_its_place() {
    let (file, _) = parse("a.pact", "party north \"North\"\n");
    let json = to_json(&file);
    let strange = json.replacen('{', "{\"colour\": 1, ", 1);
    let found = from_json(&strange).expect_err("an unknown field");
    assert_eq!(found[0].code, "P401", "{found:?}");
    assert!(from_json(&json).is_ok());
}
