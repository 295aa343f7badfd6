//! The variable parts of a path. One that cannot name anything is not found, as one that names nothing.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::id::Reference;
use domain::programme::{CountryCode, ListKind};

use crate::error::Refusal;

/// The id in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Id<T>(pub(crate) T);

/// The reference in the path.
#[derive(Clone, Debug)]
pub(crate) struct NewsPath(pub(crate) Reference);

/// The reference of an organisation in the path.
#[derive(Clone, Debug)]
pub(crate) struct OrganisationPath(pub(crate) Reference);

/// The country in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CountryPath(pub(crate) CountryCode);

/// The list in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListPath(pub(crate) ListKind);

/// The last variable part: the locale of a page stands before it, and is `Asked`'s.
async fn last<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<String, Refusal> {
    let Path(variables) = Path::<Vec<(String, String)>>::from_request_parts(parts, state)
        .await
        .map_err(|_| Refusal::NotFound)?;
    variables.into_iter().next_back().map(|(_, value)| value).ok_or(Refusal::NotFound)
}

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        last(parts, state).await?.parse().map(Self).map_err(|_| Refusal::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for NewsPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Reference::parse(&last(parts, state).await?).map(Self).ok_or(Refusal::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OrganisationPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Reference::parse(&last(parts, state).await?).map(Self).ok_or(Refusal::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CountryPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        CountryCode::parse(&last(parts, state).await?).map(Self).ok_or(Refusal::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ListPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        ListKind::parse(&last(parts, state).await?).map(Self).ok_or(Refusal::NotFound)
    }
}
