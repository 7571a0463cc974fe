//! H.235.1 on messages that GnuGk and h323plus signed: their hashes verify with the passwords of that day, and ours are the
//! same octets.
#![allow(clippy::disallowed_methods, reason = "the test reads a vector file")]

use lhtt_h323::asn1::h225::{
    CryptoH323Token, DisengageRequest, PROTOCOL_IDENTIFIER, RasMessage, ResourcesAvailableIndicate,
};
use lhtt_h323::asn1::h235::{CryptoHashedToken, CryptoToken};
use lhtt_h323::h235::{Guard, Key, Names, Proof, Security, SecurityFault};
use lhtt_h323::per::Codec as _;

/// A captured message: (its name, its octets).
fn captured() -> Vec<(String, Vec<u8>)> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/per/captured.tsv");
    let text = std::fs::read_to_string(file).expect("the vectors are readable");
    let rows = text.lines().filter(|line| line.starts_with("gk_h235_") && line.contains("RasMessage"));
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let octets =
            (0..cells[2].len()).step_by(2).map(|at| u8::from_str_radix(&cells[2][at..at + 2], 16).expect("hex"));
        (cells[0].to_owned(), octets.collect())
    })
    .collect()
}

fn hashed(message: &RasMessage) -> Option<&CryptoHashedToken> {
    match message.crypto_tokens() {
        [CryptoH323Token::NestedcryptoToken(CryptoToken::CryptoHashedToken(token))] => Some(token),
        _ => None,
    }
}

/// What the peer of `security` is told of these octets, `late` seconds after they were stamped.
fn check(guard: &mut Guard, octets: &[u8], late: u32) -> Result<(), SecurityFault> {
    let (message, marks) = RasMessage::from_per_marked(octets).expect("it decodes");
    let stamped = hashed(&message).and_then(|token| token.hashed_vals.time_stamp).unwrap_or(1);
    let proof = Proof { octets, marks, tokens: message.crypto_tokens() };
    guard.check(stamped + late, &proof, Names::default())
}

/// The names that a captured message bears, as the one it is for knows them.
fn receiver(password: &str, octets: &[u8]) -> Guard {
    let message = RasMessage::from_per(octets).expect("it decodes");
    let vals = &hashed(&message).expect("it is signed").hashed_vals;
    let ours = vals.general_id.as_deref().expect("it names whom it is for");
    Guard::new(Security::new(password, ours, vals.senders_id.as_deref()), 0)
}

#[test]
fn hashes_of_other_stacks_verify_and_ours_are_theirs() {
    let mut signed = [0, 0];
    for (name, octets) in captured() {
        let (mut message, marks) = RasMessage::from_per_marked(&octets).expect("it decodes");
        let Some(token) = hashed(&message) else { continue };
        let hash = token.token.hash.octets.clone();
        let passwords =
            ["secret1", "secret2"].map(|password| check(&mut receiver(password, &octets), &octets, 0).is_ok());
        // Refused in the capture as well: its password was another.
        if name == "gk_h235_wrongpw-244" {
            assert_eq!(passwords, [false, false], "{name}");
            continue;
        }
        assert_eq!(passwords.iter().filter(|good| **good).count(), 1, "{name} is signed with one of the two");
        let which = usize::from(passwords[1]);
        signed[which] += 1;
        // The same message without its hash, sealed by us.
        let place = marks.iter().next().expect("a hash");
        assert_eq!(octets[place..place + 12], hash[..], "{name}");
        if let Some(Some(tokens)) = message.crypto_tokens_mut()
            && let [CryptoH323Token::NestedcryptoToken(CryptoToken::CryptoHashedToken(token))] = &mut tokens[..]
        {
            token.token.hash.octets.fill(0);
        }
        let (mut ours, ours_marks) = message.to_per_marked().expect("it can be written");
        assert_eq!((ours_marks, ours == octets), (marks, false), "{name}");
        assert!(Key::of_password(["secret1", "secret2"][which]).seal(&mut ours, place));
        assert_eq!(ours, octets, "{name}");
    }
    assert!(signed[0] >= 3 && signed[1] >= 3, "messages of both passwords: {signed:?}");
}

