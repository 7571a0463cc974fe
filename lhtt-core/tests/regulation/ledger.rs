//! Holds `docs/regulation/` against the code: no rule without its clause, no clause without its rule or reason.

use lhtt_core::{Citation, InterpretationId};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    title: String,
    clause: Vec<Clause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clause {
    at: Citation,
    does: Does,
    note: String,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    tests: Vec<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Does {
    Rule,
    Record,
    None,
    Open,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Readings {
    reading: Vec<Reading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    id: InterpretationId,
    about: String,
    reading: String,
}

#[test]
fn every_article_is_there_in_the_order_of_the_text() {
    let articles = articles();
    assert_eq!(articles.len(), 21);
    let clauses: Vec<_> = articles.iter().flat_map(|article| article.clause.iter().map(|clause| clause.at)).collect();
    assert!(clauses.is_sorted());
    let numbers: BTreeSet<_> = clauses.iter().skip(3).filter_map(Citation::article_number).collect();
    assert_eq!(numbers.into_iter().collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
    assert!(articles.iter().all(|article| !article.title.is_empty()));
}

#[test]
fn a_clause_that_decides_has_rules_and_tests_and_another_has_none() {
    for clause in articles().iter().flat_map(|article| &article.clause) {
        let decides = clause.does == Does::Rule;
        assert_eq!(decides, !clause.rules.is_empty(), "{}", clause.at);
        assert!(!decides || !clause.tests.is_empty(), "{}", clause.at);
        assert!(clause.tests.is_empty() || matches!(clause.does, Does::Rule | Does::Record), "{}", clause.at);
        assert!(!clause.note.is_empty(), "{}", clause.at);
    }
}

#[test]
fn rules_in_the_ledger_and_in_the_code_are_the_same() {
    let listed: Vec<_> = articles().into_iter().flat_map(|article| article.clause).flat_map(|one| one.rules).collect();
    let unique: BTreeSet<_> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), unique.len(), "a rule stands in one clause");
    let code = rules_in(&sources("src/rules"));
    assert_eq!(unique, code);
}

#[test]
fn every_rule_shows_in_the_expectation_of_some_test() {
    let tests = sources("tests/regulation");
    for rule in rules_in(&sources("src/rules")) {
        assert!(tests.contains(&rule), "{rule}");
    }
}

#[test]
fn every_test_named_exists() {
    let tests = sources("tests/regulation") + &sources("src");
    for name in articles().into_iter().flat_map(|article| article.clause).flat_map(|clause| clause.tests) {
        let function = name.rsplit("::").next().unwrap();
        assert!(tests.contains(&format!("fn {function}()")), "{name}");
    }
}

#[test]
fn every_reading_relied_on_is_explained() {
    let text = read(&docs().join("readings.toml"));
    let readings: Readings = toml::from_str(&text).unwrap();
    assert!(readings.reading.iter().all(|one| !one.about.is_empty() && !one.reading.is_empty()));
    let explained: BTreeSet<_> = readings.reading.iter().map(|one| one.id).collect();
    let code = sources("src");
    let relied: BTreeSet<_> = code
        .split(".reading(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next()?.parse().ok())
        .map(InterpretationId::a)
        .collect();
    assert!(relied.is_subset(&explained), "{relied:?}");
    // Readings that only a permit relies on are named in the code's comments.
    assert!(explained.iter().all(|one| code.contains(&one.to_string())), "{explained:?}");
}

/// The names of rules in a source: `"12.2.a/lead"`.
fn rules_in(source: &str) -> BTreeSet<String> {
    let texts = source.split('"').filter(|text| {
        text.split_once('/').is_some_and(|(place, name)| {
            let place = place.strip_prefix("qd.").unwrap_or(place);
            place.starts_with(|first: char| first.is_ascii_digit())
                && place.chars().all(|one| one.is_ascii_digit() || one == '.' || one.is_ascii_lowercase())
                && !name.is_empty()
                && name.chars().all(|one| one == '-' || one.is_ascii_lowercase())
        })
    });
    texts.map(str::to_owned).collect()
}

fn articles() -> Vec<Article> {
    let mut names = vec!["decision.toml".to_owned()];
    names.extend((1..=20).map(|number| format!("article-{number:02}.toml")));
    let parse =
        |name: String| toml::from_str(&read(&docs().join(&name))).unwrap_or_else(|error| panic!("{name}: {error}"));
    names.into_iter().map(parse).collect()
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/regulation")
}

/// All Rust sources below a folder of this crate, as one text.
fn sources(folder: &str) -> String {
    let mut text = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "rs" => text.push_str(&read(&path)),
                _ => {}
            }
        }
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "a test reads the project's own files")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
