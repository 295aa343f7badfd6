//! Seals the change log and keeps its heads in the data folder.

use std::sync::Arc;

use domain::change::{self, Signer};
use domain::{Error, Result};
use tokio::sync::watch;

use super::pause;
use crate::audit::Heads;
use crate::site::Site;

pub(super) async fn run(
    site: Arc<Site>,
    signer: Arc<Signer>,
    health: web::Health,
    mut stopped: watch::Receiver<bool>,
) {
    let heads = Heads::of(&site.folder);
    let mut kept = None;
    loop {
        let ending = *stopped.borrow();
        let more = match round(&site, &signer, &heads, &mut kept).await {
            Ok(more) => {
                health.set("change-log", Ok(()));
                more
            }
            Err(error) => {
                tracing::warn!(%error, "the change log cannot be sealed");
                health.set("change-log", Err("cannot be sealed: see this node's log".to_owned()));
                false
            }
        };
        if ending && !more {
            return;
        }
        if !more {
            pause(site.config.audit.seal_every, &mut stopped).await;
        }
    }
}

/// Seals one batch and keeps its head, and tells whether it was full: then there may be more.
async fn round(site: &Site, signer: &Signer, heads: &Heads, kept: &mut Option<i64>) -> Result<bool> {
    let most = site.config.audit.seal_rows;
    let sealed = change::seal(&site.db, signer, most).await?;
    let position = match *kept {
        Some(position) => position,
        None => heads.last().map_err(Error::internal)?,
    };
    *kept = Some(heads.follow(&site.db, position).await?);
    Ok(sealed.is_some_and(|sealed| sealed.rows == most))
}
