//! Rules between settings, checked once each of them is read.

use super::choice::{MailSecurity, MailTransport, StorageKind};
use super::given::Place;
use super::problem::Problem;
use super::settings::Config;
use super::table::Reader;

/// Adds a problem for every rule that the configuration breaks.
pub(super) fn check(config: &Config, reader: &mut Reader<'_>) {
    let Config { server, storage, mail, metrics, programme, .. } = config;
    let s3 = &storage.s3;
    let uses_s3 = storage.kind == StorageKind::S3;

    let open = !metrics.public && !metrics.listen.ip().is_loopback();
    require(reader, !open, &["metrics.listen", "metrics.public"], || {
        format!(
            "`metrics.listen` is {}, which other machines can reach; use an address of this machine such as \
             127.0.0.1:9464, or set `metrics.public` to true.",
            metrics.listen
        )
    });
    let apart = metrics.listen.port() == 0 || metrics.listen != server.listen;
    require(reader, apart, &["metrics.listen", "server.listen"], || {
        format!("`metrics.listen` and `server.listen` are both {}; give them different ports.", server.listen)
    });
    let in_order = server.header_timeout <= server.request_timeout;
    require(reader, in_order, &["server.header_timeout", "server.request_timeout"], || {
        "`server.header_timeout` is longer than `server.request_timeout`; make it the shorter one.".into()
    });
    require(reader, !uses_s3 || !s3.bucket.is_empty(), &["storage.s3.bucket", "storage.kind"], || {
        "`storage.kind` is s3, but `storage.s3.bucket` is empty; name the bucket.".into()
    });
    require(reader, !uses_s3 || !s3.region.is_empty(), &["storage.s3.region", "storage.kind"], || {
        "`storage.kind` is s3, but `storage.s3.region` is empty; name the region.".into()
    });
    let paired = s3.access_key.is_some() == s3.secret_key.is_some();
    require(reader, paired, &["storage.s3.access_key", "storage.s3.secret_key"], || {
        "of `storage.s3.access_key` and `storage.s3.secret_key` only one is set; set both or none.".into()
    });
    let plain = s3.endpoint.as_ref().is_some_and(|endpoint| !endpoint.is_https());
    require(reader, !plain || s3.allow_http, &["storage.s3.endpoint", "storage.s3.allow_http"], || {
        "`storage.s3.endpoint` is without TLS; use https, or set `storage.s3.allow_http` to true if nobody can \
         listen in between."
            .into()
    });
    let sends = mail.transport == MailTransport::Smtp;
    require(reader, !sends || !mail.host.is_empty(), &["mail.host", "mail.transport"], || {
        "`mail.transport` is smtp, but `mail.host` is empty; name the mail server.".into()
    });
    let paired = mail.user.is_empty() == mail.password.is_none();
    require(reader, paired, &["mail.user", "mail.password"], || {
        "of `mail.user` and `mail.password` only one is set; set both or none.".into()
    });
    let here = ["localhost", "127.0.0.1", "::1"].contains(&mail.host.as_str());
    let private = !sends || here || mail.security != MailSecurity::None;
    require(reader, private, &["mail.security", "mail.host"], || {
        "`mail.security` is none, but the mail server is another machine, and letters hold keys; use starttls or tls.".into()
    });
    require(reader, !programme.name.is_empty(), &["programme.name"], || {
        "`programme.name` is empty, but stands on every page; give a name or remove the line.".into()
    });
}

/// Notes a problem unless the rule holds. Says nothing where one of its settings could not be read anyway.
fn require(reader: &mut Reader<'_>, holds: bool, keys: &[&str], sentence: impl FnOnce() -> String) {
    if holds || reader.unusable.iter().any(|key| keys.contains(key)) {
        return;
    }
    let place = keys
        .iter()
        .filter_map(|key| reader.effective.iter().find(|effective| effective.setting.key == *key))
        .map(|effective| &effective.place)
        .find(|place| **place != Place::Default)
        .unwrap_or(&Place::Default)
        .clone();
    reader.problems.push(Problem::new(place, sentence()));
}
