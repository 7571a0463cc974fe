//! Aligned-PER vectors that other encoders made: each decodes, and encodes to the same octets again.
//!
//! The project's own are in `vectors/per` (see its README); where a `shared/vectors/per` folder lies beside the
//! checkout, all of it is read as well.
#![allow(clippy::disallowed_methods, reason = "tests read vector files")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lhtt_h323::asn1::h225::{H323UserInformation, RasMessage};
use lhtt_h323::asn1::h245::{MultimediaSystemControlMessage, OpenLogicalChannel};
use lhtt_h323::per::{Codec, Error, Fault};

/// One line of a table.
struct Row {
    name: String,
    kind: String,
    octets: Vec<u8>,
}

fn rows(file: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(file).expect("the vector file is readable");
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split('\t').map(str::to_owned);
            let mut cell = || cells.next().expect("name, type, hex");
            Row { name: cell(), kind: cell(), octets: unhex(&cell()) }
        })
        .collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().map(|c| char::from(c).to_digit(16).expect("a hex digit") as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").expect("a String takes all");
        text
    })
}

/// The folder of a sibling `shared` checkout, if there is one.
fn shared() -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|dir| dir.join("shared/vectors/per")).find(|dir| dir.is_dir())
}

fn again<T: Codec>(octets: &[u8]) -> Result<Vec<u8>, Error> {
    T::from_per(octets)?.to_per()
}

fn recode(row: &Row) -> Result<Vec<u8>, Error> {
    match row.kind.as_str() {
        "RasMessage" => again::<RasMessage>(&row.octets),
        "H323-UserInformation" => again::<H323UserInformation>(&row.octets),
        "MultimediaSystemControlMessage" => again::<MultimediaSystemControlMessage>(&row.octets),
        "OpenLogicalChannel" => again::<OpenLogicalChannel>(&row.octets),
        other => unreachable!("no type `{other}`"),
    }
}

/// Counts, and says what differs. A row may be unsupported only for what `allowed` names.
fn check(file: &Path, allowed: &[&str]) {
    let (mut same, mut unsupported, mut wrong) = (0, 0, String::new());
    for row in rows(file) {
        match recode(&row) {
            Ok(octets) if octets == row.octets => same += 1,
            Ok(octets) => {
                writeln!(wrong, "{}:\n  {}\n  {}", row.name, hex(&row.octets), hex(&octets)).expect("a String")
            }
            Err(error) => match error.fault() {
                Fault::Unsupported(what) if allowed.contains(&what) => {
                    println!("{}: {error}", row.name);
                    unsupported += 1;
                }
                _ => writeln!(wrong, "{}: {error}", row.name).expect("a String"),
            },
        }
    }
    println!("{}: {same} same, {unsupported} unsupported", file.display());
    assert!(wrong.is_empty(), "{}:\n{wrong}", file.display());
    assert!(same > 0, "{} holds nothing", file.display());
}

fn check_both(name: &str, allowed: &[&str]) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/per").join(name);
    check(&own, allowed);
    match shared() {
        Some(dir) => check(&dir.join(name), allowed),
        None => println!("no shared vectors here: the project's own are all"),
    }
}

#[test]
fn handmade() {
    check_both("handmade.tsv", &[]);
}

#[test]
fn captured() {
    check_both("captured.tsv", &[]);
}

#[test]
fn random() {
    check_both("random.tsv", &[]);
}
