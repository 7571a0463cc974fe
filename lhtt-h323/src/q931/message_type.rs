//! Message types of Q.931 table 4-2, as far as H.225.0 7.3 uses or forbids them.

/// The type of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are Q.931's")]
pub enum MessageType {
    Alerting,
    CallProceeding,
    Progress,
    Setup,
    Connect,
    SetupAcknowledge,
    ConnectAcknowledge,
    UserInformation,
    Disconnect,
    Release,
    ReleaseComplete,
    Facility,
    Notify,
    StatusInquiry,
    Information,
    Status,
    /// Any other octet.
    Other(u8),
}

impl MessageType {
    const NAMED: [(Self, u8, &'static str); 16] = [
        (Self::Alerting, 0x01, "Alerting"),
        (Self::CallProceeding, 0x02, "CallProceeding"),
        (Self::Progress, 0x03, "Progress"),
        (Self::Setup, 0x05, "Setup"),
        (Self::Connect, 0x07, "Connect"),
        (Self::SetupAcknowledge, 0x0d, "SetupAcknowledge"),
        (Self::ConnectAcknowledge, 0x0f, "ConnectAcknowledge"),
        (Self::UserInformation, 0x20, "UserInformation"),
        (Self::Disconnect, 0x45, "Disconnect"),
        (Self::Release, 0x4d, "Release"),
        (Self::ReleaseComplete, 0x5a, "ReleaseComplete"),
        (Self::Facility, 0x62, "Facility"),
        (Self::Notify, 0x6e, "Notify"),
        (Self::StatusInquiry, 0x75, "StatusInquiry"),
        (Self::Information, 0x7b, "Information"),
        (Self::Status, 0x7d, "Status"),
    ];

    /// The type with this octet.
    pub fn of(octet: u8) -> Self {
        Self::NAMED.iter().find(|named| named.1 == octet).map_or(Self::Other(octet), |named| named.0)
    }

    /// Its octet.
    pub fn octet(self) -> u8 {
        match self {
            Self::Other(octet) => octet,
            named => Self::NAMED.iter().find(|row| row.0 == named).map_or(0, |row| row.1),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|row| row.0 == self).map_or("unknown", |row| row.2)
    }
}
