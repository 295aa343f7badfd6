//! What a verb may answer instead of its result. Each case that is not our own fault has a stable code, which is also
//! the key of its message (`error-<code>`); only `web` and the command line turn it into words.

/// The result of a verb.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a verb did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know of it.
    #[error("not found")]
    NotFound,
    /// The actor may see it, and may not do this.
    #[error("denied: {0}")]
    Denied(&'static str),
    /// Some fields cannot be taken as they are.
    #[error("invalid: {0:?}")]
    Invalid(Vec<Field>),
    /// The state of the thing does not allow it, or another thing stands in its place.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Somebody else has changed it since the actor last saw it.
    #[error("stale")]
    Stale,
    /// Too much at once: try again after so many seconds.
    #[error("limited for {seconds} s")]
    Limited {
        /// Seconds to wait.
        seconds: u64,
    },
    /// The database has too much to do: try again shortly.
    #[error("busy")]
    Busy,
    /// The storage is full. Nothing was written, nothing that was acknowledged is lost.
    #[error("storage full: {0}")]
    Full(String),
    /// The database or the file store cannot be reached.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Our own fault.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// The code, stable for programs: `not-found`, `denied`, ...
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Denied(_) => "denied",
            Self::Invalid(_) => "invalid",
            Self::Conflict(_) => "conflict",
            Self::Stale => "stale",
            Self::Limited { .. } => "limited",
            Self::Busy => "busy",
            Self::Full(_) => "full",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// One invalid field.
    pub fn field(name: &'static str, problem: Problem) -> Self {
        Self::Invalid(vec![Field { name, problem }])
    }

    /// Something that cannot happen unless the program is wrong.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }
}

/// A field that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, as in the form and in the API.
    pub name: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a field. Lengths count characters as people see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is empty.
    Required,
    /// It has more than `max` characters.
    TooLong {
        /// The most it may have.
        max: usize,
    },
    /// It has fewer than `min` characters.
    TooShort {
        /// The fewest it may have.
        min: usize,
    },
    /// It is in a language that the programme does not serve.
    BadLanguage,
    /// It is not one of the values it may have.
    BadValue,
    /// It is not an e-mail address.
    BadAddress,
    /// It is wrong in a way that only its slice knows, with the key of the message that says so.
    Because(&'static str),
    /// It is among the passwords that are tried first.
    Common,
    /// It is not the code that is shown at this moment.
    BadCode,
    /// It is not the password.
    WrongPassword,
}

impl Problem {
    /// The key of its message.
    pub fn message_key(&self) -> &'static str {
        match self {
            Self::Because(key) => key,
            Self::Required => "error-field-required",
            Self::TooLong { .. } => "error-field-too-long",
            Self::TooShort { .. } => "error-field-too-short",
            Self::BadLanguage => "error-field-bad-language",
            Self::BadValue => "error-field-bad-value",
            Self::BadAddress => "error-field-bad-address",
            Self::Common => "error-field-common",
            Self::BadCode => "error-field-bad-code",
            Self::WrongPassword => "error-field-wrong-password",
        }
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Busy(_) => Self::Busy,
            db::Error::Full(cause) => Self::Full(cause),
            db::Error::Unavailable(cause) => Self::Unavailable(cause),
            db::Error::Missing => Self::NotFound,
            other => Self::internal(other),
        }
    }
}
