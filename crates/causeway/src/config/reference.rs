//! What operators read about the settings, made from the table: the reference in Markdown and the example file.

use super::settings::tables;
use super::table::Setting;
use super::value::Shown;

/// The reference of all settings, as it stands in the operator's guide.
pub fn markdown() -> String {
    let mut out = String::from(include_str!("reference.md"));
    for table in tables() {
        out.push_str(&format!("\n## [{}]\n\n{}\n\n", table.name, table.about));
        out.push_str("| setting | default | may be | what it does |\n| --- | --- | --- | --- |\n");
        for setting in table.settings {
            let [key, default] = [setting.name(), &setting.default_shown().toml()].map(code);
            out.push_str(&format!("| {key} | {default} | {} | {} |\n", may_be(setting), setting.about));
        }
    }
    out
}

/// An example file: every setting with its sentence and its default, commented out.
/// Settings in `set` are written with the given text instead.
pub fn example(set: &[(&str, &str)]) -> String {
    let mut out = String::from(
        "# Configuration of Causeway. A line such as #listen = ... shows a default.\n\
         # After a change: `causeway config show --origin`, then restart the service.\n\
         # What each setting may be: `causeway config reference`.\n",
    );
    for table in tables() {
        out.push_str(&format!("\n# {}\n[{}]\n", table.about, table.name));
        for setting in table.settings {
            let value = set.iter().find(|(key, _)| *key == setting.key).map(|(_, value)| *value);
            let line = match value {
                Some(text) => format!("{} = {}", setting.name(), Shown::Text(text.into()).toml()),
                None => format!("#{} = {}", setting.name(), setting.default_shown().toml()),
            };
            out.push_str(&format!("\n# {}\n{line}\n", setting.about));
        }
    }
    out
}

fn may_be(setting: &Setting) -> String {
    let mut sentence = (setting.expects)().replace('|', "\\|");
    if let Some((least, most)) = setting.range {
        sentence.push_str(&format!("; from {} to {}", code(least), code(most)));
    }
    if setting.secret {
        sentence.push_str("; secret");
    }
    sentence
}

fn code(text: &str) -> String {
    format!("`{text}`")
}
