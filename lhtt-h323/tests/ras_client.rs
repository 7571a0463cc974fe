//! The endpoint's side, step by step: what it says, to whom, when, and what it makes of the answers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod ras_common;

use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323::AliasAddress;
use lhtt_h323::asn1::h225::{
    self, AdmissionRejectReason, AlternateGK, DisengageReason, RasMessage, RegistrationRejectReason, UnregRequestReason,
};
use lhtt_h323::per::Codec as _;
use lhtt_h323::ras::Refusal;
use lhtt_h323::ras::client::{
    Admission, Discovery, Lost, RasCall, RasClient, RasClientConfig, RasClientEvent, TerminalKind,
};
use ras_common::say::{PROTOCOL, alias, at};
use ras_common::{address, name};
use std::collections::VecDeque;
use std::net::SocketAddr;

const SOCKET: ListenerId = ListenerId(3);

/// A client, and the gatekeeper at 192.0.2.1 as the test plays it.
struct Script {
    now: Instant,
    client: RasClient,
    said: VecDeque<(SocketAddr, RasMessage)>,
    events: VecDeque<RasClientEvent>,
}

fn gatekeeper() -> SocketAddr {
    address("192.0.2.1:1719")
}

fn config() -> RasClientConfig {
    let mut config = RasClientConfig::new(SOCKET, address("192.0.2.9:1719"), address("192.0.2.9:1720"), gatekeeper());
    config.aliases = vec![AliasAddress::of("600")];
    config
}

impl Script {
    fn new(config: RasClientConfig) -> Self {
        let client = RasClient::new(config, Rng::from_number(3));
        Self { now: Instant::from_millis(1000), client, said: VecDeque::new(), events: VecDeque::new() }
    }

    /// Registered with the gatekeeper for 60 s.
    fn registered() -> Self {
        let mut script = Self::new(config());
        script.client.register(script.now);
        script.confirm_discovery();
        script.confirm_registration(Some(60), |_| {});
        assert!(matches!(script.event(), RasClientEvent::Registered { .. }));
        script
    }

    fn settle(&mut self) {
        while let Some(output) = self.client.poll_output() {
            let Output::Transmit { listener: SOCKET, remote, data } = output else { panic!("{output:?}") };
            self.said.push_back((remote, RasMessage::from_per(&data).unwrap()));
        }
        while let Some(event) = self.client.poll_event() {
            self.events.push_back(event);
        }
    }

    fn next(&mut self) -> (SocketAddr, RasMessage) {
        self.settle();
        self.said.pop_front().expect("it says something")
    }

    fn event(&mut self) -> RasClientEvent {
        self.settle();
        self.events.pop_front().expect("it tells something")
    }

    fn silent(&mut self) {
        self.settle();
        assert!(self.said.is_empty(), "{:?}", self.said);
    }

    fn hear_from(&mut self, from: SocketAddr, message: &RasMessage) {
        self.hear_octets(from, message.to_per().unwrap().into());
    }

    fn hear_octets(&mut self, remote: SocketAddr, data: Bytes) {
        self.client.handle_input(self.now, Input::Datagram { listener: SOCKET, remote, data });
    }

    fn hear(&mut self, message: &RasMessage) {
        self.hear_from(gatekeeper(), message);
    }

    fn wait(&mut self, millis: u64) {
        let until = self.now + Duration::from_millis(millis);
        while let Some(deadline) = self.client.poll_timeout().filter(|deadline| *deadline <= until) {
            self.now = self.now.max(deadline);
            self.client.handle_input(self.now, Input::Timeout);
        }
        self.now = until;
    }

    fn confirm_discovery(&mut self) {
        let (to, RasMessage::GatekeeperRequest(grq)) = self.next() else { panic!("no GRQ") };
        let gcf = h225::GatekeeperConfirm {
            request_seq_num: grq.request_seq_num,
            protocol_identifier: PROTOCOL,
            gatekeeper_identifier: Some("zone".into()),
            ras_address: at(gatekeeper()),
            ..Default::default()
        };
        let from = if to.ip().is_multicast() { gatekeeper() } else { to };
        self.hear_from(from, &RasMessage::GatekeeperConfirm(Box::new(gcf)));
    }

