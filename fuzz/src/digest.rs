//! Octets of the authentication headers (RFC 8760).

use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use lhtt_sip::auth::{Account, Asked, AuthenticationInfo, Challenge, Credentials, DigestClient, DigestServer};
use lhtt_sip::auth::{Policy, Secret, ServerKey, Verdict};

/// What reads is written and read again equal; no credentials that we did not make prove anybody; a challenge that is answered is answered
/// within its realm.
pub fn digest(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    // A header value is one line.
    if text.contains(['\r', '\n']) {
        return false;
    }
    let (challenge, credentials) = (Challenge::read(text).ok().flatten(), Credentials::read(text).ok().flatten());
    let mut understood = challenge.is_some() || credentials.is_some();
    if let Some(challenge) = challenge {
        answered(challenge);
    }
    if let Some(credentials) = credentials {
        judged(credentials);
    }
    if let Ok(info) = AuthenticationInfo::read(text) {
        understood |= info != AuthenticationInfo::default();
        assert_eq!(AuthenticationInfo::read(&info.to_string()), Ok(info), "what we print we read equal");
    }
    understood
}

fn answered(challenge: Challenge) {
    // An algorithm that we do not know is not written.
    if challenge.algorithm.is_some() && challenge.qop.iter().all(|qop| !qop.contains(['"', '\\'])) {
        let again = Challenge::read(&challenge.to_string());
        assert!(
            again.is_err() || again == Ok(Some(challenge.clone())),
            "what we print we read equal, or it is too long"
        );
    }
    let secret = Secret::Password("x".to_owned());
    let account = Account { username: "an".to_owned(), secret, realm: None, md5: false };
    let mut client = DigestClient::new(account, Rng::from_number(1));
    if let Ok(answer) = client.answer("REGISTER", "sip:example.vn", &[challenge.clone()]) {
        assert_eq!((answer.realm, answer.nonce, answer.nc), (challenge.realm, challenge.nonce, Some(1)));
    }
}

fn judged(credentials: Credentials) {
    let policy = Policy::new(credentials.realm.clone());
    let mut server = DigestServer::new(policy, ServerKey::new([7; 32]), Rng::from_number(1));
    let uri = "sip:example.vn".parse().expect("a URI");
    let asked = Asked { peer: std::net::Ipv4Addr::LOCALHOST.into(), method: "REGISTER", uri: &uri };
    let verdict = server.judge(Instant::ZERO, asked, &[credentials], |_| Some(Secret::Password("x".to_owned())));
    assert!(!matches!(verdict, Verdict::Proven { .. }), "nobody has an answer to a nonce that was never made");
    assert_eq!(server.nonces(), 0);
}
