//! Asks the regulation about two calls: one of an invited peer into an accepted session, one to a number that no session
//! has. Prints both answers in Vietnamese, and verifies the journal that they went into.
//!
//! `cargo run -p lhtt-core --example first_decision` shows the step before: a registration in time and one second late.

use lhtt_core::journal::{Entry, Head, verify};
use lhtt_core::registry::{Configuration, Organization, OrganizationKind, Peer, PeerKind, Site};
use lhtt_core::request::{Accept, Actor, Called, Join, Party, Role};
use lhtt_core::submission::{Contact, Invitee, Member};
use lhtt_core::time::Wall;
use lhtt_core::{Decision, JoinId, Moment, RegistrationId, Registry, Request, Submission, decide};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut office = Office::default();
    office.ask("2023-06-12T08:00:00+07:00", Request::Configure(Box::new(configuration())))?;
    office.ask("2023-06-13T08:00:00+07:00", Request::Submit(Box::new(registration()?)))?;
    office.ask("2023-06-13T09:00:00+07:00", Request::Accept(acceptance()))?;

    for (number, called) in [(1, "7100001"), (2, "7999999")] {
        let join = Join::new(JoinId(number), Party::Peer("chinh-phu".into()), Called::Alias(called.to_owned()));
        let decision = office.ask("2023-06-15T08:05:00+07:00", Request::Join(join))?;
        println!("Chính phủ gọi {called}:\n{}\n", decision.render_vi());
        if let Some(told) = decision.told_ascii() {
            println!("Reason của SIP: {told}\n");
        }
    }
    let head = verify(office.journal.iter().map(Entry::to_line))?;
    println!("Nhật ký: {} mục, mã băm cuối {}", head.seq, head.hash);
    Ok(())
}

/// The facts and their journal: each decision is sealed, then applied.
#[derive(Default)]
struct Office {
    registry: Registry,
    head: Head,
    journal: Vec<Entry>,
}

impl Office {
    fn ask(&mut self, at: &str, request: Request) -> Result<Decision, Box<dyn Error>> {
        // The clock is the caller's; this one is trusted and stands where the example wants it.
        let at = Wall::trusted(Moment::parse(at)?.unix_millis());
        let decision = decide(&self.registry, &request, at);
        let entry = Entry::seal(&self.head, at, &request, decision.clone());
        self.registry.apply_all(&decision.changes)?;
        self.head = entry.head();
        self.journal.push(entry);
        Ok(decision)
    }
}

fn configuration() -> Configuration {
    let organization = Organization {
        mailboxes: vec!["syt@lamdong.gov.vn".to_owned()],
        ..Organization::new("so-y-te", "Sở Y tế", OrganizationKind::Department)
    };
    let site = |id: &str, name: &str| Site {
        id: id.into(),
        name: name.to_owned(),
        organization: "so-y-te".into(),
        admitted: true,
    };
    Configuration {
        peers: vec![Peer {
            id: "chinh-phu".into(), name: "Chính phủ".to_owned(), kind: PeerKind::Government, legs: 2
        }],
        organizations: vec![organization],
        sites: vec![site("so-y-te", "Sở Y tế"), site("da-lat", "Đà Lạt")],
        ..Configuration::default()
    }
}

fn registration() -> Result<Submission, Box<dyn Error>> {
    let members = [Member::Site("da-lat".into()), Member::Peer("chinh-phu".into())];
    Ok(Submission {
        sent_from: "syt@lamdong.gov.vn".to_owned(),
        sent_to: "kythuat@lamdong.gov.vn".to_owned(),
        agency: Some("so-y-te".into()),
        chair_site: Some("so-y-te".into()),
        members: members.map(|member| Invitee { member, legs: None }).to_vec(),
        start: Some(Moment::parse("2023-06-15T08:00:00+07:00")?),
        content: Some("Giao ban công tác phòng, chống dịch".to_owned()),
        contact: Some(Contact { name: "Trần Thị Lan".to_owned(), phone: "0263 3822 000".to_owned() }),
        ..Submission::default()
    })
}

/// The technical operator accepts the registration, and gives the session a number and a room on the MCU.
fn acceptance() -> Accept {
    Accept {
        registration: RegistrationId(1),
        actor: Actor::new("Nguyễn Văn Trực", Role::TechnicalOperator),
        alias: "7100001".to_owned(),
        room: Some("9000".to_owned()),
    }
}