    fn confirm_registration(&mut self, seconds: Option<u32>, change: impl FnOnce(&mut h225::RegistrationConfirm)) {
        let (to, RasMessage::RegistrationRequest(rrq)) = self.next() else { panic!("no RRQ") };
        let mut rcf = h225::RegistrationConfirm {
            request_seq_num: rrq.request_seq_num,
            protocol_identifier: PROTOCOL,
            endpoint_identifier: "ep-1".into(),
            time_to_live: seconds,
            ..Default::default()
        };
        change(&mut rcf);
        self.hear_from(to, &RasMessage::RegistrationConfirm(Box::new(rcf)));
    }

    fn refuse_registration(&mut self, reason: RegistrationRejectReason) {
        let (to, RasMessage::RegistrationRequest(rrq)) = self.next() else { panic!("no RRQ") };
        let rrj = h225::RegistrationReject {
            request_seq_num: rrq.request_seq_num,
            protocol_identifier: PROTOCOL,
            reject_reason: reason,
            ..Default::default()
        };
        self.hear_from(to, &RasMessage::RegistrationReject(Box::new(rrj)));
    }

    /// An admitted call.
    fn call(&mut self, number: u8) -> RasCall {
        let admission = admission(number);
        self.client.admit(self.now, admission.clone()).unwrap();
        let (_, RasMessage::AdmissionRequest(arq)) = self.next() else { panic!("no ARQ") };
        let acf = h225::AdmissionConfirm {
            request_seq_num: arq.request_seq_num,
            band_width: 1000,
            dest_call_signal_address: at(address("192.0.2.50:1720")),
            ..Default::default()
        };
        self.hear(&RasMessage::AdmissionConfirm(Box::new(acf)));
        assert!(matches!(self.event(), RasClientEvent::Admitted { bandwidth: 1000, .. }));
        admission.call
    }
}

fn admission(number: u8) -> Admission {
    Admission {
        call: RasCall { call: [number; 16], answering: false },
        conference: [number; 16],
        reference: number.into(),
        called: vec![AliasAddress::of("601")],
        address: None,
        calling: Vec::new(),
        bandwidth: 1280,
    }
}

fn drq(number: u16, call: u8) -> RasMessage {
    RasMessage::DisengageRequest(Box::new(h225::DisengageRequest {
        request_seq_num: number,
        endpoint_identifier: "ep-1".into(),
        conference_id: [call; 16],
        call_reference_value: call.into(),
        disengage_reason: DisengageReason::ForcedDrop,
        call_identifier: Some(h225::CallIdentifier { guid: [call; 16], ..Default::default() }),
        answered_call: Some(false),
        ..Default::default()
    }))
}

fn urq(number: u16, reason: UnregRequestReason) -> RasMessage {
    RasMessage::UnregistrationRequest(Box::new(h225::UnregistrationRequest {
        request_seq_num: number,
        call_signal_address: vec![at(address("192.0.2.9:1720"))],
        endpoint_identifier: Some("ep-1".into()),
        reason: Some(reason),
        ..Default::default()
    }))
}

#[test]
fn what_a_registration_says() {
    let mut its = config();
    (its.kind, its.time_to_live) = (TerminalKind::Mcu, Some(Duration::from_secs(90)));
    its.discovery = Discovery::Multicast;
    let mut script = Script::new(its);
    script.client.register(script.now);
    script.settle();
    assert_eq!(script.said[0].0, address("224.0.1.41:1718"));
    script.confirm_discovery();
    let (to, RasMessage::RegistrationRequest(rrq)) = script.next() else { panic!("no RRQ") };
    assert_eq!(to, gatekeeper());
    assert_eq!((rrq.keep_alive, rrq.time_to_live, rrq.discovery_complete), (Some(false), Some(90), true));
    assert_eq!(rrq.terminal_alias, Some(vec![alias("600")]));
    assert_eq!(rrq.gatekeeper_identifier.as_deref(), Some("zone"));
    assert!(rrq.terminal_type.mcu.is_some() && rrq.terminal_type.terminal.is_none());
}

#[test]
fn keep_alives_come_in_time_and_leave_out_what_has_not_changed() {
    let mut script = Script::registered();
    for _ in 0..5 {
        script.wait(29_900);
        script.silent();
        script.wait(200);
        script.settle();
        let (_, RasMessage::RegistrationRequest(rrq)) = &script.said[0] else { panic!("no RRQ") };
        assert_eq!((rrq.keep_alive, rrq.endpoint_identifier.as_deref()), (Some(true), Some("ep-1")));
        assert_eq!(rrq.terminal_alias, None);
        script.confirm_registration(None, |_| {});
    }
    script.settle();
    assert!(script.events.is_empty() && script.client.is_registered());
}

