//! A whole session description: read, kept and written (RFC 8866 5).
//!
//! Read more widely than the grammar: LF ends a line too, s= and t= may be missing and lines may stand out of order, as
//! fielded endpoints have them. v=0 first, one o= line, and m= and c= lines that make sense are demanded.

use super::connection::{Connection, Origin, read_origin};
use super::limits::MEDIA_MAX;
use super::line::{Line, Place, Section, split};
use super::media::{self, Media};
use super::{Direction, Fault};

/// A session description, with every line in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sdp {
    origin: Origin,
    connection: Option<Connection>,
    session: Section,
    media: Vec<Media>,
}

impl Sdp {
    /// Reads a description.
    ///
    /// # Errors
    /// [`Fault::Malformed`] with the line, or [`Fault::Unsupported`] for another version and beyond [`super::limits`].
    pub fn parse(octets: &[u8]) -> Result<Self, Fault> {
        Self::of_lines(split(octets)?)
    }

    /// Writes it: the lines as they were read or built, each ended by CRLF.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let sections = std::iter::once(&self.session).chain(self.media.iter().map(Media::section));
        sections.flat_map(Section::lines).for_each(|line| line.write(&mut out));
        out
    }

    /// Who describes the session, and which version this is.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The c= line of the session section.
    pub fn connection(&self) -> Option<&Connection> {
        self.connection.as_ref()
    }

    /// The lines before the first m= line.
    pub fn session(&self) -> &Section {
        &self.session
    }

    /// The media sections in order.
    pub fn media(&self) -> &[Media] {
        &self.media
    }

    /// The c= line that holds for one of [`Self::media`]: its own, or the session's (RFC 8866 5.7).
    pub fn connection_of<'a>(&'a self, media: &'a Media) -> Option<&'a Connection> {
        media.connection().or(self.connection())
    }

    /// The direction that holds for one of [`Self::media`], as its author sees it: its own, or the session's, or both
    /// ways; without receiving where the address says hold.
    pub fn direction_of(&self, media: &Media) -> Direction {
        let said = media.direction().or(self.session.direction()).unwrap_or_default();
        match self.connection_of(media) {
            Some(connection) if connection.is_hold() => Direction::of(said.sends(), false),
            _ => said,
        }
    }

    /// A description of our own, read back so that what we print is what a peer reads (I9).
    pub(super) fn build(lines: Vec<Line>) -> Result<Self, Fault> {
        let mut octets = Vec::new();
        lines.iter().for_each(|line| line.write(&mut octets));
        let misuse = |what: &dyn std::fmt::Display| Fault::Misuse(format!("a description of ours: {what}"));
        let sdp = Self::parse(&octets).map_err(|fault| misuse(&fault))?;
        let written = std::iter::once(&sdp.session).chain(sdp.media.iter().map(Media::section));
        if written.flat_map(Section::lines).ne(&lines) {
            return Err(misuse(&"a line end inside a value"));
        }
        Ok(sdp)
    }

    fn of_lines(lines: Vec<(Place, Line)>) -> Result<Self, Fault> {
        let (mut origin, mut connection) = (None, None);
        let (mut session, mut sections) = (Section::default(), Vec::<Media>::new());
        for (place, line) in lines {
            version(&line, place)?;
            match (line.letter, sections.last_mut()) {
                (b'm', _) => sections.push(Media::begin(line, place)?),
                (_, Some(section)) => section.push(line, place)?,
                (letter, None) => {
                    match letter {
                        b'o' if origin.is_some() => return Err(place.malformed("a second o= line")),
                        b'o' => origin = Some(read_o(&line, place)?),
                        b'c' if connection.is_none() => connection = Some(media::connection(&line, place)?),
                        _ => {}
                    }
                    session.lines.push(line);
                }
            }
        }
        if sections.len() > MEDIA_MAX {
            return Err(Fault::unsupported(format!("a description of more than {MEDIA_MAX} media")));
        }
        let origin = origin.ok_or_else(|| Place { line: 1, offset: 0 }.malformed("no o= line"))?;
        Ok(Self { origin, connection, session, media: sections })
    }
}

/// v= is the first line and nowhere else.
fn version(line: &Line, place: Place) -> Result<(), Fault> {
    match (place.line, line.letter) {
        (1, b'v') if line.value.trim_ascii() == b"0" => Ok(()),
        (1, b'v') => Err(Fault::unsupported("an SDP version other than 0")),
        (1, _) => Err(place.malformed("the first line is not v=0")),
        (_, b'v') => Err(place.malformed("a second v= line")),
        _ => Ok(()),
    }
}

fn read_o(line: &Line, place: Place) -> Result<Origin, Fault> {
    let text = line.text().ok_or_else(|| place.malformed("an o= line that is not UTF-8"))?;
    read_origin(text).map_err(|text| place.malformed(text))
}
