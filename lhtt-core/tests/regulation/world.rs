//! A small province to ask questions in.

use lhtt_core::registry::{Body, Configuration, Office, Organization, OrganizationKind, Peer, PeerKind, Site, Tier};
use lhtt_core::request::{Accept, Actor, Called, End, Join, Leave, LeaveReason, Party, Role};
use lhtt_core::submission::{Contact, Invitee, Member, Path, Receipt, Submission, Urgency};
use lhtt_core::time::Wall;
use lhtt_core::{Decision, JoinId, Moment, Registry, Request, SessionId, decide};

/// A registry, and every decision applied to it as it is made.
pub(crate) struct World {
    pub(crate) registry: Registry,
    pub(crate) configuration: Configuration,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The province with another configuration.
    pub(crate) fn with(change: impl FnOnce(&mut Configuration)) -> Self {
        let mut configuration = configuration();
        change(&mut configuration);
        let mut world = Self { registry: Registry::default(), configuration: configuration.clone() };
        let decision = world.ask(Request::Configure(Box::new(configuration)), "2023-06-06T08:00");
        assert!(decision.is_permit(), "{}", decision.render_en());
        world
    }

    /// Decides at a time of +07:00 (`2023-06-14T08:00:01`), and applies.
    pub(crate) fn ask(&mut self, request: Request, at: &str) -> Decision {
        self.ask_by(request, wall(at))
    }

    pub(crate) fn ask_by(&mut self, request: Request, at: Wall) -> Decision {
        let decision = decide(&self.registry, &request, at);
        assert!(grounded(&decision), "{request:?}");
        self.registry.apply_all(&decision.changes).expect("a decision never contradicts the facts it was made from");
        decision
    }

    /// Registers and accepts the usual session under number 1001.
    pub(crate) fn session(&mut self) -> SessionId {
        self.session_of(submission(), "1001")
    }

    pub(crate) fn session_of(&mut self, submission: Submission, alias: &str) -> SessionId {
        let submitted = self.ask(Request::Submit(Box::new(submission)), "2023-06-13T08:00");
        assert!(submitted.is_permit(), "{}", submitted.render_en());
        let accepted = self.ask(self.accept(alias), "2023-06-13T09:00");
        assert!(accepted.is_permit(), "{}", accepted.render_en());
        self.registry.sessions().next_back().unwrap().id
    }

    /// Acceptance of the last registration.
    pub(crate) fn accept(&self, alias: &str) -> Request {
        let registration = self.registry.registrations().next_back().expect("a registration").id;
        Request::Accept(Accept { registration, actor: operator(), alias: alias.to_owned(), room: None })
    }

    /// Lets a site control the sessions it chairs: a grant, and a room that meets its conditions.
    pub(crate) fn may_control(&mut self, site: &str) {
        let authority = serde_json::json!({"name": "Nguyễn Thị Bình", "role": "managing_authority"});
        let grant = serde_json::json!({"site": site, "from": "2023-06-06T00:00:00+07:00", "by": authority});
        let mut acts = vec![serde_json::json!({"floor": {"grant_control": {"id": site, "grant": grant}}})];
        acts.extend(["k1", "k2", "k3", "k4", "k5"].map(|condition| {
            serde_json::json!({"estate": {"check_room": {
                "site": site, "condition": condition, "result": "pass", "assessed_by": "Lê Văn An", "date": "2023-06-06",
                "evidence": "Biên bản 1", "actor": authority,
            }}})
        }));
        for act in acts {
            let decision = self.ask(serde_json::from_value(act).expect("a request"), "2023-06-06T09:00");
            assert!(decision.is_permit(), "{}", decision.render_en());
        }
    }

    pub(crate) fn call(&mut self, join: u64, party: Party, at: &str) -> Decision {
        self.ask(call(join, party, "1001"), at)
    }
}

pub(crate) fn call(join: u64, party: Party, alias: &str) -> Request {
    Request::Join(Join::new(JoinId(join), party, Called::Alias(alias.to_owned())))
}

