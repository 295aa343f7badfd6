//! The configuration: which of several sources wins, and what the operator reads when something is wrong.

use std::path::{Path, PathBuf};
use std::time::Duration;

use causeway::config::{Environment, LogFormat, Place, Problems, StorageKind, load_with_default};
use causeway::config::{Loaded, as_json, as_toml};
use tempfile::TempDir;

const NOTHING: [(&str, &str); 0] = [];

/// A folder with a configuration file in it.
struct Etc(TempDir);

impl Etc {
    fn with(toml: &str) -> Self {
        let etc = Self(tempfile::tempdir().unwrap());
        std::fs::write(etc.file(), toml).unwrap();
        etc
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("causeway.toml")
    }

    /// Another file in the folder, as text for a variable.
    fn secret(&self, name: &str, content: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().into()
    }

    fn load<const N: usize>(&self, environment: [(&str, &str); N]) -> Result<Loaded, Problems> {
        load_with_default(Some(&self.file()), &environment.into_iter().collect(), Path::new("/nowhere"))
    }

    /// What is wrong, one sentence a line, with the folder's path left out.
    fn problems<const N: usize>(&self, environment: [(&str, &str); N]) -> Vec<String> {
        let folder = format!("{}/", self.0.path().display());
        let Problems(problems) = self.load(environment).unwrap_err();
        problems.iter().map(|problem| problem.to_string().replace(&folder, "")).collect()
    }
}

fn problems_of(toml: &str) -> Vec<String> {
    Etc::with(toml).problems(NOTHING)
}

#[test]
fn without_any_configuration_the_defaults_hold() {
    let loaded =
        load_with_default(None, &Environment::default(), Path::new("/nowhere/causeway.toml")).unwrap();
    let config = loaded.config;
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.max_body.bytes(), 10 << 20);
    assert_eq!(config.server.request_timeout, Duration::from_secs(30));
    assert_eq!(config.data.folder, Path::new("./data"));
    assert_eq!((config.database.url, config.backup.every, loaded.file), (None, None, None));
    assert!(loaded.effective.iter().all(|effective| effective.place == Place::Default));
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
    let etc = Etc::with(
        "[server]\nlisten = \"127.0.0.1:1\"\nmax_connections = 0x20\ntrusted_proxies = [\"10.0.0.0/8\"]\n\n[storage]\n\
         kind = \"s3\"\n[storage.s3]\nbucket = \"files\"\n[backup]\nevery = \"24h\"\n",
    );
    let loaded =
        etc.load([("CAUSEWAY__SERVER__LISTEN", "127.0.0.1:2"), ("CAUSEWAY__LOG__FORMAT", "json")]).unwrap();
    let config = &loaded.config;
    assert_eq!(config.server.listen.port(), 2);
    assert_eq!(config.server.max_connections, 32);
    assert!(config.server.trusted_proxies[0].contains("10.9.8.7".parse().unwrap()));
    assert_eq!((config.storage.kind, config.storage.s3.bucket.as_str()), (StorageKind::S3, "files"));
    assert_eq!(
        (config.backup.every, config.log.format),
        (Some(Duration::from_secs(86_400)), LogFormat::Json)
    );

    let place =
        |key| loaded.effective.iter().find(|effective| effective.setting.key == key).unwrap().place.clone();
    assert_eq!(place("server.listen"), Place::Variable("CAUSEWAY__SERVER__LISTEN".into()));
    assert_eq!(place("server.max_connections"), Place::File(etc.file(), Some(3)));
    assert_eq!(place("storage.s3.bucket"), Place::File(etc.file(), Some(9)));
    assert_eq!(place("server.base_url"), Place::Default);
}

#[test]
fn a_list_from_the_environment_has_commas_between_its_items() {
    let etc = Etc::with("");
    let proxies = |text| {
        etc.load([("CAUSEWAY__SERVER__TRUSTED_PROXIES", text)]).map(|l| l.config.server.trusted_proxies)
    };
    assert_eq!(proxies("10.0.0.1, fd00::/8").unwrap().len(), 2);
    assert_eq!(proxies("").unwrap().len(), 0);
    assert_eq!(
        etc.problems([("CAUSEWAY__SERVER__TRUSTED_PROXIES", "10.0.0.1,proxy")]),
        [
            "environment, CAUSEWAY__SERVER__TRUSTED_PROXIES: `server.trusted_proxies` has the item \"proxy\", which must be \
          an address or a network such as \"10.0.0.7\" or \"10.0.0.0/8\"."
        ]
    );
}

