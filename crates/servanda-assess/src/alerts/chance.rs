//! Chance that can be had again: a generator with a stated seed, and draws from it.

use super::law::Law;

/// A stream of random numbers; the same seed gives the same stream on every machine.
///
/// # Source
/// SplitMix64: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A stream of its own for a numbered part of the work, so that parts do not depend on each other's length.
    pub fn part(&self, n: u64) -> Chance {
        let mut mixed = Chance(self.0 ^ n.wrapping_mul(0xD1B5_4A32_D192_ED03));
        Chance(mixed.bits())
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in (0, 1), with 53 bits.
    pub fn unit(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// A whole number below `n`; 0 for `n` 0. The bias of the multiplication is below `n` / 2^64.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// A standard normal number (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// A count under a law, for a report over so many days.
    pub fn count(&mut self, law: Law, days: f64) -> u64 {
        let mean = law.mean * days;
        if law.is_poisson() { self.poisson(mean) } else { self.mixed(law.size * days, mean) }
    }

    /// Negative binomial as a Poisson count with a gamma mean.
    fn mixed(&mut self, size: f64, mean: f64) -> u64 {
        let gamma = self.gamma(size);
        self.poisson(gamma * mean / size)
    }

    /// Gamma with scale 1 (Marsaglia and Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = libm::pow(self.unit(), 1.0 / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let v = libm::pow(1.0 + c * x, 3.0);
            if v > 0.0 && libm::log(self.unit()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }

    /// Poisson: by inversion for small means, else by transformed rejection (Hörmann 1993, PTRS).
    fn poisson(&mut self, mean: f64) -> u64 {
        const LEAST_FOR_REJECTION: f64 = 10.0;
        if mean < LEAST_FOR_REJECTION {
            return self.small_poisson(mean);
        }
        let ln_mean = libm::log(mean);
        let b = 0.931 + 2.53 * libm::sqrt(mean);
        let a = -0.059 + 0.024_83 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let v_r = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = self.unit() - 0.5;
            let v = self.unit();
            let us = 0.5 - u.abs();
            let k = libm::floor((2.0 * a / us + b) * u + mean + 0.43);
            if us >= 0.07 && v <= v_r {
                return k as u64;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            let accepted = libm::log(v * inverse_alpha / (a / (us * us) + b));
            if accepted <= k * ln_mean - mean - libm::lgamma(k + 1.0) {
                return k as u64;
            }
        }
    }

    fn small_poisson(&mut self, mean: f64) -> u64 {
        let mut left = self.unit();
        let mut probability = libm::exp(-mean);
        let mut count = 0;
        while left > probability && count < 1000 {
            left -= probability;
            count += 1;
            probability *= mean / count as f64;
        }
        count
    }

    /// Puts a list into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
