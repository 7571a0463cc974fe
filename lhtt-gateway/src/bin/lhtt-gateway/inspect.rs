//! `inspect`: octets in, JSON out.

use super::Failed;
use super::arguments::Inspect;
use lhtt_gateway::inspect;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// Prints one object, or one row a row.
pub(crate) fn inspect(arguments: &Inspect) -> Result<ExitCode, Failed> {
    if let Some(file) = &arguments.tsv {
        let rows: Box<dyn Read> = if is_stdin(file) { Box::new(io::stdin()) } else { Box::new(open(file)?) };
        let done = inspect::tsv(BufReader::new(rows), BufWriter::new(io::stdout().lock()));
        done.map_err(|error| Failed::because("đọc hoặc ghi", "reading or writing", error))?;
        return Ok(ExitCode::SUCCESS);
    }
    let octets = octets(arguments.file.as_deref())?;
    let (said, answerable) = match arguments.hex.then(|| inspect::octets_of_hex(&octets)) {
        Some(Err(error)) => (error, false),
        Some(Ok(octets)) => said(arguments, &octets),
        None => said(arguments, &octets),
    };
    let written = writeln!(io::stdout(), "{said}");
    written.map_err(|error| Failed::because("ghi", "writing", error))?;
    Ok(if answerable { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn said(arguments: &Inspect, octets: &[u8]) -> (serde_json::Value, bool) {
    // clap sees to it that there is a kind.
    let kind = arguments.kind.unwrap_or(inspect::Kind::Sip);
    inspect::inspect(kind, octets, arguments.reencode)
}

fn octets(file: Option<&Path>) -> Result<Vec<u8>, Failed> {
    let mut octets = Vec::new();
    let read = match file {
        Some(file) if !is_stdin(file) => open(file)?.take(OCTETS_MAX).read_to_end(&mut octets),
        _ => io::stdin().take(OCTETS_MAX).read_to_end(&mut octets),
    };
    read.map_err(|error| Failed::because("không đọc được", "cannot read", error))?;
    Ok(octets)
}

fn open(file: &Path) -> Result<File, Failed> {
    File::open(file).map_err(|error| {
        let name = file.display();
        Failed::new(format_args!("không mở được `{name}`: {error}"), format_args!("cannot open `{name}`: {error}"))
    })
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// Most octets looked at: no message is longer, and a capture may hold many.
const OCTETS_MAX: u64 = 64 << 20;
