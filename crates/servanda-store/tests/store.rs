//! A ledger file from its making to its exchange.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this crate is where the disk is")]

use servanda_ledger::{
    Author, Body, Chain, Chains, DocumentBytes, KnownBy, Retraction, Sealed, Withdrawn, decode_bundle,
    encode_bundle, synthetic,
};
use servanda_model::{Claim, Instant, Judgement, Ruling};
use servanda_store::{Acknowledged, Store, StoreErrorKind};

fn at(ms: i64) -> Instant {
    Instant::from_ms(1_770_000_000_000 + ms)
}

fn author(n: u8) -> Author {
    Author::from_seed([n; 32], &format!("author {n}"))
}

/// A document and so many claims that quote it.
fn bodies(number: u64, n_claims: usize) -> (Vec<Body>, Vec<Claim>, String) {
    let (document, text) = synthetic::document(number, n_claims);
    let claims: Vec<Claim> = (0..n_claims).map(|line| synthetic::claim(document.id, number, line)).collect();
    let bodies =
        std::iter::once(Body::from(document)).chain(claims.iter().cloned().map(Body::from)).collect();
    (bodies, claims, text)
}

fn chain_of(author: &Author, bodies: &[Body], start_ms: i64) -> Vec<Sealed> {
    let mut chain = Chain::new(author, None);
    bodies.iter().zip(start_ms..).map(|(body, ms)| chain.sign(body, at(ms)).expect("a sound body")).collect()
}

fn export(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.export(&mut bytes, &[]).expect("memory takes every write");
    bytes
}

#[test]
fn append_open_look_verify_export_import() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let me = author(1);
    let (bodies, claims, text) = bodies(1, 5);
    let mut writer = Store::create(&path).unwrap();
    let ids = writer.appender(&me).unwrap().append(&bodies, at(0)).unwrap();
    assert_eq!(ids.len(), 6);
    let retraction = Retraction { target: Withdrawn::Claim(claims[2].id()), reason: "misread".to_owned() };
    let ruling = Ruling {
        judgement: Judgement::Accept,
        claims: vec![claims[0].id()],
        reason: "read again".to_owned(),
    };
    let notice = Body::Notice(br#"{"volume":"a","version":1}"#.to_vec());
    let mut appender = writer.appender(&me).unwrap();
    appender.append(&[retraction.into(), ruling.into(), notice], at(1000)).unwrap();
    drop(writer);
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["ledger.db"], "nothing is left beside the ledger");

    let store = Store::open_read(&path).unwrap();
    assert_eq!(store.n_records().unwrap(), 9);
    let ledger = store.ledger(KnownBy::Record).unwrap();
    assert_eq!(ledger.as_of(at(-1)).changes().len(), 0);
    assert_eq!(ledger.as_of(at(0)).changes().len(), 5);
    assert_eq!(ledger.as_of(at(1000)).changes().len(), 7);
    let view = ledger.as_of(at(1000));
    let ix = view.find(&claims[1].id()).unwrap();
    assert_eq!(view.claim(ix).as_ref(), Some(&claims[1]), "the full claim comes from the file");

    let report = store.verify(Some(&|id| (*id == claims[0].document).then(|| text.clone()))).unwrap();
    assert_eq!(report.diagnostics, []);
    assert_eq!((report.n_records, report.n_quotes_found), (9, 5));

    let mut bytes = Vec::new();
    store.export(&mut bytes, &[DocumentBytes::new(text.clone().into_bytes())]).unwrap();
    let (bundle, diagnostics) = decode_bundle(&bytes);
    assert_eq!(diagnostics, []);
    assert_eq!(encode_bundle(&bundle), bytes, "encoding what was decoded gives the same bytes");
    let copy = folder.path().join("copy.db");
    let mut writer = Store::create(&copy).unwrap();
    let done = writer.import(&bundle).unwrap();
    assert_eq!(done, Acknowledged { n_appended: 9, ..Acknowledged::default() });
    assert_eq!(writer.import(&bundle).unwrap(), Acknowledged { n_known: 9, ..Acknowledged::default() });
    assert_eq!(writer.head().unwrap(), store.head().unwrap());
    let shipped = Store::from_bundle(bundle);
    assert_eq!(shipped.head().unwrap(), store.head().unwrap());
    assert_eq!(shipped.document_bytes(&claims[0].document), Some(text.as_bytes()));
    assert_eq!(shipped.ledger(KnownBy::Record).unwrap().as_of(at(1000)).changes(), view.changes());
}

