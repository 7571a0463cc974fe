//! Digest authentication: the numbers of others, a client and a server of ours, and those who would get in without a password.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read their vectors and fail loudly"
)]

use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::auth::*;
use lhtt_sip::message::{Headers, Name, Uri};
use std::net::IpAddr;
use std::path::Path;

fn algorithm(name: &str) -> Algorithm {
    let text = format!("Digest realm=\"r\", nonce=\"n\", algorithm={name}");
    Challenge::read(&text).unwrap().unwrap().algorithm.unwrap()
}

fn password(text: &str) -> Secret {
    Secret::Password(text.to_owned())
}

/// Python's hashlib: three hashes, with and without `-sess`, plain, Vietnamese and awkward names.
#[test]
fn hashlib_computes_the_same() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/digest/hashlib.tsv");
    let text = std::fs::read_to_string(file).unwrap();
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 18);
    for row in rows {
        let [name, username, realm, secret, method, uri, nonce, cnonce, nc, expected] = row[..] else {
            panic!("{row:?}")
        };
        let (algorithm, nc) = (algorithm(name), nc.parse().unwrap());
        let facts = Facts { algorithm, username, realm, nonce, cnonce, nc, method, uri };
        assert_eq!(response(facts, &password(secret)).as_deref(), Some(expected), "{row:?}");
    }
}

/// The values of RFC 7616 3.9.1.
#[test]
fn the_example_of_rfc_7616() {
    let facts = |name| Facts {
        algorithm: algorithm(name),
        username: "Mufasa",
        realm: "http-auth@example.org",
        nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        nc: 1,
        method: "GET",
        uri: "/dir/index.html",
    };
    let secret = password("Circle of Life");
    assert_eq!(response(facts("MD5"), &secret).unwrap(), "8ca523f5e9506fed4657c9700eebdbec");
    let sha = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
    assert_eq!(response(facts("SHA-256"), &secret).unwrap(), sha);
}

/// A server of example.vn with user `an`, and a client of hers at 192.0.2.7.
struct Bench {
    server: DigestServer,
    client: DigestClient,
    now: Instant,
    peer: IpAddr,
    uri: Uri,
}

impl Bench {
    fn new() -> Self {
        Self::with(Policy::new("example.vn"), "xyzzy")
    }

    fn with(policy: Policy, secret: &str) -> Self {
        let account = Account { username: "an".to_owned(), secret: password(secret), realm: None, md5: false };
        Self {
            server: DigestServer::new(policy, ServerKey::new([7; 32]), Rng::from_number(1)),
            client: DigestClient::new(account, Rng::from_number(2)),
            now: Instant::from_millis(1_000),
            peer: "192.0.2.7".parse().unwrap(),
            uri: "sip:example.vn".parse().unwrap(),
        }
    }

    fn judge(&mut self, credentials: &[Credentials]) -> Verdict {
        let asked = Asked { peer: self.peer, method: "REGISTER", uri: &self.uri };
        self.server.judge(self.now, asked, credentials, |user| (user == "an").then(|| password("xyzzy")))
    }

    fn challenges(&mut self) -> Vec<Challenge> {
        let Verdict::Challenge(challenges) = self.judge(&[]) else { panic!("no challenge") };
        challenges
    }

    /// The client's answer to a fresh challenge.
    fn answer(&mut self) -> Credentials {
        let challenges = self.challenges();
        self.client.answer("REGISTER", "sip:example.vn", &challenges).unwrap()
    }

    /// What becomes of credentials, in a word.
    fn word(&mut self, credentials: Credentials) -> &'static str {
        // What is written is what is read.
        assert_eq!(Credentials::read(&credentials.to_string()), Ok(Some(credentials.clone())));
        match self.judge(&[credentials]) {
            Verdict::Proven { .. } => "proven",
            Verdict::Challenge(challenges) if challenges[0].stale => "stale",
            Verdict::Challenge(_) => "challenged",
            Verdict::Refused(Refused::AuthInt) => "auth-int",
            Verdict::Refused(Refused::Uri) => "uri",
        }
    }
}

#[test]
fn the_strongest_is_offered_first_and_chosen() {
    let mut bench = Bench::new();
    let names: Vec<_> = bench.challenges().iter().map(|challenge| challenge.algorithm.unwrap().name()).collect();
    assert_eq!(names, ["SHA-512-256", "SHA-256"], "no MD5 unless it is asked for");
    let answer = bench.answer();
    assert_eq!(answer.algorithm.unwrap().name(), "SHA-512-256");
    assert_eq!(bench.word(answer), "proven");
    let mut reversed = bench.challenges();
    reversed.reverse();
    let mut fresh = Bench::new().client;
    assert_eq!(fresh.answer("REGISTER", "sip:example.vn", &reversed).unwrap().algorithm.unwrap().name(), "SHA-512-256");
}

