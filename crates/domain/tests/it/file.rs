//! Files: kept once, given to whoever may have them.

use bytes::Bytes;
use db::Db;
use domain::Error;
use domain::actor::{Actor, Role};
use domain::file::{self, CHUNK, File, Shelf, Tier};
use domain::id::FileId;
use domain::job::{self, Registry, Settings, Worker};
use object_store::local::LocalFileSystem;
use std::sync::Arc;
use std::time::Duration;

use crate::meeting::{Meeting, Moment};
use crate::world;

struct Local {
    folder: tempfile::TempDir,
    shelf: Shelf,
}

fn local() -> Local {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::local(folder.path(), 1000).unwrap();
    Local { folder, shelf }
}

async fn load(db: &Db, shelf: &Shelf, actor: &Actor, id: FileId) -> Result<(File, Vec<u8>), Error> {
    let file = file::load(db, actor, id).await?;
    let mut reading = file::read(shelf, file.clone())?;
    let mut content = Vec::new();
    while let Some(chunk) = reading.next().await? {
        content.extend_from_slice(&chunk);
    }
    Ok((file, content))
}

fn pdf(text: &str) -> Bytes {
    Bytes::from(format!("%PDF-1.7\n{text}"))
}

#[db::test]
async fn a_file_comes_back_as_it_went_and_the_same_bytes_are_kept_once(db: Db) {
    let Local { folder, shelf } = local();
    let editor = world::actor(&db, Role::Editor).await;
    let first = file::keep(&db, &shelf, &editor, "ຂໍ້ຕົກລົງ.pdf", Tier::Public, pdf("x")).await.unwrap();
    let second = file::keep(&db, &shelf, &editor, "copy.pdf", Tier::Public, pdf("x")).await.unwrap();
    assert_eq!(
        (first.media_type.as_str(), first.bytes, &first.digest),
        ("application/pdf", 10, &second.digest)
    );
    let (found, content) = load(&db, &shelf, &Actor::visitor(), first.id).await.unwrap();
    assert_eq!((found, content), (first, pdf("x").to_vec()));
    assert_eq!(shelf.digests().await.unwrap().len(), 1);
    assert!(folder.path().join("files").is_dir());
}

#[db::test]
async fn the_centres_files_are_not_there_for_others(db: Db) {
    let Local { folder: _folder, shelf } = local();
    let editor = world::actor(&db, Role::Editor).await;
    let kept = file::keep(&db, &shelf, &editor, "a.pdf", Tier::Centre, pdf("x")).await.unwrap();
    let visitor = load(&db, &shelf, &Actor::visitor(), kept.id).await;
    assert!(matches!(visitor, Err(Error::NotFound)), "{visitor:?}");
    let nothing = load(&db, &shelf, &Actor::visitor(), FileId(uuid::Uuid::nil())).await;
    assert!(matches!(nothing, Err(Error::NotFound)), "a file one may not have is as one that is not there");
    let auditor = world::actor(&db, Role::Auditor).await;
    assert!(load(&db, &shelf, &auditor, kept.id).await.is_ok());
    let denied = file::keep(&db, &shelf, &auditor, "a.pdf", Tier::Public, pdf("y")).await;
    assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
}

#[db::test]
async fn what_is_too_large_empty_or_not_a_document_is_refused(db: Db) {
    let Local { folder: _folder, shelf } = local();
    let operator = Actor::operator();
    for (name, content, field) in [
        ("a.pdf", pdf(&"x".repeat(1000)), "content"),
        ("a.pdf", Bytes::new(), "content"),
        ("a.png", Bytes::from_static(b"<svg onload='alert(1)'/>"), "content"),
        ("..", pdf("x"), "name"),
    ] {
        let outcome = file::keep(&db, &shelf, &operator, name, Tier::Public, content).await;
        assert!(matches!(&outcome, Err(Error::Invalid(fields)) if fields[0].name == field), "{outcome:?}");
    }
    assert_eq!(shelf.digests().await.unwrap(), vec![]);
}

#[db::test]
async fn bytes_that_were_altered_are_not_given_out(db: Db) {
    let Local { folder, shelf } = local();
    let kept = file::keep(&db, &shelf, &Actor::operator(), "a.pdf", Tier::Public, pdf("x")).await.unwrap();
    let place = folder.path().join("files").join(&kept.digest[..2]).join(&kept.digest);
    std::fs::write(&place, "something else").unwrap();
    let outcome = load(&db, &shelf, &Actor::visitor(), kept.id).await;
    assert!(matches!(outcome, Err(Error::Internal(_))), "{outcome:?}");
    std::fs::remove_file(&place).unwrap();
    let outcome = load(&db, &shelf, &Actor::visitor(), kept.id).await;
    assert!(matches!(outcome, Err(Error::Internal(_))), "{outcome:?}");
}

#[db::test]
async fn a_file_is_read_in_chunks_and_its_end_is_given_only_if_it_is_what_was_kept(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::local(folder.path(), 10 * CHUNK).unwrap();
    let chunk = usize::try_from(CHUNK).unwrap();
    let content = pdf(&"x".repeat(2 * chunk));
    let operator = Actor::operator();
    let kept = file::keep(&db, &shelf, &operator, "a.pdf", Tier::Public, content.clone()).await.unwrap();
    let mut reading = file::read(&shelf, kept.clone()).unwrap();
    let mut lengths = Vec::new();
    while let Some(part) = reading.next().await.unwrap() {
        lengths.push(part.len());
    }
    assert_eq!(lengths, [chunk, chunk, 9]);

    let place = folder.path().join("files").join(&kept.digest[..2]).join(&kept.digest);
    let mut altered = content.to_vec();
    altered[20] = b'y';
    for bytes in [&altered[..], &content[..2 * chunk + 1]] {
        std::fs::write(&place, bytes).unwrap();
        let mut reading = file::read(&shelf, kept.clone()).unwrap();
        assert!(reading.next().await.unwrap().is_some() && reading.next().await.unwrap().is_some());
        let end = reading.next().await;
        assert!(matches!(end, Err(Error::Internal(_))), "{end:?}");
    }
}

