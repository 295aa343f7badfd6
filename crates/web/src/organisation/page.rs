//! The page of one organisation: its names, what is known of it, its standing, what it belongs to and what belongs to it.

use askama::Template;
use axum::extract::State;
use domain::membership::{self, Class, Membership};
use domain::organisation::{self, Contact, Identifier, NameKind, Organisation, State as Standing, View};
use domain::programme::{CountryCode, ListKind, Programme};
use domain::taxonomy;
use i18n::{Locale, Translator};
use jiff::tz::TimeZone;

use super::chosen::Chosen;
use super::words::{self, label, link, named};
use crate::App;
use crate::component::{Cards, Cell, Chip, Crumbs, Fact, Facts, Link, Notice, Text, Tone};
use crate::error::Refusal;
use crate::extract::{Asked, OrganisationPath, Viewer};
use crate::page::{InLanguage, Page, Shell};
use crate::publication::{Fragment, fragments};

/// One organisation.
#[derive(Debug, Template)]
#[template(path = "organisation/page.html")]
pub(crate) struct OrganisationPage {
    shell: Shell,
    crumbs: Crumbs,
    name: Text,
    /// Its kind, and its standing where it has one.
    chips: Vec<Chip>,
    /// That it is no more, or another.
    notice: Option<Notice>,
    /// Its description, paragraph by paragraph.
    about: Vec<Fragment>,
    facts: Facts,
    standing: Facts,
    contacts: Option<Facts>,
    parts: Option<Cards>,
}

impl InLanguage for OrganisationPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

impl OrganisationPage {
    fn by_machine(&self) -> bool {
        self.about.iter().any(|paragraph| paragraph.by_machine)
    }
}

/// `GET /{locale}/organisations/{reference}`.
pub(crate) async fn page(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    OrganisationPath(reference): OrganisationPath,
) -> Result<Page<OrganisationPage>, Refusal> {
    let locale = asked.fixed()?;
    let view = organisation::load(app.db(), &viewer.actor, &reference).await?;
    let (membership, _) = membership::load(app.db(), &viewer.actor, &reference).await?;
    let shell = Shell::new(&app, &asked);
    let (programme, t) = (app.programme(), shell.t);
    let body = &view.organisation;
    let name = named(&body.said.names, body.reference.as_str(), locale);
    let above = Link::new(Chosen::default().href(locale), t.text("organisation-directory"));
    let kind = Chip::new(Tone::Plain, words::kind(programme, t, body.said.kind));
    let standing = membership.as_ref().map(|membership| class(programme, t, membership.class));
    let parts: Vec<_> = view.parts.iter().map(|part| words::card(programme, t, part)).collect();
    Ok(Page(OrganisationPage {
        crumbs: shell.crumbs(vec![above], name.clone()),
        chips: std::iter::once(kind).chain(standing).collect(),
        notice: notice(t, &view),
        about: fragments(&body.said.description, locale, body.said.language),
        facts: facts(programme, t, &view),
        standing: standing_facts(programme, t, membership.as_ref()),
        contacts: contacts(t, &body.said.contacts),
        parts: (!parts.is_empty()).then_some(Cards { items: parts }),
        name,
        shell,
    }))
}

fn class(programme: &Programme, t: Translator, class: Class) -> Chip {
    let tone = match class {
        Class::Ordinary | Class::Core => Tone::Good,
        Class::Applicant => Tone::Calm,
        Class::Suspended => Tone::Warn,
        Class::Left => Tone::Plain,
    };
    Chip::new(tone, label(programme, t, ListKind::MembershipClasses, class.code()))
}

fn notice(t: Translator, view: &View) -> Option<Notice> {
    let (title, body, links) = match view.organisation.state {
        Standing::Active => return None,
        Standing::Closed => {
            (t.text("organisation-closed"), Some(t.text("organisation-closed-hint").into()), Vec::new())
        }
        Standing::Merged => {
            let links = view.merged_into.iter().map(|body| link(body, t.locale())).collect();
            (t.text("organisation-merged"), None, links)
        }
    };
    Some(Notice { tone: Tone::Warn, title: title.into(), body, links })
}

fn facts(programme: &Programme, t: Translator, view: &View) -> Facts {
    let (body, said, locale) = (&view.organisation, &view.organisation.said, t.locale());
    let mut items = Vec::new();
    let mut add = |key: &str, values: Vec<Cell>| {
        if !values.is_empty() {
            items.push(Fact { label: t.text(key).into_owned(), values });
        }
    };
    let text = |value: &str| if value.is_empty() { Vec::new() } else { vec![Cell::new(value)] };
    let country = Chosen { country: Some(said.country), ..Chosen::default() };
    add("organisation-other-names", other_names(t, body));
    add("organisation-country", vec![Cell::link(Link::new(country.href(locale), said.country.name(locale)))]);
    add("organisation-place", text(&said.region));
    let size = said.size.map(|size| label(programme, t, ListKind::OrganisationSizes, size.code()));
    add("organisation-size", size.map(Cell::new).into_iter().collect());
    // A year is not grouped as a number is.
    add(
        "organisation-established",
        said.established.map(|year| Cell::new(year.to_string())).into_iter().collect(),
    );
    add("organisation-field", said.fields.iter().filter_map(|code| field(code, locale)).collect());
    let website = (!said.website.is_empty()).then(|| Link::new(&*said.website, shown(&said.website)));
    add("organisation-website", website.map(Cell::link).into_iter().collect());
    let near =
        |bodies: &[organisation::Card]| bodies.iter().map(|body| Cell::link(link(body, locale))).collect();
    add("organisation-parent", near(view.parent.as_slice()));
    add("organisation-predecessors", near(&view.predecessors));
    add("organisation-numbers", said.identifiers.iter().map(|number| identifier(t, number)).collect());
    add("organisation-reference", text(body.reference.as_str()));
    Facts { items }
}

