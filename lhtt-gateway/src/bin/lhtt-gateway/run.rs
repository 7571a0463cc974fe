//! `run`: the border itself.

use super::{Failed, load, warn};
use lhtt_gateway::config::{Config, LogLevel};
use lhtt_gateway::driver::{self, StartError};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::path::Path;
use std::process::ExitCode;
use tracing::Level;

/// Runs until told to stop.
pub(crate) fn run(file: &Path) -> Result<ExitCode, Failed> {
    let config = load(file)?;
    warn(&config);
    log_to_stderr(config.log);
    raise_descriptors(&config);
    driver::run(&config, || {
        for listener in &config.settings.listeners {
            tracing::info!(protocol = ?listener.protocol, transport = ?listener.transport, local = %listener.local, "open");
        }
        eprintln!("Cổng biên đã sẵn sàng. The border is ready.");
    })
    .map_err(not_started)?;
    eprintln!("Cổng biên đã dừng. The border has stopped.");
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn not_started(error: StartError) -> Failed {
    Failed::because("không khởi động được", "cannot start", error)
}

fn log_to_stderr(level: LogLevel) {
    let level = match level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_ansi(false).init();
}

/// A call needs some eight descriptors; the usual soft limit of 1024 is for programs that use select().
fn raise_descriptors(config: &Config) {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: maximum, maximum };
    if setrlimit(Resource::Nofile, raised).is_err() {
        tracing::warn!(?current, "the limit of open files cannot be raised");
    }
    let needed = config.settings.calls.calls_max as u64 * DESCRIPTORS_PER_CALL;
    if maximum.is_some_and(|maximum| maximum < needed) {
        tracing::warn!(?maximum, needed, "fewer open files allowed than `limits.calls_max` calls need");
    }
}

/// Four of the relay, two or three streams, and room.
const DESCRIPTORS_PER_CALL: u64 = 8;
