//! A bucket in S3, or in a server that speaks its protocol.

use object_store::aws::{AmazonS3, AmazonS3Builder};

use crate::config::S3;

/// Opens the bucket that the configuration names. Nothing is asked of the server yet.
pub(super) fn open(settings: &S3) -> Result<AmazonS3, object_store::Error> {
    // TLS by the same library as everything else here; a second call finds it set, which is as well.
    rustls::crypto::ring::default_provider().install_default().ok();
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_virtual_hosted_style_request(!settings.path_style)
        .with_allow_http(settings.allow_http);
    if let Some(endpoint) = &settings.endpoint {
        builder = builder.with_endpoint(endpoint.as_str());
    }
    if let Some(key) = &settings.access_key {
        builder = builder.with_access_key_id(key.reveal());
    }
    if let Some(key) = &settings.secret_key {
        builder = builder.with_secret_access_key(key.reveal());
    }
    builder.build()
}
