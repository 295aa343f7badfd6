//! The data folder: made, found again, and refused with a sentence in each bad state.
//! Where the state belongs to a process (its rights, its mounts), this test program runs itself once more in it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use causeway::folder::{DataFolder, FolderError};
use tempfile::TempDir;

/// A place for a data folder that does not exist yet.
fn place() -> (TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().canonicalize().unwrap().join("data");
    (parent, path)
}

fn sentence(path: &Path) -> String {
    DataFolder::open(path).unwrap_err().to_string()
}

#[test]
fn a_new_folder_is_made_for_its_owner_only_and_found_again() {
    let (_parent, path) = place();
    let folder = DataFolder::open(&path).unwrap();
    assert_eq!(folder.path(), path);
    for part in [path.clone(), folder.files(), folder.keys(), folder.backups()] {
        assert_eq!(part.metadata().unwrap().mode() & 0o777, 0o700, "{}", part.display());
    }
    assert_eq!(folder.database(), path.join("causeway.db"));
    assert_eq!(folder.heads(), path.join("heads"));
    assert!(!folder.is_open_to_others().unwrap());
    fs::write(folder.database(), "kept").unwrap();
    drop(folder);
    assert_eq!(fs::read(DataFolder::open(&path).unwrap().database()).unwrap(), b"kept");
}

#[test]
fn a_folder_that_others_may_enter_is_noticed() {
    let (_parent, path) = place();
    let folder = DataFolder::open(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
    assert!(folder.is_open_to_others().unwrap());
}

#[test]
fn an_empty_folder_and_a_fresh_disk_become_ours() {
    for left_over in ["lost+found", "lock", "causeway-data.toml.new", "write-probe"] {
        let (_parent, path) = place();
        fs::create_dir(&path).unwrap();
        fs::write(path.join(left_over), "").unwrap();
        DataFolder::open(&path).unwrap();
        DataFolder::visit(&path).unwrap();
    }
}

#[test]
fn a_foreign_folder_is_refused_and_left_as_it_was() {
    let (_parent, path) = place();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("thesis.odt"), "years of work").unwrap();
    let sentence = sentence(&path);
    assert!(
        sentence.contains("is not empty (it holds \"thesis.odt\")") && sentence.contains("`data.folder`"),
        "{sentence}"
    );
    assert_eq!(fs::read_dir(&path).unwrap().count(), 1);
    assert!(matches!(DataFolder::visit(&path), Err(FolderError::Foreign { .. })));
}

#[test]
fn a_marker_of_another_product_a_damaged_or_a_newer_one_is_refused() {
    for (marker, expected) in [
        ("product = \"dam\"\nformat = 1\n", "does not say that this is a data folder of Causeway"),
        ("product = \"causeway\"\n", "does not say that this is a data folder of Causeway"),
        ("\0\0\0\0", "does not say that this is a data folder of Causeway"),
        ("", "does not say that this is a data folder of Causeway"),
        ("product = \"causeway\"\nformat = 2\n", "has format 2, and this program knows formats up to 1"),
    ] {
        let (_parent, path) = place();
        drop(DataFolder::open(&path).unwrap());
        fs::write(path.join("causeway-data.toml"), marker).unwrap();
        let sentence = sentence(&path);
        assert!(sentence.contains(expected), "{marker}: {sentence}");
    }
}

#[test]
fn a_second_opening_is_refused_and_names_the_process() {
    let (_parent, path) = place();
    let first = DataFolder::open(&path).unwrap();
    let expected = format!("is in use by process {}; stop that process first", std::process::id());
    assert!(sentence(&path).contains(&expected), "{}", sentence(&path));
    DataFolder::visit(&path).unwrap();
    drop(first);
    DataFolder::open(&path).unwrap();
}

#[test]
fn a_folder_is_not_made_where_its_disk_may_be_missing() {
    let (_parent, path) = place();
    let path = path.join("causeway");
    assert!(sentence(&path).contains("mount its disk"), "{}", sentence(&path));
    assert!(!path.exists());
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let (_parent, path) = place();
    fs::write(&path, "").unwrap();
    assert!(sentence(&path).contains("is not a folder"), "{}", sentence(&path));
    assert!(sentence(&path.join("below")).contains("is not a folder"), "{}", sentence(&path.join("below")));
}

/// The folder that [`told_to_open`] opens, in a process of its own.
const TOLD: &str = "CAUSEWAY_TEST_FOLDER";

/// Opens the folder it is told to by another test, says how that went, and waits until its input ends.
/// Run with all others it is told nothing and does the same with a new folder.
#[test]
#[expect(clippy::disallowed_methods, reason = "the other tests have no other way to speak to this one")]
fn told_to_open() {
    let (_parent, path) = place();
    let path = std::env::var_os(TOLD).map_or(path, PathBuf::from);
    let opened = DataFolder::open(&path);
    println!("SAYS {}", opened.as_ref().map_or_else(ToString::to_string, |_| "opened".into()));
    if std::env::var_os(TOLD).is_some() {
        std::io::stdin().read_line(&mut String::new()).unwrap();
    } else {
        assert!(opened.is_ok());
    }
}

