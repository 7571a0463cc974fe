//! The rules of the house over one source file: who may name whom (ARCHITECTURE.md, "Who may import whom"), what only the
//! outermost parts may touch, and how long things may be. Pure: a relative path and a text in, breaches out.

use crate::lex::{self, Token};

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    /// The file, relative to the workspace.
    pub(crate) file: String,
    /// The line.
    pub(crate) line: usize,
    /// What is broken.
    pub(crate) what: String,
}

/// Longest file, in lines.
pub(crate) const FILE_LINES_MAX: usize = 800;
/// Longest function, in lines.
pub(crate) const FUNCTION_LINES_MAX: usize = 70;

/// Functions that are longer, as (file, function, lines): the list may only shrink. A wire dispatcher whose arms are one call
/// each may stand here.
pub(crate) const LONG_FUNCTIONS: &[(&str, &str, usize)] = &[];

/// Parts of the gateway that may name a protocol stack, by module.
const NAMES_A_STACK: &[&str] = &["leg", "gateway", "zone", "mcu", "sim", "demo", "inspect"];
/// Parts of the gateway that may touch the world outside.
const OUTERMOST: &[&str] = &["driver", "store", "relay", "api", "console", "mail", "mcu", "bin", "main"];
/// Parts of the gateway that the simulator may not reach into: it plays against the public face.
const BEHIND_THE_FACE: &[&str] = &["call", "leg", "admission", "clerk", "route", "driver"];
/// What of lhtt-core is no law.
const LAWLESS: &[&str] = &["io", "time", "rng"];

/// Paths that reach outside: sockets, threads, files, clocks, processes, OS randomness, async runtimes.
const OUTSIDE: &[&str] = &[
    "std::net::TcpStream",
    "std::net::TcpListener",
    "std::net::UdpSocket",
    "std::thread",
    "std::fs",
    "std::process",
    "std::env",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::os",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "tokio",
    "tokio_rustls",
    "mio",
    "socket2",
    "rustls",
    "sqlx",
    "getrandom",
    "fs",
    "thread",
];
/// Words that do.
const OUTSIDE_WORDS: &[&str] =
    &["async", "await", "OsRng", "TcpStream", "TcpListener", "UdpSocket", "SystemTime", "RandomState"];
/// What the regulation may not know besides: addresses, logging, printing.
const NO_LAW: &[&str] = &["std::net", "tracing", "log", "crate::io"];
/// Words of code that may panic or print; the regulation never fails and never logs.
const NO_LAW_WORDS: &[&str] = &[
    "panic",
    "unreachable",
    "todo",
    "unimplemented",
    "println",
    "eprintln",
    "unwrap",
    "SocketAddr",
    "IpAddr",
    "StreamId",
];

/// Checks one source file of a crate; `file` is relative to the workspace, as `lhtt-sip/src/dialog.rs`.
pub(crate) fn check(file: &str, source: &str) -> Vec<Breach> {
    let tokens = lex::tokens(source);
    let code = if is_test_file(file) { Vec::new() } else { lex::without_tests(&tokens) };
    let place = Place::of(file);
    let mut found = lengths(file, source, &tokens);
    found.extend(marks(file, source));
    found.extend(names(&place, &tokens).into_iter().map(|(line, what)| breach(file, line, what)));
    found.extend(reaches(&place, &code).into_iter().map(|(line, what)| breach(file, line, what)));
    found
}

fn breach(file: &str, line: usize, what: String) -> Breach {
    Breach { file: file.into(), line, what }
}

/// Where a file stands: its crate and its module path.
struct Place {
    krate: String,
    modules: Vec<String>,
    source: bool,
}

impl Place {
    fn of(file: &str) -> Self {
        let mut parts = file.split('/');
        let krate = parts.next().unwrap_or_default().to_owned();
        let source = file.split('/').nth(1) == Some("src");
        let mut modules: Vec<String> = parts.skip(1).map(|part| part.trim_end_matches(".rs").to_owned()).collect();
        if modules.last().is_some_and(|last| last == "mod" || last == "lib") {
            modules.pop();
        }
        Self { krate, modules, source }
    }

    /// Whether any module on the way to it is one of these.
    fn is_in(&self, any: &[&str]) -> bool {
        self.modules.iter().any(|module| any.contains(&module.as_str()))
    }

