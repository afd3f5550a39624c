//! Rates of the file: append, open, verify; sizes. `cargo bench -p servanda-store`.
//!
//! The ledger of a million claims is made once in the target folder (`SERVANDA_BENCH_CLAIMS` for another number).
//! `cargo bench -p servanda-store -- --help` for divan's options; sizes and memory are printed first.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this crate is where the disk is")]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant as Clock;

use divan::counter::ItemsCount;
use servanda_ledger::{Author, Body, Chain, KnownBy, Sealed, synthetic};
use servanda_model::Instant;
use servanda_store::{Durability, Store};

fn main() {
    let path = big();
    let n = n_claims();
    let n_bytes = std::fs::metadata(path).unwrap().len();
    println!("{n} claims: file {} MB, {} bytes a claim", n_bytes / 1_000_000, n_bytes / n);
    let (before, begun, cpu) = (resident_mb(), Clock::now(), cpu_s());
    let store = Store::open_read(path).unwrap();
    let ledger = store.ledger(KnownBy::Record).unwrap();
    let (took, cpu) = (begun.elapsed().as_secs_f32(), cpu_s() - cpu);
    println!(
        "opened in {took:.2} s ({cpu:.2} s CPU); the ledger takes {} MB, the process {} MB at most",
        resident_mb() - before,
        peak_mb()
    );
    // CPU time, because the machine may be busy with other work.
    let mut first = Vec::new();
    store
        .visit(&mut |record| {
            if first.len() < 50_000 {
                first.push(record);
            }
            Ok(())
        })
        .unwrap();
    let (n, cpu) = (first.len() as f32, cpu_s());
    assert!(servanda_ledger::verify(first, None).is_sound());
    println!("verified {:.0} records per CPU second", n / (cpu_s() - cpu));
    drop(ledger);
    divan::main();
}

fn status_mb(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// CPU time of all threads; Linux counts it in hundredths of a second.
fn cpu_s() -> f32 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f32>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn resident_mb() -> u64 {
    status_mb("VmRSS:")
}

fn peak_mb() -> u64 {
    status_mb("VmHWM:")
}

fn n_claims() -> u64 {
    std::env::var("SERVANDA_BENCH_CLAIMS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000)
}

fn author() -> Author {
    Author::from_seed([1; 32], "bench")
}

fn at(n: u64) -> Instant {
    Instant::from_ms(1_770_000_000_000 + n as i64)
}

fn bodies(from: u64, n: u64) -> Vec<Body> {
    let (document, _) = synthetic::document(1, 1);
    (from..from + n).map(|n| synthetic::claim_at(document.id, n, 0).into()).collect()
}

/// The big ledger, kept between runs.
fn big() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{}.db", n_claims()));
        if Store::open_read(&path).is_ok_and(|store| store.n_records().is_ok_and(|n| n == n_claims() + 1)) {
            return path;
        }
        let _ = std::fs::remove_file(&path);
        let begun = Clock::now();
        let author = author();
        let mut writer = Store::create_with(&path, Durability::System).unwrap();
        let mut appender = writer.appender(&author).unwrap();
        appender.append(&[synthetic::document(1, 1).0.into()], at(0)).unwrap();
        for from in (0..n_claims()).step_by(10_000) {
            appender.append(&bodies(from, 10_000.min(n_claims() - from)), at(from)).unwrap();
        }
        println!("made in {:.1} s", begun.elapsed().as_secs_f32());
        path
    })
}

/// A fresh ledger in the target folder, which is on a disk.
struct Fresh(PathBuf);

impl Fresh {
    fn new(name: &str) -> Fresh {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.db"));
        let _ = std::fs::remove_file(&path);
        Fresh(path)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn append_one_durable(bencher: divan::Bencher) {
    let file = Fresh::new("one");
    let author = author();
    let mut writer = Store::create(&file.0).unwrap();
    let mut appender = writer.appender(&author).unwrap();
    let mut n = 0;
    bencher.counter(ItemsCount::new(1usize)).bench_local(|| {
        n += 1;
        appender.append(&bodies(n, 1), at(n)).unwrap()
    });
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn append_1000_durable_with_signing(bencher: divan::Bencher) {
    let file = Fresh::new("thousand");
    let author = author();
    let mut writer = Store::create(&file.0).unwrap();
    let mut appender = writer.appender(&author).unwrap();
    let mut n = 0;
    bencher.counter(ItemsCount::new(1000usize)).bench_local(|| {
        n += 1000;
        appender.append(&bodies(n, 1000), at(n)).unwrap()
    });
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn append_1000_durable_signed_before(bencher: divan::Bencher) {
    let file = Fresh::new("signed");
    let author = author();
    let mut writer = Store::create(&file.0).unwrap();
    let mut chain = Chain::new(&author, None);
    let mut n = 0;
    bencher
        .counter(ItemsCount::new(1000usize))
        .with_inputs(|| {
            n += 1000;
            bodies(n, 1000).iter().map(|body| chain.sign(body, at(n)).unwrap()).collect::<Vec<Sealed>>()
        })
        .bench_local_values(|records| writer.append(&records).unwrap());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn open_to_ledger(bencher: divan::Bencher) {
    let path = big();
    bencher
        .counter(ItemsCount::new(n_claims()))
        .bench_local(|| Store::open_read(path).unwrap().ledger(KnownBy::Record).unwrap().n_claims());
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn verify_all_cores(bencher: divan::Bencher) {
    let store = Store::open_read(big()).unwrap();
    bencher
        .counter(ItemsCount::new(n_claims()))
        .bench_local(|| assert!(store.verify(None).unwrap().is_sound()));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn export(bencher: divan::Bencher) {
    let store = Store::open_read(big()).unwrap();
    bencher.counter(ItemsCount::new(n_claims())).bench_local(|| store.export(std::io::sink(), &[]).unwrap());
}

#[divan::bench]
fn head(bencher: divan::Bencher) {
    let store = Store::open_read(big()).unwrap();
    bencher.bench_local(|| store.head().unwrap());
}

#[divan::bench]
fn claim_by_id(bencher: divan::Bencher) {
    let path = big();
    let store = Store::open_read(path).unwrap();
    let (document, _) = synthetic::document(1, 1);
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n = (n * 31 + 7) % n_claims();
            synthetic::claim_at(document.id, n, 0).id()
        })
        .bench_local_values(|id| store.claim(&id).unwrap().unwrap());
}
