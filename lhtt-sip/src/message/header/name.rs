//! Header names: known ones as an enum, others as written. Case does not matter (RFC 3261 7.3.1), compact forms
//! (RFC 3261 7.3.3 and the registry) read as the long name.

use crate::message::Text;
use std::fmt;

macro_rules! names {
    ($($variant:ident $text:literal $($compact:literal)?,)*) => {
        /// The name of a header field.
        #[derive(Clone, Debug)]
        pub enum Name {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
            /// A name that this crate does not know, as written.
            Other(Text),
        }

        impl Name {
            /// The name in its usual spelling; an unknown one as written.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }

            /// A small number for a known name, `u8::MAX` for others.
            pub(crate) const fn index(&self) -> u8 {
                match self {
                    $(Self::$variant => Known::$variant as u8,)*
                    Self::Other(_) => u8::MAX,
                }
            }
        }

        #[repr(u8)]
        enum Known { $($variant,)* }

        /// Every spelling and the name it stands for.
        const SPELLINGS: &[(&str, Name)] = &[
            $(($text, Name::$variant), $(($compact, Name::$variant),)?)*
        ];
    };
}

names! {
    Via "Via" "v",
    From "From" "f",
    To "To" "t",
    CallId "Call-ID" "i",
    CSeq "CSeq",
    MaxForwards "Max-Forwards",
    Contact "Contact" "m",
    ContentLength "Content-Length" "l",
    ContentType "Content-Type" "c",
    Route "Route",
    RecordRoute "Record-Route",
    Allow "Allow",
    Supported "Supported" "k",
    Require "Require",
    ProxyRequire "Proxy-Require",
    Unsupported "Unsupported",
    UserAgent "User-Agent",
    Server "Server",
    Accept "Accept",
    AcceptEncoding "Accept-Encoding",
    AcceptLanguage "Accept-Language",
    AlertInfo "Alert-Info",
    AllowEvents "Allow-Events" "u",
    AuthenticationInfo "Authentication-Info",
    Authorization "Authorization",
    CallInfo "Call-Info",
    ContentDisposition "Content-Disposition",
    ContentEncoding "Content-Encoding" "e",
    ContentLanguage "Content-Language",
    Date "Date",
    Diversion "Diversion",
    ErrorInfo "Error-Info",
    Event "Event" "o",
    Expires "Expires",
    HistoryInfo "History-Info",
    Identity "Identity" "y",
    InReplyTo "In-Reply-To",
    InfoPackage "Info-Package",
    Join "Join",
    MimeVersion "MIME-Version",
    MinExpires "Min-Expires",
    MinSe "Min-SE",
    Organization "Organization",
    PAssertedIdentity "P-Asserted-Identity",
    PPreferredIdentity "P-Preferred-Identity",
    Path "Path",
    Priority "Priority",
    Privacy "Privacy",
    ProxyAuthenticate "Proxy-Authenticate",
    ProxyAuthorization "Proxy-Authorization",
    RAck "RAck",
    RSeq "RSeq",
    Reason "Reason",
    RecvInfo "Recv-Info",
    ReferTo "Refer-To" "r",
    ReferredBy "Referred-By" "b",
    Replaces "Replaces",
    ReplyTo "Reply-To",
    RetryAfter "Retry-After",
    ServiceRoute "Service-Route",
    SessionExpires "Session-Expires" "x",
    SipEtag "SIP-ETag",
    SipIfMatch "SIP-If-Match",
    Subject "Subject" "s",
    SubscriptionState "Subscription-State",
    Timestamp "Timestamp",
    Warning "Warning",
    WwwAuthenticate "WWW-Authenticate",
}

/// Where in [`SPELLINGS`] the spellings of a hash begin to be looked for; probed linearly, `EMPTY` ends a search.
const SLOTS: [u8; 256] = {
    let mut slots = [EMPTY; 256];
    let mut index = 0;
    while index < SPELLINGS.len() {
        let mut slot = slot(SPELLINGS[index].0.as_bytes());
        while slots[slot] != EMPTY {
            slot = (slot + 1) % 256;
        }
        slots[slot] = index as u8;
        index += 1;
    }
    slots
};

const EMPTY: u8 = u8::MAX;

/// A hash of a spelling that is not empty: its length, first, middle and last octet, case aside.
const fn slot(spelling: &[u8]) -> usize {
    let last = spelling.len() - 1;
    (spelling.len() * 17 + letter(spelling[0]) * 5 + letter(spelling[last / 2]) * 13 + letter(spelling[last]) * 31)
        % 256
}

const fn letter(octet: u8) -> usize {
    (octet | 0x20) as usize
}

impl Name {
    /// The known name of this spelling.
    pub(crate) fn known(spelling: &[u8]) -> Option<Self> {
        if spelling.is_empty() {
            return None;
        }
        let mut slot = slot(spelling);
        loop {
            let (text, name) = SPELLINGS.get(usize::from(SLOTS[slot]))?;
            if text.as_bytes() == spelling || text.as_bytes().eq_ignore_ascii_case(spelling) {
                return Some(name.clone());
            }
            slot = (slot + 1) % 256;
        }
    }
}

/// Two names are one if their spellings differ in case only.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Other(a), Self::Other(b)) => a.eq_ignore_ascii_case(b),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Eq for Name {}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::known(text.as_bytes()).unwrap_or_else(|| Self::Other(text.into()))
    }
}

impl From<&String> for Name {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&Name> for Name {
    fn from(name: &Name) -> Self {
        name.clone()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_found_in_any_case() {
        for (text, name) in SPELLINGS {
            for spelling in [(*text).to_owned(), text.to_uppercase(), text.to_lowercase()] {
                assert_eq!(Name::known(spelling.as_bytes()).as_ref(), Some(name), "{spelling}");
            }
        }
        assert_eq!(Name::known(b"Vi"), None);
        assert_eq!(Name::from("X-Thing"), Name::from("x-thing"));
    }

    #[test]
    fn a_search_is_short() {
        let far = |(index, (text, _)): (usize, &(&str, Name))| {
            let home = slot(text.as_bytes());
            (0..256).position(|step| usize::from(SLOTS[(home + step) % 256]) == index)
        };
        let worst = SPELLINGS.iter().enumerate().filter_map(far).max();
        assert!(worst < Some(5), "{worst:?} probes: choose other factors");
    }
}
