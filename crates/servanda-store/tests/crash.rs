//! A writer killed at random moments loses no acknowledged record and leaves a ledger that verifies.
//!
//! The test runs itself as the writer (`SERVANDA_CRASH_LEDGER` set), which prints the number of the last acknowledged
//! record; the parent kills it, without warning, after a random time.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this crate is where the disk is")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant as Clock, SystemTime};

use servanda_ledger::{Author, Body, KnownBy, synthetic};
use servanda_model::Instant;
use servanda_store::Store;

const N_KILLS: u32 = 200;

fn author() -> Author {
    Author::from_seed([5; 32], "five")
}

/// Appends batches of changing size until killed.
fn write_until_killed(path: &Path) -> ! {
    let author = author();
    let mut writer = Store::open_write(path).expect("the lock of the writer before went with it");
    let start = writer.tip(&author.id()).unwrap().map_or(0, |tip| tip.seq + 1);
    let (document, _) = synthetic::document(1, 1);
    let mut appender = writer.appender(&author).unwrap();
    let mut out = std::io::stdout().lock();
    let mut n = start;
    writeln!(out, "\nready").unwrap();
    out.flush().unwrap();
    loop {
        let size = [1, 1, 2, 40][n as usize % 4];
        let bodies: Vec<Body> =
            (n..n + size).map(|n| synthetic::claim_at(document.id, n, 0).into()).collect();
        let ids = appender.append(&bodies, Instant::from_ms(1_770_000_000_000 + n as i64)).unwrap();
        n += size;
        writeln!(out, "{} {}", n - 1, ids[ids.len() - 1]).unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn killed_200_times_nothing_acknowledged_is_lost() {
    if let Some(path) = std::env::var_os("SERVANDA_CRASH_LEDGER") {
        write_until_killed(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    drop(Store::create(&path).unwrap());
    // Chance is wanted here; the seed is printed so that a failure can be looked at again.
    let mut seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
    println!("seed {seed}");
    let (mut n_acknowledged, mut n_interrupted) = (0u64, 0u32);
    let begun = Clock::now();
    for _ in 0..N_KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["killed_200_times", "--nocapture", "--quiet"])
            .env("SERVANDA_CRASH_LEDGER", &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        while out.next().is_some_and(|line| line.unwrap() != "ready") {}
        std::thread::sleep(Duration::from_micros(seed % 40_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut last = None;
        for line in out {
            let line = line.unwrap();
            if let Some((seq, id)) = line.split_once(' ')
                && let (Ok(seq), 64) = (seq.parse::<u64>(), id.len())
            {
                last = Some((seq, id.to_owned()));
            }
        }
        let journal = path.with_file_name("ledger.db-journal");
        n_interrupted += u32::from(std::fs::metadata(journal).is_ok_and(|journal| journal.len() > 0));
        // Opening for reading undoes what was not finished.
        let store = Store::open_read(&path).unwrap();
        let tip = store.tip(&author().id()).unwrap();
        if let Some((seq, id)) = last {
            let tip = tip.expect("acknowledged records are there");
            assert!(tip.seq >= seq, "record {seq} was acknowledged, the chain ends at {}", tip.seq);
            if tip.seq == seq {
                assert_eq!(tip.id.to_string(), id);
            }
            n_acknowledged = seq + 1;
        }
        assert!(store.n_records().unwrap() >= n_acknowledged);
    }
    let store = Store::open_read(&path).unwrap();
    let report = store.verify(None).unwrap();
    assert!(report.is_sound(), "{:?}", report.diagnostics);
    assert!(report.n_records >= n_acknowledged);
    assert_eq!(store.ledger(KnownBy::Record).unwrap().n_claims() as u64, report.n_records);
    println!(
        "{N_KILLS} kills, {n_interrupted} within a commit, {n_acknowledged} records acknowledged, {} there, {:.1} s",
        report.n_records,
        begun.elapsed().as_secs_f32()
    );
    assert!(n_acknowledged > 200, "the writer hardly came to write");
}
