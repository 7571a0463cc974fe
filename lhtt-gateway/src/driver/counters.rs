//! What the driver counts: connections refused, and why. The gateway counts calls, the relay packets.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Counters since start, shared by the threads of the driver.
        #[derive(Debug, Default)]
        pub struct Counters {
            $($(#[$doc])* pub $name: AtomicU64,)*
        }

        impl Counters {
            /// Names and values, in a fixed order.
            pub fn values(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), self.$name.load(Ordering::Relaxed)),)*]
            }
        }
    };
}

counters! {
    /// Connections taken.
    accepted,
    /// TLS handshakes refused because the peer showed no certificate.
    tls_no_certificate,
    /// TLS handshakes refused because no configured authority verifies the peer, or its name or key is not the one.
    tls_untrusted,
    /// TLS handshakes that failed otherwise.
    tls_failed,
    /// TLS handshakes not complete in time.
    tls_timed_out,
    /// Connections or datagrams on a plain listener from outside its neighbour's networks.
    foreign_source,
    /// Connections refused because their source has too many that have said nothing yet.
    source_limit,
    /// Connections refused because there are too many.
    connection_limit,
    /// Connections closed because they said nothing worth an answer in time.
    idle,
    /// Connections reset because the peer does not read.
    queue_limit,
    /// Datagrams that the system would not send.
    datagrams_unsent,
}

/// Counts one.
pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
