//! Fields as a browser sends them, and as typed values. `title.km` is the field `km` of the group `title`; a name that comes
//! several times is a list. An empty field is nothing to an option, and an unticked box is not sent at all: what a form
//! leaves out has its default.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde_json::Value as Json;

/// The most fields that a form may have.
const FIELDS_MAX: usize = 2000;

/// The most groups that a field lies in.
const DEPTH_MAX: usize = 4;

/// Names and values, in the order of the form.
pub(super) type Pairs = Vec<(String, String)>;

/// Why fields are no value of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// There is a field that the form does not have: it is no form of ours.
    Unknown,
    /// The field of that name has a value that it cannot have.
    Value(String),
}

/// The pairs of a form as it is sent, with line ends as in all our texts. `None` for more than a form can have.
pub(super) fn parse(body: &[u8]) -> Option<Pairs> {
    let mut pairs = Vec::new();
    for (name, value) in form_urlencoded::parse(body) {
        if pairs.len() == FIELDS_MAX {
            return None;
        }
        pairs.push((name.into_owned(), value.replace("\r\n", "\n")));
    }
    Some(pairs)
}

/// The pairs as a value.
pub(super) fn read<T: DeserializeOwned>(pairs: &Pairs) -> Result<T, Unreadable> {
    let mut root = Node::Group(BTreeMap::new());
    for (name, value) in pairs {
        // No text that people type has it, and not every database takes it.
        if value.contains('\0') {
            return Err(Unreadable::Value(name.clone()));
        }
        root.insert(name, value).ok_or(Unreadable::Unknown)?;
    }
    serde_path_to_error::deserialize(root).map_err(|error| match error.inner() {
        Wrong::Unknown => Unreadable::Unknown,
        Wrong::Value(_) => Unreadable::Value(error.path().to_string()),
    })
}

/// A value as the pairs that a form of it shows.
pub(super) fn write(value: &impl Serialize) -> Pairs {
    let mut pairs = Vec::new();
    let json = serde_json::to_value(value).expect("a form has text keys alone");
    flatten(String::new(), json, &mut pairs);
    pairs
}

fn flatten(name: String, value: Json, pairs: &mut Pairs) {
    match value {
        Json::Null | Json::Bool(false) => {}
        Json::Bool(true) => pairs.push((name, "on".to_owned())),
        Json::Number(number) => pairs.push((name, number.to_string())),
        Json::String(text) => pairs.push((name, text)),
        Json::Array(items) => {
            for item in items {
                flatten(name.clone(), item, pairs);
            }
        }
        Json::Object(fields) => {
            for (inner, value) in fields {
                let name = if name.is_empty() { inner } else { format!("{name}.{inner}") };
                flatten(name, value, pairs);
            }
        }
    }
}

/// What stands under one name.
#[derive(Clone, Debug)]
enum Node {
    Values(Vec<String>),
    Group(BTreeMap<String, Self>),
}

impl Node {
    fn insert(&mut self, name: &str, value: &str) -> Option<()> {
        let (groups, last) = match name.rsplit_once('.') {
            Some((groups, last)) => (groups.split('.').collect(), last),
            None => (Vec::new(), name),
        };
        if groups.len() > DEPTH_MAX {
            return None;
        }
        let mut node = self;
        for group in groups {
            let Self::Group(fields) = node else { return None };
            node = fields.entry(group.to_owned()).or_insert_with(|| Self::Group(BTreeMap::new()));
        }
        let Self::Group(fields) = node else { return None };
        match fields.entry(last.to_owned()).or_insert_with(|| Self::Values(Vec::new())) {
            Self::Values(values) => values.push(value.to_owned()),
            Self::Group(_) => return None,
        }
        Some(())
    }

    /// The text of a field that comes once.
    fn text(self) -> Result<String, Wrong> {
        match self {
            Self::Values(values) => {
                let [value] = <[String; 1]>::try_from(values).map_err(|_| Wrong::custom("several values"))?;
                Ok(value)
            }
            Self::Group(_) => Err(Wrong::custom("a group")),
        }
    }
}

/// What serde is told.
#[derive(Clone, Debug)]
enum Wrong {
    Unknown,
    Value(String),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "an unknown field",
            Self::Value(why) => why,
        })
    }
}

impl std::error::Error for Wrong {}

impl serde::de::Error for Wrong {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self::Value(why.to_string())
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::Unknown
    }
}

impl IntoDeserializer<'_, Wrong> for Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads the text as the type asked for.
macro_rules! parsed {
    ($($method:ident $visit:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            let text = self.text()?;
            visitor.$visit(text.trim().parse().map_err(Wrong::custom)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Node {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Self::Group(fields) => visitor.visit_map(MapDeserializer::new(fields.into_iter())),
            Self::Values(_) => visitor.visit_string(self.text()?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.text()?.as_str() {
            "on" | "true" => visitor.visit_bool(true),
            "" | "false" => visitor.visit_bool(false),
            _ => Err(Wrong::custom("neither on nor off")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match &self {
            Self::Values(values) if values.iter().all(|value| value.trim().is_empty()) => {
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Self::Values(values) => {
                let items = values.into_iter().map(|value| Self::Values(vec![value]));
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Self::Group(_) => Err(Wrong::custom("a group")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    parsed! {
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_u64 visit_u64
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier
        ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        #[default]
        News,
        PressRelease,
    }

    #[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
    #[serde(default, deny_unknown_fields)]
    struct Example {
        name: String,
        days: Option<u32>,
        agreed: bool,
        kind: Kind,
        countries: Vec<String>,
        title: BTreeMap<String, String>,
    }

    fn example(body: &str) -> Result<Example, Unreadable> {
        read(&parse(body.as_bytes()).unwrap())
    }

    #[test]
    fn fields_become_values_of_their_types() {
        let body = "name=+A%0D%0AB&days=+30&agreed=on&kind=press-release&countries=la&countries=kh&title.km=%E1%9E%80&title.en=";
        let value = example(body).unwrap();
        assert_eq!(
            value,
            Example {
                name: " A\nB".to_owned(),
                days: Some(30),
                agreed: true,
                kind: Kind::PressRelease,
                countries: vec!["la".to_owned(), "kh".to_owned()],
                title: BTreeMap::from([("en".to_owned(), String::new()), ("km".to_owned(), "ក".to_owned())]),
            }
        );
        let again: Example = read(&write(&value)).unwrap();
        assert_eq!(again, value, "a form that shows a value sends it back");
        assert_eq!(example("").unwrap(), Example::default());
        assert_eq!(example("days=").unwrap().days, None);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (body, name) in [
            ("days=soon", "days"),
            ("days=-1", "days"),
            ("kind=gossip", "kind"),
            ("agreed=perhaps", "agreed"),
            ("name=a&name=b", "name"),
            ("name=a%00b", "name"),
        ] {
            assert_eq!(example(body), Err(Unreadable::Value(name.to_owned())), "{body}");
        }
    }

    #[test]
    fn a_field_that_the_form_does_not_have_is_no_form_of_ours() {
        for body in ["role=administrator", "title=x&title.en=y", "title.en=y&title=x", "a.b.c.d.e.f=1"] {
            assert_eq!(example(body), Err(Unreadable::Unknown), "{body}");
        }
        let many = "name=a&".repeat(FIELDS_MAX + 1);
        assert_eq!(parse(many.as_bytes()), None);
    }
}
