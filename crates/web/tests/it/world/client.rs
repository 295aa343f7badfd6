//! Somebody who asks the site, in process: a request is built step by step and sent with `.await`. Like a browser, they
//! keep the cookies they are given, and show them to pages; to the API they show their token.

use std::collections::BTreeMap;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, HeaderName, SET_COOKIE};
use axum::http::{HeaderValue, Method, Request, Response};
use tower::ServiceExt as _;

use super::{Answer, HOST as HERE, conformity};

/// Somebody who asks.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    token: Option<String>,
    cookies: Cookies,
}

/// Cookies by their names.
type Cookies = Arc<Mutex<BTreeMap<String, String>>>;

impl Client {
    pub(super) fn new(router: Router, token: Option<String>) -> Self {
        Self { router, token, cookies: Cookies::default() }
    }

    /// The same with a cookie.
    pub(crate) fn with_cookie(self, name: &str, value: &str) -> Self {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        self
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// The token in the forms of `page`, if it has any.
    pub(crate) async fn token_somewhere(&self, page: &str) -> Option<String> {
        let answer = self.get(page).await;
        let (_, rest) = answer.text().split_once("name=\"token\" value=\"")?;
        rest.split('"').next().map(str::to_owned)
    }

    /// The token in the forms of `page`.
    pub(crate) async fn token_on(&self, page: &str) -> String {
        self.token_somewhere(page).await.unwrap_or_else(|| panic!("{page} has no form"))
    }

    /// Sends a form as a browser does, with the token of `page`.
    pub(crate) async fn submit(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token_on(page).await;
        let fields = fields.iter().copied().chain([("token", token.as_str())]);
        self.form(action, &fields.collect::<Vec<_>>()).await
    }

    /// `POST` with a form as its body.
    pub(crate) fn form(&self, path: &str, fields: &[(&str, &str)]) -> Asking {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask(Method::POST, path).header("content-type", "application/x-www-form-urlencoded").body(body)
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
        let cookies = self.cookies.lock().unwrap();
        let line: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !line.is_empty() && !path.starts_with("/api/") {
            request.headers_mut().insert(COOKIE, HeaderValue::from_str(&line.join("; ")).unwrap());
        }
        Asking { router: self.router.clone(), request, cookies: self.cookies.clone() }
    }
}

/// Keeps what an answer sets, and forgets what it clears.
fn keep(cookies: &Cookies, response: &Response<Body>) {
    for line in response.headers().get_all(SET_COOKIE) {
        let line = line.to_str().unwrap();
        let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
        let mut cookies = cookies.lock().unwrap();
        if line.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// A request that is being built.
pub(crate) struct Asking {
    router: Router,
    request: Request<Body>,
    cookies: Cookies,
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
            let cookies = self.cookies.clone();
            let (method, path) = (self.request.method().clone(), self.request.uri().path().to_owned());
            let response = self.unread().await;
            keep(&cookies, &response);
            let answer = Answer::read(response).await;
            conformity::check(method.as_str(), &path, &answer);
            answer
        })
    }
}