#[test]
fn the_named_file_wins_over_the_variable_and_the_variable_over_the_default_file() {
    let etc = Etc::with("[programme]\nname = \"default\"\n");
    let by_variable = etc.secret("variable.toml", "[programme]\nname = \"variable\"\n");
    let named = etc.secret("named.toml", "[programme]\nname = \"named\"\n");
    let environment = Environment::from_iter([("CAUSEWAY_CONFIG", by_variable.as_str())]);
    let name = |named, environment: &Environment| {
        load_with_default(named, environment, &etc.file()).unwrap().config.programme.name
    };
    assert_eq!(name(None, &Environment::default()), "default");
    assert_eq!(name(None, &environment), "variable");
    assert_eq!(name(Some(Path::new(&named)), &environment), "named");
}

#[test]
fn a_file_that_was_named_must_exist_and_be_readable() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = |path: &Path| {
        load_with_default(Some(path), &Environment::default(), Path::new("/nowhere")).unwrap_err().to_string()
    };
    assert!(
        sentence(&folder.path().join("gone.toml"))
            .contains("gone.toml: the configuration file cannot be read")
    );
    assert!(sentence(folder.path()).contains("Is a directory"));
    let latin1 = folder.path().join("latin1.toml");
    std::fs::write(&latin1, b"[programme]\nname = \"Caf\xe9\"\n").unwrap();
    assert!(sentence(&latin1).contains("save it in UTF-8"));
}

