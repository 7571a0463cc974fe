//! A province: its sites, the sessions of a day, and the journal that made them.

use lhtt_core::civil::Moment;
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::{Configuration, Organization, OrganizationKind, Peer, PeerKind, Profile, Site};
use lhtt_core::request::{Accept, Actor, Called, Join, Leave, LeaveReason, Party, Role};
use lhtt_core::submission::{Contact, Invitee, Member};
use lhtt_core::time::Wall;
use lhtt_core::{JoinId, RegistrationId, Registry, Request, Submission, decide};

/// The number of the first session.
pub const ALIAS: &str = "7100000";
/// A number that no session has.
pub const UNKNOWN_ALIAS: &str = "7999999";
/// The peer that every session lists.
pub const PEER: &str = "chinh-phu";

/// Facts and how they came about.
pub struct Province {
    /// The facts.
    pub registry: Registry,
    /// The end of the journal.
    pub head: Head,
    /// The journal.
    pub journal: Vec<Entry>,
}

/// A civil time of the trusted clock.
pub fn wall(text: &str) -> Wall {
    Wall::trusted(Moment::parse(text).expect("the text is a moment").unix_millis())
}

/// When sessions are under way.
pub fn during() -> Wall {
    wall("2023-06-15T08:30:00+07:00")
}

/// When registrations are received, in good time.
pub fn before() -> Wall {
    wall("2023-06-13T08:00:00+07:00")
}

impl Province {
    /// So many sites, and accepted sessions at one time among which the sites are divided, the peer in each.
    pub fn new(sites: usize, sessions: usize) -> Self {
        let mut province = Self { registry: Registry::default(), head: Head::default(), journal: Vec::new() };
        province.ask(before(), Request::Configure(Box::new(configuration(sites))));
        let share = sites / sessions;
        for number in 0..sessions {
            let members = number * share..(number + 1) * share;
            province.ask(before(), Request::Submit(Box::new(submission(members, 15))));
            let accept = Accept {
                registration: RegistrationId(number as u64 + 1),
                actor: Actor::new("Nguyễn Văn Trực", Role::TechnicalOperator),
                alias: format!("71{number:05}"),
                room: Some(format!("{}", 9000 + number)),
            };
            province.ask(before(), Request::Accept(accept));
        }
        province
    }

    /// Asks the regulation, applies the answer and writes it down.
    pub fn ask(&mut self, at: Wall, request: Request) {
        let decision = decide(&self.registry, &request, at);
        assert!(decision.is_permit(), "{}", decision.render_en());
        let entry = Entry::seal(&self.head, at, &request, decision);
        self.registry.apply_all(&entry.decision().changes).expect("a decision fits its registry");
        self.head = entry.head();
        self.journal.push(entry);
    }
}

/// The peer asks to join the session with this number.
pub fn join(number: u64, alias: &str) -> Request {
    let party = Party::Peer(PEER.into());
    Request::Join(Join::new(JoinId(number), party, Called::Alias(alias.to_owned())))
}

/// It leaves.
pub fn leave(number: u64) -> Request {
    Request::Leave(Leave { join: JoinId(number), reason: LeaveReason::new("hang_up") })
}

/// A registration for this day of June with all six items, that lists these sites and the peer.
pub fn submission(sites: std::ops::Range<usize>, day: u8) -> Submission {
    let site = |number| Invitee { member: Member::Site(site_id(number).as_str().into()), legs: None };
    let time = |clock| Moment::from(wall(&format!("2023-06-{day}T{clock}:00+07:00")));
    let peer = Invitee { member: Member::Peer(PEER.into()), legs: Some(10_000) };
    Submission {
        sent_from: "syt@lamdong.gov.vn".to_owned(),
        sent_to: "kythuat@lamdong.gov.vn".to_owned(),
        agency: Some("so-y-te".into()),
        chair_site: Some(site_id(sites.start).as_str().into()),
        members: sites.skip(1).map(site).chain([peer]).collect(),
        start: Some(time("08:00")),
        end: Some(time("11:30")),
        content: Some("Giao ban công tác phòng, chống dịch".to_owned()),
        contact: Some(Contact { name: "Trần Thị Lan".to_owned(), phone: "0263 3822 000".to_owned() }),
        support: Some("Kiểm tra trước âm thanh phòng họp".to_owned()),
        ..Submission::default()
    }
}

fn configuration(sites: usize) -> Configuration {
    let site = |number| Site {
        id: site_id(number).as_str().into(),
        name: format!("Điểm cầu {number}"),
        organization: "so-y-te".into(),
        admitted: true,
    };
    Configuration {
        // A bench may take days of virtual time.
        profile: Profile { overrun_s: 365 * 24 * 3600, ..Profile::default() },
        peers: vec![Peer {
            id: PEER.into(), name: "Chính phủ".to_owned(), kind: PeerKind::Government, legs: 10_000
        }],
        organizations: vec![Organization {
            mailboxes: vec!["syt@lamdong.gov.vn".to_owned()],
            ..Organization::new("so-y-te", "Sở Y tế", OrganizationKind::Department)
        }],
        sites: (0..sites).map(site).collect(),
        ..Configuration::default()
    }
}

fn site_id(number: usize) -> String {
    format!("xa-{number:03}")
}
