//! `causeway programme show`, `check` and `export`. None of them needs a database.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use domain::programme::{EMBEDDED, ListKind, Programme};
use i18n::Locale;

use super::{Failure, print, print_json};
use crate::config::{Loaded, Problems};
use crate::folder::DataFolder;
use crate::site::SiteError;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print what the installation serves, and which files the operator has replaced
    Show {
        /// Print JSON, as the API answers
        #[arg(long)]
        json: bool,
    },
    /// Check the operator's files before they are used
    Check {
        /// Folder with the files [default: `programme` in the data folder]
        folder: Option<PathBuf>,
    },
    /// Write the files as they come with the program, to start from
    Export {
        /// Folder to write into; it is created, and must be empty
        folder: PathBuf,
    },
}

pub(super) fn run(command: &Command, load: impl FnOnce() -> Result<Loaded, Problems>) -> Result<(), Failure> {
    match command {
        Command::Show { json: true } => {
            let programme = Programme::load(&own_folder(load)?)?;
            print_json(&web::programme_data(&programme, &web::Languages::all()))
        }
        Command::Show { json: false } => print(&summary(&*Programme::load(&own_folder(load)?)?)),
        Command::Check { folder } => {
            let folder = match folder {
                Some(folder) if folder.is_dir() => folder.clone(),
                Some(folder) => {
                    return Err(Failure::Sentence(format!(
                        "{} is no folder; name the one with the files",
                        folder.display()
                    )));
                }
                None => own_folder(load)?,
            };
            let programme = Programme::load(&folder)?;
            let count = programme.files().iter().filter(|file| file.replaced).count();
            print(&format!(
                "{} is in order: {count} of the {} files are your own.\n",
                folder.display(),
                programme.files().len()
            ))
        }
        Command::Export { folder } => export(folder)
            .map_err(|error| Failure::Sentence(format!("{} cannot be written: {error}", folder.display()))),
    }
}

/// The operator's folder of the installation that is configured.
fn own_folder(load: impl FnOnce() -> Result<Loaded, Problems>) -> Result<PathBuf, Failure> {
    let folder = DataFolder::visit(&load()?.config.data.folder).map_err(SiteError::from)?;
    Ok(folder.programme())
}

fn summary(programme: &Programme) -> String {
    let mut text = String::from("Countries\n");
    for country in programme.countries() {
        let calendar = programme.calendar(country.code).and_then(domain::programme::Calendar::covered);
        let reach = calendar.map_or_else(
            || "no calendar".to_owned(),
            |(first, last)| format!("calendar {}-{}", first.year(), last.year()),
        );
        let name = country.name(Locale::En);
        let languages = country.languages.join(" ");
        let code = country.code;
        text.push_str(&format!(
            "  {code}  {name:20} {:3}  {reach:18}  {languages}\n",
            country.currency.code()
        ));
    }
    text.push_str("\nLists\n");
    for kind in ListKind::ALL {
        let list = programme.list(kind);
        text.push_str(&format!(
            "  {:20} version {:3} {:4} codes\n",
            kind,
            list.edition.version,
            list.entries.len()
        ));
    }
    text.push_str(&format!(
        "\n{} partners, {} mechanisms as published, {} published figures from {} sources\n",
        programme.partners().len(),
        programme.mechanisms().len(),
        programme.figures().len(),
        programme.sources().len()
    ));
    let own: Vec<_> = programme.files().iter().filter(|file| file.replaced).collect();
    if own.is_empty() {
        text.push_str("All files are as they come with the program.\n");
    } else {
        text.push_str("\nYour own files\n");
        for file in own {
            text.push_str(&format!(
                "  {:34} version {:3} as of {}\n",
                file.name, file.edition.version, file.edition.as_of
            ));
        }
    }
    text
}

/// Writes every file, and never over one that is there.
fn export(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::other("it is not empty; name a new folder"));
    }
    for (name, text) in EMBEDDED {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)?;
    }
    Ok(())
}
