//! How long to wait before a transaction is run again.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

/// Runs of one transaction before its caller is told that the database is busy.
pub(crate) const ATTEMPTS: u32 = 8;

/// A pause before run `attempt + 1`: 2 ms doubled each time, up to 250 ms, of which a random half is taken, so that
/// writers who met do not meet again.
pub(crate) fn pause(attempt: u32) -> Duration {
    let full = Duration::from_millis(2 << attempt.min(7)).min(Duration::from_millis(250));
    let random = RandomState::new().build_hasher().finish();
    full / 2 + full.mul_f64(random as f64 / u64::MAX as f64 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_bounded() {
        for attempt in 0..40 {
            let pause = pause(attempt);
            assert!(
                pause >= Duration::from_millis(1) && pause <= Duration::from_millis(250),
                "{attempt}: {pause:?}"
            );
        }
        assert!(pause(7) > pause(0));
    }
}
