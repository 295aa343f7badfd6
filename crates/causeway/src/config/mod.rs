//! Configuration: built-in defaults, then the TOML file, then `CAUSEWAY__SECTION__KEY`, then `..._FILE`.
//! Owns the table of settings and all that is made from it. Knows nothing of what a setting is used for.
//! Whatever is wrong is reported at once, each with its place and the way out.

mod choice;
mod duration;
mod environment;
mod file;
mod given;
mod nearest;
mod network;
mod problem;
mod reference;
mod rules;
mod secret;
mod settings;
mod show;
mod size;
mod table;
mod value;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use choice::{LogFilter, LogFormat, LogLevel, MailSecurity, MailTransport, StorageKind};
pub use environment::Environment;
pub use given::Place;
pub use network::{Network, WebAddress};
pub use problem::{Problem, Problems};
pub use reference::{example, markdown};
pub use secret::{DatabaseUrl, Secret};
pub use settings::{
    Accounts, Audit, Backup, Config, Data, Database, Jobs, Limits, Log, Mail, Metrics, Programme, S3, Server,
    Storage, settings, tables,
};
pub use show::{as_json, as_toml};
pub use size::Size;
pub use table::{Effective, Setting, Table};
pub use value::{Shape, Shown};

use given::GivenSettings;
use table::Reader;

/// The file that is read, if it exists, when no other is named.
pub const DEFAULT_FILE: &str = "/etc/causeway/causeway.toml";

/// A configuration that was read without a problem.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The typed values.
    pub config: Config,
    /// Every setting with its value and where it comes from, in the order of the reference.
    pub effective: Vec<Effective>,
    /// The file that was read, if there was one.
    pub file: Option<PathBuf>,
}

/// Reads the configuration. The file is `named` (from `--config`), else the one that the variable
/// `CAUSEWAY_CONFIG` names, else [`DEFAULT_FILE`] if it exists.
///
/// # Errors
/// Everything that is wrong with the file, the environment and the values, all at once.
pub fn load(named: Option<&Path>, environment: &Environment) -> Result<Loaded, Problems> {
    load_with_default(named, environment, Path::new(DEFAULT_FILE))
}

/// As [`load`], with another file in the place of [`DEFAULT_FILE`].
///
/// # Errors
/// As for [`load`].
pub fn load_with_default(
    named: Option<&Path>,
    environment: &Environment,
    default_file: &Path,
) -> Result<Loaded, Problems> {
    let mut given = GivenSettings::new();
    let mut problems = Vec::new();

    let from_variable = environment.find("CAUSEWAY_CONFIG").map(Path::new);
    let path = named.or(from_variable).unwrap_or(default_file);
    let must_exist = named.or(from_variable).is_some();
    let file = match std::fs::read_to_string(path) {
        Ok(text) => {
            file::read(path, &text, &mut given, &mut problems);
            Some(path.to_owned())
        }
        Err(error) if error.kind() == ErrorKind::NotFound && !must_exist => None,
        Err(error) => {
            problems.push(Problem::new(Place::File(path.into(), None), unreadable(&error)));
            None
        }
    };
    environment::read(environment, &mut given, &mut problems);

    let mut reader = Reader::new(&given, problems);
    let config = Config::read(&mut reader);
    rules::check(&config, &mut reader);

    let Reader { mut problems, effective, .. } = reader;
    if problems.is_empty() {
        return Ok(Loaded { config, effective, file });
    }
    problems.sort_by_key(|problem| problem.place.order());
    Err(Problems(problems))
}

fn unreadable(error: &std::io::Error) -> String {
    let way_out = match error.kind() {
        ErrorKind::NotFound => "create it, or name another file with --config or CAUSEWAY_CONFIG",
        ErrorKind::PermissionDenied => "give this user the right to read it, or run as the user `causeway`",
        ErrorKind::InvalidData => "save it in UTF-8",
        _ => "name the configuration file with --config or CAUSEWAY_CONFIG",
    };
    format!("the configuration file cannot be read: {error}; {way_out}.")
}
