//! The chained journal: what is not as it was written shows.

use crate::world::*;
use lhtt_core::journal::{
    BadLine, BadSnapshot, Clear, Entry, Head, Why, read_snapshot, replay, replay_with, resume, snapshot, verify,
    verify_from, verify_to,
};
use lhtt_core::{RegistrationId, Registry, Request, SessionId, decide};

/// A journal of the usual day, and the registry it makes.
fn journal() -> (Vec<String>, Registry, Head) {
    let mut world = World::new();
    let configuration = Request::Configure(Box::new(world.configuration.clone()));
    let mut registry = Registry::default();
    let (mut head, mut lines) = (Head::default(), Vec::new());
    let mut write = |request: Request, when: &str, registry: &mut Registry| {
        let decision = decide(registry, &request, wall(when));
        registry.apply_all(&decision.changes).unwrap();
        let entry = Entry::seal(&head, wall(when), &request, decision);
        head = entry.head();
        lines.push(entry.to_line().to_owned());
    };
    write(configuration, "2023-06-06T08:00", &mut registry);
    write(Request::Submit(Box::new(submission())), "2023-06-13T08:00", &mut registry);
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
    write(world.accept("1001"), "2023-06-13T09:00", &mut registry);
    write(call(1, at_peer("chinh-phu"), "1001"), "2023-06-15T08:00", &mut registry);
    write(call(2, at_site("bao-loc"), "1001"), "2023-06-15T08:01", &mut registry);
    write(leave(1), "2023-06-15T09:00", &mut registry);
    (lines, registry, head)
}

#[test]
fn a_journal_verifies_and_replays_to_the_same_registry() {
    let (lines, registry, head) = journal();
    assert_eq!(verify(&lines), Ok(head));
    assert_eq!(head.seq, 6);
    assert_eq!(replay(&lines), Ok((registry, head)));
    assert_eq!(verify(Vec::<String>::new()), Ok(Head::default()));
    let middle = Entry::from_line(&lines[2]).unwrap().head();
    assert_eq!(verify_from(&middle, &lines[3..]), Ok(head));
}

#[test]
fn a_line_reads_back_as_it_was_sealed() {
    for line in journal().0 {
        let entry = Entry::from_line(&line).unwrap();
        assert_eq!(entry.to_line(), line);
        let before = Head { seq: entry.seq() - 1, hash: entry.prev() };
        let again = Entry::seal(&before, entry.at(), entry.request(), entry.decision().clone());
        assert_eq!(again, entry);
        assert!(serde_json::from_str::<serde_json::Value>(&line).unwrap().is_object());
    }
}

/// An audit decides again from the facts before each entry, and finds the same.
#[test]
fn a_replay_decides_the_same() {
    let mut registry = Registry::default();
    for line in journal().0 {
        let entry = Entry::from_line(&line).unwrap();
        let again = entry.decided_again(&registry);
        assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(entry.decision()).unwrap());
        assert_eq!(again, *entry.decision());
        registry.apply_all(&entry.decision().changes).unwrap();
    }
}

/// A decision says on which facts it was made: the entry before it, and the request as its line has it.
#[test]
fn a_decision_says_on_which_facts_it_was_made() {
    use sha2::{Digest, Sha256};
    let (lines, ..) = journal();
    let mut head = Head::default();
    for line in &lines {
        let entry = Entry::from_line(line).unwrap();
        let facts = entry.decision().facts_digest.unwrap();
        let whole: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(whole["decision"], serde_json::to_value(entry.decision()).unwrap());
        assert_eq!(facts.journal, Some(head));
        let (_, rest) = line.split_once("\"request\":").unwrap();
        let (request, _) = rest.split_once(",\"decision\":").unwrap();
        assert_eq!(facts.request.0, <[u8; 32]>::from(Sha256::digest(request)));
        head = entry.head();
    }
    let entry = Entry::from_line(&lines[1]).unwrap();
    let of = |secret: u8| {
        let decision = entry.decision().clone();
        let sealed = Entry::seal_apart(&Head::default(), entry.at(), entry.request(), decision, &[secret; 32]);
        sealed.decision().facts_digest.unwrap().request
    };
    assert_ne!(of(1), of(2), "names are in it salted: their digest alone would be known again after they are erased");
}

