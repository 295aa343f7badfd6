//! The form of the table of settings, and the reader that turns what was given into typed values.
//! The table itself is in `settings`; one line there is all that a new setting needs.

use super::given::{Given, GivenSettings, Place, Written};
use super::problem::Problem;
use super::value::{Ranged, Shape, Shown, Value};

/// One section of the configuration: `[server]`.
#[derive(Debug)]
pub struct Table {
    /// The name in the file, with dots: `storage.s3`.
    pub name: &'static str,
    /// What the section is about, in a sentence.
    pub about: &'static str,
    /// Its settings in the order of the reference.
    pub settings: &'static [Setting],
}

/// One setting: all that is known of it before anything is read.
#[derive(Debug)]
pub struct Setting {
    /// Section and name: `server.listen`.
    pub key: &'static str,
    /// What it does, in a sentence or two.
    pub about: &'static str,
    /// The default as a text of its type.
    pub default: &'static str,
    /// The least and the most it may be, as texts of its type.
    pub range: Option<(&'static str, &'static str)>,
    /// How it is written in the file.
    pub shape: Shape,
    /// Whether it is never shown.
    pub secret: bool,
    /// What may be given, completing "must be ...".
    pub expects: fn() -> String,
    /// Reads a text and shows it as the program understands it.
    pub understood: fn(&str) -> Result<Shown, String>,
}

impl Setting {
    /// The name of its section: `storage.s3`.
    pub fn section(&self) -> &'static str {
        self.key.rsplit_once('.').map_or("", |(section, _)| section)
    }

    /// The name without its section.
    pub fn name(&self) -> &'static str {
        self.key.rsplit_once('.').map_or(self.key, |(_, name)| name)
    }

    /// The variable that overrides it: `CAUSEWAY__SERVER__LISTEN`.
    pub fn variable(&self) -> String {
        format!("CAUSEWAY__{}", self.key.replace('.', "__").to_ascii_uppercase())
    }

    /// The default as it is shown.
    pub fn default_shown(&self) -> Shown {
        (self.understood)(self.default).expect("a test reads every default of the table")
    }
}

/// Reads a text as a `T` and shows it again.
pub(super) fn understood<T: Value>(text: &str) -> Result<Shown, String> {
    T::parse(text).map(|value| value.show())
}

/// A group of settings that becomes a struct.
pub(super) trait Section: Sized {
    /// Its own table.
    const TABLE: &'static Table;
    /// The tables of the sections inside it.
    const INNER: &'static [&'static Table];

    /// Reads all its settings; what cannot be read is noted as a problem and keeps its default.
    fn read(reader: &mut Reader<'_>) -> Self;
}

/// The value a setting has in the end, and where it comes from.
#[derive(Clone, Debug)]
pub struct Effective {
    /// The setting.
    pub setting: &'static Setting,
    /// Its value as it is shown; secrets only say whether they are set.
    pub value: Shown,
    /// Where the value comes from.
    pub place: Place,
}

/// Reads settings one by one and gathers what it finds wrong.
pub(super) struct Reader<'a> {
    pub(super) given: &'a GivenSettings,
    pub(super) problems: Vec<Problem>,
    /// Keys whose given value could not be used.
    pub(super) unusable: Vec<&'static str>,
    pub(super) effective: Vec<Effective>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(given: &'a GivenSettings, problems: Vec<Problem>) -> Self {
        Self { given, problems, unusable: Vec::new(), effective: Vec::new() }
    }

    /// The value of a setting without a range.
    pub(super) fn value<T: Value>(&mut self, setting: &'static Setting) -> T {
        self.checked(setting, |_| Ok(()))
    }

    /// The value of a setting with a range.
    pub(super) fn ranged<T: Ranged>(&mut self, setting: &'static Setting) -> T {
        self.checked(setting, |value: &T| match setting.range {
            Some((least, most)) if !value.lies_in(least, most) => {
                Err(format!("must be between {least} and {most}"))
            }
            _ => Ok(()),
        })
    }

    fn checked<T: Value>(
        &mut self,
        setting: &'static Setting,
        check: impl Fn(&T) -> Result<(), String>,
    ) -> T {
        let default = || T::parse(setting.default).expect("a test reads every default of the table");
        let (value, place) = match self.given.get(setting.key) {
            None => (default(), Place::Default),
            Some(Given { written, place }) => {
                let value = match read::<T>(written).and_then(|value| check(&value).map(|()| value)) {
                    Ok(value) => value,
                    Err(sentence) => {
                        self.unusable.push(setting.key);
                        self.problems
                            .push(Problem::new(place.clone(), complaint::<T>(setting, written, &sentence)));
                        default()
                    }
                };
                (value, place.clone())
            }
        };
        self.effective.push(Effective { setting, value: value.show(), place });
        value
    }
}

fn read<T: Value>(written: &Written) -> Result<T, String> {
    match (T::SHAPE, written) {
        (_, Written::Plain(text))
        | (Shape::Text, Written::Text(text))
        | (Shape::Integer, Written::Integer(text)) => T::parse(text),
        (Shape::Boolean, Written::Boolean(yes)) => T::parse(&yes.to_string()),
        (Shape::List, Written::List(items)) => T::parse_items(items),
        _ => Err(T::wanted()),
    }
}

/// A whole sentence about a value that cannot be used. A secret is not repeated.
fn complaint<T: Value>(setting: &Setting, written: &Written, sentence: &str) -> String {
    let key = setting.key;
    let about_itself = ["is ", "has ", "names "].iter().any(|verb| sentence.starts_with(verb));
    if T::SECRET || about_itself {
        format!("`{key}` {sentence}.")
    } else {
        format!("`{key}` is {}, but {sentence}.", written.described())
    }
}

/// Defines a section as a struct with its rows of the table, so that the two cannot drift apart.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $name:ident = $section:literal {
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty = $default:literal $(in $least:literal ..= $most:literal)?,)+
        }
        $(with { $($(#[doc = $inner_doc:literal])+ $inner:ident: $inner_type:ident,)+ })?
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)+
            $($($(#[doc = $inner_doc])+ pub $inner: $inner_type,)+)?
        }

        impl Section for $name {
            const TABLE: &'static Table = &Table {
                name: $section,
                about: concat!($($about),+).trim_ascii(),
                settings: &[$(Setting {
                    key: concat!($section, ".", stringify!($field)),
                    about: concat!($($doc),+).trim_ascii(),
                    default: $default,
                    range: section!(@range $($least $most)?),
                    shape: <$type as Value>::SHAPE,
                    secret: <$type as Value>::SECRET,
                    expects: <$type as Value>::expects,
                    understood: understood::<$type>,
                }),+],
            };
            const INNER: &'static [&'static Table] = &[$($(<$inner_type as Section>::TABLE),+)?];

            fn read(reader: &mut Reader<'_>) -> Self {
                let mut rows = Self::TABLE.settings.iter();
                Self {
                    $($field: section!(@read reader, rows.next().expect("one row per field") $(, $least)?),)+
                    $($($inner: <$inner_type as Section>::read(reader),)+)?
                }
            }
        }
    };
    (@range) => { None };
    (@range $least:literal $most:literal) => { Some(($least, $most)) };
    (@read $reader:ident, $row:expr) => { $reader.value($row) };
    (@read $reader:ident, $row:expr, $least:literal) => { $reader.ranged($row) };
}

pub(super) use section;
