//! One call signalling message taken apart: what the call acts on, out of Q.931 elements and the H.225.0 user-user part.

use super::{alias, reason};
use crate::asn1::h225;
use crate::endpoint::command::AliasAddress;
use crate::endpoint::event::ReleaseReason;
use crate::error::Malformed;
use crate::h235::Proof;
use crate::limits;
use crate::per::{Codec as _, Marks};
use crate::q931::{Message, MessageType, id};
use bytes::Bytes;
use std::net::SocketAddr;

/// A message, in the words of the call.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) message_type: MessageType,
    pub(crate) cause: Option<u8>,
    pub(crate) call_state: Option<u8>,
    /// The h245Tunnelling flag; none where the peer does not know it.
    pub(crate) tunnelling: Option<bool>,
    /// Tunnelled H.245 messages.
    pub(crate) h245: Vec<Vec<u8>>,
    pub(crate) h245_address: Option<SocketAddr>,
    /// Fast start elements; none where there is no such list.
    pub(crate) fast_start: Option<Vec<Vec<u8>>>,
    pub(crate) fast_refused: bool,
    pub(crate) body: Body,
    /// What it carries for H.235.1; none where it has no token.
    pub(crate) signed: Option<Signed>,
}

/// A message with tokens, as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    octets: Bytes,
    marks: Marks,
    tokens: Vec<h225::CryptoH323Token>,
}

impl Signed {
    pub(crate) fn proof(&self) -> Proof<'_> {
        Proof { octets: &self.octets, marks: self.marks, tokens: &self.tokens }
    }
}

/// What only one kind of message has.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Setup(Box<SetupBody>),
    Release(Option<ReleaseReason>),
    Facility { start_h245: bool },
    Other,
}

/// What a Setup says.
#[derive(Clone, Debug)]
pub(crate) struct SetupBody {
    pub(crate) called: Vec<AliasAddress>,
    pub(crate) called_number: Option<String>,
    pub(crate) calling: Vec<AliasAddress>,
    pub(crate) calling_number: Option<String>,
    pub(crate) display: Option<String>,
    pub(crate) call_identifier: Option<[u8; 16]>,
    pub(crate) conference_id: [u8; 16],
    pub(crate) product: Option<String>,
}

impl Heard {
    /// Reads the inside of a message. Fails where its user-user element is missing though needed, or does not decode.
    pub(crate) fn of(message: &Message) -> Result<Self, Malformed> {
        let mut heard = Self {
            message_type: message.message_type,
            cause: message.cause(),
            call_state: message.element(id::CALL_STATE).and_then(crate::q931::Element::call_state),
            tunnelling: None,
            h245: Vec::new(),
            h245_address: None,
            fast_start: None,
            fast_refused: false,
            body: Body::Other,
            signed: None,
        };
        if let Some(octets) = message.user_user() {
            let octets = octets?;
            let (mut information, marks) = h225::H323UserInformation::from_per_marked(&octets)
                .map_err(|error| Malformed::Per { what: "H323-UserInformation", why: error.to_string() })?;
            let tokens = information.h323_uu_pdu.h323_message_body.crypto_tokens_mut().and_then(Option::take);
            heard.signed = tokens.map(|tokens| Signed { octets, marks, tokens });
            heard.take(information, message);
        } else if message.message_type == MessageType::ReleaseComplete {
            heard.body = Body::Release(None);
        }
        match (message.message_type, &heard.body) {
            (MessageType::Setup, Body::Setup(_)) => Ok(heard),
            (MessageType::Setup, _) => Err(Malformed::UserUser("a setup has none that says setup")),
            _ => Ok(heard),
        }
    }

    fn take(&mut self, information: h225::H323UserInformation, message: &Message) {
        let pdu = information.h323_uu_pdu;
        self.tunnelling = pdu.h245_tunnelling;
        self.h245 = pdu.h245_control.unwrap_or_default();
        self.h245.truncate(limits::TUNNELLED_MAX);
        use h225::H323MessageBody as Is;
        let progress = match pdu.h323_message_body {
            Is::Setup(setup) => return self.take_setup(*setup, message),
            Is::CallProceeding(m) => (m.h245_address, m.fast_start, m.fast_connect_refused),
            Is::Alerting(m) => (m.h245_address, m.fast_start, m.fast_connect_refused),
            Is::Progress(m) => (m.h245_address, m.fast_start, m.fast_connect_refused),
            Is::Connect(m) => (m.h245_address, m.fast_start, m.fast_connect_refused),
            Is::Facility(m) => {
                self.body = Body::Facility { start_h245: m.reason == h225::FacilityReason::StartH245 };
                (m.h245_address, m.fast_start, m.fast_connect_refused)
            }
            Is::ReleaseComplete(m) => {
                self.body = Body::Release(m.reason.as_ref().map(reason::read));
                return;
            }
            _ => return,
        };
        self.h245_address = progress.0.as_ref().and_then(alias::socket_address);
        self.take_fast_start(progress.1);
        self.fast_refused = progress.2.is_some();
    }

    fn take_setup(&mut self, setup: h225::SetupUuie, message: &Message) {
        self.h245_address = setup.h245_address.as_ref().and_then(alias::socket_address);
        self.take_fast_start(setup.fast_start);
        let aliases = |list: &Option<Vec<h225::AliasAddress>>| -> Vec<AliasAddress> {
            list.iter().flatten().take(limits::ALIASES_MAX).filter_map(alias::read).collect()
        };
        self.body = Body::Setup(Box::new(SetupBody {
            called: aliases(&setup.destination_address),
            called_number: message.called_number().map(cut),
            calling: aliases(&setup.source_address),
            calling_number: message.calling_number().map(cut),
            display: message.display().map(cut),
            call_identifier: setup.call_identifier.map(|identifier| identifier.guid),
            conference_id: setup.conference_id,
            product: setup
                .source_info
                .vendor
                .and_then(|vendor| vendor.product_id)
                .map(|name| cut(String::from_utf8_lossy(&name).trim_end_matches('\0').to_owned())),
        }));
    }

    fn take_fast_start(&mut self, list: Option<Vec<Vec<u8>>>) {
        self.fast_start = list.map(|mut list| {
            list.truncate(limits::FAST_START_MAX);
            list
        });
    }
}

/// A text no longer than we keep.
pub(super) fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(limits::TEXT_MAX));
    text
}
