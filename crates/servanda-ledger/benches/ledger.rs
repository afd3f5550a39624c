//! Rates of the pure parts: signing, verifying, decoding, building. `cargo bench -p servanda-ledger`.

use std::collections::HashMap;
use std::sync::Arc;

use divan::counter::{BytesCount, ItemsCount};
use servanda_ledger::{
    Author, Body, Bundle, Chain, Chains, KnownBy, LedgerBuilder, RecordKind, Sealed, StoredRecord, Symbols,
    decode_bundle, encode_bundle, synthetic, verify,
};
use servanda_model::{Claim, Instant};

fn main() {
    divan::main();
}

const N: usize = 20_000;

fn claims() -> Vec<Claim> {
    let (document, _) = synthetic::document(1, 1);
    (0..N as u64).map(|n| synthetic::claim_at(document.id, n, 0)).collect()
}

fn records() -> Vec<Sealed> {
    let author = Author::from_seed([1; 32], "bench");
    let mut chain = Chain::new(&author, None);
    let at = |n: usize| Instant::from_ms(1_770_000_000_000 + n as i64);
    claims()
        .into_iter()
        .enumerate()
        .map(|(n, claim)| chain.sign(&Body::from(claim), at(n)).unwrap())
        .collect()
}

fn stored(records: &[Sealed]) -> Vec<StoredRecord> {
    let subject = |record: &Sealed| Body::subject_of_json(record.kind, &record.body);
    records.iter().map(|r| StoredRecord { record: (**r).clone(), id: r.id(), subject: subject(r) }).collect()
}

#[divan::bench(sample_count = 3)]
fn sign(bencher: divan::Bencher) {
    bencher.counter(ItemsCount::new(N)).bench_local(records);
}

#[divan::bench(sample_count = 5)]
fn verify_all_cores(bencher: divan::Bencher) {
    let records = records();
    bencher
        .counter(ItemsCount::new(N))
        .with_inputs(|| stored(&records))
        .bench_local_values(|all| verify(all, None));
}

#[divan::bench(sample_count = 5)]
fn encode(bencher: divan::Bencher) {
    let bundle = Bundle { records: records(), documents: vec![] };
    let n_bytes = encode_bundle(&bundle).len();
    bencher
        .counter(BytesCount::new(n_bytes))
        .counter(ItemsCount::new(N))
        .bench_local(|| encode_bundle(&bundle));
}

#[divan::bench(sample_count = 5)]
fn decode_with_signatures(bencher: divan::Bencher) {
    let bytes = encode_bundle(&Bundle { records: records(), documents: vec![] });
    bencher
        .counter(BytesCount::new(bytes.len()))
        .counter(ItemsCount::new(N))
        .bench_local(|| decode_bundle(&bytes));
}

#[divan::bench(sample_count = 5)]
fn merge_into_chains(bencher: divan::Bencher) {
    let records = records();
    bencher.counter(ItemsCount::new(N)).with_inputs(|| records.clone()).bench_local_values(|records| {
        let mut chains = Chains::default();
        chains.merge(records);
        chains.head()
    });
}

#[divan::bench]
fn fact_from_json(bencher: divan::Bencher) {
    let bodies: Vec<Vec<u8>> = claims().iter().map(Claim::to_json).collect();
    let ids: Vec<_> = bodies.iter().map(|body| Claim::id_of_json(body).0).collect();
    bencher.counter(ItemsCount::new(N)).bench_local(|| {
        let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(HashMap::new()));
        for (body, id) in bodies.iter().zip(&ids) {
            builder
                .record(Default::default(), Instant::from_ms(0), RecordKind::Claim, Some(*id), body)
                .unwrap();
        }
        builder.finish()
    });
}

#[divan::bench]
fn fact_from_claim(bencher: divan::Bencher) {
    let bodies: Vec<Vec<u8>> = claims().iter().map(Claim::to_json).collect();
    bencher.counter(ItemsCount::new(N)).bench_local(|| {
        let mut symbols = Symbols::default();
        let read = |body: &Vec<u8>| serde_json::from_slice::<Claim>(body).unwrap();
        bodies.iter().map(|body| symbols.fact(&read(body), None, Instant::from_ms(0))).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn as_of(bencher: divan::Bencher) {
    let mut chains = Chains::default();
    chains.merge(records());
    let ledger = chains.ledger(KnownBy::Record);
    bencher
        .bench_local(|| ledger.as_of(divan::black_box(Instant::from_ms(1_770_000_010_000))).changes().len());
}