#[test]
fn every_single_character_counts() {
    let (lines, ..) = journal();
    for (at, line) in lines.iter().enumerate() {
        for (place, character) in line.char_indices() {
            let other = if character == '0' { '1' } else { '0' };
            let mut edited = lines.clone();
            edited[at].replace_range(place..place + character.len_utf8(), &other.to_string());
            let broken = verify(&edited).unwrap_err();
            assert_eq!(broken.seq, at as u64 + 1, "line {at} place {place}");
        }
    }
}

#[test]
fn deleted_inserted_and_moved_lines_show() {
    let (lines, ..) = journal();
    let edit = |change: fn(&mut Vec<String>)| {
        let mut lines = lines.clone();
        change(&mut lines);
        verify(&lines).unwrap_err()
    };
    let deleted = edit(|lines| drop(lines.remove(2)));
    assert_eq!((deleted.seq, deleted.why), (3, Why::Sequence { found: 4 }));
    let first = edit(|lines| drop(lines.remove(0)));
    assert_eq!((first.seq, first.why), (1, Why::Sequence { found: 2 }));
    let twice = edit(|lines| lines.insert(2, lines[1].clone()));
    assert_eq!((twice.seq, twice.why), (3, Why::Sequence { found: 2 }));
    let moved = edit(|lines| lines.swap(3, 4));
    assert_eq!((moved.seq, moved.why), (4, Why::Sequence { found: 5 }));
    let blank = edit(|lines| lines.insert(1, String::new()));
    assert_eq!((blank.seq, blank.why), (2, Why::Line(BadLine::Hash)));
}

/// Whoever edits a line and seals it again with the right number still breaks the chain behind it.
#[test]
fn a_resealed_line_breaks_the_chain() {
    let (mut lines, ..) = journal();
    let entry = Entry::from_line(&lines[3]).unwrap();
    let before = Head { seq: 3, hash: entry.prev() };
    let mut decision = entry.decision().clone();
    decision.at = wall("2023-06-15T08:00:01");
    lines[3] = Entry::seal(&before, entry.at(), entry.request(), decision).to_line().to_owned();
    let broken = verify(&lines).unwrap_err();
    assert_eq!((broken.seq, broken.why), (5, Why::Chain));
}

#[test]
fn a_cut_or_rewritten_end_shows_against_a_known_head() {
    let (lines, _, head) = journal();
    assert_eq!(verify_to(&lines, &head), Ok(head));
    let middle = Entry::from_line(&lines[2]).unwrap().head();
    assert_eq!(verify_to(&lines, &middle), Ok(head), "the journal has grown since");
    let cut = &lines[..lines.len() - 1];
    assert!(verify(cut).is_ok(), "nothing in the lines themselves shows it");
    let broken = verify_to(cut, &head).unwrap_err();
    assert_eq!((broken.seq, broken.why), (6, Why::Truncated { expected: 6 }));

    let entry = Entry::from_line(&lines[5]).unwrap();
    let before = Head { seq: 5, hash: entry.prev() };
    let rewritten = Entry::seal(&before, wall("2023-06-15T09:30"), entry.request(), entry.decision().clone());
    let lines: Vec<_> = cut.iter().map(String::as_str).chain([rewritten.to_line()]).collect();
    assert!(verify(&lines).is_ok());
    assert_eq!(verify_to(&lines, &head).unwrap_err().why, Why::Rewritten);
}

#[test]
fn what_no_version_of_this_wrote_is_refused() {
    let (lines, ..) = journal();
    for line in ["", "{}", "null", "\"}", &"f".repeat(200), &lines[0][1..], &format!("{} ", lines[0])] {
        assert_eq!(Entry::from_line(line), Err(BadLine::Hash), "{line}");
    }
    let later = reseal(&lines[0].replacen("{\"v\":1,", "{\"v\":3,", 1));
    assert_eq!(Entry::from_line(&later), Err(BadLine::Schema(3)));
    let odd = reseal(&lines[0].replacen("\"seq\":1,", "\"seq\":\"one\",", 1));
    assert!(matches!(Entry::from_line(&odd), Err(BadLine::Form(_))));
}

