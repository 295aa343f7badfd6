//! Seals the change log and keeps its heads in the data folder.

use std::sync::Arc;

use domain::change::{self, Signer};
use domain::{Error, Result};
use tokio::sync::watch;

use super::pause;
use crate::audit::{Heads, RECENT};
use crate::site::Site;

pub(super) async fn run(
    site: Arc<Site>,
    signer: Arc<Signer>,
    health: web::Health,
    mut stopped: watch::Receiver<bool>,
) {
    let heads = Heads::of(&site.folder);
    let mut kept = Kept::default();
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

/// Seals what was changed after the last round, by requests that were being answered then.
pub(super) async fn seal_rest(site: &Site, signer: &Signer) -> Result<()> {
    let (heads, mut kept) = (Heads::of(&site.folder), Kept::default());
    while round(site, signer, &heads, &mut kept).await? {}
    Ok(())
}

/// How far the heads are kept, and how many have been since the file was last thinned: none of it known at first.
#[derive(Default)]
struct Kept {
    position: Option<i64>,
    since: Option<usize>,
}

/// Seals one batch and keeps its head, and tells whether it was full: then there may be more.
async fn round(site: &Site, signer: &Signer, heads: &Heads, kept: &mut Kept) -> Result<bool> {
    let most = site.config.audit.seal_rows;
    let sealed = change::seal(&site.db, signer, most).await?;
    let position = match kept.position {
        Some(position) => position,
        None => heads.last().map_err(Error::internal)?,
    };
    let (position, count) = heads.follow(&site.db, position).await?;
    kept.position = Some(position);
    kept.since = kept.since.map(|since| since + count);
    if kept.since.is_none_or(|since| since >= RECENT) {
        heads.thin().map_err(Error::internal)?;
        kept.since = Some(0);
    }
    Ok(sealed.is_some_and(|sealed| sealed.rows == most))
}