#[test]
fn any_order_of_overlapping_bundles_gives_the_same_file_contents() {
    let folder = tempfile::tempdir().unwrap();
    let (first, _, _) = bodies(1, 6);
    let (second, _, _) = bodies(2, 6);
    let a = chain_of(&author(1), &first, 0);
    let b = chain_of(&author(2), &second, 3);
    // A fork of the first author at number 4, with one record after it.
    let mut fork =
        Chain::new(&author(1), Some(a[3].tip())).sign(&second[1], at(50)).map(|record| vec![record]).unwrap();
    let forker = author(1);
    fork.push(Chain::new(&forker, Some(fork[0].tip())).sign(&second[2], at(51)).unwrap());
    let parts: [Vec<Sealed>; 5] = [a[..3].to_vec(), a[2..].to_vec(), b[4..].to_vec(), b[..5].to_vec(), fork];
    let mut whole = Chains::default();
    parts.iter().for_each(|part| {
        whole.merge(part.iter().cloned());
    });
    let mut exports = Vec::new();
    for (n, order) in permutations(5).into_iter().step_by(7).enumerate() {
        let mut writer = Store::create(folder.path().join(format!("{n}.db"))).unwrap();
        for part in order {
            writer.append(&parts[part]).unwrap();
            writer.append(&parts[part]).unwrap();
        }
        assert_eq!(writer.head().unwrap(), whole.head());
        assert_eq!(writer.states().unwrap(), whole.states());
        assert_eq!(writer.n_records().unwrap(), whole.len() as u64);
        let report = writer.verify(None).unwrap();
        let codes: Vec<&str> = report.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        // The fork cuts off the first author's chain; the claims quote documents that are on record.
        assert_eq!(codes, ["L122"]);
        exports.push(export(&writer));
        let ledger = writer.ledger(KnownBy::Record).unwrap();
        let expected = whole.ledger(KnownBy::Record);
        assert_eq!(ledger.as_of(Instant::MAX).changes(), expected.as_of(Instant::MAX).changes());
        let refused = writer.appender(&forker).err().unwrap();
        assert_eq!(refused.kind, StoreErrorKind::Chain);
    }
    assert!(exports.windows(2).all(|pair| pair[0] == pair[1]));
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in permutations(n - 1) {
        for at in 0..n {
            let mut longer = shorter.clone();
            longer.insert(at, n - 1);
            all.push(longer);
        }
    }
    all
}

#[test]
fn a_clock_that_goes_back_is_bumped() {
    let folder = tempfile::tempdir().unwrap();
    let me = author(1);
    let (bodies, _, _) = bodies(1, 3);
    let mut writer = Store::create(folder.path().join("ledger.db")).unwrap();
    writer.appender(&me).unwrap().append(&bodies[..2], at(5000)).unwrap();
    writer.appender(&me).unwrap().append(&bodies[2..], at(0)).unwrap();
    assert_eq!(writer.tip(&me.id()).unwrap().unwrap().recorded_at, at(5002));
    assert!(writer.verify(None).unwrap().is_sound());
}

#[test]
fn the_database_itself_refuses_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let me = author(1);
    let (bodies, _, _) = bodies(1, 3);
    let mut writer = Store::create(&path).unwrap();
    writer.appender(&me).unwrap().append(&bodies, at(0)).unwrap();
    let before = export(&writer);
    drop(writer);
    let sql = rusqlite::Connection::open(&path).unwrap();
    let columns = "author, seq, recorded_at, kind, id, prev, signature, subject, subject_key, body";
    for attempt in [
        "UPDATE record SET body = '{}'".to_owned(),
        "DELETE FROM record".to_owned(),
        "DELETE FROM author".to_owned(),
        "UPDATE author SET key = zeroblob(32)".to_owned(),
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE seq = 1".to_owned(),
        format!("INSERT OR REPLACE INTO record ({columns}) SELECT {columns} FROM record WHERE seq = 3"),
        "INSERT OR REPLACE INTO author SELECT * FROM author".to_owned(),
        format!(
            "INSERT INTO record ({columns}) SELECT author, 9, recorded_at, kind, id, prev, signature, subject, subject_key, body FROM record WHERE seq = 3"
        ),
        format!(
            "INSERT INTO record ({columns}) SELECT author, 4, recorded_at, kind, id, prev, signature, subject, subject_key, body FROM record WHERE seq = 3"
        ),
        format!(
            "INSERT INTO record ({columns}) SELECT author, 4, 0, kind, id, id, signature, subject, subject_key, body FROM record WHERE seq = 3"
        ),
    ] {
        let refused = sql.execute_batch(&attempt);
        assert!(refused.is_err(), "{attempt}");
    }
    drop(sql);
    assert_eq!(export(&Store::open_read(&path).unwrap()), before);
}

#[test]
fn l125_damage_l126_guards_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let me = author(1);
    let (bodies, _, _) = bodies(1, 3);
    Store::create(&path).unwrap().appender(&me).unwrap().append(&bodies, at(0)).unwrap();
    let sql = rusqlite::Connection::open(&path).unwrap();
    sql.execute_batch("DROP TRIGGER record_no_DELETE; DELETE FROM record WHERE seq = 3").unwrap();
    let codes = |path: &std::path::Path| -> Vec<String> {
        let report = Store::open_read(path).unwrap().verify(None).unwrap();
        report.diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect()
    };
    assert_eq!(codes(&path), ["L126"], "the end of a chain leaves no gap, but the guard is missed");
    sql.execute_batch("DELETE FROM record WHERE seq = 1").unwrap();
    assert_eq!(codes(&path), ["L126", "L120"]);
    drop(sql);
    // The author's key stands in the table and in its index: changed in one, they differ.
    let mut bytes = std::fs::read(&path).unwrap();
    let key = bytes.windows(32).position(|window| *window == me.id().0.0).unwrap();
    bytes[key] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(codes(&path).contains(&"L125".to_owned()));
}
