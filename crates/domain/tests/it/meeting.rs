//! A shelf that does something of a test's own just before or after one of its operations: what another process may do.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

/// When the other comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// When the first list of what is there was made.
    Listed,
    /// Just before bytes are removed.
    Removing,
    /// When bytes were put.
    Put,
}

type Other = Box<dyn FnOnce() -> BoxFuture<'static, ()> + Send>;

/// The store, and whoever comes at that moment, once.
#[derive(Clone)]
pub(crate) struct Meeting {
    store: Arc<dyn ObjectStore>,
    other: Arc<Mutex<Option<(Moment, Other)>>>,
}

impl Meeting {
    pub(crate) fn at<F>(
        moment: Moment,
        store: Arc<dyn ObjectStore>,
        other: impl FnOnce() -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let other: Other = Box::new(move || Box::pin(other()));
        Self { store, other: Arc::new(Mutex::new(Some((moment, other)))) }
    }

    /// Whether the other came.
    pub(crate) fn took_place(&self) -> bool {
        self.other.lock().unwrap().is_none()
    }

    async fn reach(&self, moment: Moment) {
        let other = self.other.lock().unwrap().take_if(|(at, _)| *at == moment);
        if let Some((_, other)) = other {
            other().await;
        }
    }
}

impl fmt::Debug for Meeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.store.fmt(f)
    }
}

impl fmt::Display for Meeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

impl ObjectStore for Meeting {
    fn put_opts<'a, 'b, 'c>(
        &'a self,
        at: &'b Path,
        payload: PutPayload,
        opts: PutOptions,
    ) -> Answer<'c, PutResult>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        Box::pin(async move {
            let put = self.store.put_opts(at, payload, opts).await?;
            self.reach(Moment::Put).await;
            Ok(put)
        })
    }

    fn put_multipart_opts<'a, 'b, 'c>(
        &'a self,
        at: &'b Path,
        opts: PutMultipartOptions,
    ) -> Answer<'c, Box<dyn MultipartUpload>>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        self.store.put_multipart_opts(at, opts)
    }

    fn get_opts<'a, 'b, 'c>(&'a self, at: &'b Path, opts: GetOptions) -> Answer<'c, GetResult>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        self.store.get_opts(at, opts)
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        let meeting = self.clone();
        let met = stream::once(async move {
            meeting.reach(Moment::Removing).await;
            meeting.store.delete_stream(paths)
        });
        met.flatten().boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let (meeting, listed) = (self.clone(), self.store.list(prefix));
        let met = stream::once(async move {
            let listed: Vec<_> = listed.collect().await;
            meeting.reach(Moment::Listed).await;
            stream::iter(listed)
        });
        met.flatten().boxed()
    }

    fn list_with_delimiter<'a, 'b, 'c>(&'a self, prefix: Option<&'b Path>) -> Answer<'c, ListResult>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        self.store.list_with_delimiter(prefix)
    }

    fn copy_opts<'a, 'b, 'c, 'd>(&'a self, from: &'b Path, to: &'c Path, opts: CopyOptions) -> Answer<'d, ()>
    where
        'a: 'd,
        'b: 'd,
        'c: 'd,
        Self: 'd,
    {
        self.store.copy_opts(from, to, opts)
    }
}
