//! EARS and change points beside R surveillance and ruptures: `bench_alerts DIR`.
//!
//! Writes seeded series into DIR (`ears.csv`: 1,000 series of 365 days; `changes.csv`: 20 series of 2,000 days), answers them,
//! writes its answers beside them, and prints one JSON object. `xtask/bench/ears.R` and `xtask/bench/changes.py` read the same
//! series and compare their answers with ours. CPU time is the operating system's own (`/proc/self/schedstat`): Linux only.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "an example that reads and writes files and the time that it took"
)]

use std::fmt::Write;
use std::path::Path;

use servanda_assess::alerts::{Chance, Cost, Ears, EarsOptions, Law, Report, changes, daily, ears};

/// Normal quantiles of the limits that the R package takes: 0.999 for C1 and C2, 0.975 for C3.
const LIMITS: [(Ears, &str, f64); 3] =
    [(Ears::C1, "C1", 3.090232306), (Ears::C2, "C2", 3.090232306), (Ears::C3, "C3", 1.959963985)];
/// What a change must save: squares for the normal cost, log-likelihood for the Poisson cost.
const PENALTIES: [(Cost, &str, f64); 2] = [(Cost::Normal, "l2", 150.0), (Cost::Poisson, "poisson", 25.0)];
const N_REPEATS: usize = 20;

fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

fn main() {
    let dir = std::env::args().nth(1).expect("bench_alerts DIR");
    let dir = Path::new(&dir);
    let mut chance = Chance::new(2025);
    let quiet: Vec<Vec<u64>> = (0..1000)
        .map(|at| {
            let law = Law { mean: 2.0 + f64::from(at % 20), size: 3.0 };
            (0..365).map(|_| chance.count(law, 1.0)).collect()
        })
        .collect();
    let changing: Vec<Vec<u64>> = (0..20)
        .map(|_| {
            let mut rate = 5.0;
            (0..2000)
                .map(|day| {
                    if day % 80 == 0 {
                        rate = 2.0 + 20.0 * chance.unit();
                    }
                    chance.count(Law::poisson(rate), 1.0)
                })
                .collect()
        })
        .collect();
    write(dir, "ears.csv", &quiet);
    write(dir, "changes.csv", &changing);

    let quiet: Vec<Vec<Report>> = quiet.iter().map(|counts| daily(counts)).collect();
    let changing: Vec<Vec<Report>> = changing.iter().map(|counts| daily(counts)).collect();
    let mut said = Vec::new();
    for (which, name, limit) in LIMITS {
        let mut alarms = String::new();
        let before = cpu_s();
        let mut n = 0;
        for _ in 0..N_REPEATS {
            alarms.clear();
            n = 0;
            for (at, series) in quiet.iter().enumerate() {
                for (day, score) in ears(series, which, EarsOptions::default()).into_iter().enumerate() {
                    if score.is_some_and(|score| score > limit) {
                        n += 1;
                        let _ = writeln!(alarms, "{},{}", at + 1, day + 1);
                    }
                }
            }
        }
        let cpu = (cpu_s() - before) / N_REPEATS as f64;
        std::fs::write(dir.join(format!("ears-{name}.ours")), alarms).expect("a folder to write to");
        said.push(format!("\"{name}\":{{\"alarms\":{n},\"cpu_s\":{cpu:.5}}}"));
    }
    for (cost, name, penalty) in PENALTIES {
        let before = cpu_s();
        let mut found = Vec::new();
        for _ in 0..N_REPEATS {
            found = changing.iter().map(|series| changes(series, cost, penalty, 1, None)).collect();
        }
        let cpu = (cpu_s() - before) / N_REPEATS as f64;
        let lines: Vec<String> = found.iter().map(|at| format!("{at:?}")).collect();
        std::fs::write(dir.join(format!("changes-{name}.ours")), lines.join("\n"))
            .expect("a folder to write to");
        let n: usize = found.iter().map(Vec::len).sum();
        said.push(format!("\"{name}\":{{\"changes\":{n},\"penalty\":{penalty},\"cpu_s\":{cpu:.5}}}"));
    }
    println!("{{{}}}", said.join(","));
}

fn write(dir: &Path, name: &str, series: &[Vec<u64>]) {
    let lines: Vec<String> =
        series.iter().map(|counts| counts.iter().map(u64::to_string).collect::<Vec<_>>().join(",")).collect();
    std::fs::write(dir.join(name), lines.join("\n") + "\n").expect("a folder to write to");
}
