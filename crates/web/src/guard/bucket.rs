//! A bound on how often one client may do something: a bucket of tokens for each, filled again as time passes.

use std::collections::HashMap;
use std::sync::Mutex;

use db::Timestamp;

/// Clients remembered at most. Full buckets are forgotten first; they say nothing.
const CLIENTS_MAX: usize = 100_000;

const MICROS_PER_MINUTE: i64 = 60_000_000;

/// The buckets of all clients.
pub(crate) struct Buckets {
    per_minute: u32,
    /// When each client's bucket will be full again, in microseconds since 1970: all that a bucket is.
    full_at: Mutex<HashMap<String, i64>>,
}

impl Buckets {
    /// Buckets that hold as much as a minute brings; 0 sets no bound.
    pub(crate) fn per_minute(per_minute: u32) -> Self {
        Self { per_minute, full_at: Mutex::default() }
    }

    /// Takes one token from the bucket of `client`.
    ///
    /// # Errors
    /// [`domain::Error::Limited`] where it is empty, with the seconds until there is one again.
    pub(crate) fn take(&self, client: &str, now: Timestamp) -> Result<(), domain::Error> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let now = now.as_microsecond();
        let cost = MICROS_PER_MINUTE / i64::from(self.per_minute);
        let mut full_at = self.full_at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // No bucket is further from full than a minute. What says otherwise was written by a clock that was ahead and has
        // been put right since.
        let emptiest = now + MICROS_PER_MINUTE;
        let before = full_at.get(client).copied().unwrap_or(now).clamp(now, emptiest);
        let full = before + cost;
        let over = full - emptiest;
        if over > 0 {
            // Kept as corrected, so that time counts from here.
            full_at.insert(client.to_owned(), before);
            let seconds = u64::try_from(over).unwrap_or(0).div_ceil(1_000_000);
            return Err(domain::Error::Limited { seconds });
        }
        if full_at.len() >= CLIENTS_MAX {
            full_at.retain(|_, full| {
                *full = emptiest.min(*full);
                *full > now
            });
        }
        // A flood of addresses may not fill the memory: beyond the bound, new ones are let through uncounted.
        if full_at.len() < CLIENTS_MAX || full_at.contains_key(client) {
            full_at.insert(client.to_owned(), full);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    fn wait(outcome: Result<(), domain::Error>) -> Option<u64> {
        match outcome {
            Ok(()) => None,
            Err(domain::Error::Limited { seconds }) => Some(seconds),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_bucket_holds_a_minute_and_fills_evenly() {
        let buckets = Buckets::per_minute(6);
        for n in 0..6 {
            assert_eq!(wait(buckets.take("a", at(0))), None, "{n}");
        }
        assert_eq!(wait(buckets.take("a", at(0))), Some(10));
        assert_eq!(wait(buckets.take("b", at(0))), None, "others are not held back");
        assert_eq!(wait(buckets.take("a", at(9))), Some(1));
        assert_eq!(wait(buckets.take("a", at(10))), None);
        assert_eq!(wait(buckets.take("a", at(10))), Some(10), "a refusal costs nothing");
    }

    #[test]
    fn a_clock_that_was_ahead_locks_nobody_out() {
        let buckets = Buckets::per_minute(6);
        assert_eq!(wait(buckets.take("a", at(3600))), None);
        assert_eq!(wait(buckets.take("a", at(0))), Some(10), "the hour is not waited out");
        assert_eq!(wait(buckets.take("a", at(4))), Some(6), "and the wait grows shorter");
        assert_eq!(wait(buckets.take("a", at(10))), None);
    }

    #[test]
    fn a_bound_of_none_holds_nobody() {
        let buckets = Buckets::per_minute(0);
        assert!((0..10_000).all(|_| buckets.take("a", at(0)).is_ok()));
    }
}
