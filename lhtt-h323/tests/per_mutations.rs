//! Vectors with octets changed, cut or added: no panic, and what still decodes is printed and read back equal.

use lhtt_h323::asn1::h225::{H323UserInformation, RasMessage};
use lhtt_h323::asn1::h245::{MultimediaSystemControlMessage, OpenLogicalChannel};
use lhtt_h323::per::{Codec, Fault};
use proptest::prelude::*;

fn rows() -> Vec<(&'static str, Vec<u8>)> {
    let text = [
        include_str!("vectors/per/handmade.tsv"),
        include_str!("vectors/per/random.tsv"),
        include_str!("vectors/per/captured.tsv"),
    ];
    let cells = text.iter().flat_map(|text| text.lines()).map(|row| row.split('\t').collect::<Vec<_>>());
    cells.filter(|cells| cells[2].len() < 4000).map(|cells| (cells[1], hex(cells[2]))).collect()
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect()
}

/// I9 and I11 for one input. Only what a caller must not write may fail on the way back, and nothing that was read is such.
fn survives<T: Codec + PartialEq + std::fmt::Debug>(octets: &[u8]) {
    match T::from_per(octets) {
        Ok(value) => {
            let written = value.to_per().expect("what was read can be written");
            let again = T::from_per(&written).expect("what was written can be read");
            assert_eq!(again, value);
            assert_eq!(again.to_per().expect("as before"), written);
        }
        Err(error) => assert!(!matches!(error.fault(), Fault::Misuse(_)), "a peer cannot misuse us: {error}"),
    }
}

fn check(kind: &str, octets: &[u8]) {
    match kind {
        "RasMessage" => survives::<RasMessage>(octets),
        "H323-UserInformation" => survives::<H323UserInformation>(octets),
        "OpenLogicalChannel" => survives::<OpenLogicalChannel>(octets),
        _ => survives::<MultimediaSystemControlMessage>(octets),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_vectors(
        row in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
        tail in prop::collection::vec(any::<u8>(), 0..4),
    ) {
        thread_local!(static ROWS: Vec<(&'static str, Vec<u8>)> = rows());
        ROWS.with(|rows| {
            let (kind, octets) = row.get(rows);
            let mut octets = octets.clone();
            for (place, octet) in &changes {
                let place = place.index(octets.len());
                octets[place] ^= octet;
            }
            if let Some(cut) = cut {
                octets.truncate(cut.index(octets.len()) + 1);
            }
            octets.extend(&tail);
            check(kind, &octets);
        });
    }

    #[test]
    fn noise(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        for kind in ["RasMessage", "H323-UserInformation", "OpenLogicalChannel", "MultimediaSystemControlMessage"] {
            check(kind, &octets);
        }
    }
}
