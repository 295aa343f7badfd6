//! Large backups in little memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use db::Engine;

use super::world::{World, noise, on};

/// Runs the program to its end, and gives the most memory it held, in KiB.
fn peak(arguments: &[&str]) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_causeway"))
        .args(arguments)
        .env_clear()
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let exit = loop {
        let held = std::fs::read_to_string(&status).unwrap_or_default();
        let line = held.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        if let Some(exit) = child.try_wait().unwrap() {
            break exit;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(exit.success());
    peak
}

#[test]
fn a_backup_larger_than_memory_is_verified_and_restored() {
    on(Engine::Sqlite, async |engine| {
        let world = World::empty(engine).await;
        for seed in 0..5 {
            world.put(noise(40 << 20, seed)).await;
        }
        let (_, made) = world.backup("large.tar.zst").await;
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        let (file, target) = (path(&world.path("large.tar.zst")), path(&world.path("restored")));
        let verified = peak(&["verify", &file]);
        let restored = peak(&["restore", &file, "--to", &target]);
        println!(
            "{} MiB of files in {} MiB: verify held {} MiB, restore {} MiB",
            made.summary.files.bytes >> 20,
            made.bytes >> 20,
            verified >> 10,
            restored >> 10
        );
        assert!(verified > 0 && verified < 64 << 10, "{verified} KiB");
        assert!(restored > 0 && restored < 128 << 10, "{restored} KiB");
        world.remove().await;
    });
}
