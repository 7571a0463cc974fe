//! The media of a demo peer: fifty packets of its own that nobody could guess, and a record of what it hears.

use lhtt_core::rng::Rng;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::{Instant, sleep, timeout_at};

/// What was said and heard, as digests in order.
#[derive(Debug, Default)]
pub(super) struct Talk {
    pub sent: Vec<String>,
    pub heard: Vec<String>,
}

/// Sends [`PACKETS`] packets of random payload to `remote` and listens until as many have come or nothing comes any more.
pub(super) async fn talk(socket: Arc<UdpSocket>, remote: SocketAddr, payload_type: u8, mut rng: Rng) -> Talk {
    let speak = {
        let socket = socket.clone();
        async move {
            // The other end's channel may be a moment behind ours.
            sleep(Duration::from_millis(300)).await;
            let ssrc = rng.next_u32();
            let mut sent = Vec::new();
            for number in 0..PACKETS {
                let payload: [u8; PAYLOAD] = rng.octets();
                let _ = socket.send_to(&packet(number, payload_type, ssrc, &payload), remote).await;
                sent.push(digest(&payload));
                sleep(Duration::from_millis(20)).await;
            }
            sent
        }
    };
    let (sent, heard) = tokio::join!(speak, listen(socket));
    Talk { sent, heard }
}

async fn listen(socket: Arc<UdpSocket>) -> Vec<String> {
    let deadline = Instant::now() + Duration::from_secs(5);
    let mut heard = Vec::new();
    let mut buffer = [0; 2048];
    while heard.len() < usize::from(PACKETS) {
        match timeout_at(deadline, socket.recv_from(&mut buffer)).await {
            Ok(Ok((length, _))) if length > HEADER => heard.push(digest(&buffer[HEADER..length])),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    heard
}

/// Sends back whatever comes, until told to stop.
pub(super) async fn echo(socket: Arc<UdpSocket>, remote: SocketAddr, stop: Arc<AtomicBool>) {
    let mut buffer = [0; 2048];
    while !stop.load(Ordering::Relaxed) {
        let deadline = Instant::now() + Duration::from_millis(200);
        if let Ok(Ok((length, _))) = timeout_at(deadline, socket.recv_from(&mut buffer)).await {
            let _ = socket.send_to(&buffer[..length], remote).await;
        }
    }
}

/// RFC 3550 5.1.
fn packet(number: u16, payload_type: u8, ssrc: u32, payload: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x80, payload_type];
    packet.extend(number.to_be_bytes());
    packet.extend((u32::from(number) * PAYLOAD as u32).to_be_bytes());
    packet.extend(ssrc.to_be_bytes());
    packet.extend(payload);
    packet
}

fn digest(payload: &[u8]) -> String {
    Sha256::digest(payload).iter().take(8).map(|octet| format!("{octet:02x}")).collect()
}

/// One second of sound.
const PACKETS: u16 = 50;
/// 20 ms of G.711.
const PAYLOAD: usize = 160;
const HEADER: usize = 12;
