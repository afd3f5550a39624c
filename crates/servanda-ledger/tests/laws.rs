//! Laws, on any chains cut into any bundles.

use std::sync::OnceLock;

use proptest::prelude::*;
use servanda_ledger::{
    Author, Body, Bundle, Chain, Chains, Fault, KnownBy, LedgerBuilder, Retraction, Sealed, StoredRecord,
    Symbols, Withdrawn, decode_bundle, encode_bundle, synthetic, verify,
};
use servanda_model::{Claim, Instant, Name, Number, Position, Quantity, RecordId};

/// Three authors with chains of twelve; the third is forked at number 5, and the first corrects and retracts.
fn records() -> &'static [Sealed] {
    static RECORDS: OnceLock<Vec<Sealed>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let mut all = Vec::new();
        for n in 0..3u8 {
            let author = Author::from_seed([n + 1; 32], "an author");
            let (document, _) = synthetic::document(u64::from(n), 12);
            let mut bodies: Vec<Body> = vec![document.clone().into()];
            for line in 0..11 {
                let mut claim = synthetic::claim(document.id, u64::from(n), line);
                if line == 7 {
                    claim.corrects = Some(synthetic::claim(document.id, u64::from(n), 2).id());
                }
                bodies.push(claim.into());
            }
            let first = synthetic::claim(document.id, u64::from(n), 0).id();
            bodies[9] = Retraction { target: Withdrawn::Claim(first), reason: "again".to_owned() }.into();
            let mut chain = Chain::new(&author, None);
            let start = all.len();
            for (at, body) in bodies.iter().enumerate() {
                all.push(
                    chain.sign(body, Instant::from_ms(1_770_000_000_000 + (at as i64 * 7) % 5)).unwrap(),
                );
            }
            if n == 2 {
                let mut fork = Chain::new(&author, Some(all[start + 4].tip()));
                all.push(fork.sign(&bodies[10], Instant::from_ms(1_770_000_000_900)).unwrap());
                all.push(fork.sign(&bodies[11], Instant::from_ms(1_770_000_000_901)).unwrap());
            }
        }
        all
    })
}

fn part() -> impl Strategy<Value = Vec<Sealed>> {
    proptest::sample::subsequence(records().to_vec(), 0..=records().len())
}

