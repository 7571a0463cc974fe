//! The configuration: one TOML text, validated once at start.
//!
//! Pure: a text in, a [`Config`] or everything that is wrong with it out. `form.rs` documents every field. Leaves out:
//! reading files, among them certificates, which is the driver's.

mod check;
mod explain;
mod form;
mod neighbour;
mod profile;
mod sections;

pub use check::Fault;

use crate::settings::Settings;
use check::Checker;
use lhtt_core::registry::Configuration;
use lhtt_core::time::Duration;
use std::fmt;
use std::path::{Path, PathBuf};

/// Gives the text of a file that the configuration names, or why it cannot.
pub type Read<'a> = dyn FnMut(&str) -> Result<String, String> + 'a;

/// A valid configuration, sorted by who needs it.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the gateway is told.
    pub settings: Settings,
    /// What the regulation is told.
    pub facts: Configuration,
    /// What the driver is told.
    pub driver: DriverSettings,
    /// Where the journal lies.
    pub store: StoreSettings,
    /// Folder of the control socket.
    pub state_dir: PathBuf,
    /// What goes to the log.
    pub log: LogLevel,
    /// Plain listeners and neighbours, each with its written reason.
    pub plain: Vec<(String, String)>,
}

/// What the driver is told beside the listeners.
#[derive(Clone, Debug)]
pub struct DriverSettings {
    /// Certificates, where anything uses TLS.
    pub tls: Option<TlsFiles>,
    /// Deadlines and bounds of connections.
    pub limits: StreamLimits,
    /// Whether the clock may be trusted.
    pub clock: ClockSettings,
}

/// Files of certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// Our chain.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// Roots by name, in configured order.
    pub anchors: Vec<(String, PathBuf)>,
}

/// Deadlines and bounds of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamLimits {
    /// Until a TLS handshake is complete.
    pub handshake: Duration,
    /// Until a new connection has sent something that we answered.
    pub idle: Duration,
    /// Until an outgoing connection is up.
    pub connect: Duration,
    /// Connections from one address that were not answered yet.
    pub connections_per_source: usize,
    /// Connections in all.
    pub connections_max: usize,
    /// Octets queued for one connection.
    pub queue_octets: usize,
}

impl Default for StreamLimits {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            idle: Duration::from_secs(10),
            connect: Duration::from_secs(10),
            connections_per_source: 32,
            connections_max: 8000,
            queue_octets: 256 * 1024,
        }
    }
}

/// Whether the clock may be trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockSettings {
    /// Somebody sees to it.
    pub trusted: bool,
    /// A file that is there while it is synchronised.
    pub synchronized_file: Option<PathBuf>,
}

/// Where the journal lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreSettings {
    /// In memory: for trials.
    Memory,
    /// In one SQLite file.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Most MiB it may grow to.
        mib_max: Option<u32>,
    },
}

/// What goes to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// What keeps the gateway from its work.
    Error,
    /// What somebody should look at.
    Warn,
    /// One line a call.
    Info,
    /// For the engineer.
    Debug,
}

/// Everything that is wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Each names the field, the value and what is allowed.
    pub faults: Vec<Fault>,
}

impl Config {
    /// Reads and validates a configuration.
    ///
    /// # Errors
    /// All faults at once, except where the text is no TOML of the right form: then the first.
    pub fn load(text: &str) -> Result<Self, ConfigError> {
        Self::load_with(text, &mut |name| Err(format!("`{name}` cannot be read here; state the keys themselves")))
    }

    /// As [`Self::load`], with the files of profiles that it names: `read` gives the text of one, or why it cannot.
    ///
    /// # Errors
    /// As [`Self::load`]; faults of a profile name its file.
    pub fn load_with(text: &str, read: &mut Read<'_>) -> Result<Self, ConfigError> {
        let file: form::File = toml::from_str(text).map_err(|error| not_the_form(text, &error))?;
        let mut check = Checker::default();
        let config = sections::build(&mut check, &file, read);
        match config {
            Some(config) if check.faults.is_empty() => Ok(config),
            _ => Err(ConfigError { faults: check.faults }),
        }
    }

    /// The same configuration with relative paths taken as relative to `folder`.
    #[must_use]
    pub fn relative_to(mut self, folder: &Path) -> Self {
        let join = |path: &mut PathBuf| *path = folder.join(&path);
        join(&mut self.state_dir);
        if let StoreSettings::Sqlite { path, .. } = &mut self.store {
            join(path);
        }
        if let Some(tls) = &mut self.driver.tls {
            [&mut tls.certificate, &mut tls.key].into_iter().for_each(join);
            tls.anchors.iter_mut().for_each(|(_, file)| join(file));
        }
        self.driver.clock.synchronized_file.iter_mut().for_each(join);
        self
    }

    /// The control socket.
    pub fn control_socket(&self) -> PathBuf {
        self.state_dir.join("control.sock")
    }

    /// What is open, for whom, and what is closed and why; Vietnamese first.
    pub fn explain(&self) -> String {
        explain::explain(self)
    }
}

/// A fault of the shape, at its line.
fn not_the_form(text: &str, error: &toml::de::Error) -> ConfigError {
    let (line, value) = match error.span() {
        Some(span) => {
            let before = text.get(..span.start).unwrap_or_default();
            let line = before.lines().count().max(1) + usize::from(before.ends_with('\n'));
            (line.to_string(), text.get(span).unwrap_or_default().lines().next().unwrap_or_default().to_owned())
        }
        None => ("1".to_owned(), String::new()),
    };
    let fault = Fault { field: format!("line {line}"), value, allowed: error.message().replace('\n', " ") };
    ConfigError { faults: vec![fault] }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Fault { field, value, allowed }) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{field}: `{value}`: {allowed}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
