//! What goes wrong in aligned PER, by fault, with the place: the path of field names and the bit it was seen at.
//!
//! Leaves out: what a fault means for a call. That is the caller's table.

use std::fmt;

/// Whose fault it is, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The octets are not an encoding of the type.
    Malformed(&'static str),
    /// A legal encoding of something that is not handled here.
    Unsupported(&'static str),
    /// The value to encode breaks a constraint of its type: our caller's mistake.
    Misuse(&'static str),
}

/// A value could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error(Box<Place>);

/// Result of reading and writing.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    fault: Fault,
    bit: usize,
    /// Innermost first: the path is recorded while the error passes outwards.
    path: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Field(&'static str),
    Element(usize),
}

impl Error {
    /// A fault at a bit of the message.
    #[cold]
    pub fn new(fault: Fault, bit: usize) -> Self {
        Self(Box::new(Place { fault, bit, path: Vec::new() }))
    }

    /// The same error, seen from the value that holds field or alternative `name`.
    #[cold]
    #[must_use]
    pub fn within(mut self, name: &'static str) -> Self {
        self.0.path.push(Step::Field(name));
        self
    }

    /// The same error, seen from the list that holds element `index`.
    #[cold]
    #[must_use]
    pub fn within_element(mut self, index: usize) -> Self {
        self.0.path.push(Step::Element(index));
        self
    }

    /// What went wrong.
    pub fn fault(&self) -> Fault {
        self.0.fault
    }

    /// How many bits from the start of the message; on writing, how many had been written.
    pub fn bit(&self) -> usize {
        self.0.bit
    }

    /// The path of field names, outermost first, such as `Setup.source_address[1].H323Id`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                Step::Field(name) if path.is_empty() => path.push_str(name),
                Step::Field(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                Step::Element(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, what) = match self.0.fault {
            Fault::Malformed(what) => ("malformed", what),
            Fault::Unsupported(what) => ("unsupported", what),
            Fault::Misuse(what) => ("misuse", what),
        };
        write!(f, "{kind}: {what}")?;
        if !self.0.path.is_empty() {
            write!(f, " in `{}`", self.path())?;
        }
        write!(f, " at bit {}", self.0.bit)
    }
}
