//! How many calls have not ended, in all and with each neighbour: kept as they come and go, for a limit is asked at every
//! call, and calls that drain outnumber those that live.

/// Counts of live calls.
#[derive(Debug)]
pub(super) struct Live {
    all: usize,
    with: Vec<usize>,
}

impl Live {
    pub(super) fn new(neighbours: usize) -> Self {
        Self { all: 0, with: vec![0; neighbours] }
    }

    /// A call between these neighbours came in.
    pub(super) fn began(&mut self, between: [Option<usize>; 2]) {
        self.change(between, |count| count + 1);
    }

    /// It ended.
    pub(super) fn ended(&mut self, between: [Option<usize>; 2]) {
        self.change(between, |count| count.saturating_sub(1));
    }

    fn change(&mut self, between: [Option<usize>; 2], to: impl Fn(usize) -> usize) {
        self.all = to(self.all);
        for index in between.into_iter().flatten() {
            if let Some(count) = self.with.get_mut(index) {
                *count = to(*count);
            }
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> usize {
        self.all
    }

    /// Those from or to a neighbour.
    pub(super) fn with(&self, neighbour: usize) -> usize {
        self.with.get(neighbour).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Live;

    #[test]
    fn both_neighbours_of_a_call_are_counted() {
        let mut live = Live::new(2);
        live.began([Some(0), Some(1)]);
        live.began([Some(1), None]);
        assert_eq!((live.all(), live.with(0), live.with(1), live.with(7)), (2, 1, 2, 0));
        live.ended([Some(0), Some(1)]);
        assert_eq!((live.all(), live.with(0), live.with(1)), (1, 0, 1));
    }
}
