//! Hold: RFC 3264 8.4, and 0.0.0.0 as RFC 2543 B.5 had it.

use super::line::{Line, Section};
use super::media::Media;
use super::{Direction, Fault, Sdp};

impl Sdp {
    /// Which ways its author wants media to flow, over all media in use.
    pub fn direction(&self) -> Direction {
        let used = self.media().iter().filter(|media| media.port() != 0).map(|media| self.direction_of(media));
        let (sends, receives) = used.fold((false, false), |(sends, receives), direction| {
            (sends || direction.sends(), receives || direction.receives())
        });
        Direction::of(sends, receives)
    }

    /// Whether its author wants no media from us, though it has media in use.
    pub fn is_hold(&self) -> bool {
        self.media().iter().any(|media| media.port() != 0) && !self.direction().receives()
    }

    /// The next version of a description of ours, in which we take no media (`held`) or take it again. What we send stays as
    /// it was.
    ///
    /// # Errors
    /// [`Fault::Misuse`] where the version is no number that can be counted up.
    pub fn with_hold(&self, held: bool) -> Result<Self, Fault> {
        let version = self.origin().session_version.parse::<u64>().ok().and_then(|version| version.checked_add(1));
        let version =
            version.ok_or_else(|| Fault::Misuse("a description of ours without a countable version".into()))?;
        let mut lines: Vec<Line> = Vec::new();
        for line in self.session().lines() {
            match line.letter {
                b'o' => lines.push(Line::new(b'o', versioned(line, version))),
                _ => lines.push(line.clone()),
            }
        }
        for media in self.media() {
            let receives = !held && media.port() != 0;
            lines.extend(directed(media, Direction::of(self.direction_of(media).sends(), receives)));
        }
        Self::build(lines)
    }
}

/// The o= line with another version: the fourth field from the end.
fn versioned(line: &Line, version: u64) -> String {
    let mut fields: Vec<&str> = line.text().unwrap_or_default().trim_ascii().rsplitn(5, ' ').collect();
    let version = version.to_string();
    if let Some(field) = fields.get_mut(3) {
        *field = &version;
    }
    fields.reverse();
    fields.join(" ")
}

/// The lines of a medium with this direction.
fn directed(media: &Media, direction: Direction) -> Vec<Line> {
    let section: &Section = media.section();
    let says = |line: &&Line| {
        let name = line.attribute().filter(|(_, value)| value.is_none()).map(|(name, _)| name);
        name.is_none_or(|name| Direction::from_name(name).is_none())
    };
    let mut lines: Vec<Line> = section.lines().iter().filter(says).cloned().collect();
    lines.push(Line::new(b'a', direction.name()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "v=0\r\no=a b 7 41 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=x:1\r\n\
        m=audio 4000 RTP/AVP 0\r\na=sendrecv\r\na=y\r\nm=video 0 RTP/AVP 31\r\nm=video 4002 RTP/AVP 31\r\na=recvonly\r\n";

    #[test]
    fn hold_and_back() {
        let ours = Sdp::parse(OURS.as_bytes()).expect("it reads");
        let held = ours.with_hold(true).expect("it can be held");
        let text = String::from_utf8(held.to_bytes()).expect("text");
        assert_eq!(
            text,
            "v=0\r\no=a b 7 42 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=x:1\r\n\
             m=audio 4000 RTP/AVP 0\r\na=y\r\na=sendonly\r\nm=video 0 RTP/AVP 31\r\na=sendonly\r\n\
             m=video 4002 RTP/AVP 31\r\na=inactive\r\n"
        );
        assert!(held.is_hold() && !ours.is_hold());
        let back = held.with_hold(false).expect("it can be taken back");
        assert_eq!(back.direction(), Direction::SendRecv);
        assert_eq!(back.origin().session_version, "43");
    }

    #[test]
    fn an_address_of_nobody_is_a_hold() {
        let old = OURS.replace("c=IN IP4 192.0.2.1", "c=IN IP4 0.0.0.0");
        assert!(Sdp::parse(old.as_bytes()).expect("it reads").is_hold());
        let none = OURS.replace("audio 4000", "audio 0").replace("video 4002", "video 0");
        assert!(!Sdp::parse(none.as_bytes()).expect("it reads").is_hold(), "nothing is in use");
    }
}