pub(crate) fn dial(join: u64, calling: Option<&str>, to: Party) -> Request {
    let called = Called::DialOut { calling: calling.map(str::to_owned), to };
    Request::Join(Join::new(JoinId(join), Party::Mcu, called))
}

pub(crate) fn leave(join: u64) -> Request {
    Request::Leave(Leave { join: JoinId(join), reason: LeaveReason::new("hang_up") })
}

pub(crate) fn end(session: SessionId) -> Request {
    Request::End(End { session, actor: operator() })
}

/// What a decision comes to, in one line: `Deny 11.2/registered: Điều 11 khoản 2; … [A-01]`.
///
/// What a permit stands on is left out; the cases check it.
pub(crate) fn summary(decision: &Decision) -> String {
    if decision.is_permit() && decision.findings.is_empty() {
        return "Permit".to_owned();
    }
    let rules: Vec<_> = decision.findings.iter().map(|finding| finding.rule.as_ref()).collect();
    let citations: Vec<_> = decision.citations().iter().map(lhtt_core::Citation::key).collect();
    let readings: Vec<_> = decision.interpretations.iter().map(ToString::to_string).collect();
    let mut text = format!("{:?}", decision.outcome);
    for (before, part, after) in
        [(" ", rules.join(" "), ""), (": ", citations.join("; "), ""), (" [", readings.join(" "), "]")]
    {
        if !part.is_empty() {
            text.push_str(&format!("{before}{part}{after}"));
        }
    }
    text
}

/// Every permit says what it stands on, and every refusal by which finding; the clock may be why.
pub(crate) fn grounded(decision: &Decision) -> bool {
    if decision.is_permit() { !decision.basis.is_empty() } else { !decision.citations().is_empty() }
}

pub(crate) fn at(text: &str) -> Moment {
    let seconds = if text.len() == "2023-06-14T08:00".len() { ":00" } else { "" };
    let offset = if text.ends_with('Z') { "" } else { "+07:00" };
    Moment::parse(&format!("{text}{seconds}{offset}")).unwrap()
}

pub(crate) fn wall(text: &str) -> Wall {
    Wall::trusted(at(text).unix_millis())
}

pub(crate) fn untrusted(text: &str) -> Wall {
    Wall { trusted: false, ..wall(text) }
}

pub(crate) fn operator() -> Actor {
    Actor::new("Nguyễn Văn Trực", Role::TechnicalOperator)
}

pub(crate) fn actor(name: &str, role: Role) -> Actor {
    Actor::new(name, role)
}

pub(crate) fn receipt(received: &str, role: Role) -> Receipt {
    let mail_id = "<20230614@lamdong.gov.vn>".to_owned();
    Receipt { received_at: at(received), mail_id, stated_by: actor("Nguyễn Văn Trực", role) }
}

/// A registration with every item: Sở Y tế, 2023-06-15 from 08:00 to 10:00.
pub(crate) fn submission() -> Submission {
    Submission {
        sent_from: "syt@lamdong.gov.vn".to_owned(),
        sent_to: "kythuat@lamdong.gov.vn".to_owned(),
        agency: Some("so-y-te".into()),
        chair_site: Some("so-y-te".into()),
        members: vec![site("da-lat"), site("duc-trong"), peer("chinh-phu")],
        start: Some(at("2023-06-15T08:00")),
        end: Some(at("2023-06-15T10:00")),
        content: Some("Giao ban công tác phòng dịch".to_owned()),
        contact: Some(Contact { name: "Trần Thị Lan".to_owned(), phone: "0263 3822 000".to_owned() }),
        ..Submission::default()
    }
}

/// A notification with every item: Văn phòng UBND tỉnh for UBND tỉnh.
pub(crate) fn notification() -> Submission {
    Submission {
        path: Path::Notify,
        sender: Some("vp-ubnd-tinh".into()),
        agency: Some("ubnd-tinh".into()),
        chair_site: Some("ubnd-tinh".into()),
        place: Some("Phòng họp số 1, Trung tâm hành chính tỉnh".to_owned()),
        sent_from: String::new(),
        sent_to: String::new(),
        content: None,
        contact: None,
        ..submission()
    }
}

