//! Whether people get what they are told.

use domain::notice::{self, Overview};
use jiff::SignedDuration;

use super::Finding;
use crate::config::MailTransport;
use crate::mail;
use crate::site::Site;

/// A letter that has waited for so long is late.
const LATE: SignedDuration = SignedDuration::from_hours(1);

pub(super) async fn examine(site: &Site) -> Vec<Finding> {
    vec![transport(site), letters(site).await]
}

fn transport(site: &Site) -> Finding {
    match site.config.mail.transport {
        MailTransport::Smtp => Finding::good(
            "mail",
            format!("letters go to {} as {}", site.config.mail.host, mail::from(&site.config)),
        ),
        MailTransport::Folder => Finding::warning(
            "mail",
            format!(
                "letters are written into {} and nobody gets them: set mail.transport to smtp and mail.host to your mail \
                 server, then try `causeway mail test --to ADDRESS`",
                mail::folder(site).display()
            ),
        ),
    }
}

async fn letters(site: &Site) -> Finding {
    let overview = match notice::overview(&site.db).await {
        Ok(overview) => overview,
        Err(error) => return Finding::wrong("letters", error.to_string()),
    };
    let Overview { queued_count, failed_count, dead_count, waiting_since } = overview;
    if dead_count > 0 {
        let sentence = format!(
            "{dead_count} were given up: see why with `causeway mail list --state dead`, mend the cause, then \
             `causeway mail retry ID`"
        );
        return Finding::warning("letters", sentence);
    }
    let waited = waiting_since.map(|since| site.db.clock().now().duration_since(since));
    if waited.is_some_and(|waited| waited > LATE) {
        let sentence = format!(
            "{} wait, the oldest for {} minutes: see why with `causeway mail list`; they are sent while `causeway serve` runs",
            queued_count + failed_count,
            waited.map_or(0, |waited| waited.as_mins())
        );
        return Finding::warning("letters", sentence);
    }
    Finding::good(
        "letters",
        format!("{queued_count} wait, {failed_count} will be tried again, none was given up"),
    )
}
