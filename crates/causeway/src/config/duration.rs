//! Durations, written with a unit: `250ms`, `30s`, `5m`, `24h`, `7d`.

use std::time::Duration;

use super::value::{Shape, Shown, Value};

const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

impl Value for Duration {
    const SHAPE: Shape = Shape::Text;
    const ABSENT: &str = "off";

    fn expects() -> String {
        "a duration with its unit in quotes such as \"30s\" (units: ms, s, m, h, d)".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
        let number: u64 = number.parse().map_err(|_| Self::wanted())?;
        let unit = unit.trim();
        let (_, millis) = UNITS.into_iter().find(|(name, _)| *name == unit).ok_or_else(Self::wanted)?;
        number
            .checked_mul(millis)
            .map(Self::from_millis)
            .ok_or_else(|| "is longer than any clock counts".into())
    }

    /// The largest unit that gives a whole number, so that reading it back gives the same duration.
    fn show(&self) -> Shown {
        let millis = u64::try_from(self.as_millis()).unwrap_or(u64::MAX);
        let (unit, length) = UNITS
            .into_iter()
            .find(|(_, length)| millis >= *length && millis.is_multiple_of(*length))
            .unwrap_or(("s", 1_000));
        Shown::Text(format!("{}{unit}", millis / length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_shown_the_same() {
        for (text, millis) in
            [("0s", 0), ("250ms", 250), ("30s", 30_000), ("90m", 5_400_000), ("7d", 604_800_000)]
        {
            let duration = Duration::parse(text).unwrap();
            assert_eq!((duration.as_millis(), duration.show()), (millis, Shown::Text(text.into())));
        }
    }

    #[test]
    fn a_duration_without_a_unit_or_with_an_unknown_one_is_refused() {
        for text in ["30", "30 sec", "s", "-5s", "1.5h", "", "999999999999999999d"] {
            assert!(Duration::parse(text).is_err(), "{text}");
        }
    }
}
