//! The address of the site, as people type it: what links lead to and what requests are for.

use axum::http::Uri;

/// Why an [`App`] cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The base URL is not one.
    #[error(
        "“{0}” is not the address of a site; write scheme, host and port alone, such as https://transfer.example.org"
    )]
    BaseUrl(String),
}

/// The address of the site: `http` or `https`, host and port, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    authority: String,
    secure: bool,
}

impl BaseUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// [`SettingsError::BaseUrl`] for anything else.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let wrong = || SettingsError::BaseUrl(text.to_owned());
        let text = text.trim_end_matches('/');
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let scheme =
            uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https")).ok_or_else(wrong)?;
        let authority =
            uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or_else(wrong)?;
        if uri.path() != "/" || uri.query().is_some() {
            return Err(wrong());
        }
        let authority = authority.as_str().to_ascii_lowercase();
        Ok(Self { text: format!("{scheme}://{authority}"), authority, secure: scheme == "https" })
    }

    /// `https://host[:port]`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Host and port as a browser sends them.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether it is reached over TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_scheme_host_and_port_alone() {
        let url = BaseUrl::parse("https://Transfer.example.org/").unwrap();
        assert_eq!((url.as_str(), url.authority()), ("https://transfer.example.org", "transfer.example.org"));
        assert!(url.is_secure());
        for wrong in
            ["", "transfer.example.org", "ftp://a", "http://a/b", "http://a?b", "http://me@a", "http://"]
        {
            assert!(BaseUrl::parse(wrong).is_err(), "{wrong}");
        }
    }
}
