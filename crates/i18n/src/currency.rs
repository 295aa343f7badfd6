//! The currencies in use and the size of their minor units. Sums themselves belong to the platform.

use std::fmt;
use std::sync::OnceLock;

use icu_decimal::input::Decimal;

use crate::formats::shifted;

const TABLE: &str = include_str!("../data/currencies.tsv");

/// An ISO 4217 currency that is legal tender somewhere today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: &'static str,
    exponent: u8,
    shown_when_whole: u8,
}

impl Currency {
    /// The currency of a code, such as `CNY`, in capitals.
    pub fn parse(code: &str) -> Option<Self> {
        let all = Self::all();
        all.binary_search_by(|currency| currency.code.cmp(code)).ok().map(|index| all[index])
    }

    /// All of them, by code.
    pub fn all() -> &'static [Self] {
        static ALL: OnceLock<Vec<Currency>> = OnceLock::new();
        ALL.get_or_init(|| TABLE.lines().skip(2).map(Self::read).collect())
    }

    fn read(line: &'static str) -> Self {
        const SHAPE: &str = "data/currencies.tsv has a code and two digits on each line";
        let mut cells = line.split('\t');
        let code = cells.next().expect(SHAPE);
        let mut digit = || cells.next().and_then(|cell| cell.parse().ok()).expect(SHAPE);
        Self { code, exponent: digit(), shown_when_whole: digit() }
    }

    /// The ISO 4217 code.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// A major unit has 10 to this power of minor units: 2 for CNY, 0 for VND, 3 for KWD.
    pub const fn exponent(self) -> u8 {
        self.exponent
    }

    /// The sum as it is shown, in major units.
    pub(crate) fn decimal(self, minor: u64) -> Decimal {
        let per_major = 10_u64.pow(self.exponent.into());
        if self.shown_when_whole == 0 && minor.is_multiple_of(per_major) {
            Decimal::from(minor / per_major)
        } else {
            shifted(Decimal::from(minor), self.exponent)
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code)
    }
}
