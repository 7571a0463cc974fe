//! The command line of the border. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
//!
//! What people read is Vietnamese first, then English. Leaves out: everything that decides.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the binary may touch files, sockets and threads"
)]

mod arguments;
mod check;
mod decide;
mod demo;
mod inspect;
mod journal;
mod orders;
mod run;

use arguments::{Arguments, Command, JournalCommand};
use clap::Parser;
use lhtt_gateway::config::Config;
use lhtt_gateway::driver::clock::Clock;
use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo(arguments) => demo::demo(&arguments),
        Command::DemoPeer(peer) => peer.run(),
        Command::Run { config } => run::run(&config),
        Command::CheckConfig { file } => check::check(&file),
        Command::Submit { request, config } => orders::submit(&request, &config),
        Command::Accept(accept) => orders::accept(accept),
        Command::Status { config, json } => orders::status(&config, json),
        Command::Journal { command: JournalCommand::Verify(verify) } => journal::verify(&verify),
        Command::Journal { command: JournalCommand::Export(export) } => journal::export(&export),
        Command::Journal { command: JournalCommand::Erase(erase) } => journal::erase(&erase),
        Command::Inspect(inspect) => inspect::inspect(&inspect),
        Command::Decide(decide) => decide::decide(&decide),
    };
    match done {
        Ok(code) => code,
        Err(Failed(text)) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

/// What went wrong and what to do, for people.
#[derive(Debug)]
struct Failed(String);

impl Failed {
    /// Vietnamese, English.
    fn new(vi: impl Display, en: impl Display) -> Self {
        Self(format!("Lỗi: {vi}\nError: {en}"))
    }

    /// A fault that has one text only.
    fn because(vi: &str, en: &str, why: impl Display) -> Self {
        Self::new(format_args!("{vi}: {why}"), format_args!("{en}: {why}"))
    }
}

/// Reads a file as text.
fn read(file: &Path) -> Result<String, Failed> {
    std::fs::read_to_string(file).map_err(|error| {
        let name = file.display();
        Failed::new(format_args!("không đọc được `{name}`: {error}"), format_args!("cannot read `{name}`: {error}"))
    })
}

/// What is worth knowing of the configured profile now, Vietnamese first: printed, and nothing stops for it.
fn warn(config: &Config) {
    let now = Clock::new(config.driver.clock.clone(), None).now().wall;
    for finding in config.facts.profile.warnings(now.into()) {
        eprintln!("Lưu ý: {}.\nNote: {}.", finding.observed.vi, finding.observed.en);
    }
}

/// Reads and validates a configuration; its relative paths are relative to its folder.
fn load(file: &Path) -> Result<Config, Failed> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut profile = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let config = Config::load_with(&read(file)?, &mut profile).map_err(|error| {
        let name = file.display();
        Failed(format!("Cấu hình `{name}` sai:\nThe configuration `{name}` is wrong:\n{error}"))
    })?;
    Ok(config.relative_to(folder))
}
