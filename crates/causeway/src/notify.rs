//! Tells systemd how the service is doing (`sd_notify(3)`), when systemd started it with `Type=notify`.
//! Does nothing anywhere else.

use std::ffi::OsStr;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::config::Environment;

/// While something takes long, systemd is asked this often to wait for twice as long.
const EVERY: Duration = Duration::from_secs(30);

/// The line to systemd, if there is one.
#[derive(Clone, Debug)]
pub struct Notifier(Option<SocketAddr>);

impl Notifier {
    /// The line that `NOTIFY_SOCKET` names: a path, or after `@` a name of the kernel's own.
    pub fn new(environment: &Environment) -> Self {
        let address = |name: &OsStr| match name.as_bytes().strip_prefix(b"@") {
            Some(name) => SocketAddr::from_abstract_name(name).ok(),
            None => SocketAddr::from_pathname(name).ok(),
        };
        Self(environment.find("NOTIFY_SOCKET").and_then(address))
    }

    /// Runs `work`, of which nobody knows how long it takes, and has systemd wait for it.
    pub async fn patiently<T>(&self, doing: &str, work: impl Future<Output = T>) -> T {
        self.status(doing);
        self.need_more_time(2 * EVERY);
        let asking = Asking(tokio::spawn({
            let notifier = self.clone();
            // In a task of its own, since the work may keep its thread busy.
            async move {
                loop {
                    tokio::time::sleep(EVERY).await;
                    notifier.need_more_time(2 * EVERY);
                }
            }
        }));
        let outcome = work.await;
        drop(asking);
        outcome
    }

    /// The service answers requests from here on.
    pub fn ready(&self) {
        self.send("READY=1\nSTATUS=serving");
    }

    /// The service is ending in good order, for which it takes up to `patience`.
    pub fn stopping(&self, patience: Duration) {
        self.send("STOPPING=1");
        self.need_more_time(patience);
    }

    /// What the service is doing, for `systemctl status`: one line.
    fn status(&self, sentence: &str) {
        self.send(&format!("STATUS={}", sentence.replace('\n', " ")));
    }

    /// Systemd shall not give up before this much time has passed from now, whatever the unit says.
    fn need_more_time(&self, more: Duration) {
        self.send(&format!("EXTEND_TIMEOUT_USEC={}", more.as_micros()));
    }

    fn send(&self, message: &str) {
        let Some(address) = &self.0 else { return };
        let sent =
            UnixDatagram::unbound().and_then(|socket| socket.send_to_addr(message.as_bytes(), address));
        if let Err(error) = sent {
            tracing::warn!(error = %error, "systemd could not be told how the service is doing");
        }
    }
}

/// Asks until it is dropped.
struct Asking(JoinHandle<()>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(socket: &UnixDatagram) -> String {
        let mut buffer = [0; 200];
        let length = socket.recv(&mut buffer).unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    }

    #[test]
    fn systemd_hears_on_a_path_and_on_an_abstract_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        let notifier = Notifier::new(&[("NOTIFY_SOCKET", path.as_os_str())].into_iter().collect());
        notifier.ready();
        notifier.status("two\nlines");
        let said = (received(&socket), received(&socket));
        assert_eq!(said, ("READY=1\nSTATUS=serving".into(), "STATUS=two lines".into()));

        let name = format!("causeway-test-{}", std::process::id());
        let socket = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        let notifier = Notifier::new(&[("NOTIFY_SOCKET", format!("@{name}"))].into_iter().collect());
        notifier.stopping(Duration::from_secs(2));
        assert_eq!(
            (received(&socket), received(&socket)),
            ("STOPPING=1".into(), "EXTEND_TIMEOUT_USEC=2000000".into())
        );
    }

    #[test]
    fn without_systemd_nothing_happens() {
        Notifier::new(&Environment::default()).ready();
    }
}