#[test]
fn changes_that_contradict_each_other_show_in_a_replay() {
    let (lines, ..) = journal();
    let last = Entry::from_line(&lines[5]).unwrap();
    let again = Entry::seal(&last.head(), last.at(), last.request(), last.decision().clone());
    let lines: Vec<_> = lines.iter().map(String::as_str).chain([again.to_line()]).collect();
    assert!(verify(&lines).is_ok());
    let broken = replay(&lines).unwrap_err();
    assert!(matches!(broken.why, Why::Contradiction(_)), "{broken}");
    assert_eq!(broken.seq, 7);
}

#[test]
fn an_untrusted_time_is_kept_as_such() {
    let mut world = World::new();
    world.session();
    let request = call(1, at_site("da-lat"), "1001");
    let at = untrusted("2023-06-15T08:00");
    let decision = world.ask_by(request.clone(), at);
    let entry = Entry::seal(&Head::default(), at, &request, decision);
    assert!(entry.to_line().contains("\"at\":\"2023-06-15T08:00:00+07:00 untrusted\""));
    assert_eq!(Entry::from_line(entry.to_line()).unwrap(), entry);
}

/// Written by the first version of this crate, kept as it was.
const FIRST: &str = include_str!("../data/journal-v1.jsonl");

#[test]
fn a_journal_of_the_first_form_still_reads_verifies_and_replays() {
    let (registry, head) = replay(FIRST.lines()).unwrap();
    assert_eq!(verify(FIRST.lines()), Ok(head));
    assert_eq!((head.seq, FIRST.lines().all(|line| line.starts_with("{\"v\":1,"))), (16, true));
    assert_eq!(registry.session(SessionId(1)).unwrap().ended.as_ref().unwrap().by.name, "Lê Văn An");
    assert_eq!((registry.registrations().count(), registry.joins().count(), registry.next_join().0), (4, 0, 3));
    assert_eq!(registry.registration(RegistrationId(3)).unwrap().overridden.as_ref().unwrap().reason, "lũ quét");
    assert_eq!(
        replay_with(FIRST.lines(), &Clear::default()),
        Ok((registry.clone(), head)),
        "there is nothing beside it"
    );
    // It goes on in the form of today.
    let at = wall("2023-06-16T08:00");
    let request = Request::Submit(Box::new(submission()));
    let next = Entry::seal_apart(&head, at, &request, decide(&registry, &request, at), &[1; 32]);
    assert!(verify(FIRST.lines().chain([next.to_line()])).is_ok());
}

/// Written when personal data stood apart and decisions did not yet say on which facts they were made.
const SECOND: &str = include_str!("../data/journal-v2.jsonl");
const SECOND_PERSONAL: &str = include_str!("../data/journal-v2.personal.json");

#[test]
fn a_journal_of_the_second_form_still_reads_verifies_and_replays() {
    let clear = Clear::new(serde_json::from_str::<Vec<_>>(SECOND_PERSONAL).unwrap()).unwrap();
    let (registry, head) = replay_with(SECOND.lines(), &clear).unwrap();
    assert_eq!((verify(SECOND.lines()), head.seq), (Ok(head), 16));
    assert_eq!(registry, replay(FIRST.lines()).unwrap().0);
    for line in SECOND.lines() {
        let entry = Entry::from_line_with(line, &clear).unwrap();
        assert!(entry.to_line() == line && entry.decision().facts_digest.is_none());
    }
}

