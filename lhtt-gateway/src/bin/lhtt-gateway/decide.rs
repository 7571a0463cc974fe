//! `decide`: facts and one request in a file, the decision out. Exit codes: 0 permitted or a value, 1 otherwise, 2 a wrong file.

use super::Failed;
use super::arguments::Decide;
use lhtt_core::case::{Answer, BadCase, Case};
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
    let answer = Case::from_json(&text).and_then(|case| case.answer()).map_err(|bad| bad.in_text(&text));
    let (said, code) = match answer {
        Ok(Answer::Decision(decision)) => {
            let code = if decision.is_permit() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            match arguments.text {
                true => (format!("{}\n\n{}", decision.render_vi(), decision.render_en()), code),
                false => (pretty(&decision)?, code),
            }
        }
        Ok(Answer::Value(value)) => (pretty(&value)?, ExitCode::SUCCESS),
        Err(bad) => return Ok(wrong(&no_case(&arguments.file, &bad))),
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