fn union(parts: &[&[Sealed]]) -> Chains {
    let mut chains = Chains::default();
    for part in parts {
        chains.merge(part.iter().cloned());
    }
    chains
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn merging_is_idempotent_commutative_associative(a in part(), b in part(), c in part()) {
        let abc = union(&[&a, &b, &c]);
        prop_assert_eq!(&abc, &union(&[&c, &a, &b, &b, &a]));
        let bc: Vec<Sealed> = union(&[&b, &c]).records().cloned().collect();
        prop_assert_eq!(&abc, &union(&[&a, &bc]));
        prop_assert_eq!(abc.head(), union(&[&b, &c, &a]).head());
        prop_assert_eq!(abc.states(), union(&[&c, &b, &a]).states());
        let (usable, aside) = abc.split();
        prop_assert_eq!(usable.len() + aside.len(), abc.len(), "nothing is lost");
        let one = abc.ledger(KnownBy::Publication);
        let other = union(&[&b, &a, &c]).ledger(KnownBy::Publication);
        prop_assert_eq!(one.as_of(Instant::MAX).changes(), other.as_of(Instant::MAX).changes());
    }

    #[test]
    fn decoding_what_was_encoded_gives_it_back(a in part(), shuffled in Just(()).prop_perturb(|(), mut rng| rng.random::<u64>())) {
        let mut records = a.clone();
        let n = records.len().max(1);
        records.rotate_left(shuffled as usize % n);
        let bytes = encode_bundle(&Bundle { records, documents: vec![] });
        let (back, diagnostics) = decode_bundle(&bytes);
        prop_assert_eq!(&diagnostics, &vec![]);
        prop_assert_eq!(union(&[&back.records]), union(&[&a]));
        prop_assert_eq!(encode_bundle(&back), bytes);
    }

    #[test]
    fn any_change_of_a_stored_record_is_found(which in 0..records().len(), field in 0..6usize, at in any::<prop::sample::Index>()) {
        let mut stored: Vec<StoredRecord> = union(&[&records()[..24]]).records().map(stored).collect();
        let which = which % stored.len();
        let changed = &mut stored[which];
        match field {
            0 => { let at = at.index(changed.record.body.len()); changed.record.body[at] ^= 1; }
            1 => { let at = at.index(64); changed.record.signature[at] ^= 1; }
            2 => changed.record.prev = RecordId(changed.id.0),
            3 => changed.record.recorded_at = changed.record.recorded_at.plus_ms(1),
            4 => changed.id.0.0[at.index(32)] ^= 1,
            _ => changed.subject = None,
        }
        let report = verify(stored, None);
        prop_assert!(!report.is_sound());
    }

    #[test]
    fn the_fact_from_json_is_the_fact_from_the_claim(n in 0..100_000u64, mask in any::<u16>(), odd in "\\PC{0,8}") {
        let (document, _) = synthetic::document(1, 1);
        let mut claim = synthetic::claim_at(document.id, n, 0);
        if mask & 1 != 0 { claim.speaker = None; }
        if mask & 2 != 0 { claim.attribution.clear(); }
        if mask & 4 != 0 { claim.quantities.clear(); }
        if mask & 8 != 0 { claim.quantities[..].iter_mut().for_each(|q| q.low = None); }
        if mask & 16 != 0 { claim.quantities[..].iter_mut().for_each(|q| { q.best = None; q.high = None; }); }
        if mask & 32 != 0 { claim.when = None; }
        if mask & 64 != 0 { claim.place = Some(Name::new(format!("a \"quoted\"\n{odd}"))); }
        if mask & 128 != 0 { claim.origin = Some(Name::new(&odd)); }
        if mask & 256 != 0 { claim.incident = Some(Name::new(&odd)); }
        if mask & 512 != 0 { claim.component = Some(Name::new("late")); }
        if mask & 1024 != 0 { claim.targets = vec![Name::new("a"), Name::new(&odd)]; }
        if mask & 2048 != 0 { claim.position = Position::of_degrees(48.015_884, 37.802_851, n as u32); }
        if mask & 4096 != 0 {
            let killed = Quantity { low: Some(Number::whole(n as i64 % 7)), ..Quantity::default() };
            claim.quantities.insert(0, Quantity { role: Some(Name::new("killed")), ..killed });
        }
        if mask & 8192 != 0 { claim.quantities.push(Quantity { role: Some(Name::new(&odd)), ..Quantity::exactly(4, &odd) }); }
        if mask & 16384 != 0 { claim.reported_at = Some(Instant::from_ms(n as i64 * 1000)); }
        let known = Instant::from_ms(5);
        let mut symbols = Symbols::default();
        let expected = symbols.fact(&claim, None, known);
        let mut builder = LedgerBuilder::new(KnownBy::Record, std::sync::Arc::new(std::collections::HashMap::new()));
        *builder.symbols() = symbols;
        builder.record(Default::default(), known, servanda_ledger::RecordKind::Claim, None, &claim.to_json()).unwrap();
        let ledger = builder.finish();
        let view = ledger.as_of(known);
        let ix = view.find(&claim.id()).unwrap();
        prop_assert_eq!(view.fact(ix), Some(&expected));
    }
}

fn stored(record: &Sealed) -> StoredRecord {
    let subject = Body::subject_of_json(record.kind, &record.body);
    StoredRecord { record: (**record).clone(), id: record.id(), subject }
}

#[test]
fn a_sound_chain_verifies() {
    let report = verify(union(&[&records()[..24]]).records().map(stored), None);
    assert_eq!(report.diagnostics, []);
    assert_eq!(report.n_records, 24);
}