#[test]
fn personal_data_are_erased_and_the_chain_verifies() {
    let (lines, registry, _) = journal();
    let (mut head, mut apart, mut records) = (Head::default(), Vec::new(), Vec::new());
    for (number, line) in lines.iter().enumerate() {
        let entry = Entry::from_line(line).unwrap();
        let entry =
            Entry::seal_apart(&head, entry.at(), entry.request(), entry.decision().clone(), &[number as u8; 32]);
        head = entry.head();
        records.extend_from_slice(entry.personal());
        apart.push(entry.to_line().to_owned());
    }
    let contact = submission().contact.unwrap();
    assert!(apart.iter().all(|line| !line.contains(&contact.name) && !line.contains(&contact.phone)));
    let clear = Clear::new(records.clone()).unwrap();
    assert_eq!(replay_with(&apart, &clear), Ok((registry, head)));
    records.retain(|record| record.text != contact.phone);
    let (erased, after) = replay_with(&apart, &Clear::new(records).unwrap()).unwrap();
    let shown = erased.registration(RegistrationId(1)).unwrap().submission.contact.clone().unwrap();
    assert_eq!((shown.name, after, verify(&apart)), (contact.name, head, Ok(head)));
    assert!(shown.phone.starts_with("[đã xóa "), "{}", shown.phone);
}

#[test]
fn a_snapshot_counts_only_on_its_own_chain() {
    let (lines, registry, head) = journal();
    let middle = replay(&lines[..4]).unwrap();
    let taken = snapshot(&middle.0, &middle.1).unwrap();
    let line = |seq: u64| lines.get(usize::try_from(seq).unwrap().wrapping_sub(1)).cloned();
    let read = read_snapshot(&taken, line).unwrap();
    assert_eq!(read, middle);
    assert_eq!(resume(read, &lines[4..], &Clear::default()), Ok((registry, head)));
    for other in [None, Some(lines[2].clone()), Some(lines[4].clone()), Some(String::new())] {
        assert_eq!(read_snapshot(&taken, |_| other.clone()), Err(BadSnapshot::Head { seq: 4 }));
    }
    let edited = taken.replacen("chinh-phu", "quoc-hoi", 1);
    assert_eq!(read_snapshot(&edited, line), Err(BadLine::Hash.into()));
    let later = reseal(&taken.replacen("{\"snapshot\":1,", "{\"snapshot\":2,", 1));
    assert_eq!(read_snapshot(&later, line), Err(BadLine::Schema(2).into()));
}

/// The line with the hash that belongs to it, computed here from the documented form.
fn reseal(line: &str) -> String {
    use sha2::{Digest, Sha256};
    let body = &line[..line.len() - ",\"hash\":\"\"}".len() - 64];
    let hash: String = Sha256::digest(body).iter().map(|octet| format!("{octet:02x}")).collect();
    format!("{body},\"hash\":\"{hash}\"}}")
}

/// A snapshot's hash is its own: what does not hang together is refused although the hash is right.
#[test]
fn a_snapshot_that_does_not_hang_together_is_refused() {
    use lhtt_core::journal::{BadSnapshot, read_snapshot, snapshot};
    let mut world = World::new();
    world.session();
    let request = Request::Leave(lhtt_core::request::Leave {
        join: lhtt_core::JoinId(9),
        reason: lhtt_core::request::LeaveReason::new("hang_up"),
    });
    let at = wall("2023-06-13T10:00");
    let entry = Entry::seal(&Head::default(), at, &request, lhtt_core::decide(&world.registry, &request, at));
    let read = |registry: &Registry| {
        let line = snapshot(registry, &entry.head()).unwrap();
        read_snapshot(&line, |_| Some(entry.to_line().to_owned()))
    };
    assert_eq!(read(&world.registry), Ok((world.registry.clone(), entry.head())));
    let text = serde_json::to_string(&world.registry).unwrap();
    for (from, to) in [
        (r#""by_alias":{"1001":[1]}"#, r#""by_alias":{"1001":[2]}"#),
        (r#""sessions":{"1":{"id":1"#, r#""sessions":{"1":{"id":2"#),
    ] {
        assert!(text.contains(from), "{from}: {text}");
        let Ok(registry) = serde_json::from_str::<Registry>(&text.replace(from, to)) else { continue };
        assert_eq!(read(&registry), Err(BadSnapshot::Broken), "{to}");
    }
}
