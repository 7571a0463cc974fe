//! Answers: ours to an offer (RFC 3264 6), and a peer's to an offer of ours (RFC 3264 7).

use super::stream::{AgreedFormat, AudioStream, candidates, no_common_format};
use crate::sdp::line::Line;
use crate::sdp::{AudioFormat, Fault, LocalAudio, Media, Sdp};

/// Our answer and what it agrees on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The description to send.
    pub sdp: Sdp,
    /// The stream as agreed; its formats are in our preference.
    pub stream: AudioStream,
}

/// Answers an offer: its first audio section with a common format is taken, in our preference and with the offer's
/// payload types; every other section is declined.
///
/// # Errors
/// [`Fault::Unsupported`] where no audio section can be taken, SRTP without an alternative included;
/// [`Fault::Violation`] for an offer that breaks RFC 3264 or RFC 8866; [`Fault::Misuse`] for a `local` that cannot be
/// written.
pub fn answer(offer: &Sdp, local: &LocalAudio) -> Result<Answer, Fault> {
    let (stream, formats) = candidates(offer, |index, media| {
        let mut stream = AudioStream::of(offer, index, media)?;
        let written = agree(&mut stream, &local.formats, &media.audio_formats());
        stream.direction = stream.direction.and(local.direction);
        if stream.formats.is_empty() { Err(no_common_format(media)) } else { Ok((stream, written)) }
    })?;
    // RFC 3264 6 wants the t= line of the offer back.
    let times = offer.session().first(b't').and_then(Line::text).unwrap_or("0 0");
    let mut lines = local.head(times);
    for (index, media) in offer.media().iter().enumerate() {
        if index == stream.index {
            lines.extend(local.section(media.protocol(), &formats, stream.direction));
        } else {
            lines.push(decline(media));
        }
    }
    Ok(Answer { sdp: Sdp::build(lines)?, stream })
}

/// Reads the peer's answer to `offer`, which is ours.
///
/// # Errors
/// [`Fault::Violation`] where the sections do not correspond or no format of the offer is left, and
/// [`Fault::Unsupported`] where the peer declined audio.
pub fn accept_answer(offer: &Sdp, answer: &Sdp) -> Result<AudioStream, Fault> {
    let (asked, got) = (offer.media(), answer.media());
    if asked.len() != got.len() {
        return Err(violation(format!("an answer with `{}` media to an offer with `{}`", got.len(), asked.len())));
    }
    asked.iter().zip(got).enumerate().try_for_each(|(index, (ours, theirs))| corresponds(index, ours, theirs))?;
    let open = |(_, (_, theirs)): &(usize, (&Media, &Media))| theirs.kind() == "audio" && theirs.port() != 0;
    match asked.iter().zip(got).enumerate().find(open) {
        Some((index, (ours, theirs))) => agreed_stream(offer, ours, answer, index, theirs),
        None => Err(Fault::unsupported("the peer declined audio")),
    }
}

/// Whether a section of the answer is one to the section of the offer in its place.
fn corresponds(index: usize, ours: &Media, theirs: &Media) -> Result<(), Fault> {
    let declined = theirs.port() == 0;
    if ours.kind() != theirs.kind() || (!declined && !ours.protocol().eq_ignore_ascii_case(theirs.protocol())) {
        let (asked, got) = (ours.protocol(), theirs.protocol());
        return Err(violation(format!("`{} {got}` answers `{} {asked}`", theirs.kind(), ours.kind())));
    }
    if ours.port() == 0 && !declined {
        return Err(violation(format!("media `{index}` was offered with port 0 and answered with another")));
    }
    Ok(())
}

fn agreed_stream(offer: &Sdp, ours: &Media, answer: &Sdp, index: usize, theirs: &Media) -> Result<AudioStream, Fault> {
    let mut stream = AudioStream::of(answer, index, theirs)?;
    let (ours_formats, theirs_formats) = (ours.audio_formats(), theirs.audio_formats());
    for format in theirs_formats {
        // Formats that we did not offer may be listed (RFC 3264 6.1) and are not used.
        let same = |our: &&AudioFormat| our.matches(&format).is_some();
        let by_number = ours_formats.iter().filter(|our| our.payload_type == format.payload_type).find(same);
        let Some(our) = by_number.or_else(|| ours_formats.iter().find(same)) else { continue };
        let agreed = AgreedFormat { receive: our.payload_type, format };
        match agreed.format.is_telephone_event() {
            true => stream.telephone_event = stream.telephone_event.take().or(Some(agreed)),
            false => stream.formats.push(agreed),
        }
    }
    stream.direction = stream.direction.and(offer.direction_of(ours));
    if stream.formats.is_empty() {
        return Err(violation(format!("no format of the offer in the answer's `{}`", theirs.formats().join(" "))));
    }
    Ok(stream)
}

/// Fills in what both have, in our preference, and gives the formats to write, with the offer's payload types.
fn agree(stream: &mut AudioStream, ours: &[AudioFormat], theirs: &[AudioFormat]) -> Vec<AudioFormat> {
    let mut written: Vec<AudioFormat> = Vec::new();
    for our in ours.iter().filter(|our| !our.is_telephone_event()) {
        let fits = |their: &&AudioFormat| !written.iter().any(|taken| taken.payload_type == their.payload_type);
        let found = theirs.iter().filter(fits).find_map(|their| our.matches(their).map(|fmtp| (their, fmtp)));
        if let Some((their, fmtp)) = found {
            stream.formats.push(AgreedFormat { format: their.clone(), receive: their.payload_type });
            written.push(AudioFormat { fmtp, ..their.clone() });
        }
    }
    let event = ours.iter().filter(|our| our.is_telephone_event()).find_map(|our| {
        let fits = theirs.iter().filter(|their| shares_a_clock(their, &written));
        fits.filter_map(|their| our.matches(their).map(|fmtp| (their, fmtp))).next()
    });
    if let Some((their, fmtp)) = event {
        stream.telephone_event = Some(AgreedFormat { format: their.clone(), receive: their.payload_type });
        written.push(AudioFormat { fmtp, ..their.clone() });
    }
    written
}

/// Events have the clock of the sound that they interrupt (RFC 4733 2.1).
fn shares_a_clock(event: &AudioFormat, sounds: &[AudioFormat]) -> bool {
    sounds.iter().any(|sound| sound.clock_rate == event.clock_rate)
}

/// Port 0 and what the offer said, with a format where the offer had none (RFC 3264 6).
fn decline(media: &Media) -> Line {
    let formats = if media.formats().is_empty() { "0".to_owned() } else { media.formats().join(" ") };
    Line::new(b'm', format!("{} 0 {} {formats}", media.kind(), media.protocol()))
}

fn violation(text: String) -> Fault {
    Fault::Violation { clause: "RFC 3264 6", text }
}
