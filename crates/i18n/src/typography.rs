//! How each locale is set in type: fonts, line height, quotation marks. Colours, sizes and style sheets are not
//! here. Line breaking is left to the browser, which knows the words of Thai, Lao, Khmer and Burmese once
//! `lang` is right; zero width spaces in texts are kept, they help it further.

use crate::Locale;

/// The typographic data of a locale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typography {
    /// The value of CSS `font-family`: fonts of the systems in use, then the generic family. None is fetched.
    pub font_family: &'static str,
    /// The value of CSS `line-height` for running text: 1.6 and more where marks stand above each other.
    pub line_height: f32,
    /// Quotation marks.
    pub quotes: Quotes,
}

/// A pair of quotation marks and the pair used inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotes {
    /// Before a quotation.
    pub open: &'static str,
    /// After a quotation.
    pub close: &'static str,
    /// Before a quotation within one.
    pub inner_open: &'static str,
    /// After a quotation within one.
    pub inner_close: &'static str,
}

/// All ten locales quote alike (CLDR `delimiters`).
const QUOTES: Quotes = Quotes { open: "“", close: "”", inner_open: "‘", inner_close: "’" };

const LATIN: Typography = Typography {
    font_family: "\"Noto Sans\", system-ui, -apple-system, \"Segoe UI\", Roboto, \"Liberation Sans\", \
                  sans-serif",
    line_height: 1.5,
    quotes: QUOTES,
};

// Vietnamese stacks a tone upon a circumflex or a horn; capitals so marked touch the line above at 1.5.
const VIETNAMESE: Typography = Typography { line_height: 1.55, ..LATIN };

const CHINESE: Typography = Typography {
    font_family: "\"Noto Sans SC\", \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"PingFang SC\", \
                  \"Microsoft YaHei\", system-ui, sans-serif",
    line_height: 1.6,
    quotes: QUOTES,
};

const THAI: Typography = Typography {
    font_family: "\"Noto Sans Thai\", \"Noto Sans Thai UI\", \"Leelawadee UI\", Thonburi, \"Droid Sans Thai\", \
                  system-ui, sans-serif",
    line_height: 1.65,
    quotes: QUOTES,
};

const LAO: Typography = Typography {
    font_family: "\"Noto Sans Lao\", \"Noto Sans Lao UI\", \"Leelawadee UI\", \"Lao Sangam MN\", \
                  \"Phetsarath OT\", \"Saysettha OT\", system-ui, sans-serif",
    line_height: 1.7,
    quotes: QUOTES,
};

const KHMER: Typography = Typography {
    font_family: "\"Noto Sans Khmer\", \"Noto Sans Khmer UI\", \"Leelawadee UI\", \"Khmer Sangam MN\", \
                  \"Khmer UI\", \"Khmer OS\", system-ui, sans-serif",
    line_height: 1.8,
    quotes: QUOTES,
};

// Unicode fonts only: a Zawgyi font would show Unicode text as nonsense.
const BURMESE: Typography = Typography {
    font_family: "\"Noto Sans Myanmar\", \"Noto Sans Myanmar UI\", \"Myanmar Text\", \"Myanmar Sangam MN\", \
                  Pyidaungsu, Padauk, system-ui, sans-serif",
    line_height: 1.8,
    quotes: QUOTES,
};

impl Typography {
    /// The typographic data of a locale.
    pub const fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::En | Locale::Ms | Locale::Id | Locale::Fil => &LATIN,
            Locale::Vi => &VIETNAMESE,
            Locale::ZhHans => &CHINESE,
            Locale::Th => &THAI,
            Locale::Lo => &LAO,
            Locale::Km => &KHMER,
            Locale::My => &BURMESE,
        }
    }
}
