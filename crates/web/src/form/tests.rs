//! What the macros make of a sheet: every kind of field, empty and refused.

use askama::Template;
use i18n::{Catalogue, Locale};
use serde::{Deserialize, Serialize};

use super::sheet::Choice;
use super::*;

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Example {
    name: String,
    password: String,
    title: std::collections::BTreeMap<String, String>,
    text: String,
    kind: String,
    countries: Vec<String>,
    agreed: bool,
    version: i64,
}

impl Fields for Example {
    const FIELDS: &'static [Field] = &[
        Field::new("name", "publication-news").hint("publication-none-yet").autocomplete("name"),
        Field::new("password", "publication-news").autocomplete("current-password"),
        Field::new("title", "publication-news"),
        Field::new("text", "publication-news").optional(),
        Field::new("kind", "publication-news"),
        Field::new("countries", "publication-news").optional(),
        Field::new("agreed", "publication-news"),
    ];
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% import "component/form.html" as form %}{{ form::summary(sheet) }}
{{ form::opening(sheet, "/en/example") }}
{{ form::text(sheet, "name") }}
{{ form::password(sheet, "password") }}
{{ form::words(sheet, "title", 1) }}
{{ form::words(sheet, "title", 9) }}
{{ form::textarea(sheet, "text", 4) }}
{{ form::select(sheet, "kind", kinds) }}
{{ form::radios(sheet, "kind", kinds) }}
{{ form::checkboxes(sheet, "countries", kinds) }}
{{ form::checkbox(sheet, "agreed") }}
{{ form::email(sheet, "name") }}{{ form::date(sheet, "name") }}{{ form::code(sheet, "name") }}{{ form::file(sheet, "name", ".csv") }}
{{ form::hidden(sheet, "version") }}
{{ form::submit("Go") }}
</form>"#
)]
struct ExamplePage {
    sheet: Sheet,
    kinds: Vec<Choice>,
}

fn page(locale: Locale, body: &str, refusal: Option<Refusal>) -> String {
    let t = Catalogue::strict().translator(locale);
    let values = fields::parse(body.as_bytes()).unwrap();
    let mut sheet = Sheet { t, token: "T".to_owned(), refusal: None, fields: Example::FIELDS, values };
    if let Some(refusal) = refusal {
        sheet.refuse(refusal.why(t));
    }
    ExamplePage { sheet, kinds: vec![Choice::new("a", "A"), Choice::new("b", "B")] }.render().unwrap()
}

#[test]
fn a_form_shows_what_was_typed_but_never_a_password() {
    let body = "name=%22%3Cb%3E&password=geheim&title.km=%E1%9E%80&text=%0Aone%0Atwo&kind=b&countries=a&countries=b&agreed=on&version=7";
    let html = page(Locale::En, body, None);
    assert!(html.contains(r##"value="&#34;&#60;b&#62;""##), "{html}");
    assert!(!html.contains("geheim"), "a password is never sent back");
    assert!(html.contains(r#"name="title.km" lang="km" value="ក""#));
    assert!(html.contains("rows=\"4\" id=\"text\" name=\"text\">\n\none\ntwo</textarea>"), "{html}");
    assert!(html.contains(r#"<option value="b" selected>B"#) && html.contains(r#"<option value="a">A"#));
    assert!(html.contains(r#"name="countries" value="a" checked"#));
    assert!(html.contains(r#"id="agreed" name="agreed" required value="on" checked"#));
    assert!(html.contains(r#"name="version" value="7""#));
    assert!(html.contains(r#"autocomplete="name" aria-describedby="name-hint""#));
    assert!(!html.contains("summary") && !html.contains("aria-invalid"));
}

#[test]
fn a_refusal_leads_to_each_field_in_the_order_of_the_page() {
    let field = |name, problem| domain::error::Field { name, problem };
    let refusal = domain::Error::Invalid(vec![
        field("kind", Problem::BadValue),
        field("title", Problem::TooLong { max: 9 }),
        field("name", Problem::Required),
    ]);
    let html = page(Locale::En, "", Some(refusal.into()));
    let places = ["#name", "#title", "#kind"].map(|id| html.find(&format!("href=\"{id}\"")).unwrap());
    assert!(places.is_sorted());
    assert!(html.contains(r#"role="alert" tabindex="-1" autofocus"#));
    assert!(html.contains(r#"aria-describedby="name-hint name-note" aria-invalid="true""#));
    assert!(html.contains(r#"<p class="note" id="name-note">Fill in this field.</p>"#), "{html}");
    assert!(html.contains(r##"<a href="#title">News</a>: Use at most 9 characters."##), "{html}");
}

#[test]
fn every_part_of_a_form_speaks_every_language() {
    for locale in Locale::ALL {
        let html = page(locale, "", Some(Refusal::Forged));
        assert!(html.contains(&*Catalogue::strict().translator(locale).text("form-forged-hint")));
        let own = format!("<span lang=\"{}\">{}</span></label>", locale.tag(), locale.autonym());
        assert_eq!(html.matches(&own).count(), 2, "its own language needs no other name: {html}");
    }
}
