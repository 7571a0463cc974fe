//! The form of the configuration file, field by field: unit, range, default, and why the default is what it is.
//!
//! Nothing is checked here but the shape; an unknown field is refused, so that a typing error never opens a door.
//! Leaves out: what the values mean together, see [`super::neighbour`] and [`super::sections`].

use serde::Deserialize;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub gateway: Gateway,
    /// The profile of the regulation: the name of a TOML file, a list of them, or a table of its keys. Relative names are
    /// relative to the configuration file. Default: the one of Quyết định 1095/QĐ-UBND. What `[regulation]` says goes before it.
    pub profile: Option<serde_json::Value>,
    #[serde(default)]
    pub regulation: Regulation,
    #[serde(default)]
    pub listener: Vec<Listener>,
    pub tls: Option<Tls>,
    #[serde(default)]
    pub organization: Vec<Organization>,
    #[serde(default)]
    pub peer: Vec<Peer>,
    #[serde(default)]
    pub site: Vec<Site>,
    pub mcu: Mcu,
    pub media: Media,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub store: Store,
    #[serde(default)]
    pub clock: Clock,
}

/// `[gateway]`: who we are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gateway {
    /// Name of the border as refused callers see it (agent of a SIP Warning). 1 to 32 letters, digits, `-`, `_`; never a
    /// product or a host name, which would tell a prober what to attack. No default: it is chosen.
    pub name: String,
    /// The domain we stand for in SIP From and To. A host name or an IP address. No default.
    pub domain: String,
    /// Digits in front of every number that is allocated to a session, 0 to 9 of them; six random ones follow. Default
    /// `8`: no number of a public network begins so here.
    #[serde(default = "eight")]
    pub alias_prefix: String,
    /// Folder of the journal and the control socket. Relative paths are relative to the configuration file. No default:
    /// the journal is evidence, and where it lies is chosen.
    pub state_dir: String,
    /// SIP Server and User-Agent. 1 to 64 printable ASCII characters. Default: neither header is sent (RFC 4123 7.3).
    pub user_agent: Option<String>,
    /// What goes to the log: `error`, `warn`, `info`, `debug`. Default `info`: one line a call.
    #[serde(default = "info")]
    pub log: String,
}

/// `[regulation]`: what the regulation leaves to whoever runs the system.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Regulation {
    /// Mailbox that receives registrations (Điều 12 khoản 2 điểm a). Default: the one the regulation's authors use.
    pub operator_mailbox: Option<String>,
    /// Seconds before its start from which a session may be joined, 0 to 86400. Default 1800: sites test their line.
    pub early_window_s: Option<i64>,
    /// Seconds after its planned end for which a session nobody ended may be joined, 0 to 86400. Default 14400: meetings
    /// run over.
    pub overrun_s: Option<i64>,
    /// Length in seconds of a session registered without an end, 60 to 86400. Default 7200.
    pub default_length_s: Option<i64>,
    /// What a normal registration after its deadline gets, `deny` or `override`. Default `deny`.
    pub late_normal: Option<String>,
    /// Heads of the technical operator entrusted with overrides, by name. Default none.
    pub override_heads: Option<Vec<String>>,
}

/// `[[listener]]`: an address that peers reach us at. Default none: everything is closed that is not opened here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listener {
    /// Its name in logs and counters, unique.
    pub name: String,
    /// `sip` or `h323` (call signalling).
    pub protocol: String,
    /// `tls`, or `tcp` or `udp` (SIP only), which are plain.
    pub transport: String,
    /// Address to bind, ip:port. Port 0 is not allowed: peers must know it.
    pub address: String,
    /// host:port as peers reach us, in Via and Contact. Default: `address`.
    pub advertised: Option<String>,
    /// Plain listeners: the one neighbour that may use it, a peer's or site's id or `mcu`. Needed there, not allowed
    /// with `tls`, where the certificate says who calls.
    pub peer: Option<String>,
    /// Plain listeners: why it is plain, at least 10 characters, for the auditor. Needed there.
    pub reason: Option<String>,
}

