//! What a BFCP peer may cost us, and what happens at each bound. Far above what a conference of a province needs: two or three floors,
//! some dozens of users.

/// Octets of a message with its header, whole or put together from fragments. A longer one is answered Incorrect Message Length and
/// never held. All requests of a conference about one floor fit.
pub const MESSAGE_BYTES_MAX: usize = 32_768;

/// Attributes of a message, those in groups counted. Beyond it the message is Unable to Parse.
pub const ATTRIBUTES_MAX: usize = 2_048;

/// How deep groups stand in groups: the standard needs two (RFC 8855 5.2.15). Beyond it the message is Unable to Parse.
pub const GROUP_DEPTH_MAX: usize = 4;

/// Octets of a datagram of ours: below the path MTU of 1,280 that IPv6 promises, less its headers and a DTLS record's. A longer message
/// goes out in fragments.
pub const DATAGRAM_BYTES_MAX: usize = 1_200;

/// Peers whose fragments are held at one time. Beyond it the oldest one's are dropped: its sender repeats the message.
pub const ASSEMBLIES_MAX: usize = 64;

/// Fragments of one message. Beyond it the message is dropped.
pub const FRAGMENTS_MAX: usize = 64;

/// Conferences of a server. Beyond it adding one is a misuse.
pub const CONFERENCES_MAX: usize = 1_024;

/// Users of a conference. Beyond it adding one is a misuse.
pub const USERS_MAX: usize = 512;

/// Floors of a conference. Beyond it adding a conference is a misuse.
pub const FLOORS_MAX: usize = 16;

/// Floors that one request asks for together: what is told of a request is one group of at most 252 octets (RFC 8855 5.2). Beyond it
/// the request is answered Generic Error.
pub const FLOORS_PER_REQUEST_MAX: usize = 8;

/// Requests of a conference that are not over. Beyond it a request is answered Generic Error.
pub const REQUESTS_MAX: usize = 128;

/// Requests of one user for one floor that are not over. Beyond it a request is answered with code 8.
pub const REQUESTS_PER_USER_AND_FLOOR_MAX: usize = 2;

/// Streams accepted and not yet bound to a user. Beyond it an accepted stream is closed at once.
pub const STREAMS_UNBOUND_MAX: usize = 64;

/// Requests of a client that wait for the one under way. Beyond it a command is a misuse.
pub const REQUESTS_WAITING_MAX: usize = 32;

/// Responses that are kept to answer repeated requests; a peer has one request under way at a time (RFC 8855 6.2). The oldest goes first.
pub const RESPONSES_KEPT_MAX: usize = 4;

/// Octets of a free text that is told again about a request; longer ones are cut, so that the group holds (see
/// [`FLOORS_PER_REQUEST_MAX`]).
pub const TOLD_TEXT_BYTES_MAX: usize = 60;

/// Octets of a display name inside what is told about a request; longer ones are cut.
pub const TOLD_NAME_BYTES_MAX: usize = 32;

/// Octets of a text attribute's content: its length is one octet that counts two of its own (RFC 8855 5.2).
pub const TEXT_BYTES_MAX: usize = 253;
