//! Files that are not ours, or not databases.

use db::{Db, Engine, OpenError, Settings, Target};

#[tokio::test]
async fn a_file_that_is_no_database_is_foreign() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("causeway.db");
    std::fs::write(&file, "a letter to the ministry, longer than the header of a database file ".repeat(40))
        .unwrap();
    let before = std::fs::read(&file).unwrap();
    let error = Db::open(&Settings::new(Target::Sqlite(file.clone()))).await.unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before, "and it is left as it was");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error =
        Db::open(&Settings::new(Target::Sqlite(folder.path().join("none/causeway.db")))).await.unwrap_err();
    assert!(
        matches!(&error, OpenError::Unreachable { at, .. } if at.contains("none/causeway.db")),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_address_that_cannot_be_read_says_how_to_write_one() {
    let error = Db::open(&Settings::new(Target::Postgres("not an address".to_owned()))).await.unwrap_err();
    assert!(error.to_string().contains("postgres://user:password@host"), "{error}");
}

#[db::test]
async fn a_sound_database_shows_no_damage_and_its_own_settings(db: Db) {
    assert_eq!(db.damage().await.unwrap(), None);
    let probe = db.probe().await.unwrap();
    assert!(probe.bytes > 0 && probe.version.starts_with(|digit: char| digit.is_ascii_digit()), "{probe:?}");
    let settings = db.server_settings().await.unwrap();
    assert_eq!(settings.is_some(), db.engine() == Engine::Postgres);
    assert!(settings.is_none_or(|settings| settings.encoding == "UTF8" && settings.standbys == 0));
}

#[tokio::test]
async fn a_damaged_file_is_noticed() {
    let fresh = db::testing::fresh(Engine::Sqlite).await;
    let Target::Sqlite(file) = fresh.settings.target.clone() else { panic!("a file") };
    fresh.db.close().await;
    let mut bytes = std::fs::read(&file).unwrap();
    // The second page holds the root of a table.
    bytes[4096..4196].fill(0xff);
    std::fs::write(&file, bytes).unwrap();
    let damaged = match Db::open(&fresh.settings).await {
        Ok(db) => !matches!(db.damage().await, Ok(None)),
        Err(_) => true,
    };
    assert!(damaged);
    fresh.remove().await;
}
