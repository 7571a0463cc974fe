//! What one call costs the regulation: deciding a join and a leave, applying both, and sealing both entries.
//!
//! `cargo run --release -p lhtt-core --example join_cost`

use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::{Configuration, Organization, OrganizationKind, Peer, PeerKind, Site};
use lhtt_core::request::{Accept, Actor, Called, Join, Leave, LeaveReason, Party, Role};
use lhtt_core::submission::{Contact, Invitee, Member};
use lhtt_core::time::Wall;
use lhtt_core::{JoinId, Moment, RegistrationId, Registry, Request, Submission, decide};

const CALLS: u64 = 100_000;
const SITES: usize = 150;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut registry = province()?;
    let at = wall("2023-06-15T08:30:00+07:00")?;
    let (mut head, mut octets, mut decided) = (Head::default(), 0, std::time::Duration::ZERO);
    #[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a measurement reads the clock")]
    let now = std::time::Instant::now;
    let start = now();
    for call in 1..=CALLS {
        for request in [join(call), leave(call)] {
            let before = now();
            let decision = decide(&registry, &request, at);
            registry.apply_all(&decision.changes)?;
            decided += before.elapsed();
            assert!(decision.is_permit(), "{}", decision.render_en());
            let entry = Entry::seal(&head, at, &request, decision);
            octets += entry.to_line().len() as u64;
            head = entry.head();
        }
    }
    let each = |total: std::time::Duration| total.as_nanos() as u64 / CALLS;
    println!("decide and apply: {} ns a call", each(decided));
    println!("with sealing:     {} ns a call, {} octets of journal", each(start.elapsed()), octets / CALLS);
    Ok(())
}

fn join(call: u64) -> Request {
    let party = Party::Peer("chinh-phu".into());
    Request::Join(Join::new(JoinId(call), party, Called::Alias("1001".to_owned())))
}

fn leave(call: u64) -> Request {
    Request::Leave(Leave { join: JoinId(call), reason: LeaveReason::new("hang_up") })
}

/// A session with a long list, accepted.
fn province() -> Result<Registry, Box<dyn std::error::Error>> {
    let mut registry = Registry::default();
    let sites: Vec<_> = (0..SITES).map(|number| format!("xa-{number:03}")).collect();
    let members = sites.iter().map(|id| Invitee { member: Member::Site(id.as_str().into()), legs: None });
    let peer = Invitee { member: Member::Peer("chinh-phu".into()), legs: Some(100) };
    let submission = Submission {
        sent_from: "syt@lamdong.gov.vn".to_owned(),
        sent_to: "kythuat@lamdong.gov.vn".to_owned(),
        agency: Some("so-y-te".into()),
        chair_site: Some("xa-000".into()),
        members: members.chain([peer]).collect(),
        start: Some(Moment::parse("2023-06-15T08:00:00+07:00")?),
        content: Some("Giao ban".to_owned()),
        contact: Some(Contact { name: "Lan".to_owned(), phone: "0263".to_owned() }),
        ..Submission::default()
    };
    let accept = Accept {
        registration: RegistrationId(1),
        actor: Actor::new("Trực", Role::TechnicalOperator),
        alias: "1001".to_owned(),
        room: None,
    };
    let requests = [
        Request::Configure(Box::new(configuration(&sites))),
        Request::Submit(Box::new(submission)),
        Request::Accept(accept),
    ];
    for request in requests {
        let decision = decide(&registry, &request, wall("2023-06-13T08:00:00+07:00")?);
        assert!(decision.is_permit(), "{}", decision.render_en());
        registry.apply_all(&decision.changes)?;
    }
    Ok(registry)
}

fn configuration(sites: &[String]) -> Configuration {
    let organization = Organization {
        mailboxes: vec!["syt@lamdong.gov.vn".to_owned()],
        ..Organization::new("so-y-te", "Sở Y tế", OrganizationKind::Department)
    };
    let site =
        |id: &String| Site { id: id.as_str().into(), name: id.clone(), organization: "so-y-te".into(), admitted: true };
    Configuration {
        peers: vec![Peer {
            id: "chinh-phu".into(), name: "Chính phủ".to_owned(), kind: PeerKind::Government, legs: 1
        }],
        organizations: vec![organization],
        sites: sites.iter().map(site).collect(),
        ..Configuration::default()
    }
}

fn wall(text: &str) -> Result<Wall, lhtt_core::civil::NoMoment> {
    Ok(Wall::trusted(Moment::parse(text)?.unix_millis()))
}
