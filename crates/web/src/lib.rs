//! Everything HTTP: the route table, extractors, pages, the JSON API, assets, health, metrics and the server itself.
//!
//! A request passes the [`guard`]s, then the extractors of its route, then a handler of a few lines that calls one verb of
//! `domain`. What a verb refuses becomes an answer in [`error`], and nowhere else. No rule of the platform lives here.
//!
//! ```no_run
//! # async fn example(db: db::Db, shelf: domain::file::Shelf) -> Result<(), Box<dyn std::error::Error>> {
//! use web::{App, Health, Metrics, ServeSettings, Settings};
//!
//! let health = Health::starting();
//! let app = App::new(db, shelf, Settings::new("https://transfer.example.org"), health.clone(), Metrics::new())?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! health.started();
//! web::serve(listener, app, ServeSettings::default(), std::future::pending()).await;
//! # Ok(())
//! # }
//! ```

mod account;
mod address;
pub mod api;
mod app;
mod asset;
mod atom;
mod base_url;
mod change;
mod confirm;
mod csv;
mod entity_tag;
mod error;
mod extract;
mod file;
mod form;
mod guard;
mod health;
mod home;
mod job;
mod letter;
mod metrics;
mod navigation;
mod once;
mod page;
mod programme;
mod publication;
pub mod routes;
mod serve;
mod session;
mod stream;

pub use app::{App, Settings};
pub use base_url::{BaseUrl, SettingsError};
pub use health::{Condition, Health, Phase};
pub use metrics::{Figure, Metrics};
pub use programme::{Languages, ProgrammeDataBody, programme_data};
pub use routes::{RouteInfo, Surface, router};
pub use serve::{ServeSettings, serve, serve_metrics};
