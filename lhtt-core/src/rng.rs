//! Randomness as an argument: one seed, forked per component.
//!
//! ChaCha8 from `rand_chacha`: tags, branches and call identifiers must not be guessable, and a seed must give the same
//! run everywhere. Only the driver takes a seed from the operating system.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng};
use siphasher::sip::SipHasher13;
use std::hash::BuildHasher;

/// A seeded generator. A parent forks a child for each component, so that one component's draws never shift another's.
#[derive(Clone, Debug)]
pub struct Rng(ChaCha8Rng);

impl Rng {
    /// The generator of this seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// The generator of this number, for tests and the simulator.
    pub fn from_number(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A child with a stream of its own.
    pub fn fork(&mut self) -> Self {
        let mut seed = [0; 32];
        self.0.fill_bytes(&mut seed);
        Self::from_seed(seed)
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number in `0..bound`; 0 if `bound` is 0. The bias is below 2⁻³² for bounds that fit 32 bits.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { ((u128::from(self.next_u64()) * u128::from(bound)) >> 64) as u64 }
    }

    /// Fills `out` with random octets.
    pub fn fill(&mut self, out: &mut [u8]) {
        self.0.fill_bytes(out);
    }

    /// `N` random octets.
    pub fn octets<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }

    /// `octets` random octets as lower-case hexadecimal, for tags, branches and call identifiers.
    pub fn hex(&mut self, octets: usize) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(octets * 2);
        for _ in 0..octets {
            let octet = self.next_u32() as u8;
            text.push(char::from(DIGITS[usize::from(octet >> 4)]));
            text.push(char::from(DIGITS[usize::from(octet & 15)]));
        }
        text
    }

    /// A hasher state for a table keyed by what a peer chose.
    pub fn hasher(&mut self) -> SeededState {
        SeededState { key: (self.next_u64(), self.next_u64()) }
    }
}

/// SipHash-1-3 with keys of our own: a peer cannot aim for collisions, and a run repeats.
#[derive(Clone, Copy, Debug)]
pub struct SeededState {
    key: (u64, u64),
}

impl BuildHasher for SeededState {
    type Hasher = SipHasher13;
    fn build_hasher(&self) -> SipHasher13 {
        SipHasher13::new_with_keys(self.key.0, self.key.1)
    }
}

/// A hash table whose state is seeded. Never iterate it where order can be seen.
#[expect(clippy::disallowed_types, reason = "the one place that gives the standard table a seeded state")]
pub type Map<K, V> = std::collections::HashMap<K, V, SeededState>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_run_and_forks_are_apart() {
        let (mut a, mut b) = (Rng::from_number(7), Rng::from_number(7));
        let (mut child_a, mut child_b) = (a.fork(), b.fork());
        assert_eq!(child_a.next_u64(), child_b.next_u64());
        assert_eq!(a.next_u64(), b.next_u64());
        assert_ne!(a.next_u64(), child_a.next_u64());
    }

    #[test]
    fn below_stays_below() {
        let mut rng = Rng::from_number(1);
        assert!((0..1000).all(|_| rng.below(7) < 7));
        assert_eq!(rng.below(0), 0);
    }
}
