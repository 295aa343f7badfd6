//! A serving process for one test, and how to ask it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use db::testing::{self, Fresh};
use db::{Db, Engine, Settings, Target};
use reqwest::{Client, Method, Response};
use serde_json::{Value as Json, json};

/// A data folder and, on PostgreSQL, a database; with the process that serves them while there is one.
pub(crate) struct Running {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) environment: Vec<(String, String)>,
    fresh: Option<Fresh>,
    process: Option<Child>,
    pub(crate) address: String,
    pub(crate) client: Client,
}

/// Runs `test` on each engine.
pub(crate) fn each_engine(test: impl AsyncFn(Running)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if !testing::left_out(engine) {
            on(engine, &test);
        }
    }
}

/// Runs `test` on one engine.
pub(crate) fn on(engine: Engine, test: impl AsyncFn(Running)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async { test(Running::prepare(engine).await).await });
}

impl Running {
    /// Everything but the process.
    pub(crate) async fn prepare(engine: Engine) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let folder = tempfile::tempdir().unwrap();
        let mut environment = vec![
            ("CAUSEWAY__DATA__FOLDER".to_owned(), folder.path().join("data").display().to_string()),
            ("CAUSEWAY__SERVER__LISTEN".to_owned(), "127.0.0.1:0".to_owned()),
            ("CAUSEWAY__METRICS__LISTEN".to_owned(), "127.0.0.1:0".to_owned()),
            ("CAUSEWAY__LIMITS__WRITES_PER_MINUTE".to_owned(), "0".to_owned()),
            ("CAUSEWAY__JOBS__LEASE".to_owned(), "5s".to_owned()),
            ("CAUSEWAY__LOG__FORMAT".to_owned(), "json".to_owned()),
            ("CAUSEWAY__AUDIT__SEAL_EVERY".to_owned(), "100ms".to_owned()),
        ];
        let fresh = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(testing::empty(engine).await),
        };
        if let Some(Target::Postgres(url)) = fresh.as_ref().map(|fresh| &fresh.settings.target) {
            environment.push(("CAUSEWAY__DATABASE__URL".to_owned(), url.clone()));
        }
        let client = Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Self { folder, environment, fresh, process: None, address: String::new(), client }
    }

    pub(crate) fn set(&mut self, variable: &str, value: impl Into<String>) {
        self.environment.retain(|(name, _)| name != variable);
        self.environment.push((variable.to_owned(), value.into()));
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
        command.args(arguments).env_clear().envs(self.environment.iter().cloned()).stdin(Stdio::null());
        command
    }

    /// Starts the process, and waits for nothing.
    pub(crate) fn begin(&mut self) {
        let child = self.command(&["serve"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        self.process = Some(child);
    }

    /// Ends the process, if there is one.
    pub(crate) fn end(&mut self) {
        if self.process.is_some() {
            self.kill();
        }
    }

    /// Removes the folder and the database, and begins with others.
    pub(crate) async fn begin_anew(&mut self) {
        if self.data().exists() {
            std::fs::remove_dir_all(self.data()).unwrap();
        }
        if let Some(fresh) = self.fresh.take() {
            fresh.remove().await;
            let fresh = testing::empty(Engine::Postgres).await;
            if let Target::Postgres(url) = &fresh.settings.target {
                self.set("CAUSEWAY__DATABASE__URL", url.clone());
            }
            self.fresh = Some(fresh);
        }
    }

    /// Starts the process and waits until it says that it is ready. Panics with what it wrote if it ends instead.
    pub(crate) fn start(&mut self) {
        let mut child =
            self.command(&["serve"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        loop {
            let mut line = String::new();
            let ended = log.read_line(&mut line).unwrap() == 0;
            said.push_str(&line);
            assert!(!ended, "it ended: {said}");
            let entry: Json = serde_json::from_str(&line).unwrap_or_default();
            if entry["message"] == "ready" {
                self.address = format!("http://{}", entry["listen"].as_str().unwrap());
                break;
            }
        }
        // Somebody must read on, or the process would wait for room.
        std::thread::spawn(move || log.lines().map_while(Result::ok).for_each(drop));
        self.process = Some(child);
    }

    /// Runs the program beside the process.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs the program, which must succeed, and gives what it printed.
    pub(crate) fn say(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (said, wrong) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {said}{wrong}");
        said
    }

    /// What `causeway doctor` finds.
    pub(crate) fn findings(&self) -> Vec<Json> {
        serde_json::from_slice(&self.run(&["doctor", "--json"]).stdout).unwrap()
    }

    pub(crate) fn token(&self, role: &str) -> String {
        let made = self.say(&["token", "create", "--account", role, "--role", role, "--label", "test"]);
        made.trim().to_owned()
    }

    pub(crate) async fn ask(&self, method: Method, path: &str, token: &str, body: Option<Json>) -> Response {
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        request.send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        let answer = self.ask(Method::GET, path, "", None).await;
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Publishes news and tells whether that was acknowledged.
    pub(crate) async fn publish(&self, token: &str, title: &str) -> bool {
        let body = json!({ "language": "en", "title": { "en": title }, "body": { "en": "A text." } });
        let sent = self
            .client
            .post(format!("{}/api/v1/publications", self.address))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await;
        matches!(sent, Ok(answer) if answer.status().as_u16() == 201)
    }

    /// The database, beside the process.
    pub(crate) async fn database(&self) -> Db {
        let target = match &self.fresh {
            Some(fresh) => fresh.settings.target.clone(),
            None => Target::Sqlite(self.data().join("causeway.db")),
        };
        Db::open(&Settings { create: false, ..Settings::new(target) }).await.unwrap()
    }

    /// The process's number.
    pub(crate) fn id(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(self.process.as_ref().expect("it runs"))
    }

    /// kill -9, while others still ask.
    pub(crate) fn kill_now(&self) {
        let process = self.process.as_ref().expect("it runs");
        rustix::process::kill_process(
            rustix::process::Pid::from_child(process),
            rustix::process::Signal::KILL,
        )
        .unwrap();
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        let mut process = self.process.take().expect("it runs");
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// SIGTERM, and how the process ended.
    pub(crate) fn stop(&mut self) -> std::process::ExitStatus {
        rustix::process::kill_process(self.id(), rustix::process::Signal::TERM).unwrap();
        self.wait()
    }

    /// How the process ended, which somebody has told to.
    pub(crate) fn wait(&mut self) -> std::process::ExitStatus {
        let mut process = self.process.take().expect("it runs");
        let started = Instant::now();
        loop {
            if let Some(status) = process.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < Duration::from_secs(40), "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops the process if it runs, and removes the database.
    pub(crate) async fn remove(mut self) {
        if self.process.is_some() {
            assert!(self.stop().success());
        }
        if let Some(fresh) = self.fresh.take() {
            fresh.remove().await;
        }
    }

    /// The database's address on PostgreSQL.
    pub(crate) fn database_url(&self) -> Option<&str> {
        let named = self.environment.iter().find(|(name, _)| name == "CAUSEWAY__DATABASE__URL");
        named.map(|(_, url)| url.as_str())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            process.kill().ok();
            process.wait().ok();
        }
    }
}

/// Every file below `folder`, as one lump of bytes: to look for what must not be there.
pub(crate) fn all_bytes(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            bytes.extend(all_bytes(&path));
        } else {
            bytes.extend(std::fs::read(&path).unwrap_or_default());
        }
    }
    bytes
}
