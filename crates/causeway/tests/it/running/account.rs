//! Accounts on the command line.

use serde_json::Value as Json;

use super::site::{Running, each_engine};

#[test]
fn an_administrator_is_made_and_kept_on_the_command_line() {
    each_engine(async |mut site: Running| {
        site.start();
        let json = |arguments: &[&str]| -> Json { serde_json::from_str(&site.say(arguments)).unwrap() };
        let create =
            ["admin", "create", "--email", "Ana@example.org", "--name", "ອານາ", "--locale", "lo", "--json"];
        let made = json(&create);
        let link = made["link"].as_str().unwrap();
        assert!(link.contains("/lo/account/password?voucher=cwvch_"), "{link}");
        assert_eq!(site.run(&create).status.code(), Some(1), "the address has an account");
        let shown = json(&["account", "show", "ana@example.org", "--json"]);
        assert_eq!(shown["grants"][0]["role"], "administrator");
        assert_eq!(shown["account"]["state"], "open");

        let last = site.run(&["account", "suspend", "ana@example.org"]);
        assert_eq!(last.status.code(), Some(1), "nobody would be left");
        let second = ["admin", "create", "--email", "bo@example.org", "--name", "Bo", "--json"];
        json(&second);
        site.say(&["account", "suspend", "ana@example.org"]);
        assert!(site.say(&["account", "list"]).contains("suspended"));
        site.say(&["account", "reopen", "ana@example.org"]);

        let grant =
            ["account", "grant", "bo@example.org", "--role", "broker", "--scope", "centre:LA", "--json"];
        let given = json(&grant);
        assert_eq!(given["scope"], "centre:LA");
        site.say(&["account", "revoke", given["id"].as_str().unwrap()]);
        assert!(site.say(&["account", "show", "bo@example.org"]).contains("revoked"));
        assert!(site.say(&["account", "sessions", "bo@example.org"]).contains("nowhere"));
        let wrong = site.run(&["account", "grant", "bo@example.org", "--role", "king"]);
        assert_eq!(wrong.status.code(), Some(2));
        site.remove().await;
    });
}
