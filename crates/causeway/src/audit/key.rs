//! The key that signs heads, made on first use, and the list of keys that this machine trusts.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use domain::change::{PublicKey, Signer};

use super::AuditError;
use crate::folder::DataFolder;

const KEY: &str = "audit.pkcs8";
const TRUSTED: &str = "audit-trusted";

/// This node's key. The first time, it is made, and its public half put on the list of trusted keys.
///
/// # Errors
/// [`AuditError`].
pub fn signer(folder: &DataFolder) -> Result<Signer, AuditError> {
    let path = folder.keys().join(KEY);
    let damaged = |cause: domain::Error| AuditError::Key { path: path.clone(), cause: cause.to_string() };
    match std::fs::read(&path) {
        Ok(document) => Signer::from_document(&document).map_err(damaged),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let document = Signer::generate().map_err(damaged)?;
            let signer = Signer::from_document(&document).map_err(damaged)?;
            trust_key(folder, &signer.public_key())?;
            write_whole(&path, &document).map_err(AuditError::file(&path))?;
            Ok(signer)
        }
        Err(error) => Err(AuditError::File { path, source: error }),
    }
}

/// The keys whose signatures this machine believes. None before the first start.
///
/// # Errors
/// [`AuditError::File`].
pub fn trusted_keys(folder: &DataFolder) -> Result<Vec<PublicKey>, AuditError> {
    let path = folder.keys().join(TRUSTED);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(AuditError::File { path, source: error }),
    }
}

/// Puts another node's key on the list, unless it is there.
///
/// # Errors
/// [`AuditError::PublicKey`] for what is none; [`AuditError::File`].
pub fn trust_key(folder: &DataFolder, key: &str) -> Result<(), AuditError> {
    let well = key.len() == 64 && key.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if !well {
        return Err(AuditError::PublicKey(key.to_owned()));
    }
    let mut keys = trusted_keys(folder)?;
    if keys.iter().any(|known| known == key) {
        return Ok(());
    }
    keys.push(key.to_owned());
    let path = folder.keys().join(TRUSTED);
    write_whole(&path, format!("{}\n", keys.join("\n")).as_bytes()).map_err(AuditError::file(&path))
}

/// All of it or none: under another name first, and on the disk before it gets its own.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
