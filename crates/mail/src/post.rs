//! The post office: takes letters out of the outbox, writes them, sends them, and notes what became of them.

use std::sync::Arc;

use db::Db;
use domain::id::LetterId;
use domain::job::{Failure, Registry};
use domain::notice::{self, Deliver, Outcome};
use tokio::sync::Mutex;

use crate::message::{self, Imprint};
use crate::{Folder, Smtp};

/// What letters are handed to.
#[derive(Debug)]
pub enum Transport {
    /// A mail server.
    Smtp(Box<Smtp>),
    /// A folder.
    Folder(Folder),
}

/// The post office of one process.
#[derive(Debug)]
pub struct Post {
    imprint: Imprint,
    transport: Transport,
    /// One letter at a time from the sending to the note of it, so that the death of a process repeats one at most.
    turn: Mutex<()>,
}

impl Post {
    /// Letters signed by `imprint`, sent by `transport`.
    pub fn new(imprint: Imprint, transport: Transport) -> Self {
        Self { imprint, transport, turn: Mutex::new(()) }
    }

    /// Adds the delivery of letters to `registry`.
    pub fn register(self: Arc<Self>, registry: Registry, db: Db) -> Registry {
        registry.on(move |job: Deliver, _| {
            let (post, db) = (Arc::clone(&self), db.clone());
            async move { post.deliver(&db, job.letter).await.map_err(Failure::from) }
        })
    }

    /// Tries to send one letter, and notes how that ended. Does nothing for a letter that is not to be sent (any more).
    ///
    /// # Errors
    /// What the database says.
    pub async fn deliver(&self, db: &Db, id: LetterId) -> domain::Result<()> {
        let _turn = self.turn.lock().await;
        let Some(letter) = notice::take(db, id).await? else { return Ok(()) };
        let outcome = match message::write(&letter, &self.imprint) {
            Err(error) => Outcome::Refused(error.to_string()),
            Ok(message) => match &self.transport {
                Transport::Smtp(smtp) => smtp.send(message).await,
                Transport::Folder(folder) => folder.send(id, &message).await,
            },
        };
        let kind = letter.kind.code();
        match &outcome {
            Outcome::Sent(_) => tracing::info!(letter = %id, kind, "sent"),
            // The server's words may name the address: they are in the outbox, not in the log.
            Outcome::Later(_) => tracing::warn!(letter = %id, kind, "not sent; it is tried again"),
            Outcome::Wait(wait, _) => {
                tracing::debug!(letter = %id, kind, seconds = wait.as_secs(), "put off");
            }
            Outcome::Refused(_) => {
                tracing::warn!(letter = %id, kind, "refused for good; see `causeway mail show`");
            }
        }
        notice::settle(db, id, &outcome).await
    }
}