#[test]
fn every_algorithm_that_is_asked_for_works() {
    for name in ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"] {
        let policy = Policy { algorithms: vec![algorithm(name)], ..Policy::new("example.vn") };
        let mut bench = Bench::with(policy, "xyzzy");
        let challenges = bench.challenges();
        let account = Account { username: "an".to_owned(), secret: password("xyzzy"), realm: None, md5: true };
        bench.client = DigestClient::new(account, Rng::from_number(3));
        let answer = bench.client.answer("REGISTER", "sip:example.vn", &challenges).unwrap();
        assert_eq!(answer.algorithm.unwrap().name(), name);
        assert_eq!(bench.word(answer), "proven", "{name}");
        let mut strict = Bench::new().client;
        let answered = strict.answer("REGISTER", "sip:example.vn", &challenges).is_ok();
        assert_eq!(answered, !name.starts_with("MD5"), "{name}");
    }
}

#[test]
fn counts_go_up_and_are_taken_once() {
    let mut bench = Bench::new();
    let first = bench.answer();
    assert_eq!(bench.word(first.clone()), "proven");
    bench.client.accepted("example.vn", None);
    let second = bench.client.next("example.vn", "REGISTER", "sip:example.vn").unwrap();
    assert_eq!((first.nc, second.nc), (Some(1), Some(2)));
    assert_eq!(bench.word(second.clone()), "proven");
    // Digest replay: the octets of either again.
    assert_eq!((bench.word(first), bench.word(second)), ("stale", "stale"));
    assert_eq!(bench.server.nonces(), 1);
}

#[test]
fn an_old_nonce_is_stale_and_the_client_goes_on() {
    let mut bench = Bench::new();
    let answer = bench.answer();
    bench.now += limits::NONCE_LIFETIME + Duration::from_secs(1);
    let Verdict::Challenge(challenges) = bench.judge(&[answer]) else { panic!() };
    assert!(challenges.iter().all(|challenge| challenge.stale));
    let again = bench.client.answer("REGISTER", "sip:example.vn", &challenges).unwrap();
    assert_eq!(bench.word(again), "proven");
    // A server that calls all nonces stale is not asked for ever.
    let forever = (0..9).take_while(|_| bench.client.answer("REGISTER", "sip:example.vn", &challenges).is_ok()).count();
    assert_eq!(forever, 1, "the second in a row, and no third");
}

#[test]
fn a_wrong_password_is_tried_once() {
    let mut bench = Bench::with(Policy::new("example.vn"), "wrong");
    let answer = bench.answer();
    let Verdict::Challenge(challenges) = bench.judge(&[answer]) else { panic!() };
    assert!(!challenges[0].stale);
    assert_eq!(bench.client.answer("REGISTER", "sip:example.vn", &challenges), Err(Unanswerable::Rejected));
    assert_eq!(bench.server.nonces(), 0, "who proves nothing makes us keep nothing");
}

#[test]
fn hashes_stand_in_for_passwords() {
    let key = "939e7578ed9e3c518a452acee763bce9";
    let hashed = Secret::Hashed([(Hash::Md5, key.to_owned())].into());
    assert_eq!(format!("{hashed:?} {:?}", password("x")), "Secret(..) Secret(..)");
    let facts = Facts {
        algorithm: algorithm("SHA-256"),
        username: "",
        realm: "",
        nonce: "",
        cnonce: "",
        nc: 1,
        method: "",
        uri: "",
    };
    assert_eq!(response(facts, &hashed), None, "only the hashes that are known");
}

