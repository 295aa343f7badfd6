//! Sizes in bytes, written with a binary unit: `10 MiB`.

use std::fmt;

use super::value::{Shape, Shown, Value};

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

const UNITS: [(&str, u64); 5] =
    [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

impl Size {
    /// The number of bytes.
    pub fn bytes(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Size {
    /// The largest unit that gives a whole number, so that reading it back gives the same size.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, bytes) = UNITS
            .into_iter()
            .find(|(_, bytes)| self.0 >= *bytes && self.0.is_multiple_of(*bytes))
            .unwrap_or(("B", 1));
        write!(out, "{} {unit}", self.0 / bytes)
    }
}

impl Value for Size {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "a size with its unit in quotes such as \"10 MiB\" (units: B, KiB, MiB, GiB, TiB)".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
        let number: u64 = number.parse().map_err(|_| Self::wanted())?;
        let unit = unit.trim();
        let (_, bytes) =
            UNITS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)).ok_or_else(Self::wanted)?;
        number.checked_mul(bytes).map(Self).ok_or_else(|| "is larger than any disk".into())
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_shown_the_same() {
        for (text, bytes) in [("0 B", 0), ("512 B", 512), ("10 MiB", 10 << 20), ("1025 KiB", 1025 << 10)] {
            let size = Size::parse(text).unwrap();
            assert_eq!((size.bytes(), size.to_string().as_str()), (bytes, text));
        }
        assert_eq!(Size::parse(" 2gib ").unwrap().bytes(), 2 << 30);
    }

    #[test]
    fn a_size_without_a_unit_or_beyond_measure_is_refused() {
        for text in ["10", "MiB", "10 MB", "-1 B", "1.5 GiB", "", "99999999999 TiB"] {
            assert!(Size::parse(text).is_err(), "{text}");
        }
    }
}
