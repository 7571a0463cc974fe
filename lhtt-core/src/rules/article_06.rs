//! Điều 6: conditions of rooms and terminals. Decides by khoản 1 to 5 (the room), 2 again (its network), 6 (changes of
//! terminals), 7 (credentials) and 8 (personal devices).

pub(crate) mod credential;
pub(crate) mod drift;
pub(crate) mod network;
pub(crate) mod personal;
pub(crate) mod room;
