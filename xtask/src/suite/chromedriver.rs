//! The driver through which browser tests steer Chromium: on a free loopback port, gone with the run.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::group::{Group, Interrupt};
use super::{free_port, last_lines};

const PATIENCE: Duration = Duration::from_secs(30);

/// A running driver. Dropping it stops the driver with its browsers and removes their profiles.
#[derive(Debug)]
pub struct Chromedriver {
    _group: Group,
    port: u16,
}

impl Chromedriver {
    /// Starts the driver `program`; its log goes to the file `log`.
    ///
    /// # Errors
    /// When the driver ends or does not answer (its last words are in the message), or the run is interrupted.
    pub fn start(program: &Path, log: &Path, interrupt: &Interrupt) -> Result<Chromedriver> {
        let port = free_port()?;
        let folder = tempfile::Builder::new().prefix("causeway-browser-").tempdir()?;
        let log_file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).env("TMPDIR", folder.path());
        command.stdout(log_file.try_clone()?).stderr(log_file);
        let mut group = Group::start(&mut command, Some(folder))?;

        let start = Instant::now();
        while start.elapsed() < PATIENCE && group.ended()?.is_none() {
            if is_ready(port) {
                return Ok(Chromedriver { _group: group, port });
            }
            interrupt.pause()?;
        }
        bail!("chromedriver did not answer; {} ends with:\n{}", log.display(), last_lines(log));
    }

    /// The driver's URL, for `CAUSEWAY_TEST_WEBDRIVER`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// Whether `GET /status` says that the driver takes sessions.
fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = vec![0; 4096];
        let mut length = 0;
        while length < answer.len() && !answer[..length].ends_with(b"}}") {
            match stream.read(&mut answer[length..])? {
                0 => break,
                read => length += read,
            }
        }
        answer.truncate(length);
        Ok(answer)
    };
    ask().is_ok_and(|answer| String::from_utf8_lossy(&answer).contains(r#""ready":true"#))
}