#[test]
fn a_secret_comes_from_a_file_without_its_line_end() {
    let etc = Etc::with("");
    let path = etc.secret("url", "postgres://causeway:hunter2@db/causeway\n");
    let loaded = etc.load([("CAUSEWAY__DATABASE__URL_FILE", path.as_str())]).unwrap();
    assert_eq!(loaded.config.database.url.unwrap().reveal(), "postgres://causeway:hunter2@db/causeway");
    let shown = format!("{}{}", as_toml(&loaded.effective, true), as_json(&loaded.effective, true));
    assert!(shown.contains("CAUSEWAY__DATABASE__URL_FILE") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn a_secret_that_is_given_twice_or_cannot_be_read_is_refused() {
    let etc = Etc::with("");
    let path = etc.secret("key", "k");
    assert_eq!(
        etc.problems([
            ("CAUSEWAY__STORAGE__S3__ACCESS_KEY", "k"),
            ("CAUSEWAY__STORAGE__S3__ACCESS_KEY_FILE", path.as_str()),
            ("CAUSEWAY__DATABASE__URL_FILE", "/nowhere/url"),
        ]),
        [
            "/nowhere/url, named by CAUSEWAY__DATABASE__URL_FILE: `database.url` cannot be read: No such file or \
             directory (os error 2); correct the path or give this user the right to read the file.",
            "environment, CAUSEWAY__STORAGE__S3__ACCESS_KEY: CAUSEWAY__STORAGE__S3__ACCESS_KEY_FILE is set too; keep one \
             of the two.",
        ]
    );
}

#[test]
fn a_wrong_secret_is_not_repeated() {
    let etc = Etc::with("[database]\nurl = \"mysql://ana:hunter2@db/x\"\n");
    let sentences = etc.problems([("CAUSEWAY__STORAGE__S3__SECRET_KEY", "hunter3")]).join("\n");
    assert!(sentences.contains("`database.url` is not a PostgreSQL address"), "{sentences}");
    assert!(!sentences.contains("hunter"), "{sentences}");
}

#[test]
fn everything_unknown_is_refused_with_the_nearest_name() {
    let etc = Etc::with(
        "[sever]\nlisten = \"127.0.0.1:1\"\n[server]\nlistn = \"127.0.0.1:1\"\nformat = \"json\"\nzzz = 1\n\
         [storage.s4]\nbucket = \"b\"\n[qqq]\n",
    );
    assert_eq!(
        etc.problems([
            ("CAUSEWAY__SERVER__LISTN", "x"),
            ("CAUSEWAY__LOG__FROMAT_FILE", "x"),
            ("CAUSEWAY_SERVER_LISTEN", "x"),
            ("CAUSEWAY_TEST_POSTGRES", "not a setting and not one's likeness"),
            ("CAUSEWAY_SERVICE_HOST", "an orchestrator's"),
        ]),
        [
            "causeway.toml, line 1: [sever] is not a section; did you mean [server]?",
            "causeway.toml, line 4: `server.listn` is not a setting; did you mean `server.listen`?",
            "causeway.toml, line 5: `server.format` is not a setting; did you mean `log.format`?",
            "causeway.toml, line 6: `server.zzz` is not a setting; remove it.",
            "causeway.toml, line 7: [storage.s4] is not a section; did you mean [storage.s3]?",
            "causeway.toml, line 9: [qqq] is not a section; remove it.",
            "environment, CAUSEWAY_SERVER_LISTEN: is not a setting; write CAUSEWAY__SERVER__LISTEN, with two underscores \
             before each part.",
            "environment, CAUSEWAY__LOG__FROMAT_FILE: is not a setting; did you mean CAUSEWAY__LOG__FORMAT?",
            "environment, CAUSEWAY__SERVER__LISTN: is not a setting; did you mean CAUSEWAY__SERVER__LISTEN?",
        ]
    );
}

#[test]
fn wrong_types_and_ranges_are_all_reported_at_once_with_their_lines() {
    assert_eq!(
        problems_of(
            "[server]\nlisten = 8080\nrequest_timeout = 30\nmax_body = \"10\"\nmax_connections = \"many\"\n\
             trusted_proxies = [1]\nbase_url = \"https://a.org/path\"\n[jobs]\nworkers = 0\nlease = \"1s\"\n\
             [metrics]\npublic = \"yes\"\n[log]\nlevel = \"loud\"\n[audit]\nseal_rows = 1.5\n[storage]\ns3 = 1\n",
        ),
        [
            "causeway.toml, line 2: `server.listen` is the number 8080, but must be an address with a port in quotes such \
             as \"127.0.0.1:8080\" or \"[::]:8080\".",
            "causeway.toml, line 3: `server.request_timeout` is the number 30, but must be a duration with its unit in \
             quotes such as \"30s\" (units: ms, s, m, h, d).",
            "causeway.toml, line 4: `server.max_body` is the text \"10\", but must be a size with its unit in quotes such \
             as \"10 MiB\" (units: B, KiB, MiB, GiB, TiB).",
            "causeway.toml, line 5: `server.max_connections` is the text \"many\", but must be a whole number.",
            "causeway.toml, line 6: `server.trusted_proxies` is a list with other things than texts, but must be a list, \
             each item an address or a network such as \"10.0.0.7\" or \"10.0.0.0/8\".",
            "causeway.toml, line 7: `server.base_url` is the text \"https://a.org/path\", but must be scheme, host and \
             port only, without a path, a query or a sign-in.",
            "causeway.toml, line 9: `jobs.workers` is the number 0, but must be between 1 and 64.",
            "causeway.toml, line 10: `jobs.lease` is the text \"1s\", but must be between 5s and 1h.",
            "causeway.toml, line 12: `metrics.public` is the text \"yes\", but must be true or false.",
            "causeway.toml, line 14: `log.level` is the text \"loud\", but must be a level (error, warn, info, debug, \
             trace), with others for parts if need be: \"info,db=debug\".",
            "causeway.toml, line 16: `audit.seal_rows` is a number with a fraction, but must be a whole number.",
            "causeway.toml, line 18: `storage.s3` is a section; write its settings under [storage.s3].",
        ]
    );
}

#[test]
fn malformed_toml_names_its_line_and_the_rest_is_still_checked() {
    let sentences =
        problems_of("[server]\nlisten = 127.0.0.1:80\n[jobs]\nworkers = 0\n[log\nformat = \"json\"\n");
    let all = sentences.join("\n");
    assert!(all.contains("causeway.toml, line 2: this is not TOML"), "{all}");
    assert!(all.contains("causeway.toml, line 5: this is not TOML"), "{all}");
    assert!(all.contains("causeway.toml, line 4: `jobs.workers` is the number 0"), "{all}");
    assert_eq!(sentences.len(), 3, "{all}");
}

#[test]
fn a_setting_that_stands_twice_is_refused() {
    let sentences = problems_of("[jobs]\nworkers = 1\nworkers = 2\n");
    assert_eq!(
        sentences,
        ["causeway.toml, line 3: this is not TOML (duplicate key); keep one of the lines."]
    );
}

#[test]
fn rules_between_settings_are_checked() {
    let sentences = problems_of(
        "[server]\nlisten = \"127.0.0.1:80\"\nheader_timeout = \"1m\"\n[metrics]\nlisten = \"127.0.0.1:80\"\n\
         [storage]\nkind = \"s3\"\n[storage.s3]\naccess_key = \"k\"\nendpoint = \"http://minio:9000\"\n[programme]\nname = \"\"\n",
    );
    let expected = [
        "line 3: `server.header_timeout` is longer",
        "line 5: `metrics.listen` and `server.listen` are both 127.0.0.1:80",
        "line 7: `storage.kind` is s3, but `storage.s3.bucket` is empty",
        "line 9: of `storage.s3.access_key` and `storage.s3.secret_key` only one is set",
        "line 10: `storage.s3.endpoint` is without TLS",
        "line 12: `programme.name` is empty",
    ];
    assert_eq!(sentences.len(), expected.len(), "{sentences:#?}");
    for (sentence, expected) in sentences.iter().zip(expected) {
        assert!(sentence.contains(expected), "{sentence}\n{expected}");
    }
}

#[test]
fn figures_are_open_to_other_machines_only_on_purpose() {
    let open = "[metrics]\nlisten = \"0.0.0.0:9464\"\n";
    assert!(problems_of(open)[0].contains("which other machines can reach"));
    assert!(Etc::with(&format!("{open}public = true\n")).load(NOTHING).is_ok());
}

#[test]
fn what_config_show_prints_reads_back_to_the_same_values() {
    let etc = Etc::with(
        "[server]\nmax_body = \"2048 KiB\"\ntrusted_proxies = [\"::1\"]\n[backup]\nevery = \"36h\"\n",
    );
    let first = etc.load(NOTHING).unwrap();
    let again = Etc::with(&as_toml(&first.effective, true)).load(NOTHING).unwrap();
    assert_eq!(as_json(&first.effective, false), as_json(&again.effective, false));
    assert_eq!(as_json(&first.effective, false)["server.max_body"], "2 MiB");
}

#[test]
fn the_example_file_is_the_defaults_and_every_line_of_it_is_valid() {
    let example = causeway::config::example(&[]);
    let defaults = Etc::with("").load(NOTHING).unwrap();
    let commented = Etc::with(&example).load(NOTHING).unwrap();
    assert_eq!(as_json(&defaults.effective, false), as_json(&commented.effective, false));
    assert!(commented.effective.iter().all(|effective| effective.place == Place::Default));

    let uncomment = |line: &str| match line.strip_prefix('#') {
        Some(value) if value.starts_with(|c: char| c.is_ascii_lowercase()) => format!("{value}\n"),
        _ => format!("{line}\n"),
    };
    let active: String = example.lines().map(uncomment).collect();
    let active = Etc::with(&active).load(NOTHING).unwrap();
    assert_eq!(as_json(&defaults.effective, false), as_json(&active.effective, false));
    assert!(active.effective.iter().all(|effective| matches!(effective.place, Place::File(_, Some(_)))));
}

#[test]
fn the_guide_and_the_packaged_file_are_what_the_program_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let kept = |path: &str| std::fs::read_to_string(root.join(path)).unwrap_or_default();
    assert!(
        kept("docs/operator/configuration.md") == causeway::config::markdown(),
        "run: cargo run -p causeway -- config reference > docs/operator/configuration.md"
    );
    assert!(
        kept("packaging/causeway.toml") == causeway::config::example(&[("data.folder", "/var/lib/causeway")]),
        "run: cargo run -p causeway -- config reference --toml --data-folder /var/lib/causeway > packaging/causeway.toml"
    );
}