    fn is_law(&self) -> bool {
        self.krate == "lhtt-core"
            && !self.modules.is_empty()
            && !self.modules.first().is_some_and(|first| LAWLESS.contains(&first.as_str()))
    }

    /// A path with `super` and `self` resolved against this file's module.
    fn resolve(&self, words: &[String]) -> Vec<String> {
        let mut base: Vec<String> = std::iter::once("crate".to_owned()).chain(self.modules.iter().cloned()).collect();
        let mut rest = words;
        match words.first().map(String::as_str) {
            Some("super" | "self") => {}
            _ => return words.to_vec(),
        }
        while let Some(first) = rest.first().filter(|word| matches!(word.as_str(), "super" | "self")) {
            if first == "super" && base.len() > 1 {
                base.pop();
            }
            rest = &rest[1..];
        }
        base.extend(rest.iter().cloned());
        base
    }
}

fn is_test_file(file: &str) -> bool {
    file.split('/').any(|part| part == "tests" || part == "tests.rs" || part == "benches" || part == "examples")
}

fn begins(path: &[String], with: &str) -> bool {
    let mut words = path.iter();
    with.split("::").all(|part| words.next().is_some_and(|word| word == part))
}

/// Rules 1, 2, 3 and 5: who names whom, tests included.
fn names(place: &Place, tokens: &[Token]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for path in lex::paths(tokens) {
        let words = place.resolve(&path.words);
        let (first, second) = (words[0].as_str(), words.get(1).map(String::as_str));
        let what = match place.krate.as_str() {
            "lhtt-sip" | "lhtt-h323" => stack_names(place, first, second),
            "lhtt-core" if matches!(first, "lhtt_sip" | "lhtt_h323" | "lhtt_gateway") => {
                Some(format!("rule 3: the regulation names `{first}`"))
            }
            "lhtt-gateway" if place.source => gateway_names(place, first, second),
            _ => None,
        };
        found.extend(what.map(|what| (path.line, what)));
    }
    found
}

fn stack_names(place: &Place, first: &str, second: Option<&str>) -> Option<String> {
    let own = place.krate.replace('-', "_");
    match (first, second) {
        ("lhtt_sip" | "lhtt_h323" | "lhtt_gateway", _) if first != own => {
            Some(format!("rule 1: {} names `{first}`", place.krate))
        }
        ("lhtt_core", Some(module)) if LAWLESS.contains(&module) => None,
        ("lhtt_core", module) => {
            Some(format!("rule 1: {} names `lhtt_core::{}`, not io, time or rng", place.krate, module.unwrap_or("*")))
        }
        _ => None,
    }
}

fn gateway_names(place: &Place, first: &str, second: Option<&str>) -> Option<String> {
    let leg = |name: &str| {
        place.modules.first().is_some_and(|m| m == "leg") && place.modules.get(1).is_some_and(|m| m == name)
    };
    match (first, second) {
        ("lhtt_sip", _) if leg("h323") => Some("rule 1: the H.323 leg names `lhtt_sip`".into()),
        ("lhtt_h323", _) if leg("sip") => Some("rule 1: the SIP leg names `lhtt_h323`".into()),
        ("lhtt_sip" | "lhtt_h323", _) if !place.is_in(NAMES_A_STACK) => {
            Some(format!("rule 2: `{first}` is named outside leg, gateway and the few"))
        }
        ("crate" | "lhtt_gateway", Some("driver")) if !place.is_in(&["driver", "bin", "main"]) => {
            Some("rule 5: only bin imports `driver`".into())
        }
        ("crate", Some(part)) if place.is_in(&["sim"]) && BEHIND_THE_FACE.contains(&part) => {
            Some(format!("rule 5: the simulator reaches behind the gateway's face into `{part}`"))
        }
        _ => None,
    }
}