#[test]
fn requests_are_sent_again_with_back_off_and_then_given_up() {
    let mut script = Script::registered();
    script.client.admit(script.now, admission(1)).unwrap();
    let began = script.now;
    let mut at_millis = Vec::new();
    while script.events.is_empty() {
        script.settle();
        at_millis.extend(script.said.drain(..).map(|_| (script.now - began).as_millis()));
        script.wait(500);
        script.settle();
    }
    assert_eq!(at_millis, [0, 3000, 9000]);
    assert_eq!(script.event(), RasClientEvent::NotAdmitted { call: admission(1).call, why: None });
    assert!(script.now - began <= Duration::from_millis(21_500));
}

#[test]
fn rip_puts_the_retransmission_off() {
    let mut script = Script::registered();
    script.client.admit(script.now, admission(1)).unwrap();
    let (_, RasMessage::AdmissionRequest(arq)) = script.next() else { panic!("no ARQ") };
    let rip = h225::RequestInProgress { request_seq_num: arq.request_seq_num, delay: 8000, ..Default::default() };
    script.hear(&RasMessage::RequestInProgress(Box::new(rip)));
    script.wait(7_900);
    script.silent();
    script.wait(200);
    assert_eq!(name(&script.next().1), "AdmissionRequest");
}

#[test]
fn a_silent_gatekeeper_is_left_for_its_alternate() {
    let mut script = Script::new(config());
    script.client.register(script.now);
    script.confirm_discovery();
    script.confirm_registration(Some(60), |rcf| {
        let to = |text, priority| AlternateGK { ras_address: at(address(text)), priority, ..Default::default() };
        // The first is GnuGk's way to name none.
        rcf.alternate_gatekeeper = Some(vec![to("0.0.0.0:0", 0), to("192.0.2.3:1719", 9), to("192.0.2.2:1719", 1)]);
    });
    script.event();
    script.wait(30_000 + 21_000);
    script.settle();
    assert_eq!(script.events.pop_front(), Some(RasClientEvent::Unregistered { why: Lost::Silent }));
    let last = script.said.pop_back().unwrap();
    assert_eq!((last.0, name(&last.1).as_str()), (address("192.0.2.2:1719"), "RegistrationRequest"));
    script.said.clear();
    script.wait(21_100);
    script.settle();
    let last = script.said.pop_back().unwrap();
    assert_eq!(last.0, address("192.0.2.3:1719"), "then the next one");
    script.said.clear();
    script.said.push_back(last);
    script.confirm_registration(Some(60), |_| {});
    assert!(matches!(script.event(), RasClientEvent::Registered { .. }));
    assert_eq!(script.client.gatekeeper(), Some(address("192.0.2.3:1719")));
}

#[test]
fn an_alias_that_is_taken_is_not_stormed() {
    let mut script = Script::new(config());
    script.client.register(script.now);
    let (mut tries, began) = (0, script.now);
    while script.now - began < Duration::from_secs(3600) {
        script.settle();
        while let Some((to, message)) = script.said.pop_front() {
            script.said.push_front((to, message.clone()));
            match message {
                RasMessage::GatekeeperRequest(_) => script.confirm_discovery(),
                _ => {
                    tries += 1;
                    script.refuse_registration(RegistrationRejectReason::DuplicateAlias(vec![alias("600")]));
                }
            }
            script.settle();
        }
        let due = script.client.poll_timeout().unwrap() - script.now;
        script.wait(due.as_millis() as u64 + 1);
    }
    assert!((10..=20).contains(&tries), "{tries} tries in an hour");
    let RasClientEvent::Refused { why, taken, .. } = script.event() else { panic!("refused") };
    assert_eq!((why, taken), (Some(Refusal::DuplicateAlias), vec![AliasAddress::of("600")]));
    script.client.unregister(script.now);
    script.settle();
    script.events.clear();
    assert!(script.client.is_quiescent());
}

#[test]
fn a_gatekeeper_that_forgot_gets_a_full_registration() {
    let mut script = Script::registered();
    script.wait(31_000);
    script.refuse_registration(RegistrationRejectReason::FullRegistrationRequired);
    assert_eq!(script.event(), RasClientEvent::Unregistered { why: Lost::Forgotten });
    let (_, RasMessage::RegistrationRequest(rrq)) = script.next() else { panic!("no RRQ") };
    assert_eq!(
        (rrq.keep_alive, rrq.endpoint_identifier, rrq.terminal_alias),
        (Some(false), None, Some(vec![alias("600")]))
    );
}

