//! Files in a bucket: a server on loopback that speaks S3 (the `s3s` crates), and the program as it would use Amazon's.

use std::path::PathBuf;

use db::Engine;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use reqwest::Method;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use serde_json::Value as Json;
use tokio::net::TcpListener;

use super::Running;
use super::site::{all_bytes, on};

/// Serves the folders of `root` as buckets.
async fn s3(root: PathBuf) -> std::net::SocketAddr {
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
    builder.set_auth(SimpleAuth::from_single("the-key", "the-secret"));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = service.clone();
            tokio::spawn(async move {
                // A connection that breaks is the client's matter.
                auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await.ok();
            });
        }
    });
    address
}

#[test]
fn files_are_kept_in_a_bucket_and_come_back() {
    on(Engine::Sqlite, async |mut site: Running| {
        let root = site.folder.path().join("s3");
        std::fs::create_dir_all(root.join("transfer")).unwrap();
        let address = s3(root.clone()).await;
        site.set("CAUSEWAY__STORAGE__KIND", "s3");
        site.set("CAUSEWAY__STORAGE__S3__BUCKET", "transfer");
        site.set("CAUSEWAY__STORAGE__S3__ENDPOINT", format!("http://{address}"));
        site.set("CAUSEWAY__STORAGE__S3__ALLOW_HTTP", "true");
        site.set("CAUSEWAY__STORAGE__S3__ACCESS_KEY", "the-key");
        site.set("CAUSEWAY__STORAGE__S3__SECRET_KEY", "the-secret");
        site.start();
        let token = site.token("editor");
        let content = b"%PDF-1.7\nin a bucket".to_vec();
        let kept = site
            .client
            .post(format!("{}/api/v1/files?name=report.pdf&tier=public", site.address))
            .bearer_auth(&token)
            .header("content-type", "application/octet-stream")
            .body(content.clone())
            .send()
            .await
            .unwrap();
        assert_eq!(kept.status().as_u16(), 201);
        let kept: Json = serde_json::from_str(&kept.text().await.unwrap()).unwrap();
        let path = format!("/api/v1/files/{}", kept["id"].as_str().unwrap());
        let back = site.ask(Method::GET, &path, "", None).await;
        assert_eq!(back.status().as_u16(), 200);
        assert_eq!(back.bytes().await.unwrap().to_vec(), content);
        let holds = |folder: &std::path::Path| all_bytes(folder).windows(11).any(|window| window == b"in a bucket");
        assert!(holds(&root.join("transfer")), "the bytes are in the bucket");
        assert!(!holds(&site.data()), "and not in the data folder");
        let findings = site.say(&["doctor"]);
        assert!(findings.contains("the file store gives back what it is given"), "{findings}");

        let backup = site.folder.path().join("all.tar.zst");
        site.say(&["backup", "-o", backup.to_str().unwrap()]);
        assert!(site.say(&["verify", backup.to_str().unwrap()]).contains("files      1"));

        site.set("CAUSEWAY__STORAGE__S3__SECRET_KEY", "another");
        let refused = site.run(&["doctor"]);
        assert_eq!(refused.status.code(), Some(1), "{}", String::from_utf8_lossy(&refused.stdout));
        site.remove().await;
    });
}