/// Rule 4 and the second half of rule 3: what code (tests aside) touches.
fn reaches(place: &Place, code: &[Token]) -> Vec<(usize, String)> {
    if !place.source {
        return Vec::new();
    }
    let mut found = Vec::new();
    let inner = place.krate != "lhtt-gateway" || !place.is_in(OUTERMOST);
    for path in lex::paths(code) {
        let words = place.resolve(&path.words);
        let named = words.join("::");
        let any =
            |list: &[&str]| list.iter().any(|entry| begins(&words, entry) && (words.len() > 1 || entry.contains("::")));
        if inner && (any(OUTSIDE) || words.iter().any(|word| OUTSIDE_WORDS.contains(&word.as_str()))) {
            found.push((
                path.line,
                format!("rule 4: `{named}` outside driver, store, relay, api, console, mail, mcu and bin"),
            ));
        }
        if place.is_law() && (any(NO_LAW) || words.iter().any(|word| NO_LAW_WORDS.contains(&word.as_str()))) {
            found.push((path.line, format!("rule 3: the regulation uses `{named}`")));
        }
    }
    found
}

fn lengths(file: &str, source: &str, tokens: &[Token]) -> Vec<Breach> {
    let mut found = Vec::new();
    let lines = source.lines().count();
    if lines > FILE_LINES_MAX {
        found.push(breach(file, lines, format!("{lines} lines, the ceiling is {FILE_LINES_MAX}")));
    }
    for function in lex::functions(tokens) {
        let known = LONG_FUNCTIONS.iter().find(|(at, name, _)| *at == file && *name == function.name);
        let ceiling = known.map_or(FUNCTION_LINES_MAX, |(_, _, lines)| *lines);
        if function.lines > ceiling {
            let what = format!("`{}` has {} lines, the ceiling is {ceiling}", function.name, function.lines);
            found.push(breach(file, function.line, what));
        }
    }
    found
}

/// Marks of unfinished work, and names that mean nothing to a reader outside. Spelled in halves, so that this file may stand
/// under its own rule.
const MARKS: &[(&str, &str)] = &[
    (concat!("FIX", "ME"), "unfinished"),
    (concat!("XX", "X:"), "unfinished"),
    (concat!("#[", "ignore"), "a test that never runs"),
    (concat!("/wo", "rk/"), "a path of one machine"),
    (concat!(".lib", "rary/"), "a path of one machine"),
    (concat!("sub", "agent"), "a word of the workshop"),
];

