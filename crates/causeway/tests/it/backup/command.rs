//! `causeway verify` and `causeway restore` as an operator runs them.

use std::process::{Command, Output, Stdio};

use db::Engine;

use super::world::{World, embedded, on, rows};

fn causeway(arguments: &[&str], input: Stdio) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
    command.args(arguments).env_clear().stdin(input).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn verify_says_what_is_inside() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, made) = world.backup("all.tar.zst").await;
        let shown = causeway(&["verify", path.to_str().unwrap()], Stdio::null());
        assert_eq!((shown.status.code(), text(&shown.stderr)), (Some(0), ""));
        assert!(text(&shown.stdout).contains("files      2 with 9437"), "{}", text(&shown.stdout));
        let piped = causeway(&["verify", "-", "--json"], std::fs::File::open(&path).unwrap().into());
        let shown: serde_json::Value = serde_json::from_slice(&piped.stdout).unwrap();
        assert_eq!(shown["summary"]["rows"]["publication"], 14);
        assert_eq!(shown["manifest"], serde_json::to_value(&made.manifest).unwrap());

        std::fs::write(&path, &std::fs::read(&path).unwrap()[..1000]).unwrap();
        let cut = causeway(&["verify", path.to_str().unwrap()], Stdio::null());
        assert_eq!((cut.status.code(), text(&cut.stdout)), (Some(1), ""));
        assert!(text(&cut.stderr).contains("cut short"), "{}", text(&cut.stderr));
        world.remove().await;
    });
}

#[test]
fn restore_takes_a_file_or_a_pipe() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let content = rows(world.db()).await;
        for (name, piped) in [("from-file", false), ("from-pipe", true)] {
            let folder = world.path(name);
            let from = if piped { "-" } else { path.to_str().unwrap() };
            let input = if piped { std::fs::File::open(&path).unwrap().into() } else { Stdio::null() };
            let restored = causeway(&["restore", from, "--to", folder.to_str().unwrap()], input);
            assert_eq!((restored.status.code(), text(&restored.stderr)), (Some(0), ""));
            assert!(
                text(&restored.stdout).contains(" sealed rows proven, 2 heads agree"),
                "{}",
                text(&restored.stdout)
            );
            let db = embedded(&folder).await;
            assert_eq!(rows(&db).await, content);
            db.close().await;
        }
        let again = causeway(
            &["restore", path.to_str().unwrap(), "--to", world.path("from-file").to_str().unwrap()],
            Stdio::null(),
        );
        assert_eq!(again.status.code(), Some(1));
        assert!(text(&again.stderr).contains("never writes over data"), "{}", text(&again.stderr));
        world.remove().await;
    });
}

#[test]
fn restore_asks_for_exactly_one_target() {
    for arguments in [
        &["restore", "x.tar.zst"][..],
        &["restore", "x.tar.zst", "--to", "a", "--database", "postgres://b/c"],
        &["restore", "x.tar.zst", "--to", "a", "--files", "b"],
    ] {
        let refused = causeway(arguments, Stdio::null());
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
    }
    let secret =
        causeway(&["restore", "x", "--database", "postgres://me:hunter2@127.0.0.1:1/none"], Stdio::null());
    assert_eq!(secret.status.code(), Some(1));
    assert!(!text(&secret.stderr).contains("hunter2"), "{}", text(&secret.stderr));
}