/// `[tls]`: our certificate and whom we trust. Needed as soon as anything uses TLS.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tls {
    /// PEM file of our certificate chain, our own first. We show it in both directions.
    pub certificate: String,
    /// PEM file of its private key.
    pub key: String,
    /// Certificate authorities, each by itself: a peer is bound to one of them by name.
    #[serde(default)]
    pub anchor: Vec<Anchor>,
}

/// `[[tls.anchor]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Anchor {
    /// The name that neighbours use in `anchor`, unique.
    pub name: String,
    /// PEM file of its root certificates.
    pub file: String,
}

/// `[[organization]]`: an agency or unit (Điều 2).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organization {
    /// Its name in registrations, unique.
    pub id: String,
    /// Its name as people write it.
    pub name: String,
    /// `other`; `body:` with `party-committee`, `peoples-council`, `national-assembly-delegation`, `peoples-committee`;
    /// `office:` with `party-committee`, `delegation-and-council`, `peoples-committee` (Điều 11 khoản 1). Default
    /// `other`: it registers and does not merely notify.
    pub kind: Option<String>,
    /// `province`, `district`, `commune` (Điều 3 khoản 2). Default `province`.
    pub tier: Option<String>,
    /// Its official mailboxes (Điều 12 khoản 2 điểm a). Default none: then nothing it sends is accepted.
    #[serde(default)]
    pub mailboxes: Vec<String>,
}

macro_rules! neighbours {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// What it speaks: `sip` or `h323`. No default.
            pub protocol: Option<String>,
            /// What carries it when we call it: `tls`, `tcp`, or `udp` (SIP only). Default `tls`; anything else is plain
            /// and needs `networks` and a written `reason`, here or at its listener.
            pub transport: Option<String>,
            /// Where we call it, ip:port.
            pub address: Option<String>,
            /// Our address when we call it, where it insists on one. Default: the system chooses.
            pub local: Option<String>,
            /// TLS: the name its certificate must bear when we call it (RFC 5922), and the SNI. Needed with `tls`.
            pub server_name: Option<String>,
            /// TLS: the `[[tls.anchor]]` that must verify its chain. Needed with `tls`.
            pub anchor: Option<String>,
            /// TLS: DNS names, one of which its certificate must bear when it calls us. Default: `server_name`.
            #[serde(default)]
            pub dns: Vec<String>,
            /// TLS: SIP URIs, one of which may stand for a DNS name. Default none.
            #[serde(default)]
            pub uris: Vec<String>,
            /// TLS: SHA-256 of its public key (SubjectPublicKeyInfo), 64 hexadecimal digits; at most two, the current and
            /// the next. Default none: the chain and the name decide.
            #[serde(default)]
            pub pins: Vec<String>,
            /// Networks it may call from, as `10.1.0.0/16`. Default any with `tls`; needed where it is plain.
            #[serde(default)]
            pub networks: Vec<String>,
            /// SIP: host names it may use in From and is called by. Default: `server_name`, or the host of `address`.
            #[serde(default)]
            pub domains: Vec<String>,
            /// E.164 prefixes or whole numbers by which the MCU calls it, digits, unique over all. Default none: the MCU
            /// cannot call it.
            #[serde(default)]
            pub numbers: Vec<String>,
            /// User part or alias that we call at it. Default: the number dialled.
            pub user: Option<String>,
            /// H.323: whether we propose fast start. Default true: one round trip less until media.
            pub fast_start: Option<bool>,
            /// H.323: whether we tunnel H.245. Default true: no further connection through firewalls.
            pub tunnelling: Option<bool>,
            /// Most calls with it at once, 1 to 100000. Default 200: a neighbour that runs wild leaves room for others.
            pub calls_max: Option<i64>,
            /// Most new calls from it in a second, 1 to 10000. Default 20.
            pub calls_per_second_max: Option<i64>,
            /// Why it is plain, at least 10 characters; needed for a plain neighbour without a listener that says so.
            pub reason: Option<String>,
        }
    )*};
}

