//! Session descriptions and their negotiation (RFC 8866, with peers that still write RFC 4566; RFC 3264).
//!
//! [`Sdp`] keeps every line in order, so that what is read is written back unchanged; typed values ([`Origin`],
//! [`Connection`], [`Media`], [`AudioFormat`] …) are read from the lines. [`LocalAudio`] writes our own offers, and
//! [`offer_answer`] turns offers into answers and answers into an [`AudioStream`].
//!
//! ```
//! use lhtt_sip::sdp::{AudioFormat, LocalAudio, Sdp, answer, offered_audio};
//!
//! let offer = Sdp::parse(b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0\r\n")?;
//! assert_eq!(offered_audio(&offer)?.formats.len(), 2);
//! let ours = LocalAudio::new(7, 1, "198.51.100.1:5000".parse().unwrap(), vec![AudioFormat::pcmu()]);
//! let answer = answer(&offer, &ours)?;
//! assert_eq!(answer.stream.send_to(), Some("192.0.2.1:4000".parse().unwrap()));
//! assert!(answer.sdp.to_bytes().ends_with(b"m=audio 5000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n"));
//! # Ok::<(), lhtt_sip::sdp::Fault>(())
//! ```
//!
//! Leaves out: SRTP keying (crypto, fingerprint lines are kept, not understood), ICE (ditto), BUNDLE and rtcp-mux
//! (recognised, never offered or accepted), name resolution, and media other than audio, which [`answer`] always declines. [`LocalFloor`] offers and
//! answers floor control (RFC 8856), to be put in the place of a declined section with [`Sdp::with_section`].

mod attribute;
mod connection;
mod description;
mod events;
mod fault;
mod floor;
mod floor_answer;
mod format;
mod hold;
pub mod limits;
mod line;
mod local;
mod media;
pub mod offer_answer;

pub use attribute::{Direction, Fmtp, Rtcp, RtpMap};
pub use connection::{Connection, Host, Origin};
pub use description::Sdp;
pub use events::EventSet;
pub use fault::Fault;
pub use floor::{FloorMedia, FloorRoles, FloorStream, FloorTransport, Setup};
pub use floor_answer::{FloorAgreed, LocalFloor, Served};
pub use format::AudioFormat;
pub use line::{Line, Section};
pub use local::LocalAudio;
pub use media::{Media, Profile};
pub use offer_answer::{AgreedFormat, Answer, AudioStream, accept_answer, answer, offered_audio};
