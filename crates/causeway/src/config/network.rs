//! Addresses: one address or a network of them (`10.0.0.0/8`), and the addresses of web sites.

use std::fmt;
use std::net::IpAddr;

use domain::notice::Address;

use super::value::{Shape, Shown, Value};

/// A block of addresses: all whose first `length` bits equal those of `first`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    length: u8,
}

impl Network {
    /// Whether the address lies in the block. An IPv4 address mapped into IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4()
            && masked(address, self.length) == masked(self.first, self.length)
    }
}

/// The first `length` bits of the address, the others zero, in a number as wide as the longest address.
fn masked(address: IpAddr, length: u8) -> u128 {
    let (bits, width) = match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    };
    let dropped = width - u32::from(length);
    bits.checked_shr(dropped).unwrap_or(0)
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.length == width(self.first) {
            write!(out, "{}", self.first)
        } else {
            write!(out, "{}/{}", self.first, self.length)
        }
    }
}

impl Value for Network {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "an address or a network such as \"10.0.0.7\" or \"10.0.0.0/8\"".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (address, length) = text.split_once('/').map_or((text, None), |(a, l)| (a, Some(l)));
        let first: IpAddr = address.parse().map_err(|_| Self::wanted())?;
        let length: u8 = match length {
            None => width(first),
            Some(length) => length.parse().map_err(|_| Self::wanted())?,
        };
        if length > width(first) {
            return Err(format!("has a network length over {}", width(first)));
        }
        Ok(Self { first, length })
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// The address of a web site: scheme, host and port, and nothing behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    text: String,
    https: bool,
}

impl WebAddress {
    /// `https://host[:port]` without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address of a site that is reached without TLS where it listens.
    pub fn local(listen: std::net::SocketAddr) -> Self {
        Self { text: format!("http://{listen}"), https: false }
    }

    /// Whether it is reached over TLS.
    pub fn is_https(&self) -> bool {
        self.https
    }
}

impl Value for WebAddress {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "a web address in quotes such as \"https://transfer.example.org\"".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let url = url::Url::parse(text.trim()).map_err(|_| Self::wanted())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("must begin with http:// or https://".into());
        }
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err("must be scheme, host and port only, without a path, a query or a sign-in".into());
        }
        Ok(Self { text: url.origin().ascii_serialization(), https: url.scheme() == "https" })
    }

    fn show(&self) -> Shown {
        Shown::Text(self.text.clone())
    }
}

/// The address of a mailbox.
impl Value for Address {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "an e-mail address in quotes such as \"transfer@example.org\"".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(Self::wanted)
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        Network::parse(text).unwrap()
    }

    #[test]
    fn a_network_contains_its_addresses_and_no_others() {
        let contains = |net: &str, ip: &str| network(net).contains(ip.parse().unwrap());
        assert!(contains("10.0.0.0/8", "10.255.1.2") && !contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("127.0.0.1", "127.0.0.1") && !contains("127.0.0.1", "127.0.0.2"));
        assert!(contains("0.0.0.0/0", "8.8.8.8") && !contains("0.0.0.0/0", "::1"));
        assert!(
            contains("fd00::/8", "fd12::1") && !contains("fd00::/8", "fe80::1") && contains("::/0", "::1")
        );
        assert!(contains("10.0.0.0/8", "::ffff:10.1.2.3"));
    }

    #[test]
    fn networks_are_shown_as_they_are_read_and_bad_ones_refused() {
        for text in ["10.0.0.0/8", "10.0.0.7", "fd00::/8", "::1"] {
            assert_eq!(network(text).to_string(), text);
        }
        for text in ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "::/129", "example.org"] {
            assert!(Network::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_web_address_has_no_trailing_slash_and_knows_its_scheme() {
        let address = WebAddress::parse("https://Transfer.Example.org:443/").unwrap();
        assert_eq!((address.as_str(), address.is_https()), ("https://transfer.example.org", true));
        assert_eq!(WebAddress::parse("http://localhost:8080").unwrap().as_str(), "http://localhost:8080");
        for text in [
            "example.org",
            "ftp://example.org",
            "https://a.org/path",
            "https://ana:pw@a.org",
            "https://a.org?x",
        ] {
            assert!(WebAddress::parse(text).is_err(), "{text}");
        }
    }
}