#[test]
fn a_registration_without_an_end_is_looked_at_when_a_call_is_refused_for_want_of_it() {
    let mut script = Script::new(config());
    script.client.register(script.now);
    script.confirm_discovery();
    script.confirm_registration(None, |_| {});
    script.event();
    assert_eq!(script.client.poll_timeout(), None, "no keep-alive is due");
    script.client.admit(script.now, admission(1)).unwrap();
    let (_, RasMessage::AdmissionRequest(arq)) = script.next() else { panic!("no ARQ") };
    let (number, reject_reason) = (arq.request_seq_num, AdmissionRejectReason::CallerNotRegistered);
    let arj = h225::AdmissionReject { request_seq_num: number, reject_reason, ..Default::default() };
    script.hear(&RasMessage::AdmissionReject(Box::new(arj)));
    script.refuse_registration(RegistrationRejectReason::FullRegistrationRequired);
    script.confirm_registration(None, |_| {});
    script.settle();
    assert!(script.client.is_registered());
}

#[test]
fn a_late_keep_alive_says_nothing_about_the_next_registration() {
    let mut script = Script::registered();
    script.wait(30_500);
    let (to, RasMessage::RegistrationRequest(late)) = script.next() else { panic!("no RRQ") };
    script.hear(&urq(7, UnregRequestReason::ReregistrationRequired));
    assert_eq!(name(&script.next().1), "UnregistrationConfirm");
    script.confirm_registration(Some(60), |_| {});
    let rrj = h225::RegistrationReject {
        request_seq_num: late.request_seq_num,
        protocol_identifier: PROTOCOL,
        reject_reason: RegistrationRejectReason::FullRegistrationRequired,
        ..Default::default()
    };
    script.hear_from(to, &RasMessage::RegistrationReject(Box::new(rrj)));
    script.silent();
    script.wait(29_000);
    script.silent();
    assert!(script.client.is_registered());
}

#[test]
fn one_that_always_asks_for_a_full_registration_is_not_stormed() {
    let mut script = Script::new(config());
    script.client.resume(script.now, "ep-0");
    let mut rounds = 0;
    loop {
        script.settle();
        if !matches!(script.said.front(), Some((_, RasMessage::RegistrationRequest(_)))) {
            break;
        }
        rounds += 1;
        script.refuse_registration(RegistrationRejectReason::FullRegistrationRequired);
    }
    assert!(rounds <= 5, "{rounds} at once");
    assert!(script.client.poll_timeout().unwrap() - script.now >= Duration::from_secs(2));
}

#[test]
fn its_gatekeeper_throws_it_out_and_it_comes_back() {
    let mut script = Script::registered();
    script.hear_from(address("198.51.100.66:1719"), &urq(7, UnregRequestReason::Maintenance));
    script.silent();
    assert!(script.client.is_registered(), "a stranger's URQ is passed over");
    script.wait(12_000);
    script.hear(&urq(7, UnregRequestReason::Maintenance));
    assert_eq!(name(&script.next().1), "UnregistrationConfirm");
    let lost = Lost::Gatekeeper(UnregRequestReason::Maintenance);
    assert_eq!(script.event(), RasClientEvent::Unregistered { why: lost });
    script.confirm_registration(Some(60), |_| {});
    assert!(matches!(script.event(), RasClientEvent::Registered { .. }));
    script.hear(&urq(8, UnregRequestReason::Maintenance));
    assert_eq!(name(&script.next().1), "UnregistrationConfirm");
    script.silent();
    assert!(
        script.client.poll_timeout().unwrap() - script.now >= Duration::from_secs(5),
        "thrown out at once: it waits"
    );
}

#[test]
fn a_dropped_call_is_told_once_and_confirmed_each_time() {
    let mut script = Script::registered();
    let call = script.call(1);
    script.hear_from(address("198.51.100.66:1719"), &drq(9, 1));
    script.silent();
    for _ in 0..3 {
        script.hear(&drq(9, 1));
        assert_eq!(name(&script.next().1), "DisengageConfirm");
    }
    assert_eq!(script.event(), RasClientEvent::Drop { call });
    assert!(script.events.is_empty());
    assert_eq!(script.client.calls(), 0);
}

