//! The closed set of locales, and what is fixed about each: tag, own name, script, direction.
//! Choosing one for a visitor is in `negotiate`; how each is written is in `formats` and `typography`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language in which the platform speaks. Ordered as the language switch shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Locale {
    /// English, with the spelling and date order of international use (`en-GB` formats).
    #[serde(rename = "en")]
    En,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// Thai.
    #[serde(rename = "th")]
    Th,
    /// Lao.
    #[serde(rename = "lo")]
    Lo,
    /// Khmer.
    #[serde(rename = "km")]
    Km,
    /// Burmese.
    #[serde(rename = "my")]
    My,
    /// Vietnamese.
    #[serde(rename = "vi")]
    Vi,
    /// Malay.
    #[serde(rename = "ms")]
    Ms,
    /// Indonesian.
    #[serde(rename = "id")]
    Id,
    /// Filipino.
    #[serde(rename = "fil")]
    Fil,
}

/// The writing system of a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Simplified Chinese characters.
    HanSimplified,
    /// Thai.
    Thai,
    /// Lao.
    Lao,
    /// Khmer.
    Khmer,
    /// Myanmar.
    Myanmar,
}

/// The direction in which a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right; so far every locale.
    LeftToRight,
}

/// The text names none of the ten locales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language of this platform; the languages are en, zh-Hans, th, lo, km, my, vi, ms, id, fil")]
pub struct UnknownLocale;

impl Locale {
    /// Every locale, English first.
    pub const ALL: [Self; 10] = [
        Self::En,
        Self::ZhHans,
        Self::Th,
        Self::Lo,
        Self::Km,
        Self::My,
        Self::Vi,
        Self::Ms,
        Self::Id,
        Self::Fil,
    ];

    /// The locale that stands in where another has no text.
    pub const FALLBACK: Self = Self::En;

    /// The BCP 47 tag, which is also the URL segment, the folder name and the value of `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
            Self::Th => "th",
            Self::Lo => "lo",
            Self::Km => "km",
            Self::My => "my",
            Self::Vi => "vi",
            Self::Ms => "ms",
            Self::Id => "id",
            Self::Fil => "fil",
        }
    }

    /// The locale of a URL segment. The case must be exact, so that a page has one address.
    pub fn parse(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == segment)
    }

    /// The locale nearest to a BCP 47 tag in any case: `zh-CN`, `zh_TW`, `cmn`, `in`, `tl`, `ms-BN`, `km-KH`.
    /// Only the language counts, so every Chinese script and region gives simplified Chinese.
    /// Three-letter codes of the same languages are known too. `None` for any other language.
    pub fn nearest(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        if !(2..=3).contains(&language.len()) {
            return None;
        }
        Some(match language.to_ascii_lowercase().as_str() {
            "en" | "eng" => Self::En,
            "zh" | "zho" | "chi" | "cmn" | "yue" => Self::ZhHans,
            "th" | "tha" => Self::Th,
            "lo" | "lao" => Self::Lo,
            "km" | "khm" => Self::Km,
            "my" | "mya" | "bur" => Self::My,
            "vi" | "vie" => Self::Vi,
            "ms" | "msa" | "may" | "zsm" => Self::Ms,
            "id" | "ind" | "in" => Self::Id,
            "fil" | "tl" | "tgl" => Self::Fil,
            _ => return None,
        })
    }

    /// The language's name in itself, as the language switch shows it.
    pub const fn autonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhHans => "简体中文",
            Self::Th => "ไทย",
            Self::Lo => "ລາວ",
            Self::Km => "ខ្មែរ",
            Self::My => "မြန်မာ",
            Self::Vi => "Tiếng Việt",
            Self::Ms => "Bahasa Melayu",
            Self::Id => "Bahasa Indonesia",
            Self::Fil => "Filipino",
        }
    }

    /// The script its text is written in.
    pub const fn script(self) -> Script {
        match self {
            Self::En | Self::Vi | Self::Ms | Self::Id | Self::Fil => Script::Latin,
            Self::ZhHans => Script::HanSimplified,
            Self::Th => Script::Thai,
            Self::Lo => Script::Lao,
            Self::Km => Script::Khmer,
            Self::My => Script::Myanmar,
        }
    }

    /// The direction of its text, for the `dir` attribute.
    pub const fn direction(self) -> Direction {
        Direction::LeftToRight
    }

    /// Its place in [`Locale::ALL`], for tables with a column per locale.
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
        }
    }
}

impl Script {
    /// The ISO 15924 code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Latin => "Latn",
            Self::HanSimplified => "Hans",
            Self::Thai => "Thai",
            Self::Lao => "Laoo",
            Self::Khmer => "Khmr",
            Self::Myanmar => "Mymr",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    /// As [`Locale::parse`].
    fn from_str(text: &str) -> Result<Self, UnknownLocale> {
        Self::parse(text).ok_or(UnknownLocale)
    }
}
