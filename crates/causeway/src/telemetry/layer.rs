//! The layer between the tracing library and the lines: filters events, gathers the fields of the spans around
//! them, and hands each finished line to its sink at once.

use std::time::SystemTime;

use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::{LookupSpan, Scope};

use super::fields::Fields;
use super::filter::Filter;
use super::line;
use crate::config::{Log, LogFormat};

/// Takes finished lines.
type Sink = Box<dyn Fn(&[u8]) + Send + Sync>;

/// Writes each event as one line, with its own fields behind those of the spans it lies in.
pub struct LogLayer {
    filter: Filter,
    format: LogFormat,
    clock: fn() -> SystemTime,
    sink: Sink,
    priorities: bool,
}

impl LogLayer {
    /// A layer that gives each line, ending in a line feed, to `sink` in one call.
    pub fn new(log: &Log, clock: fn() -> SystemTime, sink: impl Fn(&[u8]) + Send + Sync + 'static) -> Self {
        let filter = Filter(log.level.clone());
        Self { filter, format: log.format, clock, sink: Box::new(sink), priorities: false }
    }

    /// Begins each line with the journal's mark for how grave it is.
    #[must_use]
    pub fn with_priorities(self, priorities: bool) -> Self {
        Self { priorities, ..self }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for LogLayer {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        let wanted =
            if metadata.is_span() { self.filter.keeps(metadata) } else { self.filter.allows(metadata) };
        if wanted { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.filter.finest())
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(fields) = span.extensions_mut().get_mut::<Fields>() {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        for span in context.event_scope(event).into_iter().flat_map(Scope::from_root) {
            if let Some(of_span) = span.extensions().get::<Fields>() {
                fields.set_all(of_span);
            }
        }
        event.record(&mut fields);
        let metadata = event.metadata();
        let line = match self.format {
            LogFormat::Text => line::text((self.clock)(), metadata, &fields),
            LogFormat::Json => line::json((self.clock)(), metadata, &fields),
        };
        let priority = if self.priorities { line::priority(metadata.level()) } else { "" };
        (self.sink)(format!("{priority}{line}").as_bytes());
    }
}