/// Every name but the one at the head of the page, each in its language and with what it is.
fn other_names(t: Translator, body: &Organisation) -> Vec<Cell> {
    let names = &body.said.names;
    let head = names.best(t.locale());
    let others = names.0.iter().filter(|name| Some(*name) != head);
    others
        .map(|name| {
            let cell = Cell::new(words::text(name, t.locale()));
            let language = name.language.as_deref().and_then(|tag| i18n::language(tag, t.locale()));
            let kind = match name.kind {
                NameKind::Label => None,
                NameKind::Alias => Some("organisation-alias"),
                NameKind::Acronym => Some("organisation-acronym"),
                NameKind::Former => Some("organisation-former"),
            };
            let kind = kind.map(|key| t.text(key).into_owned());
            let notes: Vec<String> = kind.into_iter().chain(language.map(str::to_owned)).collect();
            if notes.is_empty() { cell } else { cell.noted(notes.join(" · ")) }
        })
        .collect()
}

fn field(code: &str, locale: Locale) -> Option<Cell> {
    let field = taxonomy::find(code)?;
    let href = Chosen { field: Some(field.code), ..Chosen::default() }.href(locale);
    Some(Cell::link(Link::new(href, field.label(locale))))
}

/// An address as people read it.
fn shown(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.strip_suffix('/').unwrap_or(rest)
}

fn identifier(t: Translator, number: &Identifier) -> Cell {
    let cell = Cell::new(&*number.value);
    let country = number.scheme.strip_prefix("registry:").and_then(CountryCode::read);
    let register = match (number.scheme.as_str(), country) {
        (_, Some(country)) => {
            t.with("organisation-register", &[("country", country.name(t.locale()).into())])
        }
        ("wikidata", _) => "Wikidata".to_owned(),
        ("crossref", _) => "Crossref".to_owned(),
        (scheme, _) => scheme.to_uppercase(),
    };
    let href = match number.scheme.as_str() {
        "ror" => Some(format!("https://ror.org/{}", number.value)),
        _ => None,
    };
    Cell { href, ..cell }.noted(register)
}

fn standing_facts(programme: &Programme, t: Translator, membership: Option<&Membership>) -> Facts {
    let standing = t.text("organisation-standing");
    let cell = match membership {
        None => Cell::new(t.text("organisation-no-member")),
        Some(membership) => {
            let since = TimeZone::UTC.to_datetime(membership.since).date();
            let since = t.with("organisation-since", &[("date", t.formats().date_long(since).into())]);
            Cell::chip(class(programme, t, membership.class)).noted(since)
        }
    };
    Facts { items: vec![Fact::new(standing, cell)] }
}

fn contacts(t: Translator, contacts: &[Contact]) -> Option<Facts> {
    let contact = |contact: &Contact| {
        let mail = is_plain(&contact.email).then(|| format!("mailto:{}", contact.email));
        let digits: String = contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let phone = (!digits.is_empty()).then(|| format!("tel:{digits}"));
        let parts = [(&contact.name, None), (&contact.email, mail), (&contact.phone, phone)];
        let values = parts
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, href)| Cell { href, ..Cell::new(text.as_str()) })
            .collect();
        let label = if contact.role.is_empty() {
            t.text("organisation-contact").into_owned()
        } else {
            contact.role.clone()
        };
        Fact { label, values }
    };
    let items: Vec<Fact> = contacts
        .iter()
        .filter(|contact| contact.public)
        .map(contact)
        .filter(|fact| !fact.values.is_empty())
        .collect();
    (!items.is_empty()).then_some(Facts { items })
}

/// Whether an address can be a link as it is: other characters could say more to the mail program than whom to write to.
fn is_plain(email: &str) -> bool {
    !email.is_empty() && email.chars().all(|c| c.is_ascii_alphanumeric() || "@._+-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_link_only_where_it_says_nothing_else() {
        assert!(is_plain("desk.a+b@fish.example"));
        assert!(!is_plain("") && !is_plain("a?bcc=x@fish.example") && !is_plain("a%0a@fish.example"));
        assert_eq!(shown("https://fish.example/"), "fish.example");
        assert_eq!(shown("http://fish.example/a?b"), "fish.example/a?b");
    }
}