fn codes(records: &[&[Sealed]]) -> Vec<String> {
    let report = verify(union(records).records().map(stored), None);
    report.diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn l120_gap_l122_fork() {
    let all = records();
    assert_eq!(codes(&[&all[..3], &all[4..12]]), ["L120"]);
    assert_eq!(codes(&[&all[24..]]), ["L122"]);
    let chains = union(&[&all[24..]]);
    let (usable, aside) = chains.split();
    assert_eq!((usable.len(), aside.len()), (5, 9));
    assert!(matches!(&chains.states()[0].fault, Some(Fault::Fork { seq: 5, ids }) if ids.len() == 2));
}

#[test]
fn l121_wrong_prev_l123_time_backwards() {
    let author = Author::from_seed([9; 32], "nine");
    let notice = Body::Notice(b"{}".to_vec());
    let mut chain = Chain::new(&author, None);
    let first = chain.sign(&notice, Instant::from_ms(1000)).unwrap();
    let mut tip = first.tip();
    tip.recorded_at = Instant::from_ms(0);
    let early = Chain::new(&author, Some(tip)).sign(&notice, Instant::from_ms(10)).unwrap();
    assert_eq!(codes(&[&[first.clone(), early]]), ["L123"]);
    tip.id = RecordId::default();
    let stray = Chain::new(&author, Some(tip)).sign(&notice, Instant::from_ms(2000)).unwrap();
    assert_eq!(codes(&[&[first, stray]]), ["L121"]);
}

#[test]
fn l124_stored_under_a_wrong_id_l110_unreadable_body() {
    let mut wrong = stored(&records()[1]);
    wrong.subject = Some(Default::default());
    let report = verify([stored(&records()[0]), wrong], None);
    assert_eq!(report.diagnostics[0].code, "L124");
    let mut broken = stored(&records()[1]);
    broken.record.body = b"{}".to_vec();
    let report = verify([stored(&records()[0]), broken], None);
    let codes: Vec<&str> = report.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["L104", "L105", "L110"]);
}

#[test]
fn l130_quote_l131_document_l134_text() {
    let (document, text) = synthetic::document(0, 12);
    let mine = &records()[..12];
    let records: Vec<StoredRecord> = union(&[mine]).records().map(stored).collect();
    let text_of = |_: &_| Some(text.clone());
    let report = verify(records.clone(), Some(&text_of));
    assert_eq!((report.diagnostics.len(), report.n_quotes_found), (0, 10));
    let other = text.replace("entered through crossing 1", "ENTERED through crossing 1");
    let other_of = |_: &_| Some(other.clone());
    let report = verify(records.clone(), Some(&other_of));
    assert!(!report.is_sound());
    assert!(report.diagnostics.iter().all(|diagnostic| diagnostic.code == "L130"));
    let short_of = |_: &_| Some(String::new());
    assert!(verify(records.clone(), Some(&short_of)).diagnostics[0].message.contains("no such place"));
    let none_of = |_: &_| None;
    let report = verify(records.clone(), Some(&none_of));
    assert_eq!(report.diagnostics.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(), ["L134"]);
    // A claim whose document is not on record.
    let author = Author::from_seed([8; 32], "eight");
    let claim: Body = synthetic::claim(document.id, 0, 0).into();
    let lonely = Chain::new(&author, None).sign(&claim, Instant::from_ms(0)).unwrap();
    assert_eq!(codes(&[&[lonely]]), ["L131"]);
}

#[test]
fn l132_l133_l135_only_own_claims_are_taken_back() {
    let all = records();
    let (document, _) = synthetic::document(0, 12);
    let theirs = synthetic::claim(document.id, 0, 1);
    let mut mine = theirs.clone();
    mine.note = Some("mine".to_owned());
    mine.corrects = Some(theirs.id());
    let author = Author::from_seed([8; 32], "eight");
    let mut chain = Chain::new(&author, None);
    let late = Instant::from_ms(1_780_000_000_000);
    let records: Vec<Sealed> = [
        Body::from(Retraction { target: Withdrawn::Claim(theirs.id()), reason: "wrong".to_owned() }),
        Retraction { target: Withdrawn::Claim(Default::default()), reason: "wrong".to_owned() }.into(),
        mine.into(),
    ]
    .iter()
    .map(|body| chain.sign(body, late).unwrap())
    .collect();
    let mut found = codes(&[&all[..12], &records]);
    found.sort();
    assert_eq!(found, ["L132", "L133", "L135"]);
    let ledger = union(&[&all[..12], &records]).ledger(KnownBy::Record);
    let view = ledger.as_of(Instant::MAX);
    let ix = view.find(&theirs.id()).unwrap();
    assert!(!view.changes().iter().any(|change| change.what == servanda_ledger::What::Retract(ix)));
}

