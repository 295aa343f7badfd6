//! A bound on the bytes of all uploads that are held at once, so that no number of them fills the memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Refusal;

/// What the room is measured in, in bytes: permits are counted in 32 bits.
const UNIT: u64 = 1 << 10;

/// The room for uploads.
pub(crate) struct Rooms(Arc<Semaphore>);

/// The room that one upload takes up, until it is dropped.
#[derive(Debug)]
pub(crate) struct Room(#[expect(dead_code, reason = "held for what its end does")] OwnedSemaphorePermit);

impl Rooms {
    /// Room for `bytes` in all.
    pub(crate) fn of(bytes: u64) -> Self {
        let units = usize::try_from(bytes.div_ceil(UNIT)).unwrap_or(usize::MAX);
        Self(Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS))))
    }

    /// Room for one of `bytes`.
    ///
    /// # Errors
    /// [`Refusal::Overloaded`] where the others leave too little.
    pub(crate) fn take(&self, bytes: u64) -> Result<Room, Refusal> {
        let units = u32::try_from(bytes.div_ceil(UNIT)).map_err(|_| Refusal::Overloaded)?;
        Arc::clone(&self.0).try_acquire_many_owned(units).map(Room).map_err(|_| Refusal::Overloaded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_taken_by_the_byte_and_given_back() {
        let rooms = Rooms::of(100 << 10);
        let large = rooms.take(99 << 10).unwrap();
        assert!(matches!(rooms.take((1 << 10) + 1), Err(Refusal::Overloaded)));
        let small = rooms.take(1).unwrap();
        assert!(matches!(rooms.take(1), Err(Refusal::Overloaded)));
        drop((large, small));
        rooms.take(100 << 10).unwrap();
    }
}