/// Each bent in one place; who is let in is nobody.
#[test]
fn nothing_but_the_right_answer_gets_in() {
    type Bend = (&'static str, fn(&mut Bench, &mut Credentials), &'static str);
    let bends: &[Bend] = &[
        ("nothing", |_, _| {}, "proven"),
        ("an unknown user", |_, it| it.username = "ghost".to_owned(), "challenged"),
        ("another realm", |_, it| it.realm = "other.vn".to_owned(), "challenged"),
        ("a nonce of the client's", |_, it| it.nonce = "00".repeat(32), "challenged"),
        ("one digit of the seal", |_, it| it.nonce.replace_range(63.., "g"), "challenged"),
        ("a time of the client's", |_, it| it.nonce.replace_range(..1, "f"), "challenged"),
        ("another peer's nonce", |bench, _| bench.peer = "192.0.2.8".parse().unwrap(), "challenged"),
        ("no count", |_, it| it.nc = None, "challenged"),
        ("another count", |_, it| it.nc = Some(2), "challenged"),
        ("no cnonce", |_, it| it.cnonce = None, "challenged"),
        ("no qop", |_, it| it.qop = None, "challenged"),
        ("auth-int", |_, it| it.qop = Some("auth-int".to_owned()), "auth-int"),
        ("a uri that is not asked for", |_, it| it.uri = "sip:other.vn".to_owned(), "uri"),
        ("a uri that cannot be read", |_, it| it.uri = "sip:".to_owned(), "uri"),
        ("the same uri in other words", |_, it| it.uri = "sip:EXAMPLE.vn".to_owned(), "challenged"),
        ("MD5", |_, it| it.algorithm = Some(Algorithm::plain(Hash::Md5)), "challenged"),
        ("an unknown algorithm", |_, it| it.algorithm = None, "challenged"),
        ("an empty response", |_, it| it.response = String::new(), "challenged"),
        ("half a response", |_, it| it.response.truncate(32), "challenged"),
    ];
    for (name, bend, expected) in bends {
        let mut bench = Bench::new();
        let mut answer = bench.answer();
        bend(&mut bench, &mut answer);
        // An unknown algorithm writes as none, which would read as MD5.
        let word = if answer.algorithm.is_none() { "challenged" } else { bench.word(answer) };
        assert_eq!(word, *expected, "{name}");
    }
    // The method swapped: the octets of a REGISTER in an INVITE.
    let mut bench = Bench::new();
    let answer = bench.answer();
    let asked = Asked { peer: bench.peer, method: "INVITE", uri: &bench.uri };
    let verdict = bench.server.judge(bench.now, asked, &[answer], |_| Some(password("xyzzy")));
    assert!(matches!(verdict, Verdict::Challenge(_)));
}

/// The server's proof is right: the same computation without a method (RFC 7616 3.5).
#[test]
fn the_server_proves_itself_too() {
    let mut bench = Bench::new();
    let answer = bench.answer();
    let Verdict::Proven { info, .. } = bench.judge(std::slice::from_ref(&answer)) else { panic!() };
    let facts = Facts {
        algorithm: answer.algorithm.unwrap(),
        username: "an",
        realm: "example.vn",
        nonce: &answer.nonce,
        cnonce: answer.cnonce.as_deref().unwrap(),
        nc: 1,
        method: "",
        uri: "sip:example.vn",
    };
    assert_eq!(info.rspauth, response(facts, &password("xyzzy")));
    assert_eq!(AuthenticationInfo::read(&info.to_string()), Ok(info));
}

#[test]
fn headers_as_peers_write_them() {
    let mut headers = Headers::new();
    headers.push(Name::WwwAuthenticate, "Basic realm=\"x\"");
    headers.push(
        Name::WwwAuthenticate,
        "Digest realm=\"a, \\\"b\\\"\",nonce = \"n\" , qop=\"auth,auth-int\",algorithm=MD5, stale=TRUE, x=y",
    );
    headers.push(Name::WwwAuthenticate, "Digest realm=\"c\", nonce=\"n\", algorithm=WHIRLPOOL, qop=\"auth\"");
    headers.push(Name::WwwAuthenticate, "Digest realm=\"d\"");
    let challenges = Challenge::all(&headers, Name::WwwAuthenticate);
    assert_eq!(challenges.len(), 2, "Basic is not ours, and one has no nonce");
    assert_eq!((challenges[0].realm.as_str(), challenges[0].stale, challenges[0].qop.len()), ("a, \"b\"", true, 2));
    assert_eq!(challenges[1].algorithm, None);
    for text in
        ["Digest username", "Digest nonce=\"a\" b", "Digest a=\"b", "Digest nonce=\"a\", nonce=\"b\"", "Digest a=b c"]
    {
        assert!(Credentials::read(text).is_err(), "{text}");
    }
    let long = format!("Digest nonce=\"{}\"", "n".repeat(limits::VALUE_BYTES_MAX));
    let many: String = (0..=limits::PARAMETERS_MAX).map(|index| format!("a{index}=1,")).collect();
    assert!(Challenge::read(&long).is_err() && Challenge::read(&format!("Digest {many}")).is_err());
}

/// A realm of ours alone is answered: another server gets no hash of the password to guess at.
#[test]
fn strangers_get_no_hash() {
    let account =
        Account { username: "an".to_owned(), secret: password("x"), realm: Some("example.vn".to_owned()), md5: false };
    let mut client = DigestClient::new(account, Rng::from_number(1));
    let theirs =
        Challenge::read("Digest realm=\"evil\", nonce=\"1\", algorithm=SHA-256, qop=\"auth\"").unwrap().unwrap();
    assert_eq!(client.answer("INVITE", "sip:x", &[theirs]), Err(Unanswerable::Unsupported));
}
