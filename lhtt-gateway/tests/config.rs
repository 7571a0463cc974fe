//! The configuration by data: the example is valid, and each wrong value is named with its field and what is allowed.

use lhtt_core::io::{ListenerId, Transport};
use lhtt_core::registry::PeerKind;
use lhtt_gateway::config::{Config, StoreSettings};
use std::path::Path;

const EXAMPLE: &str = include_str!("../example.toml");

/// The example with one text replaced, and the faults found in it, one a line.
fn faults(replace: &str, with: &str) -> String {
    assert!(EXAMPLE.contains(replace), "the example has `{replace}`");
    match Config::load(&EXAMPLE.replacen(replace, with, 1)) {
        Ok(_) => "none".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_example_is_valid() {
    let config = Config::load(EXAMPLE).unwrap();
    let settings = &config.settings;
    let names: Vec<_> = settings.neighbours.iter().map(|neighbour| neighbour.name.as_str()).collect();
    assert_eq!(names, ["chinh-phu", "viettel", "mcu"]);
    assert_eq!(settings.mcu(), Some(2));
    assert_eq!(settings.by_number("0691234"), Some(0));
    assert_eq!(settings.listeners[2].peer, Some(2));
    assert_eq!(settings.listeners[1].advertised, "192.0.2.10:1300");
    assert_eq!((settings.listeners[1].id, settings.listeners[1].transport), (ListenerId(1), Transport::Tls));
    let government = &settings.neighbours[0];
    assert_eq!((&government.dns, &government.domains), (&vec!["hnth.chinhphu.example".into()], &government.dns));
    assert_eq!(config.facts.peers[1].kind, PeerKind::Carrier("Viettel".into()));
    assert_eq!(config.facts.peers[0].legs, 4);
    assert!(config.facts.sites[0].admitted);
    assert_eq!(config.plain.len(), 1, "the MCU, whose listener says why");
    let config = config.relative_to(Path::new("/etc/border"));
    let path = "/etc/border/state/journal.db".into();
    assert_eq!(config.store, StoreSettings::Sqlite { path, mib_max: Some(10240) });
    assert_eq!(config.driver.tls.unwrap().anchors[0].1, Path::new("/etc/border/pki/bcy-roots.pem"));
}

#[test]
fn what_is_closed_is_explained() {
    let text = Config::load(EXAMPLE).unwrap().explain();
    for line in ["SIP/TLS 192.0.2.10:5061", "SIP/UDP: không có [[listener]] nào", "RAS (UDP 1719)", "speaks no TLS"]
    {
        assert!(text.contains(line), "`{line}` in:\n{text}");
    }
}

#[test]
fn a_wrong_value_is_named_with_what_is_allowed() {
    let cases: &[(&str, &str, &str)] = &[
        ("name = \"BIEN-LAMDONG\"", "name = \"lhtt 1\"", "gateway.name: `lhtt 1`: 1 to 32 of A-Z"),
        ("\"hnth.lamdong.example\"", "\"hnth..example\"", "gateway.domain: `hnth..example`: a host name"),
        ("alias_prefix = \"8063\"", "alias_prefix = \"80x\"", "gateway.alias_prefix: `80x`: 0 to 9 digits"),
        ("log = \"info\"", "log = \"loud\"", "gateway.log: `loud`: one of error, warn, info, debug"),
        ("early_window_s = 1800", "early_window_s = -1", "regulation.early_window_s: `-1`: 0 to 86400"),
        ("protocol = \"sip\"", "protocol = \"iax\"", "listener[0].protocol: `iax`: one of sip, h323"),
        ("\"192.0.2.10:5061\"", "\"192.0.2.10\"", "listener[0].address: `192.0.2.10`: ip:port"),
        ("\"192.0.2.10:5061\"", "\"192.0.2.10:0\"", "listener[0].address: `192.0.2.10:0`: a port of 1"),
        ("\"192.0.2.10:1300\"", "\"192.0.2.10:5061\"", "listener[1].address: `192.0.2.10:5061`: an address that no"),
        ("\"192.0.2.10:1300\"", "\"0.0.0.0:1300\"", "listener[1].advertised: ``: host:port as peers reach us"),
        ("transport = \"tcp\"", "transport = \"udp\"", "listener[2].transport: `udp`: tls or tcp"),
        ("peer = \"mcu\"", "peer = \"mcu2\"", "listener[2].peer: `mcu2`: the one neighbour that may use it in plain"),
        ("peer = \"mcu\"\n", "", "listener[2].peer: ``: the one neighbour"),
        ("reason = \"the MCU speaks no TLS; both", "reason = \"x\" # ", "listener[2].reason: `x`: why this is not TLS"),
        ("transport = \"tls\"", "transport = \"tcp\"", "listener[0].reason: ``: why this is not TLS"),
        ("networks = [\"198.51.100.20\"]", "", "mcu.networks: ``: the networks it calls from, since it is plain"),
        ("name = \"viettel\"", "name = \"bcy\"", "tls.anchor[1].name: `bcy`: something used only once"),
        ("anchor = \"bcy\"", "anchor = \"bca\"", "peer[0].anchor: `bca`: the name of a [[tls.anchor]]"),
        ("anchor = \"bcy\"\n", "", "peer[0].anchor: ``: the name of a [[tls.anchor]], since it uses TLS"),
        ("server_name = \"hnth.chinhphu.example\"", "", "peer[0].server_name: ``: the name in its certificate"),
        ("kind = \"government\"", "kind = \"ministry\"", "peer[0].kind: `ministry`: one of national-assembly, gov"),
        ("kind = \"carrier:Viettel\"", "kind = \"carrier:\"", "peer[1].kind: `carrier:`: one of"),
        ("203.0.113.0/28", "203.0.113.5/28", "peer[0].networks: `203.0.113.5/28`: a network as 10.1.0.0/16"),
        ("numbers = [\"069\"]", "numbers = [\"+84\"]", "peer[0].numbers: `+84`: 1 to 15 digits"),
        ("legs = 4", "legs = 0", "peer[0].legs: `0`: 1 to 1000"),
        ("id = \"viettel\"", "id = \"chinh-phu\"", "id of peer or site [1]: `chinh-phu`: something used only once"),
        ("id = \"viettel\"", "id = \"mcu\"", "peer[1].id: `mcu`: 1 to 64 of"),
        ("pins = [\"0f", "pins = [\"", "peer[1].pins: `1e2d3c4b5a6978"),
        ("organization = \"ubnd-tinh\"", "organization = \"x\"", "site[0].organization: `x`: the id of an [[organ"),
        (
            "body:peoples-committee",
            "body:king",
            "organization[0].kind: `body:king`: one of other, body:party-committee",
        ),
        ("rtp_ports = [16384, 32767]", "rtp_ports = [16385, 32767]", "media.rtp_ports: `16385`: an even first port"),
        ("rtp_ports = [16384, 32767]", "rtp_ports = [80, 90]", "media.rtp_ports: `[80, 90]`: first and last of"),
        ("codecs = [\"PCMA\"", "codecs = [\"OPUS\"", "media.codecs: `OPUS`: some of PCMU, PCMA, G722"),
        ("calls_max = 500", "calls_max = 0", "limits.calls_max: `0`: 1 to 100000"),
        ("kind = \"sqlite\"", "kind = \"postgres\"", "store.kind: `postgres`: one of sqlite, memory"),
        ("calls_max = 500", "call_max = 500", "line 102: `call_max`: unknown field `call_max`, expected one of"),
        ("trusted = true", "trusted = \"yes\"", "invalid type: string \"yes\", expected a boolean"),
        ("[mcu]", "[mcx]", "`mcx`: unknown field `mcx`, expected one of"),
    ];
    for (replace, with, expected) in cases {
        let found = faults(replace, with);
        assert!(found.contains(expected), "`{with}`: expected `{expected}`, found:\n{found}");
    }
}

#[test]
fn all_faults_are_named_at_once() {
    let text = EXAMPLE.replace("legs = 4", "legs = 0").replace("calls_max = 500", "calls_max = 0");
    assert_eq!(Config::load(&text).unwrap_err().faults.len(), 2);
}

/// `profile` names files, or states the keys itself; what `[regulation]` says goes before it.
#[test]
fn a_profile_comes_from_files_or_from_the_configuration() {
    let read = |profile: &str| {
        let text = format!("profile = {profile}\n{EXAMPLE}");
        Config::load_with(&text, &mut |name| match name {
            "ld.toml" => Ok(lhtt_core::registry::profile::LD_1095_2023.to_owned()),
            "two-tier.toml" => Ok(lhtt_core::registry::profile::TWO_TIER.to_owned()),
            "bad.toml" => Ok(lhtt_core::registry::profile::LD_1095_2023.replace("value = 14400", "value = -1")),
            _ => Err("no such file".to_owned()),
        })
    };
    let profile = read("[\"two-tier.toml\", \"ld.toml\"]").unwrap().facts.profile;
    assert_eq!((profile.id.as_str(), profile.later.len()), ("ld-1095-2023", 1));
    assert_eq!(read("\"ld.toml\"").unwrap().facts.profile.later.len(), 0);
    let faults = |profile: &str| read(profile).unwrap_err().to_string();
    assert!(faults("\"gone.toml\"").contains("profile: `gone.toml`: no such file"));
    assert!(faults("\"bad.toml\"").contains("profile bad.toml: session.overrun: `-1`: a whole number from 0 to 86400"));
    assert!(faults("3").contains("profile: `3`: the name of a file"));
    assert!(faults("{ id = \"x\" }").contains("profile.effective_from: ``: a value"));
}
