//! Tails of the Poisson and the negative binomial law, in bounded time however large the counts.

/// Factors of a continued fraction that are computed at most; about the root of the largest count is needed.
const MOST_FACTORS: usize = 100_000;
const TINY: f64 = 1e-300;

/// Regularised lower incomplete gamma function P(a, x): the probability of `a` or more Poisson counts of mean `x`.
///
/// # Source
/// Series DLMF 8.7.1 below `a + 1`, continued fraction DLMF 8.9.2 above, by Lentz's method.
pub(super) fn gamma_p(a: f64, x: f64) -> f64 {
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / a, 1.0 / a, a);
        for _ in 0..MOST_FACTORS {
            at += 1.0;
            term *= x / at;
            sum += term;
            if term < sum * 1e-15 {
                break;
            }
        }
        return (front * sum).min(1.0);
    }
    let factors = (1..MOST_FACTORS).map(|n| {
        let n = n as f64;
        (-n * (n - a), x + 2.0 * n + 1.0 - a)
    });
    (1.0 - front / lentz(x + 1.0 - a, factors)).clamp(0.0, 1.0)
}

/// Regularised incomplete beta function I_x(a, b): the probability of `a` or more counts of a negative binomial law of
/// size `b`, where `x` is mean / (mean + size).
///
/// # Source
/// Continued fraction DLMF 8.17.22, by Lentz's method, on the side where it converges fast.
pub(super) fn beta_i(a: f64, b: f64, x: f64, one_minus_x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = libm::exp(
        libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
            + a * libm::log(x)
            + b * libm::log(one_minus_x),
    );
    let value = if x < (a + 1.0) / (a + b + 2.0) {
        front / (a * beta_fraction(a, b, x))
    } else {
        1.0 - front / (b * beta_fraction(b, a, one_minus_x))
    };
    value.clamp(0.0, 1.0)
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let factors = (1..MOST_FACTORS).map(|n| {
        let m = (n / 2) as f64;
        let factor = if n % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        (factor, 1.0)
    });
    lentz(1.0, factors)
}

/// A continued fraction `first + n1 / (d1 + n2 / (d2 + ...))` by the modified method of Lentz.
fn lentz(first: f64, factors: impl Iterator<Item = (f64, f64)>) -> f64 {
    let held = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut value = held(first);
    let (mut c, mut d) = (value, 0.0);
    for (numerator, denominator) in factors {
        d = 1.0 / held(denominator + numerator * d);
        c = held(denominator + numerator / c);
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}
