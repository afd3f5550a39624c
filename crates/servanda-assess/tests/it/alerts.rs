//! Alerts: rules against published figures, against plain evaluators, and against their own stated rates.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use servanda_assess::alerts::run_length::{self, Grid};
use servanda_assess::alerts::{
    Baseline, Budget, Case, Chance, Cost, Ears, EarsOptions, Law, OnlineOptions, Report, Rule, ScanOptions,
    Spot, WatchOptions, by_likelihood, by_moments, changes, daily, ears, n_days, online, quiet_series, scan,
    steps, total_cost, upper, watch,
};

fn check(text: impl ToString, expected: Expect) {
    expected.assert_eq(&text.to_string());
}

/// The average run lengths of the two-sided tabular CUSUM, as published: Lucas and Crosier 1982; Montgomery, table 9.3.
#[test]
fn run_lengths_are_the_published_ones() {
    let arl = |h: f64, shift: f64| run_length::normal_two_sided(0.5, h, shift);
    check(
        [0.0, 0.5, 1.0, 2.0].map(|shift| format!("{:.2} {:.2}", arl(4.0, shift), arl(5.0, shift))).join("\n"),
        expect![[r#"
            167.68 465.44
            26.63 38.00
            8.38 10.38
            3.34 4.01"#]],
    );
}

#[test]
fn a_simulated_sum_runs_as_long_as_the_equation_says() {
    let mut chance = Chance::new(7);
    let n = 60_000;
    let scores: Vec<Option<f64>> = (0..n).map(|_| Some(chance.normal())).collect();
    let n_signals = servanda_assess::alerts::two_sided(&scores, 0.5, 3.0).len();
    let expected = run_length::normal_two_sided(0.5, 3.0, 0.0);
    let simulated = f64::from(n) / n_signals as f64;
    assert!((simulated / expected - 1.0).abs() < 0.08, "{simulated} against {expected}");
}

#[test]
fn a_sum_of_counts_signals_as_often_as_its_chain_says() {
    for law in [Law::poisson(2.0), Law { mean: 2.0, size: 1.5 }] {
        let k = run_length::reference(law, 2.0, 4);
        let limit = run_length::limit(law, k, 90.0);
        let expected = run_length::counts_upper(law, k, limit);
        let below = Grid { steps: limit.steps - 1, ..limit };
        assert!(expected >= 90.0 && run_length::counts_upper(law, k, below) < 90.0);
        let quiet = quiet_series(law, &daily(&[0]), 60_000, &mut Chance::new(3));
        let steps: Vec<Option<f64>> =
            quiet.iter().map(|report| Some(report.count as f64 - k.value())).collect();
        let simulated = 60_000.0 / upper(&steps, limit.value() + 1e-9).len() as f64;
        assert!((simulated / expected - 1.0).abs() < 0.1, "{law:?}: {simulated} against {expected}");
    }
}

#[test]
fn the_likelihood_form_of_a_sum_is_the_counting_form() {
    let law = Law { mean: 3.0, size: 2.0 };
    let series = daily(&[2, 4, 0, 9, 11, 3]);
    let laws = vec![Some(law); series.len()];
    let (slope, k) = run_length::lean(law, 2.0);
    for (step, report) in steps(&series, &laws, 2.0).into_iter().zip(&series) {
        let raised = Law { mean: 6.0, size: 2.0 };
        let ratio = raised.ln_probability(report.count, 1.0) - law.ln_probability(report.count, 1.0);
        assert!((step.unwrap() - ratio).abs() < 1e-9);
        assert!((step.unwrap() - slope * (report.count as f64 - k)).abs() < 1e-9);
    }
}

#[test]
fn laws_add_up_to_one_and_fit_what_they_made() {
    let law = Law { mean: 4.0, size: 2.0 };
    check(
        format!(
            "{:.6} {:.6} {:.6} {} {} {:.1}",
            law.tail(10, 1.0),
            law.up_to(9, 1.0) + law.tail(10, 1.0),
            Law::poisson(4.0).tail(10, 1.0),
            law.upper(0.01, 1.0),
            law.lower(0.1, 2.0),
            law.dispersion()
        ),
        // R 4.2.2 gives the same: pnbinom(9, mu = 4, size = 2, lower = F), ppois(9, 4, lower = F), qnbinom(0.99, ...).
        expect!["0.075147 1.000000 0.008132 15 2 3.0"],
    );
    let made = quiet_series(law, &daily(&[0]), 4000, &mut Chance::new(11));
    for fit in [by_moments(&made), by_likelihood(&made)] {
        let fit = fit.unwrap();
        assert!((fit.mean - 4.0).abs() < 0.2 && (fit.size - 2.0).abs() < 0.25, "{fit:?}");
    }
    let poisson = quiet_series(Law::poisson(4.0), &daily(&[0]), 4000, &mut Chance::new(12));
    assert!(by_likelihood(&poisson).unwrap().dispersion() < 1.1);
}

proptest! {
    /// Tails against plain sums; and what is drawn has the moments of its law.
    #[test]
    fn tails_are_sums(mean in 0.05f64..60.0, size in 0.1f64..40.0, days in 0.5f64..3.0, count in 0u64..120) {
        for law in [Law::poisson(mean), Law { mean, size }] {
            let below: f64 = (0..count).map(|n| law.ln_probability(n, days).exp()).sum();
            prop_assert!((law.tail(count, days) - (1.0 - below)).abs() < 1e-9, "{law:?} {count}");
            let upper = law.upper(0.01, days);
            prop_assert!(law.tail(upper + 1, days) <= 0.01 && (upper == 0 || law.tail(upper, days) > 0.01));
            let lower = law.lower(0.01, days);
            prop_assert!(law.up_to(lower, days) > 0.01 && (lower == 0 || law.up_to(lower - 1, days) <= 0.01));
        }
    }
}

#[test]
fn draws_have_the_moments_of_their_law() {
    for law in
        [Law::poisson(3.0), Law::poisson(47.5), Law { mean: 20.0, size: 3.0 }, Law { mean: 0.4, size: 0.2 }]
    {
        let n = 40_000;
        let mut chance = Chance::new(17);
        let counts: Vec<f64> = (0..n).map(|_| chance.count(law, 2.0) as f64).collect();
        let mean = counts.iter().sum::<f64>() / f64::from(n);
        let variance = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / f64::from(n - 1);
        let (expected, spread) = (2.0 * law.mean, 2.0 * law.mean * law.dispersion());
        assert!((mean / expected - 1.0).abs() < 0.03, "{law:?}: mean {mean} against {expected}");
        assert!((variance / spread - 1.0).abs() < 0.08, "{law:?}: variance {variance} against {spread}");
    }
}

/// Whatever the series, there is an answer, every figure of it is one, and it takes no longer than usual.
#[test]
fn odd_series_are_watched_as_well() {
    let spike = |count: u64| daily(&[&[0u64; 30][..], &[count], &[0; 20]].concat());
    let long = Report { first_day: 0, last_day: 6, days: 7.0, count: 100_000_000 };
    let options = WatchOptions { budget: Budget { days: 10.0 }, ..WatchOptions::default() };
    for series in
        [daily(&[0; 40]), daily(&[7; 40]), spike(1), spike(1_000_000_000), vec![long; 30], daily(&[3])]
    {
        let watched = watch(&series, &options).unwrap();
        assert!(watched.law.mean > 0.0 && watched.law.mean.is_finite());
        assert!(watched.rules.iter().all(|used| !used.limit.limit.is_nan()), "{:?}", watched.rules);
        assert!(watched.alarms.iter().all(|alarm| !alarm.score.is_nan()), "{:?}", watched.alarms);
    }
    assert_eq!(watch(&[], &options), None);
    assert!(watch(&spike(1_000_000_000), &options).unwrap().alarms.iter().any(|alarm| alarm.at == 30));
}

#[test]
fn ears_by_hand() {
    let series = daily(&[3, 5, 4, 6, 2, 4, 4, 5, 3, 12, 4, 9, 14]);
    let show = |which| {
        let scores = ears(&series, which, EarsOptions::default());
        let scores: Vec<String> =
            scores.iter().map(|score| score.map_or("-".into(), |score| format!("{score:.3}"))).collect();
        scores.join(" ")
    };
    check(
        [Ears::C1, Ears::C2, Ears::C3].map(show).join("\n"),
        expect![[r#"
            - - - - - - - 0.775 -1.026 6.197 -0.348 1.260 2.439
            - - - - - - - - - 6.197 -0.228 3.873 2.694
            - - - - - - - - - - - 8.070 4.567"#]],
    );
}

/// A report over two days says what two reports of one day say together, where the days were alike.
#[test]
fn the_length_of_a_report_is_exposure() {
    let days = daily(&[4, 4, 4, 4, 4, 4, 4, 4, 4, 30]);
    let long: Vec<Report> = [(0, 2.0, 8), (2, 2.0, 8), (4, 2.0, 8), (6, 1.0, 4), (7, 2.0, 8), (9, 1.0, 30)]
        .map(|(day, days, count)| Report { first_day: day, last_day: day + days as i64 - 1, days, count })
        .to_vec();
    assert_eq!(by_moments(&days[..9]).unwrap().mean, by_moments(&long[..5]).unwrap().mean);
    let options = EarsOptions { n_baseline: 5, least_sd: 0.5 };
    let score = |series: &[Report]| ears(series, Ears::C1, options).last().unwrap().unwrap();
    assert_eq!(score(&days), score(&long));
}

/// The cheapest partition, by trying every last stretch: the oracle of PELT.
fn all_partitions(series: &[Report], cost: Cost, penalty: f64) -> f64 {
    let mut best = vec![-penalty];
    for end in 1..=series.len() {
        let one = |start: usize| best[start] + penalty + total_cost(&series[start..end], cost, 0.0, &[]);
        best.push((0..end).map(one).fold(f64::INFINITY, f64::min));
    }
    best[series.len()]
}

proptest! {
    #[test]
    fn pruning_loses_nothing(counts in prop::collection::vec(0u64..30, 1..40), penalty in 0.5f64..20.0, size in 0.3f64..20.0) {
        let series = daily(&counts);
        for cost in [Cost::Poisson, Cost::NegativeBinomial { size }, Cost::Normal] {
            let found = changes(&series, cost, penalty, 1, None);
            let (ours, all) = (total_cost(&series, cost, penalty, &found), all_partitions(&series, cost, penalty));
            prop_assert!((ours - all).abs() < 1e-6 * (1.0 + all.abs()), "{cost:?} {found:?}: {ours} against {all}");
        }
    }
}

#[test]
fn pruning_saves_work() {
    let mut chance = Chance::new(5);
    let counts: Vec<u64> = (0..2000)
        .map(|day| chance.count(Law::poisson(if day / 100 % 2 == 0 { 3.0 } else { 12.0 }), 1.0))
        .collect();
    let mut n_looked = 0;
    let found = changes(&daily(&counts), Cost::Poisson, 15.0, 1, Some(&mut n_looked));
    assert_eq!(found.len(), 19);
    assert!(n_looked < 2000 * 2000 / 2 / 8, "{n_looked} stretches looked at");
}

#[test]
fn a_change_is_noticed_as_it_comes() {
    let counts = [2, 3, 1, 2, 4, 2, 3, 2, 1, 3, 2, 2, 3, 14, 11, 16, 12];
    let options = OnlineOptions { hazard: 0.01, prior_shape: 1.0, prior_mean: 2.5, n_recent: 3 };
    let held = online(&daily(&counts), options);
    let said: Vec<String> = held[10..]
        .iter()
        .map(|held| held.unwrap())
        .map(|held| format!("{:.2} {} {:.1}", held.is_recent, held.n_since, held.rate))
        .collect();
    check(
        said.join("\n"),
        expect![[r#"
            0.01 11 2.3
            0.01 12 2.3
            0.01 13 2.3
            0.97 1 10.2
            1.00 2 10.7
            0.98 3 12.3
            0.00 4 12.2"#]],
    );
}

/// Rule by rule: on quiet series the share of false alarms is the stated one, within a quarter.
#[test]
fn quiet_series_alarm_as_often_as_stated() {
    let options = |seed| WatchOptions { budget: Budget { days: 25.0 }, seed, ..WatchOptions::default() };
    let mut n_alarms = [0.0; Rule::ALL.len()];
    let mut n_expected = [0.0; Rule::ALL.len()];
    for (at, law) in [Law::poisson(5.0), Law { mean: 6.0, size: 4.0 }, Law { mean: 1.5, size: 2.0 }]
        .into_iter()
        .cycle()
        .take(12)
        .enumerate()
    {
        let quiet = quiet_series(law, &daily(&[0]), 400, &mut Chance::new(1000 + at as u64));
        let watched = watch(&quiet, &options(at as u64)).unwrap();
        for (rule, used) in watched.rules.iter().enumerate() {
            n_expected[rule] += used.n_days / used.limit.days_per_false_alarm;
            n_alarms[rule] += match used.rule {
                Rule::Changes => watched.changes.len() as f64,
                rule => watched.alarms.iter().filter(|alarm| alarm.rule == rule).count() as f64,
            };
            assert!(used.limit.days_per_false_alarm >= 25.0, "{:?} keeps to the budget", used.rule);
        }
    }
    for (rule, (alarms, expected)) in Rule::ALL.iter().zip(n_alarms.iter().zip(&n_expected)) {
        let ratio = alarms / expected;
        println!("{}: {alarms} alarms, {expected:.1} stated, ratio {ratio:.2}", rule.name());
        assert!((0.75..=1.25).contains(&ratio), "{}: {alarms} against {expected:.1}", rule.name());
    }
}

#[test]
fn an_escalation_is_found_where_it_begins() {
    let mut counts: Vec<u64> = Vec::new();
    let mut chance = Chance::new(21);
    counts.extend((0..60).map(|_| chance.count(Law { mean: 3.0, size: 5.0 }, 1.0)));
    counts.extend([26, 31, 22]);
    counts.extend((0..20).map(|_| chance.count(Law { mean: 3.0, size: 5.0 }, 1.0)));
    let watched = watch(&daily(&counts), &WatchOptions::default()).unwrap();
    for rule in Rule::ALL {
        let at: Vec<usize> =
            watched.alarms.iter().filter(|alarm| alarm.rule == rule).map(|alarm| alarm.at).collect();
        if rule != Rule::Changes {
            assert!(at.iter().any(|at| (60..63).contains(at)), "{rule:?}: {at:?}");
        }
    }
    assert!(watched.changes.iter().any(|change| change.at == 60), "{:?}", watched.changes);
}

fn spots() -> Vec<Spot> {
    (0..9)
        .map(|at| Spot { lat: 48.0 + f64::from(at / 3) * 0.1, lon: 38.0 + f64::from(at % 3) * 0.15 })
        .collect()
}

fn scan_options(seed: u64) -> ScanOptions {
    ScanOptions { n_days: 60, most_days: 14, most_km: 30.0, n_permutations: 199, n_enough: 20, seed }
}

#[test]
fn a_cluster_in_space_and_time_is_found() {
    let mut chance = Chance::new(2);
    let mut cases: Vec<Case> =
        (0..240).map(|_| Case { spot: chance.below(9), day: chance.below(60) }).collect();
    cases.extend((0..14).map(|at| Case { spot: [0, 1][at % 2], day: 56 + at % 4 }));
    let found = scan(&spots(), &cases, scan_options(1), 3);
    let first = &found[0];
    assert!(first.spots.iter().all(|spot| *spot < 2), "{first:?}");
    assert!(first.p_value <= 0.01 && first.first_day >= 54, "{first:?}");
    assert_eq!(found, scan(&spots(), &cases, scan_options(1), 3), "the same seed, the same answer");
    check(scan(&spots(), &cases[..1], scan_options(1), 3).len(), expect!["0"]);
}

/// Where only chance is at work, a p-value below a tenth comes about once in ten.
#[test]
fn the_p_value_of_the_scan_is_honest() {
    let mut n_small = 0;
    for seed in 0..60 {
        let mut chance = Chance::new(900 + seed);
        let cases: Vec<Case> =
            (0..150).map(|_| Case { spot: chance.below(9), day: chance.below(60) }).collect();
        let options = ScanOptions { n_permutations: 79, n_enough: 10, ..scan_options(seed) };
        n_small +=
            usize::from(scan(&spots(), &cases, options, 1).first().is_some_and(|found| found.p_value <= 0.1));
    }
    assert!(n_small <= 13, "{n_small} of 60");
}

#[test]
fn a_baseline_leaves_the_guard_out() {
    let series = daily(&[1; 20]);
    let baseline = Baseline { n_most: 5, n_least: 4, n_guard: 2 };
    assert_eq!(baseline.of(&series, 5), None);
    let days = |at| {
        let reports = baseline.of(&series, at).unwrap();
        (reports[0].first_day, reports[reports.len() - 1].first_day)
    };
    assert_eq!((days(6), days(15)), ((0, 3), (8, 12)));
    assert_eq!(n_days(&series), 20.0);
}
