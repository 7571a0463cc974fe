//! `decide`: facts and one request in a file, the decision out. Exit codes: 0 permitted or a value, 1 otherwise, 2 a wrong file.

use super::Failed;
use super::arguments::Decide;
use lhtt_core::case::{Answer, BadCase, Case, Earlier};
use lhtt_core::{Decision, Outcome};
use serde::Serialize;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// Prints the decision or the value.
pub(crate) fn decide(arguments: &Decide) -> Result<ExitCode, Failed> {
    let text = match text(&arguments.file) {
        Ok(text) => text,
        Err(error) => {
            let name = arguments.file.display();
            let en = format!("cannot read `{name}`: {error}");
            return Ok(wrong(&Failed::new(format_args!("không đọc được `{name}`: {error}"), en)));
        }
    };
    let answer = Case::from_json(&text).and_then(|case| case.answer_and_before()).map_err(|bad| bad.in_text(&text));
    let (answer, mut before) = match answer {
        Ok(answer) => answer,
        Err(bad) => return Ok(wrong(&no_case(&arguments.file, &bad))),
    };
    if before.iter().all(|step| step.outcome == Outcome::Permit) {
        before.clear();
    }
    let (said, code) = match answer {
        Answer::Decision(decision) => {
            let code = if decision.is_permit() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            match arguments.text {
                true => (in_words(&decision, &before), code),
                false => (with_before(&decision, &before)?, code),
            }
        }
        Answer::Value(value) => (with_before(&value, &before)?, ExitCode::SUCCESS),
    };
    let written = writeln!(io::stdout(), "{said}");
    written.map_err(|error| Failed::because("ghi", "writing", error))?;
    Ok(code)
}

fn text(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    match file == Path::new("-") {
        true => io::stdin().take(OCTETS_MAX).read_to_string(&mut text)?,
        false => File::open(file)?.take(OCTETS_MAX).read_to_string(&mut text)?,
    };
    Ok(text)
}

/// The decision in both languages, each after what came of the steps before it.
fn in_words(decision: &Decision, before: &[Earlier]) -> String {
    let lines = |line: fn(&Earlier, usize) -> String| -> String {
        before.iter().enumerate().map(|(at, step)| line(step, at) + "\n").collect()
    };
    let (vi, en) = (lines(Earlier::render_vi), lines(Earlier::render_en));
    format!("{vi}{}\n\n{en}{}", decision.render_vi(), decision.render_en())
}

/// The answer as JSON, with what came of the steps before it under `before`. An answer that has no fields becomes `value`.
fn with_before(answer: &impl Serialize, before: &[Earlier]) -> Result<String, Failed> {
    if before.is_empty() {
        return pretty(answer);
    }
    #[derive(Serialize)]
    struct Fields<'a, T> {
        #[serde(flatten)]
        answer: &'a T,
        before: &'a [Earlier],
    }
    #[derive(Serialize)]
    struct Plain<'a, T> {
        value: &'a T,
        before: &'a [Earlier],
    }
    // Nothing at all would be laid flat as no field.
    match serde_json::to_value(answer).is_ok_and(|value| value.is_object()) {
        true => pretty(&Fields { answer, before }),
        false => pretty(&Plain { value: answer, before }),
    }
}

fn pretty(value: &impl Serialize) -> Result<String, Failed> {
    serde_json::to_string_pretty(value).map_err(|error| Failed::because("ghi JSON", "writing JSON", error))
}

fn no_case(file: &Path, bad: &BadCase) -> Failed {
    let name = file.display();
    Failed::new(
        format_args!("tệp `{name}` sai: {}", bad.render_vi()),
        format_args!("the file `{name}` is wrong: {}", bad.render_en()),
    )
}

fn wrong(Failed(text): &Failed) -> ExitCode {
    eprintln!("{text}");
    ExitCode::from(WRONG_FILE)
}

/// The exit code for a file that is no case.
const WRONG_FILE: u8 = 2;

/// Most octets read of a case.
const OCTETS_MAX: u64 = 64 << 20;
