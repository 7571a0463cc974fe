//! The driver: sockets, threads, clocks and the store around the sans-I/O gateway.
//!
//! One core thread runs the gateway and its plain sockets on a tokio loop; TLS, the relay and SQLite have threads of
//! their own. Inputs go in one at a time and outputs are carried out in order before the next. Leaves out: every
//! decision.

pub mod clock;
pub mod control;
mod core;
pub mod counters;
pub mod journal;
mod net;
mod notes;
mod tls;

use crate::config::Config;
use crate::gateway::Gateway;
use crate::relay::forward::Forwarder;
use clock::Clock;
use control::Control;
use core::{Asked, Core, Told};
use counters::Counters;
use journal::{Journal, JournalError, Written};
use lhtt_core::rng::Rng;
use net::{Inbox, Network, Secure};
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use tls::{Tls, TlsError};
use tokio::runtime::LocalOptions;
use tokio::sync::mpsc;

/// Why the gateway does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Certificates.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The configured facts contradict the regulation.
    #[error("the configured peers and sites were refused: {0}")]
    Facts(String),
    /// An address, a folder or a thread.
    #[error("{what}: {error}")]
    System {
        /// What was wanted.
        what: &'static str,
        /// What the system says.
        error: io::Error,
    },
}

/// Runs the gateway until SIGTERM or SIGINT, or until a client of the control socket stops it; then all calls are
/// released and the journal is closed. `ready` is called once every listener is open.
///
/// # Errors
/// Why it does not start.
pub fn run(config: &Config, ready: impl FnOnce()) -> Result<(), StartError> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build_local(LocalOptions::default()).map_err(system("runtime"))?;
    runtime.block_on(start(config, ready))
}

async fn start(config: &Config, ready: impl FnOnce()) -> Result<(), StartError> {
    journal::make_folder(&config.state_dir).map_err(system("state_dir"))?;
    let (journal, clock) = prepare(config).await?;
    let control = Control::bind(&config.control_socket()).map_err(system("control socket"))?;
    let counters = Arc::new(Counters::default());
    let (tell, told) = mpsc::unbounded_channel();
    let (happened, secure) = mpsc::channel(SECURE_QUEUE);
    let tls = match &config.driver.tls {
        Some(files) => {
            let tls = Tls::load(files, &config.settings)?;
            let started = Secure::start(tls, config.driver.limits, happened, counters.clone());
            Some(started.map_err(system("TLS thread"))?)
        }
        None => None,
    };
    let relay = tell.clone();
    let report = move |event| {
        let _ = relay.send(Told::Relay(event));
    };
    let forwarder = Forwarder::start(report).map_err(system("relay thread"))?;
    let inbox = Rc::new(Inbox::default());
    let limits = config.driver.limits;
    let network = Network::bind(&config.settings, limits, inbox.clone(), tls, counters.clone());
    let network = network.map_err(system("listener"))?;

    let (store, registry, head) = journal.into_parts();
    let durable = journal::Durable::new(registry.clone(), head);
    let gateway = Gateway::new(config.settings.clone(), registry, head, Rng::from_seed(seed()?));
    let (batches, to_write) = mpsc::unbounded_channel();
    let teller = tell.clone();
    let written = move |written: Written| {
        let _ = teller.send(Told::Written(written));
    };
    let writer = tokio::task::spawn_local(journal::write(store, durable, to_write, written));
    tokio::task::spawn_local(control.serve(tell.clone()));
    tokio::task::spawn_local(signals(tell));
    ready();
    let asked = Asked::default();
    let core = Core { gateway, network, inbox, secure, told, forwarder, journal: batches, clock, counters, asked };
    // A task among tasks: what wakes the root future of a runtime costs a look at the sockets each time.
    let ended = tokio::task::spawn_local(core.run()).await;
    if let Some(panic) = ended.err().and_then(|ended| ended.try_into_panic().ok()) {
        std::panic::resume_unwind(panic);
    }
    // The core has dropped its end: the writer closes the store and ends.
    let _ = writer.await;
    Ok(())
}

/// Opens the journal, writes down what the last run could not, and takes over the configured facts.
async fn prepare(config: &Config) -> Result<(Journal, Clock), StartError> {
    let mut journal = Journal::open(&config.store, rng()?).await?;
    let mut clock = Clock::new(config.driver.clock.clone(), journal.last());
    let left = journal.recover(clock.now().wall).await?;
    if left > 0 {
        tracing::warn!(left, "legs were open when the last run ended; they are journalled as left");
    }
    if let Some(entry) = journal.configure(&config.facts, clock.now().wall).await?
        && !entry.decision().is_permit()
    {
        return Err(StartError::Facts(entry.decision().render_vi()));
    }
    Ok((journal, clock))
}

async fn signals(tell: mpsc::UnboundedSender<Told>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) else {
        tracing::error!("signals cannot be caught");
        return;
    };
    loop {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        if tell.send(Told::Stop).is_err() {
            return;
        }
    }
}

/// A seed from the operating system, by way of the TLS provider's generator.
fn seed() -> Result<[u8; 32], StartError> {
    let mut seed = [0; 32];
    let filled = rustls::crypto::ring::default_provider().secure_random.fill(&mut seed);
    let error = |_| io::Error::other("no randomness");
    filled.map_err(error).map_err(system("random seed"))?;
    Ok(seed)
}

/// A seed for work outside the gateway.
///
/// # Errors
/// If the operating system gives none.
pub fn rng() -> Result<Rng, StartError> {
    seed().map(Rng::from_seed)
}

fn system(what: &'static str) -> impl FnOnce(io::Error) -> StartError {
    move |error| StartError::System { what, error }
}

/// Pieces from the TLS thread that wait for the core: with full records 16 MiB.
const SECURE_QUEUE: usize = 1024;
