//! Files that are not ours, or not databases.

use db::{Db, OpenError, Settings, Target};

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
