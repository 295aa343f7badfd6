//! Settings from the environment: `CAUSEWAY__SECTION__KEY`, and `CAUSEWAY__SECTION__KEY_FILE`, which names a file
//! that holds the value. The only place of the product that reads the process environment.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::given::{Given, GivenSettings, Place, Written};
use super::nearest::nearest_setting;
use super::problem::Problem;
use super::settings::settings;
use super::table::Setting;

/// The variables a process was started with, by name.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, OsString>);

/// A secret longer than this is a wrong file.
const LONGEST_SECRET: usize = 64 * 1024;

impl Environment {
    /// The environment of this process. Names that are not UTF-8 cannot be ours and are left out.
    #[expect(clippy::disallowed_methods, reason = "the one place of the product that reads the environment")]
    pub fn of_process() -> Self {
        Self(
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect(),
        )
    }

    /// The value of a variable that is not a setting, such as `NOTIFY_SOCKET`.
    pub fn find(&self, name: &str) -> Option<&OsStr> {
        self.0.get(name).map(OsString::as_os_str)
    }
}

/// An environment for tests and for starting other programs.
impl<N: Into<String>, V: Into<OsString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Adds what the environment gives to what the file gave; it wins over the file.
pub(super) fn read(environment: &Environment, given: &mut GivenSettings, problems: &mut Vec<Problem>) {
    for name in environment.0.keys() {
        if let Some(sentence) = unknown(name) {
            problems.push(Problem::new(Place::Variable(name.clone()), sentence));
        }
    }
    for setting in settings() {
        let variable = setting.variable();
        let file_variable = format!("{variable}_FILE");
        let found = match (environment.find(&variable), environment.find(&file_variable)) {
            (None, None) => continue,
            (Some(_), Some(_)) => Err(Problem::new(
                Place::Variable(variable.clone()),
                format!("{file_variable} is set too; keep one of the two."),
            )),
            (Some(value), None) => plain(&variable, value),
            (None, Some(path)) => from_file(setting, &file_variable, Path::new(path)),
        };
        match found {
            Ok(found) => {
                given.insert(setting.key, found);
            }
            Err(problem) => problems.push(problem),
        }
    }
}

/// Why the variable cannot be a setting although it looks like one.
fn unknown(name: &str) -> Option<String> {
    let variables: Vec<String> = settings().map(Setting::variable).collect();
    if name.starts_with("CAUSEWAY__") {
        let bare = name.strip_suffix("_FILE").unwrap_or(name);
        if variables.iter().any(|variable| variable == name || variable == bare) {
            return None;
        }
        let key = bare.trim_start_matches("CAUSEWAY__").replace("__", ".");
        let (section, name) = key.rsplit_once('.').unwrap_or(("", &key));
        return Some(match nearest_setting(section, name) {
            Some(meant) => format!("is not a setting; did you mean {}?", meant.variable()),
            None => "is not a setting; unset it.".into(),
        });
    }
    // A single underscore where two belong would otherwise be ignored in silence.
    let flat = |name: &str| name.replace("__", "_");
    let meant = variables.iter().find(|variable| flat(name) == flat(variable))?;
    Some(format!("is not a setting; write {meant}, with two underscores before each part."))
}

fn plain(variable: &str, value: &OsStr) -> Result<Given, Problem> {
    let place = Place::Variable(variable.into());
    match value.to_str() {
        Some(text) => Ok(Given { written: Written::Plain(text.into()), place }),
        None => Err(Problem::new(place, "is not valid UTF-8; write its value in UTF-8.")),
    }
}

/// The value in a file, without the line end that editors leave behind it.
fn from_file(setting: &Setting, variable: &str, path: &Path) -> Result<Given, Problem> {
    let place = Place::SecretFile { variable: variable.into(), path: PathBuf::from(path) };
    let key = setting.key;
    let bytes = std::fs::read(path).map_err(|error| {
        let way_out = "correct the path or give this user the right to read the file";
        Problem::new(place.clone(), format!("`{key}` cannot be read: {error}; {way_out}."))
    })?;
    let text = String::from_utf8(bytes).ok().filter(|text| text.len() <= LONGEST_SECRET);
    let text = text.ok_or_else(|| {
        Problem::new(place.clone(), format!("`{key}` needs a short UTF-8 text; this file is something else."))
    })?;
    Ok(Given { written: Written::Plain(text.trim_end_matches(['\n', '\r']).into()), place })
}