neighbours! {
    /// `[[peer]]`: a conference system of another body (Điều 5 khoản 5).
    Peer {
        /// Its name in registrations and logs, unique among peers and sites, not `mcu`.
        id: String,
        /// Its name as people write it. Default: `id`.
        name: Option<String>,
        /// `national-assembly`, `government`, `party-committee`, or `carrier:NAME`: Điều 5 khoản 5 names no other.
        kind: String,
        /// Legs it may have at once in a session whose list does not say otherwise, 1 to 1000. Default 1.
        legs: Option<i64>,
    }
    /// `[[site]]`: a site of the province (Điều 3 khoản 5). Without `protocol` it is known to the regulation alone.
    Site {
        /// Its name in registrations and logs, unique among peers and sites, not `mcu`.
        id: String,
        /// Its name as people write it. Default: `id`.
        name: Option<String>,
        /// The `[[organization]]` it belongs to.
        organization: String,
        /// Whether it is admitted to the system (Điều 9). Default false: stated, never assumed.
        admitted: Option<bool>,
    }
    /// `[mcu]`: the provincial MCU (Điều 3 khoản 3).
    Mcu {}
}

/// `[media]`: where RTP passes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Media {
    /// Address of our RTP ports on both sides, an IP that peers reach. No default.
    pub address: String,
    /// RTP ports, first and last, 1024 to 65535; even ones carry RTP, the next odd one RTCP. A call takes four ports.
    /// Default [16384, 32767]: room for 4096 calls.
    pub rtp_ports: Option<[i64; 2]>,
    /// Ports of separate H.245 channels, first and last, 1024 to 65535. Default [10000, 13999].
    pub h245_ports: Option<[i64; 2]>,
    /// Codecs allowed, in order of preference: `PCMA`, `PCMU`, `G722`, `G728`, `G729`, `G723`. Default PCMA, PCMU, G722:
    /// what every system in the country has, at full quality.
    pub codecs: Option<Vec<String>>,
}

/// `[limits]`: numbers that keep a flood or a hanging peer from harming others.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    /// Most calls at once, 1 to 100000. Default 2000.
    pub calls_max: Option<i64>,
    /// Seconds a call waits for its decision to be durable, 1 to 60. Default 5; past it the call is refused with 503.
    pub admission_s: Option<i64>,
    /// Seconds until the callee is alerted, 1 to 600. Default 60: twice SIP timer B.
    pub setup_s: Option<i64>,
    /// Seconds until the callee answers, 1 to 3600. Default 180: the ringing time of public networks.
    pub answer_s: Option<i64>,
    /// Seconds from the answer until media is agreed, 1 to 600. Default 10.
    pub media_s: Option<i64>,
    /// Seconds for the wire to fall silent after the end, 1 to 600. Default 120: longer than SIP timers H and J.
    pub drain_s: Option<i64>,
    /// Seconds until a TLS handshake is complete, 1 to 60. Default 10.
    pub handshake_s: Option<i64>,
    /// Seconds until a new connection has sent a whole message that we answered, 1 to 600. Default 10 (G-6).
    pub idle_s: Option<i64>,
    /// Seconds until an outgoing connection is up, 1 to 60. Default 10.
    pub connect_s: Option<i64>,
    /// Most connections from one address that have not yet shown a whole message, 1 to 10000. Default 32 (G-6).
    pub connections_per_source: Option<i64>,
    /// Most connections at once, 1 to 100000. Default 8000.
    pub connections_max: Option<i64>,
    /// Most KiB queued for a connection that does not read, 64 to 65536; then it is reset. Default 256: four messages of
    /// the largest size.
    pub stream_queue_kib: Option<i64>,
}

/// `[store]`: where the journal lies.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Store {
    /// `sqlite`, or `memory`, which forgets and is for trials. Default `sqlite`.
    pub kind: Option<String>,
    /// File of the journal. Default `journal.db` in `state_dir`.
    pub path: Option<String>,
    /// Most MiB of the file, 1 to 1000000; beyond it new calls are refused with 503. Default no limit.
    pub mib_max: Option<i64>,
}

/// `[clock]`: whether deadlines may be judged by the system clock (G-17).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clock {
    /// Whether somebody sees to it that the clock is right. Default false: then what depends on a deadline is refused.
    pub trusted: Option<bool>,
    /// A file that is there while the clock is synchronised, as `/run/systemd/timesync/synchronized`. Default none:
    /// `trusted` alone decides.
    pub synchronized_file: Option<String>,
}

fn eight() -> String {
    "8".to_owned()
}

fn info() -> String {
    "info".to_owned()
}
