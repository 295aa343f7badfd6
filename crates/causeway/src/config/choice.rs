//! Settings with a few named values.

use super::value::{Shape, Shown, Value};

/// Defines an enum whose values are written as the given words.
macro_rules! choice {
    ($(#[doc = $about:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl Value for $name {
            const SHAPE: Shape = Shape::Text;

            fn expects() -> String {
                format!("one of {}", [$(concat!("\"", $word, "\"")),+].join(", "))
            }

            fn parse(text: &str) -> Result<Self, String> {
                match text.trim() {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(Self::wanted()),
                }
            }

            fn show(&self) -> Shown {
                Shown::Text(match self { $(Self::$variant => $word),+ }.into())
            }
        }
    };
}

choice! {
    /// Where files are kept.
    StorageKind {
        /// In the data folder.
        Folder = "folder",
        /// In a bucket of an S3-speaking object store.
        S3 = "s3",
    }
}

choice! {
    /// What letters are handed to.
    MailTransport {
        /// A folder, each letter a file.
        Folder = "folder",
        /// A mail server.
        Smtp = "smtp",
    }
}

choice! {
    /// How the way to the mail server is kept private.
    MailSecurity {
        /// TLS after a greeting in the clear.
        StartTls = "starttls",
        /// TLS from the first byte.
        Tls = "tls",
        /// None.
        None = "none",
    }
}

choice! {
    /// How log lines are written.
    LogFormat {
        /// One readable line per event.
        Text = "text",
        /// One JSON object per line.
        Json = "json",
    }
}

choice! {
    /// How important an event is, from gravest to finest.
    LogLevel {
        /// Something failed that a person must look at.
        Error = "error",
        /// Something is odd, and the program copes.
        Warn = "warn",
        /// What an operator wants to see in normal times.
        Info = "info",
        /// What helps to find a fault.
        Debug = "debug",
        /// Everything.
        Trace = "trace",
    }
}

impl LogLevel {
    /// The same level as the tracing library names it.
    pub fn tracing(self) -> tracing::Level {
        match self {
            Self::Error => tracing::Level::ERROR,
            Self::Warn => tracing::Level::WARN,
            Self::Info => tracing::Level::INFO,
            Self::Debug => tracing::Level::DEBUG,
            Self::Trace => tracing::Level::TRACE,
        }
    }
}

/// How much is logged: a level for everything, and other levels for parts of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter {
    /// The level where no part says otherwise.
    pub level: LogLevel,
    /// Parts of the program (a crate or a module such as `db::pool`) with their own level.
    pub parts: Vec<(String, LogLevel)>,
}

impl Value for LogFilter {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "a level (error, warn, info, debug, trace), with others for parts if need be: \"info,db=debug\""
            .into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut filter = Self { level: LogLevel::Info, parts: Vec::new() };
        let mut levels = 0;
        for directive in text.split(',').map(str::trim) {
            let level = |word| LogLevel::parse(word).map_err(|_| Self::wanted());
            match directive.split_once('=') {
                Some((part, word)) => filter.parts.push((part.trim().into(), level(word)?)),
                None => {
                    filter.level = level(directive)?;
                    levels += 1;
                }
            }
        }
        if levels == 1 { Ok(filter) } else { Err("must have one level that is not for a part".into()) }
    }

    fn show(&self) -> Shown {
        let word = |level: &LogLevel| match level.show() {
            Shown::Text(word) => word,
            other => other.toml(),
        };
        let parts = self.parts.iter().map(|(part, level)| format!(",{part}={}", word(level)));
        Shown::Text(std::iter::once(word(&self.level)).chain(parts).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_names_its_words_when_it_is_refused() {
        assert_eq!(StorageKind::parse("s3"), Ok(StorageKind::S3));
        assert_eq!(StorageKind::parse("S4").unwrap_err(), "must be one of \"folder\", \"s3\"");
    }

    #[test]
    fn a_log_filter_has_one_level_and_levels_for_parts() {
        let filter = LogFilter::parse("warn, db=debug,web::route=trace").unwrap();
        assert_eq!(filter.level, LogLevel::Warn);
        assert_eq!(filter.parts, [("db".into(), LogLevel::Debug), ("web::route".into(), LogLevel::Trace)]);
        assert_eq!(filter.show(), Shown::Text("warn,db=debug,web::route=trace".into()));
        for text in ["", "inof", "db=debug", "info,warn", "info,db=loud"] {
            assert!(LogFilter::parse(text).is_err(), "{text}");
        }
    }
}