/// What no file of the project may say, whatever its kind.
pub(crate) fn marks(file: &str, text: &str) -> Vec<Breach> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (mark, why) in MARKS.iter().filter(|(mark, _)| line.contains(mark)) {
            found.push(breach(file, index + 1, format!("`{mark}`: {why}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of this file, as `line what`, cut to the rule.
    fn said(file: &str, source: &str) -> Vec<String> {
        check(file, source).into_iter().map(|breach| format!("{} {}", breach.line, breach.what)).collect()
    }

    #[track_caller]
    fn refused(file: &str, source: &str, start: &str) {
        let said = said(file, source);
        assert!(said.len() == 1 && said[0].starts_with(start), "{file}: {source}: {said:?}");
    }

    #[track_caller]
    fn fine(file: &str, source: &str) {
        assert_eq!(said(file, source), Vec::<String>::new(), "{file}: {source}");
    }

    #[test]
    fn rule_1_stacks_know_neither_each_other_nor_the_law() {
        refused("lhtt-sip/src/dialog.rs", "use lhtt_h323::Endpoint;", "1 rule 1");
        refused("lhtt-h323/src/q931/mod.rs", "\nuse lhtt_core::{io::Input, registry::Party};", "2 rule 1");
        refused("lhtt-sip/src/dialog.rs", "use lhtt_core as law;", "1 rule 1");
        refused("lhtt-sip/tests/x.rs", "use lhtt_core::decide;", "1 rule 1");
        refused("lhtt-gateway/src/leg/sip.rs", "use lhtt_h323::Endpoint;", "1 rule 1");
        refused("lhtt-gateway/src/leg/h323/media.rs", "use lhtt_sip::sdp;", "1 rule 1");
        fine("lhtt-sip/src/dialog.rs", "use lhtt_core::{io::{Input, Output}, rng::Rng, time};\n// lhtt_h323::Endpoint");
        fine("lhtt-h323/tests/x.rs", "use lhtt_h323::Endpoint;");
    }

    #[test]
    fn rule_2_few_parts_of_the_gateway_name_a_stack() {
        for file in [
            "call/mod",
            "signal",
            "media",
            "presentation",
            "route",
            "admission",
            "clerk",
            "driver/tls",
            "store/sqlite",
            "config",
        ] {
            refused(&format!("lhtt-gateway/src/{file}.rs"), "use lhtt_sip::Uri;", "1 rule 2");
            refused(&format!("lhtt-gateway/src/{file}.rs"), "fn f() -> lhtt_h323::Codec { x }", "1 rule 2");
        }
        for file in ["leg/cause", "gateway", "gateway/inputs", "sim/world", "bin/lhtt-gateway/demo/peer", "bin/inspect"]
        {
            fine(&format!("lhtt-gateway/src/{file}.rs"), "use lhtt_sip::Uri;\nuse lhtt_h323::Codec;");
        }
    }

    #[test]
    fn rule_3_the_law_knows_no_wire() {
        refused("lhtt-core/src/rules/article_05.rs", "use std::net::Ipv4Addr;", "1 rule 3");
        refused("lhtt-core/src/registry.rs", "use crate::io::Transport;", "1 rule 3");
        refused("lhtt-core/src/registry/mod.rs", "use super::io::Transport;", "1 rule 3");
        refused("lhtt-core/src/decision.rs", "fn f() { tracing::info!(); }", "1 rule 3");
        refused("lhtt-core/src/decision.rs", "fn f() { x.unwrap() }", "1 rule 3");
        refused("lhtt-core/src/decision.rs", "use lhtt_sip::Uri;", "1 rule 3");
        fine("lhtt-core/src/io.rs", "use std::net::SocketAddr;");
        fine("lhtt-core/src/decision.rs", "use crate::time::Wall;\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }");
    }

    #[test]
    fn rule_4_only_the_outermost_parts_touch_the_world() {
        let reaches = [
            "use std::net::{IpAddr, TcpStream};",
            "use tokio::spawn;",
            "fn f() { std::fs::read(p) }",
            "use std::thread;",
            "async fn f() {}",
            "fn f() { std::time::Instant::now() }",
            "use std::{env::var, fmt};",
            "use rand::rngs::OsRng;",
            "fn f() { fs::read(p) }",
        ];
        for source in reaches {
            for file in [
                "lhtt-sip/src/endpoint.rs",
                "lhtt-core/src/time.rs",
                "lhtt-gateway/src/call/mod.rs",
                "lhtt-gateway/src/sim/world.rs",
            ] {
                refused(file, source, "1 rule 4");
            }
            for file in ["driver/net", "store/sqlite", "relay/run", "bin/lhtt-gateway/main", "main"] {
                fine(&format!("lhtt-gateway/src/{file}.rs"), source);
            }
            fine("lhtt-h323/src/per/reader.rs", &format!("#[cfg(test)] mod tests {{ {source} }}"));
            fine("lhtt-h323/tests/vectors.rs", source);
        }
        fine("lhtt-sip/src/endpoint.rs", "use std::net::SocketAddr;\nuse lhtt_core::time::Instant;");
    }

    #[test]
    fn rule_5_the_driver_is_the_binarys() {
        refused("lhtt-gateway/src/gateway.rs", "use crate::{clerk, driver::Driver};", "1 rule 5");
        refused("lhtt-gateway/src/sim/world.rs", "use super::super::driver;", "1 rule 5");
        refused("lhtt-gateway/src/sim/world.rs", "use crate::clerk::Clerk;", "1 rule 5");
        fine("lhtt-gateway/src/driver/tls.rs", "use crate::driver::net;");
        fine("lhtt-gateway/src/bin/lhtt-gateway/run.rs", "use lhtt_gateway::driver::run;");
        fine("lhtt-gateway/src/sim/world.rs", "use crate::gateway::Gateway;");
    }

    #[test]
    fn lengths_and_marks_are_held() {
        let long = |lines: usize| format!("fn long() {{{}}}", "\n".repeat(lines));
        fine("lhtt-sip/src/a.rs", &long(FUNCTION_LINES_MAX));
        refused("lhtt-sip/src/a.rs", &long(FUNCTION_LINES_MAX + 1), "1 `long` has 71");
        refused("lhtt-sip/src/a.rs", &"//\n".repeat(801), "801 801 lines");
        for (mark, _) in MARKS {
            assert_eq!(marks("README.md", &format!("a\nb {mark} c")).len(), 1, "{mark}");
        }
    }
}
