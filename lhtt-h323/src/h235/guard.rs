//! One peer with a secret: what we say to it is stamped, what it says is checked.

use super::key::HASH_OCTETS;
use super::replay::Seen;
use super::{ALL_FIELDS, CLEAR_TOKEN, HMAC_SHA1_96, Key, SecurityFault};
use crate::asn1::h225::CryptoH323Token;
use crate::asn1::h235::{ClearToken, CryptoHashedToken, CryptoToken, Hashed, Params};
use crate::per::{BitString, Marks};
use std::time::Duration;

/// What is agreed with a peer, out of band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security {
    /// The secret.
    pub key: Key,
    /// Our name: sendersID of what we say, generalID of what we are told.
    pub ours: String,
    /// The peer's name; none where it may call itself anything.
    pub theirs: Option<String>,
    /// How far its clock may be from ours, and how long a message may be on its way.
    pub skew: Duration,
}

impl Security {
    /// The usual bound on clocks: five minutes.
    pub const SKEW: Duration = Duration::from_secs(300);

    /// With a password, our name and the peer's.
    pub fn new(password: &str, ours: &str, theirs: Option<&str>) -> Self {
        let key = Key::of_password(password);
        Self { key, ours: ours.to_owned(), theirs: theirs.map(str::to_owned), skew: Self::SKEW }
    }
}

/// What a received message shows for itself.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    /// The octets that were hashed: an H323-UserInformation or a RAS message.
    pub octets: &'a [u8],
    /// Where hashes lie in them.
    pub marks: Marks,
    /// Its tokens.
    pub tokens: &'a [CryptoH323Token],
}

/// A token for one message that we say, and the key that seals it.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// To be put into the message before it is written.
    pub token: CryptoH323Token,
    key: Key,
}

impl Stamp {
    /// Seals the message that was written with the token. False where the token is not in it.
    pub fn seal(&self, octets: &mut [u8], marks: Marks) -> bool {
        marks.iter().last().is_some_and(|at| self.key.seal(octets, at))
    }
}

/// What is kept of a peer that has a secret.
#[derive(Clone, Debug)]
pub struct Guard {
    security: Security,
    /// The number of the last message we said.
    said: i64,
    seen: Seen,
}

impl Guard {
    /// A peer whose numbers begin at `first`, which is best drawn: after a restart it is not to come again.
    pub fn new(security: Security, first: u32) -> Self {
        Self { security, said: i64::from(first >> 1), seen: Seen::default() }
    }

    /// What was agreed.
    pub fn security(&self) -> &Security {
        &self.security
    }

    /// A token for one message to be said at `unix` seconds, to a peer that is called `to` if that is known better than here.
    pub fn stamp(&mut self, unix: u32, to: Option<&str>) -> Stamp {
        self.said += 1;
        let hashed_vals = ClearToken {
            token_oid: CLEAR_TOKEN,
            time_stamp: Some(unix.max(1)),
            random: Some(self.said),
            general_id: to.or(self.security.theirs.as_deref()).map(str::to_owned),
            senders_id: Some(self.security.ours.clone()),
            ..Default::default()
        };
        let hash = BitString::from_octets(vec![0; HASH_OCTETS]);
        let token = Hashed { algorithm_oid: HMAC_SHA1_96, param_s: Params::default(), hash };
        let hashed = CryptoHashedToken { token_oid: ALL_FIELDS, hashed_vals, token };
        let token = CryptoH323Token::NestedcryptoToken(CryptoToken::CryptoHashedToken(Box::new(hashed)));
        Stamp { token, key: self.security.key.clone() }
    }

    /// Checks a message that came at `unix` seconds from the peer, which `also` may call itself so.
    ///
    /// # Errors
    /// Why it is not taken. Nothing is remembered of a message whose hash is wrong.
    pub fn check(&mut self, unix: u32, proof: &Proof<'_>, also: Option<&str>) -> Result<(), SecurityFault> {
        let token = proof.tokens.iter().find_map(hashed).ok_or(SecurityFault::Unsigned)?;
        let hash = token.token.hash.octets.as_slice();
        // A nested token of another kind has its hash elsewhere: only a place with these octets can be this one's.
        let is_here = |at: &usize| proof.octets.get(*at..*at + HASH_OCTETS) == Some(hash);
        let place = proof.marks.iter().find(is_here).ok_or(SecurityFault::Integrity)?;
        if !self.security.key.verifies(proof.octets, place) {
            return Err(SecurityFault::Integrity);
        }
        let vals = &token.hashed_vals;
        if vals.general_id.as_ref().is_some_and(|name| *name != self.security.ours) {
            return Err(SecurityFault::GeneralId);
        }
        let expected =
            |name: &str| self.security.theirs.as_deref().is_none_or(|theirs| theirs == name) || also == Some(name);
        if vals.senders_id.as_deref().is_some_and(|name| !expected(name)) {
            return Err(SecurityFault::SendersId);
        }
        let skew = u32::try_from(self.security.skew.as_secs()).unwrap_or(u32::MAX);
        let (Some(time), Some(number)) = (vals.time_stamp, vals.random) else { return Err(SecurityFault::Time) };
        if time.abs_diff(unix) > skew {
            return Err(SecurityFault::Time);
        }
        match self.seen.take(time, number, unix.saturating_sub(skew)) {
            true => Ok(()),
            false => Err(SecurityFault::Replay),
        }
    }
}

/// The token of procedure I, if this is one.
fn hashed(token: &CryptoH323Token) -> Option<&CryptoHashedToken> {
    match token {
        CryptoH323Token::NestedcryptoToken(CryptoToken::CryptoHashedToken(token)) => (token.token_oid == ALL_FIELDS
            && token.token.algorithm_oid == HMAC_SHA1_96
            && token.token.hash.len == 8 * HASH_OCTETS)
            .then_some(token),
        _ => None,
    }
}
