//! A digest server: challenges, and judges what comes back (RFC 3261 22.1, RFC 7616 3.4.6, RFC 8760 2.3).
//!
//! Whoever asks learns nothing of who has an account: for a user that there is not the same is computed with a secret that nobody knows,
//! and comparisons take equal time.

use super::limits::NONCE_LIFETIME;
use super::nonce::ServerKey;
use super::replay::Counts;
use super::{Algorithm, AuthenticationInfo, Challenge, Credentials, Facts, Hash, Secret, response};
use crate::message::Uri;
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::net::IpAddr;
use subtle::ConstantTimeEq;

/// What a server asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whose users they are.
    pub realm: String,
    /// The algorithms on offer, in preference, each once (RFC 8760 2.3).
    pub algorithms: Vec<Algorithm>,
}

impl Policy {
    /// SHA-512-256, then SHA-256. MD5 has to be asked for.
    pub fn new(realm: impl Into<String>) -> Self {
        Self { realm: realm.into(), algorithms: [Hash::Sha512_256, Hash::Sha256].map(Algorithm::plain).to_vec() }
    }
}

/// Who asks for what.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The address that the request came from.
    pub peer: IpAddr,
    /// Its method.
    pub method: &'a str,
    /// Its Request-URI.
    pub uri: &'a Uri,
}

/// What a request's credentials are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They prove this user. The header goes into the 2xx.
    Proven {
        /// The user.
        username: String,
        /// Authentication-Info with the server's own proof.
        info: AuthenticationInfo,
    },
    /// They prove nothing, or there are none: these go into the 401 or 407, in order.
    Challenge(Vec<Challenge>),
    /// They break a rule, and asking again would not help.
    Refused(Refused),
}

/// A rule that credentials broke; each is answered 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// `qop=auth-int`, which was not on offer.
    #[error("auth-int is not supported")]
    AuthInt,
    /// The URI that was hashed is not the Request-URI (RFC 7616 3.4.6).
    #[error("the digest uri is not the Request-URI")]
    Uri,
}

/// A server of one realm.
///
/// ```
/// use lhtt_core::{rng::Rng, time::Instant};
/// use lhtt_sip::auth::*;
/// let secret = || Secret::Password("xyzzy".to_owned());
/// let mut server = DigestServer::new(Policy::new("example.vn"), ServerKey::new([7; 32]), Rng::from_number(1));
/// let uri = "sip:example.vn".parse()?;
/// let asked = Asked { peer: "192.0.2.7".parse().unwrap(), method: "REGISTER", uri: &uri };
/// let lookup = |user: &str| (user == "an").then(secret);
/// // No credentials: a challenge goes out with 401.
/// let Verdict::Challenge(challenges) = server.judge(Instant::ZERO, asked, &[], lookup) else { panic!() };
/// // The client answers it, and is let in.
/// let account = Account { username: "an".to_owned(), secret: secret(), realm: None, md5: false };
/// let mut client = DigestClient::new(account, Rng::from_number(2));
/// let credentials = client.answer("REGISTER", uri.as_str(), &challenges).unwrap();
/// let verdict = server.judge(Instant::ZERO, asked, &[credentials], lookup);
/// assert!(matches!(verdict, Verdict::Proven { username, .. } if username == "an"));
/// # Ok::<(), lhtt_sip::message::Fault>(())
/// ```
#[derive(Debug)]
pub struct DigestServer {
    policy: Policy,
    key: ServerKey,
    rng: Rng,
    counts: Counts,
}

impl DigestServer {
    /// A server.
    pub fn new(policy: Policy, key: ServerKey, rng: Rng) -> Self {
        Self { policy, key, rng, counts: Counts::default() }
    }

    /// The realm.
    pub fn realm(&self) -> &str {
        &self.policy.realm
    }

    /// Nonces whose counts are kept.
    pub fn nonces(&self) -> usize {
        self.counts.len()
    }

    /// Judges the credentials of a request. `lookup` gives a user's secret.
    pub fn judge(
        &mut self,
        now: Instant,
        asked: Asked<'_>,
        credentials: &[Credentials],
        lookup: impl Fn(&str) -> Option<Secret>,
    ) -> Verdict {
        let Some(given) = credentials.iter().find(|given| given.realm == self.policy.realm) else {
            return self.challenge(now, asked, false);
        };
        match given.qop.as_deref() {
            Some(qop) if qop.eq_ignore_ascii_case("auth-int") => return Verdict::Refused(Refused::AuthInt),
            Some(qop) if qop.eq_ignore_ascii_case("auth") => {}
            // Without it there is no count, and whoever hears the answer once may give it again.
            _ => return self.challenge(now, asked, false),
        }
        if !same_uri(&given.uri, asked.uri) {
            return Verdict::Refused(Refused::Uri);
        }
        let Some(proof) = self.proof(asked, given, lookup) else { return self.challenge(now, asked, false) };
        // Whoever knows the password and has only an old nonce need not ask its user again.
        let fresh = now >= proof.made && now - proof.made <= NONCE_LIFETIME;
        if !fresh || !self.counts.note(now, proof.made, &given.nonce, proof.nc) {
            return self.challenge(now, asked, true);
        }
        let (qop, cnonce, nc) = (given.qop.clone(), given.cnonce.clone(), given.nc);
        let info = AuthenticationInfo { nextnonce: None, qop, rspauth: proof.back, cnonce, nc };
        Verdict::Proven { username: given.username.clone(), info }
    }

    /// Whether the credentials prove their user, by one of our nonces, however old.
    fn proof(&self, asked: Asked<'_>, given: &Credentials, lookup: impl Fn(&str) -> Option<Secret>) -> Option<Proof> {
        let algorithm = given.algorithm.filter(|algorithm| self.policy.algorithms.contains(algorithm))?;
        let (nc, cnonce) = (given.nc?, given.cnonce.as_deref()?);
        let made = self.key.open(&given.nonce, &self.policy.realm, asked.peer)?;
        let facts = Facts {
            algorithm,
            username: &given.username,
            realm: &self.policy.realm,
            nonce: &given.nonce,
            cnonce,
            nc,
            method: asked.method,
            uri: &given.uri,
        };
        let decoy = Secret::Password(self.key.decoy());
        let found = lookup(&given.username);
        let known = found.is_some();
        let secret = found.unwrap_or(decoy);
        let right = response(facts, &secret)?;
        let back = response(Facts { method: "", ..facts }, &secret);
        let equal = bool::from(right.as_bytes().ct_eq(given.response.as_bytes()));
        (equal & known).then_some(Proof { made, nc, back })
    }

    fn challenge(&mut self, now: Instant, asked: Asked<'_>, stale: bool) -> Verdict {
        let nonce = self.key.make(now, &self.policy.realm, asked.peer, &mut self.rng);
        let of = |algorithm: &Algorithm| Challenge {
            realm: self.policy.realm.clone(),
            nonce: nonce.clone(),
            opaque: None,
            stale,
            algorithm: Some(*algorithm),
            qop: vec!["auth".to_owned()],
        };
        Verdict::Challenge(self.policy.algorithms.iter().map(of).collect())
    }
}

struct Proof {
    made: Instant,
    nc: u32,
    back: Option<String>,
}

/// As written, or equivalent (RFC 3261 19.1.4).
fn same_uri(given: &str, uri: &Uri) -> bool {
    given == uri.as_str() || given.parse().is_ok_and(|given: Uri| given.equivalent(uri))
}