#[test]
fn status_is_told_of_the_calls_that_are_asked_for() {
    let mut script = Script::registered();
    script.call(1);
    script.call(2);
    let irq = |number, reference, call: Option<u8>| {
        RasMessage::InfoRequest(Box::new(h225::InfoRequest {
            request_seq_num: number,
            call_reference_value: reference,
            call_identifier: call.map(|call| h225::CallIdentifier { guid: [call; 16], ..Default::default() }),
            ..Default::default()
        }))
    };
    for (number, reference, call, calls) in [(1, 0, None, 2), (2, 2, Some(2), 1), (3, 1, None, 1), (4, 9, Some(9), 0)] {
        script.hear(&irq(number, reference, call));
        let (_, RasMessage::InfoRequestResponse(irr)) = script.next() else { panic!("no IRR") };
        assert_eq!(irr.per_call_info.map_or(0, |its| its.len()), calls);
        let invalid = irr.irr_status == Some(h225::InfoRequestResponseStatus::InvalidCall);
        assert_eq!((irr.request_seq_num, invalid), (number, calls == 0));
    }
    script.hear_from(address("198.51.100.66:1719"), &irq(9, 0, None));
    script.silent();
}

#[test]
fn reports_are_sent_as_often_as_the_gatekeeper_said() {
    let mut script = Script::registered();
    script.client.admit(script.now, admission(1)).unwrap();
    let (_, RasMessage::AdmissionRequest(arq)) = script.next() else { panic!("no ARQ") };
    script.hear(&RasMessage::AdmissionConfirm(Box::new(h225::AdmissionConfirm {
        request_seq_num: arq.request_seq_num,
        band_width: 5000,
        dest_call_signal_address: at(address("192.0.2.50:1720")),
        irr_frequency: Some(7),
        ..Default::default()
    })));
    assert!(matches!(script.event(), RasClientEvent::Admitted { bandwidth: 1280, .. }), "not more than it asked for");
    script.wait(21_500);
    script.settle();
    let reports = script.said.iter().filter(|(_, its)| name(its) == "InfoRequestResponse");
    assert_eq!(reports.count(), 3);
}

#[test]
fn every_reason_of_arj_reaches_the_owner() {
    let mut script = Script::registered();
    let mut seen = std::collections::BTreeSet::new();
    let reasons = Refusal::ALL.iter().map(|its| format!("{its:?}")).collect::<Vec<_>>();
    for reason in [
        AdmissionRejectReason::CalledPartyNotRegistered,
        AdmissionRejectReason::InvalidPermission,
        AdmissionRejectReason::RequestDenied,
        AdmissionRejectReason::ResourceUnavailable,
        AdmissionRejectReason::ExceedsCallCapacity,
        AdmissionRejectReason::IncompleteAddress,
        AdmissionRejectReason::SecurityDenial,
        AdmissionRejectReason::RouteCallToScn(vec![]),
        AdmissionRejectReason::Unknown { index: 40, octets: vec![0] },
    ] {
        script.client.admit(script.now, admission(1)).unwrap();
        let (_, RasMessage::AdmissionRequest(arq)) = script.next() else { panic!("no ARQ") };
        let number = arq.request_seq_num;
        let arj = h225::AdmissionReject { request_seq_num: number, reject_reason: reason, ..Default::default() };
        script.hear(&RasMessage::AdmissionReject(Box::new(arj)));
        let RasClientEvent::NotAdmitted { why: Some(why), .. } = script.event() else { panic!("not admitted") };
        assert!(reasons.contains(&format!("{why:?}")) && seen.insert(why), "{why:?} stands for one reason");
    }
    assert!(seen.contains(&Refusal::Undefined), "a reason of later times is none that we know");
}

#[test]
fn strangers_and_guesses_change_nothing() {
    let mut script = Script::registered();
    let call = script.call(1);
    script.client.disengage(script.now, call).unwrap();
    let (_, RasMessage::DisengageRequest(request)) = script.next() else { panic!("no DRQ") };
    let number = request.request_seq_num;
    let dcf = RasMessage::DisengageConfirm(Box::new(h225::DisengageConfirm {
        request_seq_num: number,
        ..Default::default()
    }));
    script.hear_from(address("198.51.100.66:1719"), &dcf);
    let ucf = h225::UnregistrationConfirm { request_seq_num: number, ..Default::default() };
    script.hear(&RasMessage::UnregistrationConfirm(Box::new(ucf)));
    script.settle();
    assert!(script.events.is_empty() && script.client.calls() == 1);
    script.hear(&dcf);
    assert_eq!(script.event(), RasClientEvent::Disengaged { call });
    for octets in [&b""[..], &[0xff; 40], &[0x0e; 3], &[0; 1400]] {
        script.hear_octets(address("198.51.100.66:1719"), Bytes::copy_from_slice(octets));
        script.silent();
    }
    assert!(script.client.is_registered());
}

