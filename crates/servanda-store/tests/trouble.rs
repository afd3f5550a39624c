//! Trouble with files: each sort has its own error, a hint, and leaves what was acknowledged as it was.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this crate is where the disk is")]

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use servanda_ledger::{Author, Body, Chain, KnownBy, Sealed, synthetic};
use servanda_model::Instant;
use servanda_store::{Store, StoreError, StoreErrorKind};

fn author() -> Author {
    Author::from_seed([6; 32], "six")
}

fn claims(from: u64, n: u64) -> Vec<Body> {
    let (document, _) = synthetic::document(1, 1);
    (from..from + n).map(|n| synthetic::claim_at(document.id, n, 0).into()).collect()
}

fn now() -> Instant {
    Instant::from_ms(1_770_000_000_000)
}

fn ledger_with(path: &Path, n: u64) {
    let mut writer = Store::create(path).unwrap();
    writer.appender(&author()).unwrap().append(&claims(0, n), now()).unwrap();
}

#[track_caller]
fn refused<T>(answer: Result<T, StoreError>, kind: StoreErrorKind) -> StoreError {
    let error = answer.err().expect("refused");
    assert_eq!(error.kind, kind, "{error}");
    assert!(error.hint.is_some() || kind == StoreErrorKind::Io, "{error}");
    error
}

#[test]
fn not_there_there_already_not_a_ledger_newer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    refused(Store::open_read(&path), StoreErrorKind::NotFound);
    refused(Store::open_write(&path), StoreErrorKind::NotFound);
    assert!(!path.exists(), "opening makes no file");
    ledger_with(&path, 2);
    refused(Store::create(&path), StoreErrorKind::Exists);

    let text = folder.path().join("text.db");
    std::fs::write(&text, "this is a letter, not a ledger\n".repeat(100)).unwrap();
    refused(Store::open_read(&text), StoreErrorKind::NotALedger);
    refused(Store::open_write(&text), StoreErrorKind::NotALedger);
    refused(Store::create(&text), StoreErrorKind::Exists);
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    refused(Store::open_read(&empty), StoreErrorKind::NotALedger);
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (x); PRAGMA user_version = 3")
        .unwrap();
    refused(Store::open_read(&other), StoreErrorKind::NotALedger);

    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let error = refused(Store::open_read(&path), StoreErrorKind::Newer);
    assert!(error.to_string().contains("newer servanda"), "{error}");
    refused(Store::open_write(&path), StoreErrorKind::Newer);
}

#[test]
fn a_second_writer_is_refused_and_told_who_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_with(&path, 2);
    let writer = Store::open_write(&path).unwrap();
    let error = refused(Store::open_write(&path), StoreErrorKind::Locked);
    assert!(error.message.contains(&format!("process {}", std::process::id())), "{error}");
    assert_eq!(Store::open_read(&path).unwrap().n_records().unwrap(), 2, "reading is possible meanwhile");
    drop(writer);
    drop(Store::open_write(&path).unwrap());
}

#[test]
fn one_writer_and_many_readers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_with(&path, 1);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let (mut n_reads, mut last) = (0, 0);
                    while !done.load(Ordering::Relaxed) || n_reads == 0 {
                        let store = Store::open_read(&path).unwrap();
                        let ledger = store.ledger(KnownBy::Record).unwrap();
                        let n = ledger.n_claims();
                        assert!(n >= last, "a reader never sees less than before");
                        assert_eq!(n % 5, 1, "a reader sees whole batches");
                        store.visit(&mut |_| Ok(())).unwrap();
                        (n_reads, last) = (n_reads + 1, n);
                    }
                    n_reads
                })
            })
            .collect();
        let author = author();
        let mut writer = Store::open_write(&path).unwrap();
        let mut appender = writer.appender(&author).unwrap();
        for batch in 0..40 {
            appender.append(&claims(1 + batch * 5, 5), now()).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        let n_reads: Vec<i32> = readers.into_iter().map(|reader| reader.join().unwrap()).collect();
        println!("reads while writing: {n_reads:?}");
    });
    assert_eq!(Store::open_read(&path).unwrap().n_records().unwrap(), 201);
}

/// Appends until the space ends, then looks whether everything acknowledged is there and sound.
fn fill(path: &Path, mut writer: servanda_store::Writer) {
    let author = author();
    let before = writer.n_records().unwrap();
    let mut n = before;
    let error = loop {
        match writer.appender(&author).and_then(|mut appender| appender.append(&claims(n, 50), now())) {
            Ok(ids) => n += ids.len() as u64,
            Err(error) => break error,
        }
        assert!(n < 100_000, "the space never ended");
    };
    assert_eq!(error.kind, StoreErrorKind::Full, "{error}");
    assert!(error.message.contains("no space is left"), "{error}");
    drop(writer);
    let store = Store::open_read(path).unwrap();
    assert_eq!(store.n_records().unwrap(), n);
    assert!(store.verify(None).unwrap().is_sound());
}

