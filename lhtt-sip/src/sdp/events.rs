//! The events of a telephone-event format: `0-15,66,70` (RFC 4733 2.4.1).

/// A set of telephone events, numbers 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventSet([u64; 4]);

impl EventSet {
    /// The DTMF events 0 to 15, which a format without parameters means (RFC 4733 2.4.1).
    pub const DTMF: Self = Self([0xffff, 0, 0, 0]);
    const NONE: Self = Self([0; 4]);

    /// Reads a list of numbers and ranges; no parameters mean [`Self::DTMF`], what cannot be read is left out.
    pub fn read(parameters: Option<&str>) -> Self {
        let Some(list) = parameters else { return Self::DTMF };
        // Some peers write the media type's parameter name, which SDP leaves off.
        let list = list.strip_prefix("events=").unwrap_or(list);
        let mut set = Self::NONE;
        for item in list.split(',').map(str::trim_ascii) {
            let (first, last) = item.split_once('-').unwrap_or((item, item));
            if let (Ok(first), Ok(last)) = (first.parse::<u8>(), last.parse::<u8>()) {
                (first..=last).for_each(|event| set.insert(event));
            }
        }
        set
    }

    /// Whether the event is in it.
    pub const fn contains(&self, event: u8) -> bool {
        self.0[(event >> 6) as usize] & (1 << (event & 63)) != 0
    }

    /// The events of both.
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|index| self.0[index] & other.0[index]))
    }

    /// Whether there is no event in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    fn insert(&mut self, event: u8) {
        self.0[usize::from(event >> 6)] |= 1 << (event & 63);
    }
}

impl std::fmt::Display for EventSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut separator = "";
        let mut event = 0_u16;
        while event < 256 {
            let end = (event..256).find(|next| !self.contains(*next as u8)).unwrap_or(256);
            match end - event {
                0 => {}
                1 => write!(f, "{separator}{event}")?,
                _ => write!(f, "{separator}{event}-{}", end - 1)?,
            }
            if end > event {
                separator = ",";
            }
            event = end + 1;
        }
        Ok(())
    }
}
