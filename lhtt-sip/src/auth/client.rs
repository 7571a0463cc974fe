//! A digest client: answers challenges with the strongest algorithm that it may use, counts nonces, and gives up where a password is not
//! taken (RFC 3261 22.2, RFC 8760 2.4).

use super::limits::{REALMS_MAX, STALE_MAX};
use super::{Algorithm, AuthenticationInfo, Challenge, Credentials, Facts, Hash, Secret, response};
use lhtt_core::rng::Rng;

/// A user's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The user.
    pub username: String,
    /// Its secret.
    pub secret: Secret,
    /// The only realm that is answered; `None` answers any, which lets any server test guesses of the password.
    pub realm: Option<String>,
    /// Whether MD5 may be used.
    pub md5: bool,
}

/// Why a challenge is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswerable {
    /// No challenge of our realm with an algorithm and quality that we may use.
    #[error("no challenge that may be answered")]
    Unsupported,
    /// The server did not take what we answered last.
    #[error("the server does not take the password")]
    Rejected,
}

/// A client with one account.
///
/// ```
/// use lhtt_core::rng::Rng;
/// use lhtt_sip::auth::{Account, Challenge, DigestClient, Secret, Unanswerable};
/// let secret = Secret::Password("xyzzy".to_owned());
/// let account = Account { username: "an".to_owned(), secret, realm: Some("example.vn".to_owned()), md5: false };
/// let mut client = DigestClient::new(account, Rng::from_number(1));
/// let challenge = Challenge::read(r#"Digest realm="example.vn", nonce="7", algorithm=SHA-256, qop="auth""#)?.unwrap();
/// // The 401: answer it. Later requests carry credentials at once.
/// let credentials = client.answer("REGISTER", "sip:example.vn", &[challenge.clone()]).unwrap();
/// assert_eq!((credentials.nc, credentials.response.len()), (Some(1), 64));
/// assert_eq!(client.next("example.vn", "REGISTER", "sip:example.vn").unwrap().nc, Some(2));
/// // The same challenge again: the password is wrong, and trying on would lock the account.
/// assert_eq!(client.answer("REGISTER", "sip:example.vn", &[challenge]), Err(Unanswerable::Rejected));
/// # Ok::<(), lhtt_sip::message::Fault>(())
/// ```
#[derive(Debug)]
pub struct DigestClient {
    account: Account,
    rng: Rng,
    realms: Vec<Session>,
}

#[derive(Debug)]
struct Session {
    challenge: Challenge,
    algorithm: Algorithm,
    cnonce: String,
    nc: u32,
    stale: u8,
    /// Whether the server took an answer since its challenge.
    taken: bool,
}

impl DigestClient {
    /// A client.
    pub const fn new(account: Account, rng: Rng) -> Self {
        Self { account, rng, realms: Vec::new() }
    }

    /// Answers the challenges of one response.
    ///
    /// # Errors
    /// [`Unanswerable`].
    pub fn answer(&mut self, method: &str, uri: &str, challenges: &[Challenge]) -> Result<Credentials, Unanswerable> {
        let (algorithm, challenge) = self.choose(challenges).ok_or(Unanswerable::Unsupported)?;
        let before = self.realms.iter().position(|session| session.challenge.realm == challenge.realm);
        let before = before.map(|at| self.realms.remove(at));
        let stale = match before {
            Some(session) if challenge.stale && session.stale < STALE_MAX => session.stale + 1,
            Some(session) if !session.taken => return Err(Unanswerable::Rejected),
            _ => 0,
        };
        if self.realms.len() >= REALMS_MAX {
            self.realms.remove(0);
        }
        let cnonce = self.rng.hex(16);
        self.realms.push(Session { challenge: challenge.clone(), algorithm, cnonce, nc: 0, stale, taken: false });
        self.next(&challenge.realm, method, uri).ok_or(Unanswerable::Unsupported)
    }

    /// Credentials for a further request in a realm that challenged before.
    pub fn next(&mut self, realm: &str, method: &str, uri: &str) -> Option<Credentials> {
        let session = self.realms.iter_mut().find(|session| session.challenge.realm == realm)?;
        session.nc = session.nc.checked_add(1)?;
        let facts = Facts {
            algorithm: session.algorithm,
            username: &self.account.username,
            realm,
            nonce: &session.challenge.nonce,
            cnonce: &session.cnonce,
            nc: session.nc,
            method,
            uri,
        };
        Some(Credentials {
            username: self.account.username.clone(),
            realm: realm.to_owned(),
            nonce: session.challenge.nonce.clone(),
            uri: uri.to_owned(),
            response: response(facts, &self.account.secret)?,
            algorithm: Some(session.algorithm),
            cnonce: Some(session.cnonce.clone()),
            opaque: session.challenge.opaque.clone(),
            qop: Some("auth".to_owned()),
            nc: Some(session.nc),
        })
    }

    /// The server took credentials of this realm; it may have given the nonce to use next.
    pub fn accepted(&mut self, realm: &str, info: Option<&AuthenticationInfo>) {
        let Some(session) = self.realms.iter_mut().find(|session| session.challenge.realm == realm) else { return };
        (session.taken, session.stale) = (true, 0);
        if let Some(nonce) = info.and_then(|info| info.nextnonce.clone()) {
            (session.challenge.nonce, session.nc) = (nonce, 0);
        }
    }

    /// The strongest of our realm; of equals the topmost. Without `qop` a challenge is of RFC 2069 and not answered.
    fn choose<'a>(&self, challenges: &'a [Challenge]) -> Option<(Algorithm, &'a Challenge)> {
        let ours = |challenge: &Challenge| self.account.realm.as_ref().is_none_or(|realm| *realm == challenge.realm);
        let usable = challenges.iter().filter(|challenge| ours(challenge)).filter_map(|challenge| {
            let algorithm = challenge.algorithm.filter(|algorithm| self.account.md5 || algorithm.hash != Hash::Md5)?;
            let auth = challenge.qop.iter().any(|qop| qop.eq_ignore_ascii_case("auth"));
            auth.then_some((algorithm, challenge))
        });
        usable.rev().max_by_key(|(algorithm, _)| algorithm.hash)
    }
}
