//! What is not a sound backup is refused, with a sentence that says what it is instead.

use std::io::Write as _;
use std::path::Path;

use causeway::backup::{BackupError, Flaw, Input, Progress, Target, restore, verify};
use db::Engine;

use super::world::{Random, World, on};

async fn flaw(path: &Path) -> Option<Flaw> {
    match verify(Input::File(path.to_owned()), &Progress::default()).await {
        Ok(_) => None,
        Err(BackupError::Flawed { at, flaw }) => {
            assert_eq!(at, path.display().to_string());
            Some(flaw)
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// Seals bytes as a backup is sealed, to see what lies behind the seal.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.extend(b"\x5c\x2a\x4d\x18\x28\0\0\0CWAYSEAL");
    out.extend(blake3::hash(bytes).as_bytes());
    out
}

/// An archive with these entries, packed and sealed.
fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        tar.append_data(&mut header, name, *content).unwrap();
    }
    sealed(&zstd::encode_all(&tar.into_inner().unwrap()[..], 3).unwrap())
}

/// Names and contents, in their order.
pub(super) type Entries = Vec<(String, Vec<u8>)>;

/// The entries of a backup, taken out with an ordinary reader.
pub(super) fn entries(path: &Path) -> Entries {
    let mut tar = tar::Archive::new(zstd::Decoder::new(std::fs::File::open(path).unwrap()).unwrap());
    tar.entries()
        .unwrap()
        .map(|entry| {
            let mut entry = entry.unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
            (entry.path().unwrap().display().to_string(), content)
        })
        .collect()
}

pub(super) fn packed(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    archive(&entries.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>())
}

#[test]
fn a_hundred_flipped_bits_are_refused() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, made) = world.backup("all.tar.zst").await;
        let whole = std::fs::read(&path).unwrap();
        let mut random = Random(0x5eed);
        let flipped = world.path("flipped.tar.zst");
        let mut refused = 0;
        for round in 0..100 {
            let bit = random.below(made.bytes * 8);
            let mut bytes = whole.clone();
            bytes[usize::try_from(bit / 8).unwrap()] ^= 1 << (bit % 8);
            std::fs::write(&flipped, bytes).unwrap();
            let flaw = flaw(&flipped).await;
            assert!(flaw.is_some(), "round {round}: bit {bit} of {}", made.bytes * 8);
            refused += 1;
        }
        println!("{refused} of 100 flipped bits refused, in {} bytes", made.bytes);
        // A restore refuses the last of them too, and leaves nothing.
        let target = world.path("restored");
        let refused = restore(Input::File(flipped), Target::folder(&target), &Progress::default()).await;
        assert!(matches!(refused, Err(BackupError::Flawed { .. })), "{refused:?}");
        assert!(!target.exists());
        world.remove().await;
    });
}

#[test]
fn a_backup_cut_at_a_hundred_places_is_refused() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, made) = world.backup("all.tar.zst").await;
        let whole = std::fs::read(&path).unwrap();
        let mut random = Random(0xc07);
        let cut = world.path("cut.tar.zst");
        let ends = [0, 1, 3, 47, 48, 49, made.bytes - 1, made.bytes - 40, made.bytes - 48];
        let lengths = ends.into_iter().chain((ends.len()..100).map(|_| random.below(made.bytes)));
        for length in lengths {
            std::fs::write(&cut, &whole[..usize::try_from(length).unwrap()]).unwrap();
            let flaw = flaw(&cut).await;
            let expected = if length < 4 { Flaw::Foreign } else { Flaw::Cut };
            assert_eq!(flaw, Some(expected), "cut at {length}");
        }
        world.remove().await;
    });
}

#[test]
fn appended_bytes_are_refused() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let whole = std::fs::read(&path).unwrap();
        let longer = world.path("longer.tar.zst");
        for more in [vec![0], vec![0; 100_000], whole.clone(), whole[whole.len() - 48..].to_vec()] {
            std::fs::write(&longer, [&whole[..], &more].concat()).unwrap();
            let flaw = flaw(&longer).await;
            assert!(matches!(flaw, Some(Flaw::Cut | Flaw::Damaged)), "{} bytes more: {flaw:?}", more.len());
        }
        // Bytes between the archive and a seal that is right.
        std::fs::write(&longer, sealed(&[&whole[..whole.len() - 48], b"more"].concat())).unwrap();
        assert!(matches!(flaw(&longer).await, Some(Flaw::Unsound(_))));
        world.remove().await;
    });
}

