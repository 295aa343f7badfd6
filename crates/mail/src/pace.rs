//! How many letters a minute, and how long to leave a server alone that does not answer.

use std::time::Duration;

use tokio::time::Instant;

/// The shortest and the longest that a server is left alone.
const REST: Duration = Duration::from_secs(15);
const LONGEST_REST: Duration = Duration::from_secs(600);

/// What decides whether a letter may go now. A letter that may not is told when to come again: a worker does not sit and wait.
#[derive(Debug)]
pub(crate) struct Pace {
    per_minute: u32,
    /// Letters that may go at once.
    tokens: f64,
    filled_at: Instant,
    /// Until when letters were told to come again, one after the other.
    promised: Instant,
    failures: u32,
    rests_until: Option<Instant>,
}

/// Why not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// As many as may go have gone.
    Full(Duration),
    /// The server did not answer a moment ago.
    Resting(Duration),
}

impl Pace {
    /// `per_minute` letters; 0 sets no bound.
    pub(crate) fn new(per_minute: u32, now: Instant) -> Self {
        let tokens = f64::from(per_minute);
        Self { per_minute, tokens, filled_at: now, promised: now, failures: 0, rests_until: None }
    }

    /// Lets a letter go, or says when to come again.
    pub(crate) fn ask(&mut self, now: Instant) -> Result<(), NotNow> {
        if let Some(until) = self.rests_until.filter(|until| *until > now) {
            return Err(NotNow::Resting(until - now));
        }
        if self.per_minute == 0 {
            return Ok(());
        }
        let most = f64::from(self.per_minute);
        let gained = (now - self.filled_at).as_secs_f64() * most / 60.0;
        self.tokens = (self.tokens + gained).min(most);
        self.filled_at = now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        self.promised = self.promised.max(now) + Duration::from_secs(60) / self.per_minute;
        Err(NotNow::Full(self.promised - now))
    }

    /// The server answered.
    pub(crate) fn answered(&mut self) {
        self.failures = 0;
        self.rests_until = None;
    }

    /// The server did not answer, or let nobody in. Gives how long it is left alone: longer each time.
    pub(crate) fn failed(&mut self, now: Instant) -> Duration {
        let rest = REST.saturating_mul(1 << self.failures.min(6)).min(LONGEST_REST);
        self.failures += 1;
        self.rests_until = Some(now + rest);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_the_bound_come_again_one_after_the_other() {
        let start = Instant::now();
        let mut pace = Pace::new(60, start);
        assert!((0..60).all(|_| pace.ask(start).is_ok()));
        assert_eq!(pace.ask(start), Err(NotNow::Full(Duration::from_secs(1))));
        assert_eq!(pace.ask(start), Err(NotNow::Full(Duration::from_secs(2))));
        assert_eq!(pace.ask(start + Duration::from_secs(1)), Ok(()));
        let mut free = Pace::new(0, start);
        assert!((0..1000).all(|_| free.ask(start).is_ok()));
    }

    #[test]
    fn a_silent_server_is_left_alone_longer_each_time() {
        let start = Instant::now();
        let mut pace = Pace::new(0, start);
        assert_eq!([0; 8].map(|_| pace.failed(start).as_secs()), [15, 30, 60, 120, 240, 480, 600, 600]);
        assert_eq!(pace.ask(start), Err(NotNow::Resting(Duration::from_secs(600))));
        assert_eq!(pace.ask(start + Duration::from_secs(600)), Ok(()));
        pace.answered();
        assert_eq!(pace.failed(start).as_secs(), 15);
    }
}