fn make_old(local: &Local, digest: &str) {
    let old = std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let place = local.folder.path().join("files").join(&digest[..2]).join(digest);
    std::fs::File::options().write(true).open(place).unwrap().set_modified(old).unwrap();
}

async fn sweep(db: &Db, shelf: &Shelf) {
    let id = db
        .write(async |tx| job::enqueue(&tx, &Actor::system(), &file::Sweep {}, tx.now()).await)
        .await
        .unwrap();
    let registry = file::Sweep::register(Registry::default(), db.clone(), shelf.clone());
    let settings = Settings {
        node: "test".to_owned(),
        lease: Duration::from_secs(60),
        max_attempts: 1,
        idle: Duration::from_millis(5),
    };
    assert!(Worker::new(db.clone(), Arc::new(registry), settings).run_one().await.unwrap());
    let swept = job::load(db, &Actor::operator(), id).await.unwrap();
    assert_eq!((swept.state, swept.error), (job::State::Done, None));
}

/// A shelf on the folder of `local` at which, at that moment, `other` comes in between.
fn met<F>(local: &Local, moment: Moment, other: impl FnOnce() -> F + Send + 'static) -> (Meeting, Shelf)
where
    F: Future<Output = ()> + Send + 'static,
{
    let store = LocalFileSystem::new_with_prefix(local.folder.path()).unwrap();
    let meeting = Meeting::at(moment, Arc::new(store), other);
    (meeting.clone(), Shelf::of(Arc::new(meeting), 1000))
}

/// The bytes lay there nameless for long, and their upload comes again while the sweep is at them.
#[db::test]
async fn a_sweep_takes_no_bytes_from_an_upload_that_is_done_meanwhile(db: Db) {
    let local = local();
    for (moment, text) in [(Moment::Listed, "x"), (Moment::Removing, "y")] {
        let digest = blake3::hash(&pdf(text)).to_hex().to_string();
        local.shelf.put(&digest, pdf(text)).await.unwrap();
        make_old(&local, &digest);
        let (uploading, shelf) = (db.clone(), local.shelf.clone());
        let (named, name) = tokio::sync::watch::channel(None);
        let (meeting, sweeping) = met(&local, moment, move || async move {
            let operator = Actor::operator();
            let kept = file::keep(&uploading, &shelf, &operator, "a.pdf", Tier::Public, pdf(text)).await;
            named.send_replace(Some(kept.unwrap().id));
        });
        sweep(&db, &sweeping).await;
        assert!(meeting.took_place());
        let id = name.borrow().expect("uploaded");
        let (_, content) = load(&db, &local.shelf, &Actor::visitor(), id).await.unwrap();
        assert_eq!(content, pdf(text), "{moment:?}");
    }
}

/// The bytes are there again, but not named yet, when the sweep is about to remove them.
#[db::test]
async fn a_sweep_leaves_bytes_that_were_put_again_since_it_looked(db: Db) {
    let local = local();
    local.shelf.put("aa11", pdf("x")).await.unwrap();
    make_old(&local, "aa11");
    let shelf = local.shelf.clone();
    let (meeting, sweeping) = met(&local, Moment::Listed, move || async move {
        shelf.put("aa11", pdf("x")).await.unwrap();
    });
    sweep(&db, &sweeping).await;
    assert!(meeting.took_place());
    assert_eq!(local.shelf.get("aa11").await.unwrap(), pdf("x"));
}

#[db::test]
async fn an_upload_whose_bytes_a_sweep_took_before_they_were_named_puts_them_again(db: Db) {
    let local = local();
    let digest = blake3::hash(&pdf("x")).to_hex().to_string();
    let shelf = local.shelf.clone();
    let (meeting, uploading) = met(&local, Moment::Put, move || async move {
        shelf.remove(&digest).await.unwrap();
    });
    let kept =
        file::keep(&db, &uploading, &Actor::operator(), "a.pdf", Tier::Public, pdf("x")).await.unwrap();
    assert!(meeting.took_place());
    let (_, content) = load(&db, &local.shelf, &Actor::visitor(), kept.id).await.unwrap();
    assert_eq!(content, pdf("x"));
}

/// Left-overs of uploads that never came to be named go after a day; what is named, and what is new, stays.
#[db::test]
async fn the_sweep_removes_what_nothing_names(db: Db) {
    let local = local();
    let shelf = &local.shelf;
    let kept = file::keep(&db, shelf, &Actor::operator(), "a.pdf", Tier::Public, pdf("x")).await.unwrap();
    for digest in ["aa11", "bb22"] {
        shelf.put(digest, pdf("left over")).await.unwrap();
    }
    for digest in ["aa11", kept.digest.as_str()] {
        make_old(&local, digest);
    }
    sweep(&db, shelf).await;
    let mut left: Vec<String> =
        shelf.digests().await.unwrap().into_iter().map(|(digest, _)| digest).collect();
    left.sort();
    let mut wanted = vec!["bb22".to_owned(), kept.digest];
    wanted.sort();
    assert_eq!(left, wanted);
}
