//! Tells systemd how the service is doing (`sd_notify(3)`), when systemd started it with `Type=notify`.
//! Does nothing anywhere else.

use std::ffi::OsStr;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

use crate::config::Environment;

/// The line to systemd, if there is one.
#[derive(Debug)]
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

    /// The service answers requests from here on.
    pub fn ready(&self) {
        self.send("READY=1");
    }

    /// The service is ending in good order.
    pub fn stopping(&self) {
        self.send("STOPPING=1");
    }

    /// What the service is doing, for `systemctl status`: one line.
    pub fn status(&self, sentence: &str) {
        self.send(&format!("STATUS={}", sentence.replace('\n', " ")));
    }

    /// The start or stop takes longer than usual, for instance during a migration: wait this much more.
    pub fn need_more_time(&self, more: std::time::Duration) {
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
        assert_eq!((received(&socket), received(&socket)), ("READY=1".into(), "STATUS=two lines".into()));

        let name = format!("causeway-test-{}", std::process::id());
        let socket = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        let notifier = Notifier::new(&[("NOTIFY_SOCKET", format!("@{name}"))].into_iter().collect());
        notifier.stopping();
        notifier.need_more_time(std::time::Duration::from_secs(2));
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
