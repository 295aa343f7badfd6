//! One form for texts that people take for the same, for columns that are searched or have to be unique.

use std::borrow::Cow;

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizer;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

/// The search form of a name or an e-mail address: compatibility forms composed (NFKC), case folded, and
/// characters that do not show left out (Unicode's `NFKC_Casefold`). White space stays.
///
/// Folding twice changes nothing. The result is for comparing, never for showing: `ＡＢＣ` and `abc` are one,
/// `Straße` and `STRASSE` too, as are words with and without a zero width space.
///
/// ```
/// assert_eq!(i18n::fold("Ｓomsak@Example.COM"), "somsak@example.com");
/// assert_eq!(i18n::fold("ສະຖາ\u{200b}ບັນ"), i18n::fold("ສະຖາບັນ"));
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = fold_once(text);
    loop {
        // Rarely, what one step gives lets another apply; the steps only ever shorten the way, so this ends.
        let again = fold_once(&folded);
        if again == folded {
            return folded;
        }
        folded = again;
    }
}

fn fold_once(text: &str) -> String {
    let normalizer = ComposingNormalizer::new_nfkc();
    let normal = normalizer.normalize(text);
    let lower: Cow<'_, str> = CaseMapper::new().fold_string(&normal);
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let visible: String = lower.chars().filter(|&c| !ignorable.contains(c)).collect();
    normalizer.normalize(&visible).into_owned()
}

/// The same text with composed characters (NFC): what looks the same and was typed on different keyboards is the same.
///
/// ```
/// assert_eq!(i18n::compose("Nguye\u{302}\u{303}n"), "Nguyễn");
/// ```
pub fn compose(text: &str) -> String {
    ComposingNormalizer::new_nfc().normalize(text).into_owned()
}
