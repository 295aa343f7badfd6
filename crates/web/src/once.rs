//! `Idempotency-Key`: a `POST` that is sent again under the same key is answered as the first one was, and carried out once.
//!
//! The first is carried out to its end even where its sender goes away meanwhile, since that is who will send it again. A
//! refusal that changed nothing is not kept. An answer that must not be stored (`Cache-Control: no-store`) is not kept
//! either: the second then learns that there was a first.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use blake3::Hasher;
use domain::error::Problem;
use domain::id::AccountId;
use domain::once::{self, Begun, Outcome};
use futures_util::stream::{self, StreamExt as _};
use http_body_util::{BodyExt as _, Limited};

use crate::App;
use crate::error::{self, Refusal};
use crate::extract::Viewer;

/// The header that names a request.
pub(crate) const KEY: &str = "idempotency-key";

/// The header that says that an answer is the first one's.
const REPLAYED: &str = "idempotency-replayed";

/// The most characters of a key.
pub(crate) const KEY_MAX: usize = 255;

/// The most bytes of an answer that is kept.
const ANSWER_MAX: usize = 256 << 10;

/// The headers that are kept.
const KEPT: [HeaderName; 3] = [CONTENT_TYPE, LOCATION, ETAG];

/// Carries out a request that has a key once; any other as it is.
pub(crate) async fn carry_out(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(key) = request.headers().get(KEY) else { return next.run(request).await };
    match read_key(key) {
        Ok(key) => keyed(app, key, request, next).await.unwrap_or_else(Refusal::into_response),
        Err(refusal) => refusal.into_response(),
    }
}

fn read_key(header: &HeaderValue) -> Result<String, Refusal> {
    let key = header.to_str().ok().filter(|key| (1..=KEY_MAX).contains(&key.len()));
    key.map(str::to_owned).ok_or_else(|| Refusal::field("Idempotency-Key", Problem::BadValue))
}

async fn keyed(app: App, key: String, request: Request, next: Next) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    let viewer = Viewer::from_request_parts(&mut parts, &app).await?;
    let account = viewer.actor.account();
    parts.extensions.insert(viewer);
    // Whoever is not signed in has no keys, and may change nothing yet.
    let Some(account) = account else { return Ok(next.run(Request::from_parts(parts, body)).await) };
    let digest = Digest::of(&parts, &body);
    if let Begun::Before(outcome) = once::begin(app.db(), account, &key).await? {
        digest.read(body, app.shelf().most()).await?;
        return replay(&outcome, &digest);
    }
    let request = Request::from_parts(parts, digest.watching(body));
    let first = async move {
        let answer = tokio::time::timeout(app.settings().request_timeout, next.run(request)).await;
        let answer = answer.unwrap_or_else(|_| Refusal::TimedOut.into_response());
        settle(&app, account, &key, digest.finish(), answer).await
    };
    let answer = tokio::spawn(first).await.map_err(domain::Error::internal)?;
    Ok(answer?)
}

/// Keeps what came of the first request, and gives its answer on.
async fn settle(
    app: &App,
    account: AccountId,
    key: &str,
    digest: Option<String>,
    answer: Response,
) -> domain::Result<Response> {
    if !answer.status().is_success() {
        if error::is_undone(&answer) {
            once::forget(app.db(), account, key).await?;
        } else {
            let outcome = Outcome { digest, status: Some(500), headers: None, body: None };
            once::settle(app.db(), account, key, &outcome).await?;
        }
        return Ok(answer);
    }
    let is_secret = answer.headers().get(CACHE_CONTROL).is_some_and(|value| value.as_bytes() == b"no-store");
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.map_err(domain::Error::internal)?.to_bytes();
    let text = std::str::from_utf8(&bytes).ok().filter(|text| text.len() <= ANSWER_MAX && !is_secret);
    let outcome = Outcome {
        digest,
        status: Some(parts.status.as_u16().into()),
        headers: Some(written(&parts.headers)),
        body: text.map(str::to_owned),
    };
    once::settle(app.db(), account, key, &outcome).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn replay(outcome: &Outcome, digest: &Digest) -> Result<Response, Refusal> {
    if outcome.digest.is_some() && outcome.digest != digest.finish() {
        return Err(Refusal::OtherRequest);
    }
    let status = outcome.status.and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.ok_or_else(|| domain::Error::internal("an answer was kept without its status"))?;
    let headers = outcome.headers.as_deref().map(read).unwrap_or_default();
    let replayed = [(HeaderName::from_static(REPLAYED), HeaderValue::from_static("true"))];
    Ok((status, headers, replayed, outcome.body.clone().unwrap_or_default()).into_response())
}

/// The headers that are kept, as JSON.
fn written(headers: &HeaderMap) -> String {
    let kept = KEPT.iter().filter_map(|name| Some((name.as_str(), headers.get(name)?.to_str().ok()?)));
    serde_json::to_string(&kept.collect::<Vec<_>>()).expect("strings are JSON")
}

fn read(text: &str) -> HeaderMap {
    let pairs: Vec<(String, String)> = serde_json::from_str(text).unwrap_or_default();
    pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)))
        .collect::<Vec<(HeaderName, HeaderValue)>>()
        .into_iter()
        .collect()
}

/// The digest of a request while its body goes by: of method, address, media type and body.
#[derive(Clone, Debug)]
struct Digest(Arc<Mutex<Seen>>);

#[derive(Debug)]
struct Seen {
    hasher: Hasher,
    is_whole: bool,
}

impl Digest {
    fn of(parts: &Parts, body: &Body) -> Self {
        let mut hasher = Hasher::new();
        let kind = parts.headers.get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
        for part in [parts.method.as_str().as_bytes(), parts.uri.to_string().as_bytes(), kind] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        Self(Arc::new(Mutex::new(Seen { hasher, is_whole: body.is_end_stream() })))
    }

    fn with<T>(&self, f: impl FnOnce(&mut Seen) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same body, seen as it is read.
    fn watching(&self, body: Body) -> Body {
        let (seen, end) = (self.clone(), self.clone());
        let chunks = body.into_data_stream().inspect(move |chunk| {
            if let Ok(chunk) = chunk {
                seen.with(|seen| _ = seen.hasher.update(chunk));
            }
        });
        let end = stream::poll_fn(move |_| {
            end.with(|seen| seen.is_whole = true);
            Poll::Ready(None)
        });
        Body::from_stream(chunks.chain(end))
    }

    /// Reads a body for its digest alone.
    async fn read(&self, body: Body, most: u64) -> Result<(), Refusal> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut body = Limited::new(body, most);
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Refusal::TooLarge(most as u64))?;
            if let Ok(chunk) = frame.into_data() {
                self.with(|seen| _ = seen.hasher.update(&chunk));
            }
        }
        self.with(|seen| seen.is_whole = true);
        Ok(())
    }

    /// The digest, where all of the body was seen.
    fn finish(&self) -> Option<String> {
        self.with(|seen| seen.is_whole.then(|| seen.hasher.finalize().to_hex().to_string()))
    }
}