pub(crate) fn urgent(reason: &str) -> Submission {
    Submission { urgency: Urgency::Urgent(reason.to_owned()), ..submission() }
}

pub(crate) fn site(id: &str) -> Invitee {
    Invitee { member: Member::Site(id.into()), legs: None }
}

pub(crate) fn peer(id: &str) -> Invitee {
    Invitee { member: Member::Peer(id.into()), legs: None }
}

pub(crate) fn at_site(id: &str) -> Party {
    Party::Site(id.into())
}

pub(crate) fn at_peer(id: &str) -> Party {
    Party::Peer(id.into())
}

fn configuration() -> Configuration {
    let body = OrganizationKind::Body;
    let office = OrganizationKind::Office;
    Configuration {
        peers: vec![
            system("quoc-hoi", "Hệ thống Quốc hội", PeerKind::NationalAssembly),
            system("chinh-phu", "Hệ thống Chính phủ", PeerKind::Government),
            system("tinh-uy", "Hệ thống Tỉnh ủy", PeerKind::PartyCommittee),
            system("vnpt", "Hệ thống VNPT", PeerKind::Carrier("VNPT".to_owned())),
        ],
        organizations: vec![
            agency("tinh-uy", "Tỉnh ủy", body(Body::PartyCommittee), &[]),
            agency("hdnd-tinh", "Hội đồng nhân dân tỉnh", body(Body::PeoplesCouncil), &[]),
            agency("doan-dbqh", "Đoàn Đại biểu Quốc hội tỉnh", body(Body::NationalAssemblyDelegation), &[]),
            agency("ubnd-tinh", "UBND tỉnh", body(Body::PeoplesCommittee), &[]),
            agency("vp-tinh-uy", "Văn phòng Tỉnh ủy", office(Office::OfPartyCommittee), &[]),
            agency("vp-doan-dbqh-hdnd", "Văn phòng Đoàn ĐBQH và HĐND", office(Office::OfDelegationAndCouncil), &[]),
            agency("vp-ubnd-tinh", "Văn phòng UBND tỉnh", office(Office::OfPeoplesCommittee), &["vp@lamdong.gov.vn"]),
            agency("so-y-te", "Sở Y tế", OrganizationKind::Other, &["syt@lamdong.gov.vn"]),
            agency("so-noi-vu", "Sở Nội vụ", OrganizationKind::Other, &["snv@lamdong.gov.vn"]),
            Organization {
                tier: Some(Tier::DistrictAndAffiliated),
                ..agency("ubnd-da-lat", "UBND thành phố Đà Lạt", OrganizationKind::Other, &["dalat@lamdong.gov.vn"])
            },
        ],
        sites: vec![
            room("ubnd-tinh", "ubnd-tinh", true),
            room("so-y-te", "so-y-te", true),
            room("so-noi-vu", "so-noi-vu", true),
            room("da-lat", "ubnd-da-lat", true),
            room("duc-trong", "ubnd-da-lat", true),
            room("bao-loc", "ubnd-da-lat", true),
            room("don-duong", "ubnd-da-lat", false),
        ],
        ..Configuration::default()
    }
}

fn system(id: &str, name: &str, kind: PeerKind) -> Peer {
    Peer { id: id.into(), name: name.to_owned(), kind, legs: 1 }
}

fn agency(id: &str, name: &str, kind: OrganizationKind, mailboxes: &[&str]) -> Organization {
    let mailboxes = mailboxes.iter().map(ToString::to_string).collect();
    Organization { mailboxes, tier: kind.tier().or(Some(Tier::Province)), ..Organization::new(id, name, kind) }
}

fn room(id: &str, organization: &str, admitted: bool) -> Site {
    Site { id: id.into(), name: format!("Điểm cầu {id}"), organization: organization.into(), admitted }
}
