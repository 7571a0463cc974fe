//! What an endpoint says, as values.

use super::address;
use lhtt_h323::asn1::h225::{self, AliasAddress, IpAddress, RasMessage, TransportAddress};
use lhtt_h323::per::Oid;
use std::net::SocketAddr;

pub const PROTOCOL: Oid = Oid::new(&[0, 0, 8, 2250, 0, 7]);

pub fn at(address: SocketAddr) -> TransportAddress {
    let SocketAddr::V4(v4) = address else { panic!("IPv4 in tests") };
    TransportAddress::IpAddress(IpAddress { ip: v4.ip().octets(), port: v4.port() })
}

pub fn alias(text: &str) -> AliasAddress {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        AliasAddress::DialledDigits(text.to_owned())
    } else {
        AliasAddress::H323Id(text.to_owned())
    }
}

/// Who says it.
#[derive(Clone, Debug)]
pub struct Who {
    pub ras: SocketAddr,
    pub signal: SocketAddr,
    pub names: Vec<String>,
    pub identifier: Option<String>,
    pub number: u16,
}

impl Who {
    /// The endpoint at 192.0.2.N.
    pub fn new(host: u8, names: &[&str]) -> Self {
        Self {
            ras: address(&format!("192.0.2.{host}:1719")),
            signal: address(&format!("192.0.2.{host}:1720")),
            names: names.iter().map(|&name| name.to_owned()).collect(),
            identifier: None,
            number: 0,
        }
    }

    pub fn next(&mut self) -> u16 {
        self.number += 1;
        self.number
    }

    fn aliases(&self) -> Option<Vec<AliasAddress>> {
        (!self.names.is_empty()).then(|| self.names.iter().map(|name| alias(name)).collect())
    }

    pub fn grq(&mut self) -> RasMessage {
        RasMessage::GatekeeperRequest(Box::new(h225::GatekeeperRequest {
            request_seq_num: self.next(),
            protocol_identifier: PROTOCOL,
            ras_address: at(self.ras),
            ..Default::default()
        }))
    }

    pub fn rrq(&mut self) -> RasMessage {
        self.rrq_with(|_| {})
    }

    pub fn rrq_with(&mut self, change: impl FnOnce(&mut h225::RegistrationRequest)) -> RasMessage {
        let mut its = h225::RegistrationRequest {
            request_seq_num: self.next(),
            protocol_identifier: PROTOCOL,
            call_signal_address: vec![at(self.signal)],
            ras_address: vec![at(self.ras)],
            terminal_alias: self.aliases(),
            keep_alive: Some(false),
            endpoint_identifier: self.identifier.clone(),
            ..Default::default()
        };
        change(&mut its);
        RasMessage::RegistrationRequest(Box::new(its))
    }

    pub fn keep_alive(&mut self) -> RasMessage {
        self.rrq_with(|its| {
            its.keep_alive = Some(true);
            its.terminal_alias = None;
        })
    }

    pub fn urq(&mut self) -> RasMessage {
        RasMessage::UnregistrationRequest(Box::new(h225::UnregistrationRequest {
            request_seq_num: self.next(),
            call_signal_address: vec![at(self.signal)],
            endpoint_identifier: self.identifier.clone(),
            ..Default::default()
        }))
    }

    pub fn arq(&mut self, call: u8, to: &str) -> RasMessage {
        self.arq_with(call, |its| its.destination_info = Some(vec![alias(to)]))
    }

    pub fn arq_with(&mut self, call: u8, change: impl FnOnce(&mut h225::AdmissionRequest)) -> RasMessage {
        let mut its = h225::AdmissionRequest {
            request_seq_num: self.next(),
            endpoint_identifier: self.identifier.clone().unwrap_or("nobody".into()),
            src_info: self.aliases().unwrap_or_default(),
            band_width: 1280,
            call_reference_value: call.into(),
            conference_id: [call; 16],
            call_identifier: Some(h225::CallIdentifier { guid: [call; 16], ..Default::default() }),
            ..Default::default()
        };
        change(&mut its);
        RasMessage::AdmissionRequest(Box::new(its))
    }

    pub fn brq(&mut self, call: u8, bandwidth: u32) -> RasMessage {
        RasMessage::BandwidthRequest(Box::new(h225::BandwidthRequest {
            request_seq_num: self.next(),
            endpoint_identifier: self.identifier.clone().unwrap_or("nobody".into()),
            conference_id: [call; 16],
            call_reference_value: call.into(),
            band_width: bandwidth,
            call_identifier: Some(h225::CallIdentifier { guid: [call; 16], ..Default::default() }),
            ..Default::default()
        }))
    }

    pub fn drq(&mut self, call: u8) -> RasMessage {
        RasMessage::DisengageRequest(Box::new(h225::DisengageRequest {
            request_seq_num: self.next(),
            endpoint_identifier: self.identifier.clone().unwrap_or("nobody".into()),
            conference_id: [call; 16],
            call_reference_value: call.into(),
            disengage_reason: h225::DisengageReason::NormalDrop,
            call_identifier: Some(h225::CallIdentifier { guid: [call; 16], ..Default::default() }),
            ..Default::default()
        }))
    }

    pub fn lrq(&mut self, to: &str, hops: Option<u8>) -> RasMessage {
        RasMessage::LocationRequest(Box::new(h225::LocationRequest {
            request_seq_num: self.next(),
            endpoint_identifier: self.identifier.clone(),
            destination_info: vec![alias(to)],
            reply_address: at(self.ras),
            hop_count: hops,
            ..Default::default()
        }))
    }

    pub fn irr(&mut self, call: Option<u8>, need_response: bool) -> RasMessage {
        let per_call = call.map(|call| {
            vec![h225::PerCallInfo {
                call_reference_value: call.into(),
                conference_id: [call; 16],
                call_identifier: Some(h225::CallIdentifier { guid: [call; 16], ..Default::default() }),
                ..Default::default()
            }]
        });
        RasMessage::InfoRequestResponse(Box::new(h225::InfoRequestResponse {
            request_seq_num: self.next(),
            endpoint_identifier: self.identifier.clone().unwrap_or("nobody".into()),
            ras_address: at(self.ras),
            call_signal_address: vec![at(self.signal)],
            per_call_info: per_call,
            need_response: Some(need_response),
            unsolicited: Some(true),
            ..Default::default()
        }))
    }
}