#[tokio::test]
async fn a_file_of_another_product_is_called_that() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("other");
    let other = br#"{"product": "calendar", "format": 1}"#;
    for bytes in [
        Vec::new(),
        b"a letter to the ministry".to_vec(),
        archive(&[("photo.jpg", b"x")]),
        archive(&[("manifest.json", other)]),
        archive(&[("manifest.json", b"not json")]),
    ] {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(flaw(&path).await, Some(Flaw::Foreign));
    }
    // Packed as a backup is, and without its end: it may have been one.
    std::fs::write(&path, zstd::encode_all(&b"not a tar archive"[..], 3).unwrap()).unwrap();
    assert_eq!(flaw(&path).await, Some(Flaw::Cut));
    std::fs::write(&path, b"a letter to the ministry").unwrap();
    let sentence = verify(Input::File(path.clone()), &Progress::default()).await.unwrap_err().to_string();
    assert!(
        sentence.ends_with("is not a backup of Causeway; name a file that `causeway backup` has made"),
        "{sentence}"
    );
    let missing = verify(Input::File(place.path().join("none")), &Progress::default()).await.unwrap_err();
    assert!(matches!(missing, BackupError::Io { .. }), "{missing:?}");
    let folder = verify(Input::File(place.path().to_owned()), &Progress::default()).await.unwrap_err();
    assert!(matches!(folder, BackupError::NotAFile(_)), "{folder:?}");
}

#[tokio::test]
async fn a_newer_format_names_the_release_that_reads_it() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("newer.tar.zst");
    let manifest = br#"{"product": "causeway", "format": 2, "release": "3.1.0", "shape": "unheard of"}"#;
    std::fs::write(&path, archive(&[("manifest.json", manifest)])).unwrap();
    assert_eq!(flaw(&path).await, Some(Flaw::NewerFormat { found: 2, release: "3.1.0".into() }));
}

#[test]
fn what_is_sealed_but_not_a_backup_is_refused() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let good = entries(&path);
        let wrong = world.path("wrong.tar.zst");
        std::fs::write(&wrong, packed(&good)).unwrap();
        assert_eq!(flaw(&wrong).await, None, "as it is, it is sound");

        let place = |part: &str| good.iter().position(|(name, _)| name.starts_with(part)).unwrap();
        let mut cases: Vec<(&str, Entries)> = Vec::new();
        for (why, part) in [
            ("a file", "files/"),
            ("a table", "tables/words"),
            ("a key", "keys/"),
            ("the heads", "heads"),
            ("the summary", "summary"),
        ] {
            let mut without = good.clone();
            without.remove(place(part));
            cases.push((why, without));
        }
        let mut case = |why, change: &dyn Fn(&mut Entries)| {
            let mut changed = good.clone();
            change(&mut changed);
            cases.push((why, changed));
        };
        case("a row of another shape", &|all| all[place("tables/account.")].1 = b"[1,2]\n".to_vec());
        case("a row that is no JSON", &|all| all[place("tables/account.")].1 = b"[\n".to_vec());
        case("a row without an end", &|all| assert_eq!(all[place("tables/account.")].1.pop(), Some(b'\n')));
        case("other bytes of a file", &|all| all[place("files/")].1[0] ^= 1);
        case("another file name", &|all| all[place("files/")].0 = format!("files/{}", "0".repeat(64)));
        case("an unknown entry", &|all| all.insert(1, ("notes.txt".into(), b"x".to_vec())));
        case("a path that leads out", &|all| all.insert(1, ("keys/.bashrc".into(), b"x".to_vec())));
        case("two files in one place", &|all| all.insert(place("files/"), all[place("files/")].clone()));
        case("a table behind the files", &|all| {
            let table = all.remove(place("tables/words"));
            all.insert(all.len() - 1, table);
        });
        case("something behind the summary", &|all| all.push(("keys/late".into(), b"x".to_vec())));
        for (why, entries) in cases {
            std::fs::write(&wrong, packed(&entries)).unwrap();
            let flaw = flaw(&wrong).await;
            assert!(matches!(flaw, Some(Flaw::Unsound(_))), "{why}: {flaw:?}");
        }
        world.remove().await;
    });
}

#[test]
fn ordinary_tools_open_it() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let names: Vec<String> = entries(&path).into_iter().map(|(name, _)| name).collect();
        assert_eq!((names[0].as_str(), names.last().unwrap().as_str()), ("manifest.json", "summary.json"));
        // Read to its end, as `zstd -d` does, the seal is passed over.
        let mut sink = Vec::new();
        zstd::stream::copy_decode(std::fs::File::open(&path).unwrap(), &mut sink).unwrap();
        sink.flush().unwrap();
        assert_eq!(sink.len() % 512, 0);
        world.remove().await;
    });
}
