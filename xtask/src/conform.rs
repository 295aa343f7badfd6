//! Whether the JSON API does what its description says: schemathesis asks a serving process everything that the description
//! allows and much that it forbids. Starts that process on a folder of its own, and installs the tool into the build folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::environment::{find_program, preset};
use crate::suite::free_port;
use crate::suite::group::{self, Group, Interrupt};
use crate::workspace::Workspace;

/// The release of schemathesis that the figures are from.
const VERSION: &str = "4.32.5";

/// How long the server may take until it answers.
const START: Duration = Duration::from_secs(60);

/// What `cargo xtask conform` takes.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// How many cases each operation is asked at most in each phase that makes them up.
    #[arg(long, default_value_t = 1000)]
    pub examples: u32,
    /// The program, where it has been built already.
    #[arg(long)]
    pub program: Option<PathBuf>,
    /// What else schemathesis is to be told.
    #[arg(last = true)]
    pub rest: Vec<String>,
}

/// Builds the program, asks it, and prints what schemathesis finds. Gives whether it found nothing.
///
/// # Errors
/// When the tool cannot be found or installed, or the server does not start.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let interrupt = Interrupt::listen()?;
    let program = match &options.program {
        Some(program) => program.clone(),
        None => {
            let mut build = Command::new("cargo");
            build.args(["build", "--package", "causeway"]);
            if !group::run(&mut build, None, &interrupt)?.succeeded {
                return Ok(false);
            }
            workspace.target.join("debug/causeway")
        }
    };
    let st = find_or_install(&workspace.target.join("test-tools"), &interrupt)?;
    let start = Instant::now();
    let mut command = {
        let (config, reports) =
            (workspace.root.join("xtask/schemathesis.toml"), workspace.target.join("conform"));
        ask(&st, &program, &config, &reports, options, &interrupt)?
    };
    let passed = group::run(&mut command.1, None, &interrupt)?.succeeded;
    println!("conform: {:.0} s", start.elapsed().as_secs_f64());
    drop(command.0);
    Ok(passed)
}

/// The server, and the command that asks it.
pub(crate) fn ask(
    st: &Path,
    program: &Path,
    config: &Path,
    reports: &Path,
    options: &Options,
    interrupt: &Interrupt,
) -> Result<(Group, Command)> {
    let folder = tempfile::tempdir().context("no folder for the server")?;
    let listen = format!("127.0.0.1:{}", free_port()?);
    let variables = [
        ("CAUSEWAY__DATA__FOLDER", folder.path().join("data").display().to_string()),
        ("CAUSEWAY__SERVER__LISTEN", listen.clone()),
        ("CAUSEWAY__METRICS__LISTEN", "127.0.0.1:0".to_owned()),
        ("CAUSEWAY__LIMITS__WRITES_PER_MINUTE", "0".to_owned()),
    ];
    fs::create_dir_all(reports).with_context(|| format!("cannot make {}", reports.display()))?;
    let log = reports.join("server.log");
    let log = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut serve = Command::new(program);
    serve.arg("serve").envs(variables.iter().cloned()).stdout(Stdio::null()).stderr(log);
    let mut server = Group::start(&mut serve, Some(folder))?;
    await_listener(&mut server, &listen, interrupt)?;
    let token = issue_token(program, &variables)?;
    let mut command = Command::new(st);
    command
        .current_dir(reports)
        .arg("--config-file")
        .arg(config)
        .args(["run", &format!("http://{listen}/api/openapi.json")])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--phases", "examples,coverage,fuzzing,stateful"])
        .args(["--max-examples", &options.examples.to_string()])
        .args(["--generation-deterministic", "--generation-database", "none"])
        .args(["--continue-on-failure", "--no-color", "--report", "junit,json"])
        .args(&options.rest);
    Ok((server, command))
}

fn issue_token(program: &Path, variables: &[(&str, String)]) -> Result<String> {
    let output = Command::new(program)
        .args(["token", "create", "--account", "conform", "--role", "administrator", "--label", "conform"])
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .output()
        .with_context(|| format!("{} could not be started", program.display()))?;
    if !output.status.success() {
        bail!("no token: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn await_listener(server: &mut Group, listen: &str, interrupt: &Interrupt) -> Result<()> {
    let start = Instant::now();
    while std::net::TcpStream::connect(listen).is_err() {
        if let Some(status) = server.ended()? {
            bail!("the server ended at once: {status}");
        }
        if start.elapsed() > START {
            bail!("the server does not listen");
        }
        interrupt.pause()?;
    }
    Ok(())
}

/// The program that `CAUSEWAY_TEST_SCHEMATHESIS` names, or one in an environment of its own below `folder`.
///
/// # Errors
/// When there is no Python, or its package index cannot be reached.
pub(crate) fn find_or_install(folder: &Path, interrupt: &Interrupt) -> Result<PathBuf> {
    if let Some(program) = preset("CAUSEWAY_TEST_SCHEMATHESIS") {
        return Ok(program.into());
    }
    let place = folder.join(format!("schemathesis-{VERSION}"));
    let (program, whole) = (place.join("bin/st"), place.join("whole"));
    if whole.is_file() {
        return Ok(program);
    }
    let Some(python) = find_program(&["python3"]) else {
        bail!("python3 is not here; install it, or set CAUSEWAY_TEST_SCHEMATHESIS to the program `st`");
    };
    println!("installing schemathesis {VERSION} into {}", place.display());
    let mut make = Command::new(python);
    make.args(["-m", "venv"]).arg(&place);
    let mut install = Command::new(place.join("bin/pip"));
    install
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .arg(format!("schemathesis=={VERSION}"));
    for command in [&mut make, &mut install] {
        if !group::run(command, None, interrupt)?.succeeded {
            bail!(
                "schemathesis {VERSION} could not be installed; the messages are above. Install the Debian package \
                 python3-venv, or set CAUSEWAY_TEST_SCHEMATHESIS to the program `st`"
            );
        }
    }
    File::create(&whole).with_context(|| format!("cannot write {}", whole.display()))?;
    Ok(program)
}
