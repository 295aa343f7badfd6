//! Where a request comes from: the address at the other end of the connection, or the one that a trusted proxy names.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use domain::account::Device;

use crate::App;

/// The address at the other end of the connection, left in each request by the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The address of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client(pub(crate) IpAddr);

impl Client {
    /// The nearest address that no trusted proxy stands at. Whatever lies behind it in `X-Forwarded-For` was written by
    /// somebody who is not trusted.
    fn of(peer: IpAddr, headers: &HeaderMap, trusts: impl Fn(IpAddr) -> bool) -> Self {
        let peer = peer.to_canonical();
        if !trusts(peer) {
            return Self(peer);
        }
        let lines = headers.get_all("x-forwarded-for").into_iter().rev();
        let hops = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.rsplit(','));
        let mut nearest = peer;
        for hop in hops {
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            nearest = address.to_canonical();
            if !trusts(nearest) {
                break;
            }
        }
        Self(nearest)
    }

    /// Under what it is counted where one client may do only so much: an IPv4 address, or the /64 of an IPv6 address,
    /// since whoever has one address of such a network has all 2^64 of them.
    pub(crate) fn counted_as(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let network = Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64));
                format!("{network}/64")
            }
        }
    }
}

/// The address of the peer; a router that is driven without a server has none, and is on this machine.
pub(crate) fn peer(parts: &Parts) -> IpAddr {
    parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0)
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(peer(parts), &parts.headers, &*app.settings().trusts))
    }
}

/// The browser of whoever asks, as the list of their sessions names it.
#[derive(Clone, Debug)]
pub(crate) struct Browser(pub(crate) Device);

impl FromRequestParts<App> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let Client(address) = Client::from_request_parts(parts, app).await?;
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self(Device::new(address, agent)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let inner: IpAddr = "10.0.0.2".parse().unwrap();
        let Client(address) =
            Client::of(peer.parse().unwrap(), &headers, |address| address == proxy || address == inner);
        address.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_what_it_wrote_itself() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9", "not a proxy of ours");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["8.8.8.8, 198.51.100.1"]), "198.51.100.1", "8.8.8.8 is a claim");
        assert_eq!(client("10.0.0.1", &["8.8.8.8", "198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["not an address"]), "10.0.0.1");
        assert_eq!(client("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1", "mapped into IPv6");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn an_ipv6_client_is_its_network() {
        let counted = |address: &str| Client(address.parse().unwrap()).counted_as();
        assert_eq!(counted("203.0.113.9"), "203.0.113.9");
        assert_eq!(counted("2001:db8:1:2::1"), "2001:db8:1:2::/64");
        assert_eq!(counted("2001:db8:1:2:ffff:ffff:ffff:ffff"), "2001:db8:1:2::/64");
        assert_ne!(counted("2001:db8:1:3::1"), counted("2001:db8:1:2::1"));
    }
}
