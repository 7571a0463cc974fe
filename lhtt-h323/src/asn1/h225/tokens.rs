//! Where a message of either kind keeps its crypto tokens: every message that travels alone has a place for them.

use super::{CryptoH323Token, H323MessageBody, RasMessage};

macro_rules! tokens {
    ($type:ident { $($with:ident)+ } without $without:pat) => {
        impl $type {
            /// Its crypto tokens.
            pub fn crypto_tokens(&self) -> &[CryptoH323Token] {
                match self {
                    $(Self::$with(body) => body.crypto_tokens.as_deref().unwrap_or_default(),)+
                    $without => &[],
                }
            }

            /// The place of its crypto tokens; none where the message has no such place.
            pub fn crypto_tokens_mut(&mut self) -> Option<&mut Option<Vec<CryptoH323Token>>> {
                match self {
                    $(Self::$with(body) => Some(&mut body.crypto_tokens),)+
                    $without => None,
                }
            }
        }
    };
}

tokens!(H323MessageBody {
    Setup CallProceeding Connect Alerting Information ReleaseComplete Facility Progress Status StatusInquiry
    SetupAcknowledge Notify
} without H323MessageBody::Empty | H323MessageBody::Unknown { .. });

tokens!(RasMessage {
    GatekeeperRequest GatekeeperConfirm GatekeeperReject RegistrationRequest RegistrationConfirm RegistrationReject
    UnregistrationRequest UnregistrationConfirm UnregistrationReject AdmissionRequest AdmissionConfirm AdmissionReject
    BandwidthRequest BandwidthConfirm BandwidthReject DisengageRequest DisengageConfirm DisengageReject LocationRequest
    LocationConfirm LocationReject InfoRequest InfoRequestResponse NonStandardMessage UnknownMessageResponse
    RequestInProgress ResourcesAvailableIndicate ResourcesAvailableConfirm InfoRequestAck InfoRequestNak
    ServiceControlIndication ServiceControlResponse
} without RasMessage::AdmissionConfirmSequence(_) | RasMessage::Unknown { .. });