#[test]
fn any_changed_bit_is_seen() {
    let (_, octets) = captured().into_iter().find(|(name, _)| name == "gk_h235_password-215").expect("it is there");
    let mut guard = receiver("secret1", &octets);
    let mut seen = 0;
    for bit in 0..octets.len() * 8 {
        let mut changed = octets.clone();
        changed[bit / 8] ^= 0x80 >> (bit % 8);
        // What no longer decodes is refused before.
        let Ok((message, marks)) = RasMessage::from_per_marked(&changed) else { continue };
        let proof = Proof { octets: &changed, marks, tokens: message.crypto_tokens() };
        assert!(guard.check(1_795_502_102, &proof, Names::default()).is_err(), "bit {bit}");
        seen += 1;
    }
    assert!(seen > 500, "{seen} of {} changed messages decode", octets.len() * 8);
    assert_eq!(check(&mut guard, &octets, 0), Ok(()), "and nothing of them was remembered");
}

#[test]
fn a_message_counts_once_in_its_time_between_its_two() {
    let (_, octets) = captured().into_iter().find(|(name, _)| name == "gk_h235_password-215").expect("it is there");
    let mut guard = receiver("secret1", &octets);
    assert_eq!(check(&mut guard, &octets, 301), Err(SecurityFault::Time));
    assert_eq!(check(&mut guard, &octets, 300), Ok(()));
    for late in [0, 1, 299, 300] {
        assert_eq!(check(&mut guard, &octets, late), Err(SecurityFault::Replay), "{late}");
    }
    let of = |ours, theirs| Guard::new(Security::new("secret1", ours, theirs), 0);
    assert_eq!(check(&mut of("OtherGK", None), &octets, 0), Err(SecurityFault::GeneralId));
    assert_eq!(check(&mut of("LabGK", Some("callee")), &octets, 0), Err(SecurityFault::SendersId));
    assert_eq!(check(&mut of("LabGK", None), &octets, 0), Ok(()));
    assert_eq!(
        check(&mut Guard::new(Security::new("secret2", "LabGK", None), 0), &octets, 0),
        Err(SecurityFault::Integrity)
    );
    let (_, bare) = captured().into_iter().find(|(name, _)| name == "gk_h235_password-213").expect("it is there");
    assert_eq!(check(&mut of("LabGK", None), &bare, 0), Err(SecurityFault::Unsigned));
}

#[test]
fn our_own_message_sent_back_is_not_the_peers() {
    for theirs in [Some("gk"), None] {
        let mut ours = Guard::new(Security::new("secret", "alice", theirs), 7);
        for from in [None, Some("ep-1")] {
            let message = RasMessage::DisengageRequest(Box::new(DisengageRequest {
                request_seq_num: 1,
                endpoint_identifier: "ep-1".to_owned(),
                ..Default::default()
            }));
            let octets =
                ours.stamp(1000, from).write(message, RasMessage::crypto_tokens_mut).expect("it can be written");
            let (message, marks) = RasMessage::from_per_marked(&octets).expect("it decodes");
            let proof = Proof { octets: &octets, marks, tokens: message.crypto_tokens() };
            let names = Names { us: Some("ep-1"), them: None };
            assert_eq!(ours.check(1000, &proof, names), Err(SecurityFault::SendersId), "{theirs:?} {from:?}");
        }
    }
}

/// 5,000 signed messages of one second: at most 1,024 are told apart, and none passes twice.
#[test]
fn a_flood_of_good_messages_is_bounded_and_none_passes_twice() {
    let mut theirs = Guard::new(Security::new("secret", "peer", Some("us")), 7);
    let mut ours = Guard::new(Security::new("secret", "us", Some("peer")), 7);
    let message = |guard: &mut Guard, unix| {
        let message = RasMessage::ResourcesAvailableIndicate(Box::new(ResourcesAvailableIndicate {
            request_seq_num: 1,
            protocol_identifier: PROTOCOL_IDENTIFIER,
            endpoint_identifier: "ep".to_owned(),
            ..Default::default()
        }));
        guard.stamp(unix, None).write(message, RasMessage::crypto_tokens_mut).expect("it can be written")
    };
    let first = message(&mut theirs, 1000);
    assert_eq!(check(&mut ours, &first, 0), Ok(()));
    let taken = (0..5000).filter(|_| check(&mut ours, &message(&mut theirs, 1001), 0).is_ok()).count();
    assert_eq!(taken, 1025, "the one that is too many closes its second");
    assert_eq!(check(&mut ours, &first, 1), Err(SecurityFault::Replay));
    assert_eq!(check(&mut ours, &message(&mut theirs, 1002), 0), Ok(()), "the next second is new");
}
