//! What Causeway knows about languages: the ten locales, the messages in them, and how dates, figures and
//! names are written and sorted in each. It knows nothing of the platform: no accounts, no pages, no database.
//!
//! Messages are Fluent files at `locales/<locale>/<slice>.ftl`, embedded in the binary. Formats come from the
//! Unicode CLDR through ICU4X; see [`Formats`] for the choices made for an international platform.

mod catalogue;
mod collation;
mod currency;
mod folding;
mod formats;
mod locale;
mod names;
mod negotiate;
mod overrides;
mod relative;
mod source;
mod translator;
mod typography;

pub use catalogue::Catalogue;
pub use collation::Collation;
pub use currency::Currency;
pub use folding::{compose, fold};
pub use formats::{Formats, Stamp};
pub use locale::{Direction, Locale, Script, UnknownLocale};
pub use names::{Name, country, country_codes, language, language_tag, language_tags};
pub use negotiate::negotiate;
pub use overrides::{OverrideError, Problem};
pub use translator::{Arg, Translator};
pub use typography::{Quotes, Typography};

/// Runs the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
