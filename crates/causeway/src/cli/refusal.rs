//! What a verb refused, in the words of the message catalogue: what `web` says on a page, for a terminal. The command
//! line speaks English.

use domain::Error;
use domain::error::Problem;
use i18n::{Locale, Translator};

/// The sentences for `error`, with the way out.
pub(super) fn sentence(error: &Error) -> String {
    let t = Translator::new(Locale::En);
    match error {
        // The catalogue speaks of pages here; this is about what the arguments name.
        Error::NotFound => {
            "there is nothing of that name or number; the `list` of the same command shows what there is"
                .to_owned()
        }
        Error::Denied(reason) => format!("{}. {}", t.text("error-denied"), t.text(reason)),
        Error::Invalid(fields) => {
            let mut text = format!("{}:", t.text("error-invalid"));
            for field in fields {
                text.push_str(&format!("\n- {}: {}", field.name, problem(t, &field.problem)));
            }
            text
        }
        Error::Conflict(reason) => format!("{}. {}", t.text("error-conflict"), t.text(reason)),
        Error::Stale => format!("{}. {}", t.text("error-stale"), t.text("error-stale-hint")),
        Error::Limited { seconds } => {
            let hint = t.with("error-limited-hint", &[("seconds", (*seconds).into())]);
            format!("{}. {hint}", t.text("error-limited"))
        }
        Error::Busy => format!("{}. {}", t.text("error-busy"), t.text("error-busy-hint")),
        Error::Full(cause) => format!("{} ({cause}). {}", t.text("error-full"), t.text("error-full-hint")),
        Error::Unavailable(cause) => {
            format!("{} ({cause}). {}", t.text("error-unavailable"), t.text("error-unavailable-hint"))
        }
        Error::Internal(cause) => {
            format!("{}: {cause}; report it with `causeway support-bundle`", t.text("error-internal"))
        }
    }
}

/// What is wrong with one field, in words.
pub(super) fn problem(t: Translator, problem: &Problem) -> String {
    let key = problem.message_key();
    match problem {
        Problem::TooLong { max } => t.with(key, &[("max", (*max).into())]),
        Problem::TooShort { min } => t.with(key, &[("min", (*min).into())]),
        Problem::Required
        | Problem::BadLanguage
        | Problem::BadValue
        | Problem::BadAddress
        | Problem::Common
        | Problem::BadCode
        | Problem::WrongPassword
        | Problem::Because(_) => t.text(key).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::error::Field;

    use super::*;

    #[test]
    fn every_refusal_is_a_sentence() {
        let fields = vec![
            Field { name: "title", problem: Problem::Required },
            Field { name: "body", problem: Problem::TooLong { max: 1200 } },
        ];
        assert_eq!(
            sentence(&Error::Invalid(fields)),
            "Some fields need correction:\n- title: Fill in this field.\n- body: Use at most 1,200 characters."
        );
        assert_eq!(
            sentence(&Error::Conflict("token-revoked")),
            "This cannot be done in the present state. This access token has been revoked already."
        );
        assert_eq!(
            sentence(&Error::Limited { seconds: 1 }),
            "Too many requests. Wait 1 second, then try again."
        );
        let full = sentence(&Error::Full("no space left".into()));
        assert!(full.starts_with("The storage is full (no space left). "), "{full}");
        let internal = sentence(&Error::internal("a test"));
        assert!(internal.contains(": a test; report it"), "{internal}");
    }
}