#[test]
fn key_files_keep_their_secret() {
    let author = Author::from_seed([3; 32], "a label\nwith a break");
    let file = author.to_key_file();
    let back = Author::from_key_file(&file).unwrap();
    assert_eq!((back.id(), back.label()), (author.id(), "a label with a break"));
    assert!(!format!("{author:?}").contains("0303"));
    let public = author.public();
    assert_eq!(servanda_ledger::PublicKey::from_line(&public.to_string()), Some(public));
    let other = Author::from_seed([4; 32], "other").id().to_string();
    let mixed = file.replace(&author.id().to_string(), &other);
    for (text, expected) in
        [("", "first line"), (mixed.as_str(), "do not belong together"), (&file[..200], "no readable line")]
    {
        let error = Author::from_key_file(text).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("0303"), "{error}");
    }
}

#[test]
fn a_weak_key_is_no_author() {
    // The neutral element: with plain verification any signature of zeros would fit it.
    let mut record = records()[0].clone().into_record();
    record.author.0.0 = [0; 32];
    record.author.0.0[0] = 1;
    record.signature = [0; 64];
    record.signature[0] = 1;
    assert!(record.check().is_err());
}

/// Claims and what became of them, by author: `+c` asserts, `-c` takes back.
fn check(script: &str, expected: &str) {
    let mut builder =
        LedgerBuilder::new(KnownBy::Record, std::sync::Arc::new(std::collections::HashMap::new()));
    let (document, _) = synthetic::document(1, 30);
    for (at, word) in script.split_whitespace().enumerate() {
        let (author, act, line) =
            (word.as_bytes()[0], word.as_bytes()[1], usize::from(word.as_bytes()[2] - b'a'));
        let author = Author::from_seed([author; 32], "").id();
        let claim: Claim = synthetic::claim(document.id, 1, line);
        let at = Instant::from_ms(at as i64);
        match act {
            b'+' => builder.claim_by(author, claim.id(), &claim, at),
            _ => builder.withdraw(author, Withdrawn::Claim(claim.id()), at),
        }
    }
    let ledger = builder.finish();
    let view = ledger.as_of(Instant::MAX);
    let shown: Vec<String> =
        view.changes().iter().map(|change| format!("{} {:?}", change.known_at.ms(), change.what)).collect();
    let shown =
        shown.join(", ").replace("Assert(FactIx(", "+").replace("Retract(FactIx(", "-").replace("))", "");
    assert_eq!(shown, expected, "{script}");
}

#[test]
fn a_claim_counts_while_one_of_its_authors_holds_it() {
    check("1+a 1-a", "0 +0, 1 -0");
    check("1+a 1-a 1+a", "0 +0, 1 -0, 2 +0");
    check("1+a 2+a 1-a", "0 +0");
    check("1+a 2+a 1-a 2-a", "0 +0, 3 -0");
    check("1+a 2-a", "0 +0");
    check("1-a 1+a", "1 +0, 1 -0");
    check("2-a 1+a 2+a", "1 +0");
    check("1+a 1-a 1-a", "0 +0, 1 -0");
    check("1+a 1-b 1-c 1+b", "0 +0, 3 +1, 3 -1");
}

/// A table published at the end of the year that gives the day of each report: known since that day, not since the end.
#[test]
fn a_row_is_known_since_it_was_reported() {
    let at = Instant::from_ms;
    let (document, _) = synthetic::document(1, 3);
    let published_at = at(9_000);
    let document = servanda_model::Document { published_at: Some(published_at), ..document };
    let claim = |n, reported_at| Claim { reported_at, ..synthetic::claim(document.id, 1, n) };
    let claims = [claim(0, Some(at(2_000))), claim(1, None), claim(2, Some(at(20_000)))];
    for (known_by, expected) in
        [(KnownBy::Publication, [2_000, 9_000, 9_000]), (KnownBy::Record, [50_000, 50_000, 50_000])]
    {
        let source = std::sync::Arc::new(std::collections::HashMap::new());
        let mut builder = LedgerBuilder::new(known_by, source);
        builder.document(document.clone());
        for claim in &claims {
            builder.claim(claim.id(), claim, at(50_000));
        }
        let ledger = builder.finish();
        let view = ledger.as_of(Instant::MAX);
        let known = claims.each_ref().map(|claim| {
            view.find(&claim.id()).and_then(|ix| view.fact(ix)).map_or(0, |fact| fact.known_at.ms())
        });
        assert_eq!(known, expected);
    }
}
