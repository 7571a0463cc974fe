//! One peer with a secret: what we say to it is stamped, what it says is checked.

use super::key::HASH_OCTETS;
use super::replay::Seen;
use super::{ALL_FIELDS, CLEAR_TOKEN, HMAC_SHA1_96, Key, SecurityFault};
use crate::asn1::h225::CryptoH323Token;
use crate::asn1::h235::{ClearToken, CryptoHashedToken, CryptoToken, Hashed, Params};
use crate::per::{BitString, Codec, Marks};
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

/// What the two are called beside what was agreed: since a gatekeeper gave the endpoint of the two an identifier.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    /// We.
    pub us: Option<&'a str>,
    /// The peer.
    pub them: Option<&'a str>,
}

/// A token for one message that we say, and the key that seals it.
#[derive(Clone, Debug)]
pub struct Stamp {
    token: CryptoH323Token,
    key: Key,
}

impl Stamp {
    /// Puts the token where `place` says, writes the message and seals it. None where it has no such place or cannot be written.
    pub fn write<T: Codec>(self, mut message: T, place: impl FnOnce(&mut T) -> Tokens<'_>) -> Option<Vec<u8>> {
        *place(&mut message)? = Some(vec![self.token]);
        let (mut octets, marks) = message.to_per_marked().ok()?;
        marks.iter().last().is_some_and(|at| self.key.seal(&mut octets, at)).then_some(octets)
    }
}

/// The place of a message's crypto tokens, where it has one.
pub type Tokens<'a> = Option<&'a mut Option<Vec<CryptoH323Token>>>;

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

    /// A token for one message to be said at `unix` seconds, by us under the name `from` if it is another by now.
    pub fn stamp(&mut self, unix: u32, from: Option<&str>) -> Stamp {
        self.said += 1;
        let hashed_vals = ClearToken {
            token_oid: CLEAR_TOKEN,
            time_stamp: Some(unix.max(1)),
            random: Some(self.said),
            general_id: self.security.theirs.clone(),
            senders_id: Some(from.unwrap_or(&self.security.ours).to_owned()),
            ..Default::default()
        };
        let hash = BitString::from_octets(vec![0; HASH_OCTETS]);
        let token = Hashed { algorithm_oid: HMAC_SHA1_96, param_s: Params::default(), hash };
        let hashed = CryptoHashedToken { token_oid: ALL_FIELDS, hashed_vals, token };
        let token = CryptoH323Token::NestedcryptoToken(CryptoToken::CryptoHashedToken(Box::new(hashed)));
        Stamp { token, key: self.security.key.clone() }
    }

    /// Checks a message that came at `unix` seconds from the peer.
    ///
    /// # Errors
    /// Why it is not taken. Nothing is remembered of a message whose hash is wrong.
    pub fn check(&mut self, unix: u32, proof: &Proof<'_>, names: Names<'_>) -> Result<(), SecurityFault> {
        let token = proof.tokens.iter().find_map(hashed).ok_or(SecurityFault::Unsigned)?;
        let hash = token.token.hash.octets.as_slice();
        // A nested token of another kind has its hash elsewhere: only a place with these octets can be this one's.
        let is_here = |at: &usize| proof.octets.get(*at..*at + HASH_OCTETS) == Some(hash);
        let place = proof.marks.iter().find(is_here).ok_or(SecurityFault::Integrity)?;
        if !self.security.key.verifies(proof.octets, place) {
            return Err(SecurityFault::Integrity);
        }
        let vals = &token.hashed_vals;
        self.named(vals.general_id.as_deref(), vals.senders_id.as_deref(), names)?;
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

    /// Whether the names of a message fit. What bears our name as its sender's is our own, sent back to us.
    fn named(&self, general: Option<&str>, senders: Option<&str>, names: Names<'_>) -> Result<(), SecurityFault> {
        let Security { ours, theirs, .. } = &self.security;
        let ours = |name: &str| name == ours || names.us == Some(name);
        let theirs = |name: &str| theirs.as_deref() == Some(name) || names.them == Some(name);
        // Some gatekeepers put their own name into both places.
        if general.is_some_and(|name| !ours(name) && !theirs(name)) {
            return Err(SecurityFault::GeneralId);
        }
        let anybody = self.security.theirs.is_none();
        match senders {
            Some(name) if ours(name) || !(anybody || theirs(name)) => Err(SecurityFault::SendersId),
            _ => Ok(()),
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
