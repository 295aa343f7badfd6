//! Somebody who asks the site, in process: a request is built step by step and sent with `.await`.

use std::future::IntoFuture;
use std::pin::Pin;

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName};
use axum::http::{HeaderValue, Method, Request, Response};
use tower::ServiceExt as _;

use super::{Answer, HOST as HERE};

/// Somebody who asks.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    token: Option<String>,
}

impl Client {
    pub(super) fn new(router: Router, token: Option<String>) -> Self {
        Self { router, token }
    }

    /// `GET`.
    pub(crate) fn get(&self, path: &str) -> Asking {
        self.ask(Method::GET, path)
    }

    /// `POST` with a JSON body.
    pub(crate) fn post(&self, path: &str, body: &serde_json::Value) -> Asking {
        self.ask(Method::POST, path).header("content-type", "application/json").body(body.to_string())
    }

    /// `DELETE`.
    pub(crate) fn delete(&self, path: &str) -> Asking {
        self.ask(Method::DELETE, path)
    }

    /// Any method.
    pub(crate) fn ask(&self, method: Method, path: &str) -> Asking {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap();
        request.headers_mut().insert(HOST, HeaderValue::from_static(HERE));
        if let Some(token) = &self.token {
            let bearer = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
            request.headers_mut().insert(AUTHORIZATION, bearer);
        }
        Asking { router: self.router.clone(), request }
    }
}

/// A request that is being built.
pub(crate) struct Asking {
    router: Router,
    request: Request<Body>,
}

impl Asking {
    /// Sets a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.request.headers_mut().insert(name, value.parse().unwrap());
        self
    }

    /// Sends it, and gives the answer unread.
    pub(crate) async fn unread(self) -> Response<Body> {
        self.router.oneshot(self.request).await.unwrap()
    }

    /// Sets the body.
    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    /// A plain body of bytes, of no media type.
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.request.headers_mut().remove(CONTENT_TYPE);
        self.body(bytes.to_vec())
    }
}

impl IntoFuture for Asking {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let response = self.unread().await;
            Answer::read(response).await
        })
    }
}
