//! The typographic data.

use i18n::{Locale, Translator};

#[test]
fn scripts_with_stacked_marks_have_room() {
    for locale in [Locale::Th, Locale::Lo, Locale::Km, Locale::My] {
        assert!(Translator::new(locale).typography().line_height >= 1.6, "{locale}");
    }
}

#[test]
fn fonts_are_those_of_the_system_and_end_in_a_generic_family() {
    for locale in Locale::ALL {
        let fonts: Vec<&str> = Translator::new(locale).typography().font_family.split(", ").collect();
        assert!(fonts[0].starts_with("\"Noto Sans"), "{locale}: {fonts:?}");
        assert_eq!(fonts.last(), Some(&"sans-serif"), "{locale}");
        assert!(
            fonts.iter().all(|font| !font.contains(' ') || (font.starts_with('"') && font.ends_with('"')))
        );
        assert!(!fonts.iter().any(|font| font.contains("Zawgyi")));
    }
}