#[test]
fn other_names_are_registered_at_once_and_leaving_ends_empty() {
    let mut script = Script::registered();
    script.client.set_aliases(script.now, vec![AliasAddress::of("602")]);
    script.confirm_registration(Some(60), |rcf| rcf.terminal_alias = Some(vec![alias("602")]));
    let RasClientEvent::Registered { aliases, .. } = script.event() else { panic!("registered") };
    assert_eq!(aliases, vec![AliasAddress::of("602")]);
    script.client.unregister(script.now);
    let (_, RasMessage::UnregistrationRequest(urq)) = script.next() else { panic!("no URQ") };
    let ucf = h225::UnregistrationConfirm { request_seq_num: urq.request_seq_num, ..Default::default() };
    script.hear(&RasMessage::UnregistrationConfirm(Box::new(ucf)));
    assert_eq!(script.event(), RasClientEvent::Unregistered { why: Lost::Left });
    script.wait(20_000);
    assert!(script.client.is_quiescent(), "{:?}", script.client);
}

#[test]
fn a_pregranted_call_is_admitted_at_once_and_others_are_asked_for() {
    let mut script = Script::new(config());
    script.client.register(script.now);
    script.confirm_discovery();
    script.confirm_registration(Some(60), |rcf| {
        rcf.call_signal_address = vec![at(address("192.0.2.1:1720"))];
        rcf.pre_granted_arq = Some(h225::PreGrantedArq {
            make_call: true,
            use_gk_call_signal_address_to_make_call: true,
            ..Default::default()
        });
    });
    script.event();
    script.client.admit(script.now, admission(1)).unwrap();
    let to = Some(address("192.0.2.1:1720"));
    let call = admission(1).call;
    assert_eq!(script.event(), RasClientEvent::Admitted { call, to, routed: true, bandwidth: 1280 });
    script.silent();
    let answering = RasCall { call: [2; 16], answering: true };
    script.client.admit(script.now, Admission { call: answering, ..admission(2) }).unwrap();
    let (_, RasMessage::AdmissionRequest(arq)) = script.next() else { panic!("no ARQ") };
    assert!(arq.answer_call);
}

#[test]
fn service_control_manufacturers_and_unknown_messages_of_the_gatekeeper() {
    let mut script = Script::registered();
    let sci = h225::ServiceControlIndication {
        request_seq_num: 1,
        service_control: vec![h225::ServiceControlSession::default()],
        ..Default::default()
    };
    script.hear(&RasMessage::ServiceControlIndication(Box::new(sci)));
    assert_eq!(name(&script.next().1), "ServiceControlResponse");
    assert!(matches!(script.event(), RasClientEvent::ServiceControl { sessions, .. } if sessions.len() == 1));
    let nsm = h225::NonStandardMessage { request_seq_num: 2, ..Default::default() };
    let mut nsm = RasMessage::NonStandardMessage(Box::new(nsm));
    if let RasMessage::NonStandardMessage(its) = &mut nsm {
        its.non_standard_data.non_standard_identifier = h225::NonStandardIdentifier::Object(PROTOCOL);
    }
    script.hear(&nsm);
    assert!(matches!(script.event(), RasClientEvent::NonStandard { .. }));
    script.silent();
    script.hear(&RasMessage::Unknown { index: 40, octets: vec![1, 0] });
    assert_eq!(name(&script.next().1), "UnknownMessageResponse");
    script.client.resources(script.now, true).unwrap();
    let (_, RasMessage::ResourcesAvailableIndicate(rai)) = script.next() else { panic!("no RAI") };
    assert!(rai.almost_out_of_resources);
    let rac = h225::ResourcesAvailableConfirm {
        request_seq_num: rai.request_seq_num,
        protocol_identifier: PROTOCOL,
        ..Default::default()
    };
    script.hear(&RasMessage::ResourcesAvailableConfirm(Box::new(rac)));
    script.wait(29_000);
    script.silent();
}
