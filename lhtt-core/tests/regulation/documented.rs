//! The examples of `docs/decide.md` and `docs/decide/*.md`: each is of the schema, is read, and comes to what stands behind
//! its `json`. The example province is the one that the pages list.
#![allow(clippy::disallowed_methods, reason = "the test reads the documents")]

use lhtt_core::case::{Answer, Case};
use lhtt_core::{Citation, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_example_comes_to_what_it_says() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for path in pages() {
        for (line, said, text) in examples(&read(&path)) {
            seen += 1;
            let place = format!("{}:{line}", path.file_name().unwrap().to_string_lossy());
            wrong.extend(check(said, text).err().map(|why| format!("{place}: `{said}`: {why}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(seen > 10, "{seen} examples");
}

/// Every id of the province's organisations, sites and peers stands in the page, and every mailbox.
#[test]
fn the_page_lists_the_example_province() {
    let page = read(&docs().join("decide.md"));
    let listed: BTreeSet<&str> = page.split('`').skip(1).step_by(2).collect();
    let province: Value = serde_json::from_str(include_str!("../../src/facts/example.json")).unwrap();
    let ids = ["organizations", "sites", "peers"].iter().flat_map(|part| province[part].as_array().unwrap());
    let mailboxes =
        province["organizations"].as_array().unwrap().iter().flat_map(|one| one["mailboxes"].as_array().unwrap());
    let names = ids.map(|one| &one["id"]).chain(mailboxes);
    let missing: Vec<_> = names.filter(|name| !listed.contains(name.as_str().unwrap())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn check(said: &str, text: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let (kind, expected) = said.split_once(' ').unwrap_or((said, ""));
    let case = match kind {
        "case" => value,
        "request" | "query" => json!({ "at": AT, kind: value }),
        "facts" => json!({ "at": AT, "facts": value, "query": { "planning": { "version": {} } } }),
        other => return Err(format!("is no kind of example: `{other}`")),
    };
    #[cfg(feature = "schema")]
    if let Some(lacking) = crate::schema::not_a_case(&case) {
        return Err(lacking);
    }
    let answer = Case::from_json(&case.to_string()).and_then(|case| case.answer()).map_err(|bad| bad.to_string())?;
    let Answer::Decision(decision) = answer else {
        return if expected.is_empty() { Ok(()) } else { Err("a value".to_owned()) };
    };
    let (outcome, places) = expected.split_once(": ").ok_or("the outcome and its places are not said")?;
    let outcome: Outcome = serde_json::from_value(json!(outcome)).map_err(|error| error.to_string())?;
    let places = Citation::parse_list(places).map_err(|error| error.to_string())?;
    match (decision.outcome, decision.citations()) == (outcome, places) {
        true => Ok(()),
        false => Err(format!("{:?} {:?}", decision.outcome, decision.citations())),
    }
}

/// The blocks of JSON of a page: the line they begin at, what stands behind `json`, and their text.
fn examples(page: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    page.match_indices("```json").map(|(at, fence)| {
        let (said, block) = page[at + fence.len()..].split_once('\n').unwrap();
        (page[..at].lines().count() + 1, said.trim(), block.split_once("```").unwrap().0)
    })
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn pages() -> Vec<PathBuf> {
    let areas = std::fs::read_dir(docs().join("decide")).unwrap().map(|file| file.unwrap().path());
    let mut pages: Vec<_> = areas.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.push(docs().join("decide.md"));
    pages.sort();
    pages
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// When what is not a whole case is decided.
const AT: &str = "2023-06-13T08:30:00+07:00";