#[test]
fn a_full_file_is_a_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_with(&path, 10);
    let writer = Store::open_write(&path).unwrap();
    writer.limit_pages(60).unwrap();
    fill(&path, writer);
}

/// A file system of its own for a test; `None` where that is not permitted.
struct Mounted(tempfile::TempDir);

impl Mounted {
    fn new(options: &[&str]) -> Option<Mounted> {
        let folder = tempfile::tempdir().unwrap();
        let status =
            std::process::Command::new("mount").args(options).arg(folder.path()).output().ok()?.status;
        if !status.success() {
            println!("skipped: mounting is not permitted here");
        }
        status.success().then_some(Mounted(folder))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_is_a_clear_error() {
    let Some(disk) = Mounted::new(&["-t", "tmpfs", "-o", "size=512k", "tmpfs"]) else { return };
    let path = disk.0.path().join("ledger.db");
    ledger_with(&path, 10);
    fill(&path, Store::open_write(&path).unwrap());
}

#[test]
fn a_read_only_folder_is_read_and_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_with(&path, 3);
    let source = folder.path().to_str().unwrap().to_owned();
    let Some(view) = Mounted::new(&["--bind", &source]) else { return };
    let remount =
        std::process::Command::new("mount").args(["-o", "remount,ro,bind"]).arg(view.0.path()).output();
    if !remount.is_ok_and(|output| output.status.success()) {
        println!("skipped: mounting read-only is not permitted here");
        return;
    }
    let there = view.0.path().join("ledger.db");
    let store = Store::open_read(&there).unwrap();
    assert_eq!(store.ledger(KnownBy::Record).unwrap().n_claims(), 3);
    let error = refused(Store::open_write(&there), StoreErrorKind::ReadOnly);
    assert!(error.hint.unwrap().contains("where you may write"));
    refused(Store::create(view.0.path().join("new.db")), StoreErrorKind::ReadOnly);
}

#[test]
fn a_folder_that_is_not_there_is_a_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    refused(Store::create(folder.path().join("no/such/ledger.db")), StoreErrorKind::NotFound);
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    assert!(Store::create(file.join("ledger.db")).is_err());
}

/// Any damage of the file gives an error or a report, never a panic, and never passes for sound with other records.
#[test]
fn damaged_files_do_not_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_with(&path, 40);
    let sound = std::fs::read(&path).unwrap();
    let mut export = Vec::new();
    Store::open_read(&path).unwrap().export(&mut export, &[]).unwrap();
    let damaged = folder.path().join("damaged.db");
    let mut n_unseen = 0;
    let look = |bytes: &[u8]| -> bool {
        std::fs::write(&damaged, bytes).unwrap();
        let Ok(store) = Store::open_read(&damaged) else { return true };
        let ledger = store.ledger(KnownBy::Record);
        let _ = (store.head(), store.states(), store.n_records());
        let mut now = Vec::new();
        let exported = store.export(&mut now, &[]);
        match store.verify(None) {
            Ok(report) if report.is_sound() && ledger.is_ok() && exported.is_ok() => now == export,
            _ => true,
        }
    };
    for at in (0..sound.len()).step_by(151) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x55;
        // A lost end of the chain cannot be seen from the file alone (docs/methods/ledger.md); nothing else may pass.
        n_unseen += u32::from(!look(&bytes));
    }
    for cut in [1, 100, 4096, 5000, sound.len() / 2, sound.len() - 1] {
        n_unseen += u32::from(!look(&sound[..cut.min(sound.len())]));
    }
    assert_eq!(n_unseen, 0);
}

#[test]
fn a_gap_is_closed_by_what_was_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let author = author();
    let mut chain = Chain::new(&author, None);
    let records: Vec<Sealed> = claims(0, 9).iter().map(|body| chain.sign(body, now()).unwrap()).collect();
    let mut writer = Store::create(folder.path().join("ledger.db")).unwrap();
    assert_eq!(writer.append(&records[5..]).unwrap().n_aside, 4);
    assert_eq!(writer.append(&records[..2]).unwrap().n_appended, 2);
    assert!(writer.appender(&author).is_err(), "nothing can follow a gap");
    let done = writer.append(&records[1..6]).unwrap();
    assert_eq!((done.n_appended, done.n_known, done.n_adopted), (4, 1, 3));
    assert_eq!(writer.n_records().unwrap(), 9);
    assert!(writer.verify(None).unwrap().is_sound());
    assert_eq!(writer.tip(&author.id()).unwrap(), chain.tip());
    assert!(writer.appender(&author).is_ok());
}
