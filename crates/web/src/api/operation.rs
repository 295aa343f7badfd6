//! The description of one row of the route table, drawn from the type of its handler.

use axum::extract::{FromRequestParts as _, Request, State};
use axum::handler::Handler;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::{Answered, Part, Sketch};
use crate::App;
use crate::extract::Viewer;

/// A handler whose parts and answer can be described.
pub(crate) trait Described<T>: Handler<T, App> {
    /// Describes them.
    fn describe(sketch: &mut Sketch<'_>);
}

macro_rules! described {
    ($($part:ident),*) => {
        impl<F, Fut, Out, M, $($part),*> Described<(M, $($part,)*)> for F
        where
            F: FnOnce($($part),*) -> Fut + Handler<(M, $($part,)*), App>,
            Fut: Future<Output = Out> + Send,
            Out: Answered,
            $($part: Part),*
        {
            fn describe(sketch: &mut Sketch<'_>) {
                $($part::describe(sketch);)*
                Out::describe(sketch);
            }
        }
    };
}

described!();
described!(A);
described!(A, B);
described!(A, B, C);
described!(A, B, C, D);
described!(A, B, C, D, E);
described!(A, B, C, D, E, G);

/// What a row says of itself beyond its types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    /// The key of the message that says in a few words what it does.
    pub(crate) summary: &'static str,
    /// What its handler's types say.
    pub(super) describe: fn(&mut Sketch<'_>),
    /// Whether it does nothing for somebody who is not signed in.
    pub(super) signed_in: bool,
    /// The codes of what its verb may refuse, as far as the types do not say so.
    pub(super) refuses: &'static [&'static str],
}

impl Operation {
    /// The operation of the handler `H`, told in a few words by the message `summary`.
    pub(crate) fn of<H: Described<T>, T>(summary: &'static str, _: &H) -> Self {
        Self { summary, describe: H::describe, signed_in: false, refuses: &[] }
    }

    /// It does nothing for somebody who is not signed in.
    pub(crate) fn signed_in(self) -> Self {
        Self { signed_in: true, ..self }
    }

    /// Whether it does nothing for somebody who is not signed in.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.signed_in
    }

    /// Its verb may refuse with these codes.
    pub(crate) fn refuses(self, codes: &'static [&'static str]) -> Self {
        Self { refuses: codes, ..self }
    }
}

/// Lets only those in who are signed in: of an operation that does nothing for others, nobody need say more than that.
pub(crate) async fn only_signed_in(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match Viewer::from_request_parts(&mut parts, &app).await {
        Ok(viewer) if viewer.actor.account().is_some() => {
            parts.extensions.insert(viewer);
            next.run(Request::from_parts(parts, body)).await
        }
        Ok(viewer) => viewer.sign_in_first().into_response(),
        Err(refusal) => refusal.into_response(),
    }
}
