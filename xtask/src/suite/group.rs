//! Programs started by the test run, each in a process group of its own, and the promise that none outlives it.
//!
//! Beside each program a small shell, the keeper, waits for the end of its input. That end comes when the
//! program is let go, and also when the test run panics or is killed, since the pipe dies with it. Then the
//! keeper ends the group by its id (INT, after ten seconds TERM, then QUIT, then KILL) and removes its folder.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use tempfile::TempDir;

use crate::tally::{Runner, Tally};

const POLL: Duration = Duration::from_millis(20);

const KEEPER: &str = r#"
cat >/dev/null
for step in INT:100 TERM:30 QUIT:30 KILL:30; do
  kill -s "${step%:*}" -- "-$1" 2>/dev/null || break
  tries=0
  while [ "$tries" -lt "${step#*:}" ] && kill -s 0 -- "-$1" 2>/dev/null; do
    sleep 0.1
    tries=$((tries + 1))
  done
done
[ -z "$2" ] || rm -rf -- "$2"
"#;

/// Set once Ctrl-C, a hang-up or a request to end has reached the test run.
#[derive(Debug, Clone)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens for INT, TERM and HUP from now on, instead of dying from them.
    ///
    /// # Errors
    /// When the system refuses the signal handlers.
    pub fn listen() -> Result<Interrupt> {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register(signal, Arc::clone(&flag)).context("cannot listen for signals")?;
        }
        Ok(Interrupt(flag))
    }

    /// Whether the test run is to end.
    pub fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits for a moment.
    ///
    /// # Errors
    /// When the test run is to end.
    pub fn pause(&self) -> Result<()> {
        if self.came() {
            bail!("interrupted");
        }
        thread::sleep(POLL);
        Ok(())
    }
}

/// A running program with everything it started in its process group. Dropping it ends them all.
#[derive(Debug)]
pub struct Group {
    program: Child,
    keeper: Child,
    lifeline: Option<ChildStdin>,
}

impl Group {
    /// Starts the program in a process group of its own, without standard input.
    /// The folder, if any, is removed after the whole group has ended.
    ///
    /// # Errors
    /// When the program or its keeper cannot be started.
    pub fn start(command: &mut Command, folder: Option<TempDir>) -> Result<Group> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut program = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper", &program.id().to_string()])
            .arg(folder.as_ref().map_or(Path::new(""), TempDir::path))
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn();
        let mut keeper = match keeper {
            Ok(keeper) => keeper,
            Err(error) => {
                program.kill().and_then(|()| program.wait()).context("a program without keeper")?;
                return Err(error).context("sh could not be started");
            }
        };
        let lifeline = keeper.stdin.take();
        folder.map(TempDir::keep);
        Ok(Group { program, keeper, lifeline })
    }

    /// How the program ended; `None` while it runs.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.program.try_wait().context("cannot ask for a program's end")
    }

    /// Waits for the program's end, or for an interrupt, which ends the whole group.
    ///
    /// # Errors
    /// When interrupted, or when the system cannot tell how the program ended.
    pub fn wait(mut self, interrupt: &Interrupt) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            interrupt.pause()?;
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // The program must be reaped while the keeper watches the group shrink: a dead, unreaped leader counts.
        for (child, role) in [(&mut self.program, "program"), (&mut self.keeper, "keeper")] {
            if let Err(error) = child.wait() {
                eprintln!("cannot tell whether the {role} {} has ended: {error}", child.id());
            }
        }
    }
}

/// What a program that ran to its end left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ran {
    /// The exit code was zero.
    pub succeeded: bool,
    /// The counts of a test runner; `None` when it printed none, or the program is no test runner.
    pub tally: Option<Tally>,
}

/// Runs a program to its end, hands its output on as it comes and reads the closing lines in it, if it is a test
/// runner.
///
/// # Errors
/// When the program cannot be started, or the run is interrupted.
pub fn run(command: &mut Command, runner: Option<Runner>, interrupt: &Interrupt) -> Result<Ran> {
    let mut group = Group::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()), None)?;
    let (out, err) = (group.program.stdout.take(), group.program.stderr.take());
    let out =
        thread::spawn(move || out.map(|pipe| hand_on(pipe, std::io::stdout(), runner)).unwrap_or_default());
    let err =
        thread::spawn(move || err.map(|pipe| hand_on(pipe, std::io::stderr(), runner)).unwrap_or_default());
    // The group is gone before the pipes are read to their ends, so nothing that is left in it holds them open.
    let status = group.wait(interrupt);
    let closing: Vec<Tally> = [out, err]
        .into_iter()
        .flat_map(|thread| thread.join().expect("reading lines does not panic"))
        .collect();
    Ok(Ran { succeeded: status?.success(), tally: runner.and_then(|runner| runner.sum(&closing)) })
}

fn hand_on(pipe: impl Read, mut to: impl Write, runner: Option<Runner>) -> Vec<Tally> {
    let mut closing = Vec::new();
    for line in BufReader::new(pipe).split(b'\n') {
        let Ok(line) = line else { break };
        closing.extend(runner.and_then(|runner| runner.read(&String::from_utf8_lossy(&line))));
        // A closed output (`| head`) must not stop the run, which still has to count.
        let _ = to.write_all(&line).and_then(|()| to.write_all(b"\n"));
    }
    closing
}