/// A shell script in which `"$@"` opens the folder `$CAUSEWAY_TEST_FOLDER` in a process of its own.
fn script(runner: &[&str], script: &str, path: &Path) -> Command {
    let mut words = runner.iter().copied().chain(["sh", "-euc", script, "sh"]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).arg(std::env::current_exe().unwrap()).args([
        "--exact",
        "folder::told_to_open",
        "--nocapture",
    ]);
    command.env(TOLD, path).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// What was said by each process that a script started.
fn said(command: &mut Command) -> Vec<String> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "this test needs util-linux and the right to make a mount namespace");
    let output = String::from_utf8(output.stdout).unwrap();
    output.lines().filter_map(|line| Some(line.split_once("SAYS ")?.1.to_owned())).collect()
}

fn we_are_root() -> bool {
    Path::new("/proc/self").metadata().unwrap().uid() == 0
}

/// Runs a script where it may mount file systems that nobody else sees.
fn said_in_own_mounts(text: &str) -> Vec<String> {
    let (_parent, path) = place();
    fs::create_dir(&path).unwrap();
    let runner: &[&str] = if we_are_root() { &["unshare", "-m"] } else { &["unshare", "-rm"] };
    said(&mut script(
        runner,
        &format!("mount -t tmpfs -o size=64k,mode=0700 none \"${TOLD}\"; {text}"),
        &path,
    ))
}

#[test]
fn a_disk_that_is_mounted_read_only_is_named_as_the_cause() {
    let said = said_in_own_mounts(&format!("\"$@\"; mount -o remount,bind,ro \"${TOLD}\"; \"$@\""));
    assert_eq!((said.len(), said[0].as_str()), (2, "opened"));
    assert!(said[1].contains("is on a disk that is mounted read-only; mount it writable"), "{}", said[1]);
}

#[test]
fn a_full_disk_is_named_as_the_cause() {
    let said = said_in_own_mounts(&format!(
        "\"$@\"; head -c 1M /dev/zero > \"${TOLD}/causeway.db\" || true; \"$@\""
    ));
    assert_eq!((said.len(), said[0].as_str()), (2, "opened"));
    assert!(said[1].contains("is full; free some space"), "{}", said[1]);
}

#[test]
fn a_folder_without_the_right_to_write_is_named_as_the_cause() {
    let (_parent, path) = place();
    fs::create_dir(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o500)).unwrap();
    // Root may write anywhere until that right is taken from it.
    let without = "--bounding-set=-dac_override,-dac_read_search";
    let runner: &[&str] = if we_are_root() { &["setpriv", without] } else { &["env"] };
    let said = said(&mut script(runner, "\"$@\"", &path));
    assert!(
        said[0].contains("cannot be written: permission denied; give this user the right"),
        "{}",
        said[0]
    );
}

#[test]
fn a_folder_of_another_user_is_refused_with_both_numbers() {
    let (_parent, path) = place();
    let foreign = if we_are_root() {
        fs::create_dir(&path).unwrap();
        std::os::unix::fs::chown(&path, Some(4_321), None).unwrap();
        path
    } else {
        PathBuf::from("/usr")
    };
    let (owner, us) = (foreign.metadata().unwrap().uid(), Path::new("/proc/self").metadata().unwrap().uid());
    let expected = format!("belongs to user {owner}, but this process runs as user {us}");
    assert!(sentence(&foreign).contains(&expected), "{}", sentence(&foreign));
    assert!(matches!(DataFolder::visit(&foreign), Err(FolderError::OtherOwner { .. })));
}

#[test]
fn a_second_process_is_refused_until_the_first_is_killed() {
    let (_parent, path) = place();
    let mut first = script(&["env"], "exec \"$@\"", &path).stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(first.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("SAYS opened")));
    let second = sentence(&path);
    assert!(second.contains(&format!("is in use by process {}", first.id())), "{second}");
    first.kill().unwrap();
    first.wait().unwrap();
    DataFolder::open(&path).unwrap();
}

#[test]
fn a_visit_makes_nothing() {
    let (_parent, path) = place();
    assert!(matches!(DataFolder::visit(&path), Err(FolderError::Missing(_))));
    fs::create_dir(&path).unwrap();
    assert!(matches!(DataFolder::visit(&path), Err(FolderError::NeverUsed(_))));
    assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
}

#[test]
fn the_guide_explains_every_sentence_about_the_folder() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operator/troubleshooting.md");
    let guide = fs::read_to_string(guide).unwrap();
    let path = || PathBuf::from("/var/lib/causeway");
    let missing = || PathBuf::from("/mnt/data/causeway");
    for error in [
        FolderError::InUse { path: path(), process: Some(4711) },
        FolderError::OtherOwner { path: path(), owner: 994, us: 0 },
        FolderError::Foreign { path: path(), found: "thesis.odt".into() },
        FolderError::BadMarker(path().join("causeway-data.toml")),
        FolderError::Newer { path: path(), format: 2, known: 1 },
        FolderError::ReadOnly(path()),
        FolderError::NotWritable(path()),
        FolderError::Full(path()),
        FolderError::NoParent(missing()),
        FolderError::Missing(missing()),
    ] {
        assert!(guide.contains(&format!("\n{error}\n")), "docs/operator/troubleshooting.md lacks: {error}");
    }
}
