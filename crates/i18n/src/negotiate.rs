//! The choice of a locale from a browser's `Accept-Language` (RFC 9110, 12.5.4), used at the root address only:
//! everywhere else the locale is in the path. Work is bounded whatever is sent.

use crate::Locale;

/// No more of a header than this is read. Browsers send about 100 bytes.
const MAX_BYTES: usize = 4096;

/// No more language ranges than this are read. Browsers send fewer than ten.
const MAX_RANGES: usize = 64;

/// The locale that an `Accept-Language` header asks for, by weight and then by order; English when it names
/// none of ours. `*` stands for English, or for the first locale that the header does not refuse.
///
/// Ranges are matched as by [`Locale::nearest`]. A range that is not well formed is passed over, as is
/// whatever follows the first 4,096 bytes or 64 ranges.
///
/// ```
/// use i18n::{Locale, negotiate};
/// assert_eq!(negotiate("fr, zh-CN;q=0.8, en;q=0.9"), Locale::En);
/// assert_eq!(negotiate("lo-LA, th;q=0.5"), Locale::Lo);
/// assert_eq!(negotiate(""), Locale::En);
/// ```
pub fn negotiate(accept_language: &str) -> Locale {
    let mut weights = [None::<u16>; Locale::ALL.len()];
    let mut any = None::<u16>;
    let mut best = None::<(u16, Locale)>;
    for (range, weight) in bounded(accept_language).split(',').take(MAX_RANGES).filter_map(parse) {
        if range == "*" {
            any = any.max(Some(weight));
            continue;
        }
        let Some(locale) = Locale::nearest(range) else { continue };
        let known = &mut weights[locale.index()];
        *known = (*known).max(Some(weight));
        if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
            best = Some((weight, locale));
        }
    }
    match (best, any) {
        (Some((weight, locale)), Some(any)) if weight >= any => locale,
        (Some((_, locale)), None) => locale,
        (best, Some(any)) if any > 0 => {
            let unnamed = Locale::ALL.into_iter().find(|locale| weights[locale.index()].is_none());
            unnamed.or(best.map(|(_, locale)| locale)).unwrap_or(Locale::FALLBACK)
        }
        (best, _) => best.map_or(Locale::FALLBACK, |(_, locale)| locale),
    }
}

fn bounded(header: &str) -> &str {
    if header.len() <= MAX_BYTES {
        return header;
    }
    let cut = &header.as_bytes()[..MAX_BYTES];
    let whole_ranges = cut.iter().rposition(|&byte| byte == b',').unwrap_or(0);
    &header[..whole_ranges]
}

/// A language range and its weight in thousandths.
fn parse(element: &str) -> Option<(&str, u16)> {
    let (range, parameter) = match element.split_once(';') {
        Some((range, parameter)) => (range.trim(), Some(parameter.trim())),
        None => (element.trim(), None),
    };
    let well_formed = range.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'*');
    if range.is_empty() || !well_formed {
        return None;
    }
    let weight = match parameter {
        None => 1000,
        Some(parameter) => {
            weight(parameter.strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('=')?.trim_start())?
        }
    };
    Some((range, weight))
}

/// `0`, `1`, `0.5`, `0.123`, `1.000`: at most three decimals and at most one.
fn weight(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}
