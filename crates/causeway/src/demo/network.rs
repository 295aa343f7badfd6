//! The demonstration's network: fictional organisations of eleven countries and their people, led to where they stand by
//! the same verbs that a site uses.

use db::Db;
use domain::account::{self, Account, Person};
use domain::actor::{Actor, Who};
use domain::membership::{self, Candidate, Check, Class, Criterion, NewApplication, Score};
use domain::notice::Address;
use domain::organisation::{
    self, Domain, DomainUse, Draft, Filter, Kind, NameKind, Names, Organisation, Size,
};
use domain::page::Ask;
use domain::programme::CountryCode;
use domain::words::Words;
use domain::{Error, Result};
use futures_util::{StreamExt as _, TryStreamExt as _};
use i18n::Locale;
use serde::Deserialize;
use serde::de::DeserializeOwned;

const ORGANISATIONS: &str = include_str!("../../../../demo/organisations.tsv");
const PEOPLE: &str = include_str!("../../../../demo/people.tsv");
const TRAININGS: &str = include_str!("../../../../demo/trainings.tsv");
const SCORES: &str = include_str!("../../../../demo/scores.tsv");

/// How many are led side by side: their writes share commits.
const SIDE_BY_SIDE: usize = 16;

#[derive(Debug, Deserialize)]
struct OrganisationRow {
    key: String,
    country: String,
    region: String,
    kind: String,
    size: String,
    established: Option<i64>,
    fields: String,
    acronym: String,
    language: String,
    name_en: String,
    name_own: String,
    name_zh: String,
    about_en: String,
    about_own: String,
    standing: String,
}

#[derive(Debug, Deserialize)]
struct PersonRow {
    name: String,
    latin_name: Option<String>,
    organisation: String,
    position: String,
    mailbox: String,
    language: String,
    administrator: Option<String>,
}

#[derive(Debug, Deserialize)]
struct TrainingRow {
    organisation: String,
    held_on: jiff::civil::Date,
    people: i64,
    certified: Option<String>,
    title: String,
}

#[derive(Debug, Deserialize)]
struct ScoreRow {
    organisation: String,
    year: i16,
    listings: i64,
    training: i64,
    activities: i64,
    response: i64,
    results: i64,
}

/// Fills an empty network. One that has an organisation is left as it is.
///
/// # Errors
/// What the verbs say.
pub(super) async fn fill(db: &Db) -> Result<()> {
    let (page, _) = organisation::list(db, &Filter::default(), Ask::first(1)).await?;
    if !page.items.is_empty() {
        return Ok(());
    }
    let people: Vec<PersonRow> = rows(PEOPLE)?;
    let organisations: Vec<OrganisationRow> = rows(ORGANISATIONS)?;
    futures_util::stream::iter(&organisations)
        .map(|row| place(db, row, &people))
        .buffer_unordered(SIDE_BY_SIDE)
        .try_collect()
        .await
}

fn rows<T: DeserializeOwned>(table: &str) -> Result<Vec<T>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(table.as_bytes());
    reader.deserialize().collect::<std::result::Result<_, _>>().map_err(Error::internal)
}

/// Puts one on record, with its people, and leads it to where it stands.
async fn place(db: &Db, row: &OrganisationRow, people: &[PersonRow]) -> Result<()> {
    let operator = Actor::operator();
    let mut people = people.iter().filter(|person| person.organisation == row.key);
    let first = people.next().ok_or_else(|| Error::internal(format!("nobody belongs to {}", row.key)))?;
    let account = enrol(db, row, first).await?;
    let organisation = if row.standing.is_empty() {
        organisation::register(db, &operator, draft(row)?).await?
    } else {
        apply(db, row, first, &account).await?
    };
    if row.standing.is_empty() {
        join(db, &organisation, first, &account).await?;
    }
    for person in people {
        let account = enrol(db, row, person).await?;
        join(db, &organisation, person, &account).await?;
    }
    match row.standing.as_str() {
        "core" => core(db, row, &organisation).await,
        "suspended" => {
            let reason = "The centre could not reach anybody there for a year.";
            membership::lead(db, &operator, &organisation.reference, 2, Class::Suspended, reason).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn enrol(db: &Db, row: &OrganisationRow, person: &PersonRow) -> Result<Account> {
    let address = format!("{}@{}.example", person.mailbox, row.key);
    let person = Person {
        name: person.name.clone(),
        latin_name: person.latin_name.clone(),
        email: Address::field("email", &address)?,
        locale: locale(&person.language)?,
        country: CountryCode::parse(&row.country),
    };
    account::enrol(db, &Actor::operator(), person).await
}

/// Applies as the person who will administer it, and lets the centre do its part.
async fn apply(
    db: &Db,
    row: &OrganisationRow,
    person: &PersonRow,
    account: &Account,
) -> Result<Organisation> {
    let operator = Actor::operator();
    let actor = Actor::new(Who::account(account.id, []));
    let new = NewApplication {
        candidate: Candidate::New(Box::new(draft(row)?)),
        statement: row.about_en.clone(),
        position: person.position.clone(),
        documents: Vec::new(),
    };
    let application = membership::apply(db, &actor, new).await?;
    let found = organisation::find(db, &operator, application.organisation).await?;
    let reference = &application.reference;
    match row.standing.as_str() {
        "applicant" => {
            membership::check(db, &operator, reference, 1, vec![Check::Exists, Check::Reachable]).await?;
        }
        "questioned" => {
            let question = "Which of your products or services do partners abroad ask for most?";
            membership::ask(db, &operator, reference, 1, question).await?;
        }
        _ => {
            membership::check(db, &operator, reference, 1, Check::ALL.to_vec()).await?;
            membership::accept(db, &operator, reference, 2, "").await?;
        }
    }
    Ok(found)
}

async fn join(db: &Db, organisation: &Organisation, person: &PersonRow, account: &Account) -> Result<()> {
    let actor = Actor::new(Who::account(account.id, []));
    let asked = membership::request(db, &actor, &organisation.reference, &person.position).await?;
    let administrator = person.administrator.is_some();
    membership::approve(db, &Actor::operator(), asked.id, asked.version, administrator).await?;
    Ok(())
}

/// Leads a member into the core programme, with the trainings it attended and how it did.
async fn core(db: &Db, row: &OrganisationRow, organisation: &Organisation) -> Result<()> {
    let operator = Actor::operator();
    let reference = &organisation.reference;
    membership::lead(db, &operator, reference, 2, Class::Core, "").await?;
    for training in rows::<TrainingRow>(TRAININGS)?.iter().filter(|training| training.organisation == row.key)
    {
        let certified = training.certified.is_some();
        let TrainingRow { title, held_on, people, .. } = training;
        membership::record_training(db, &operator, reference, title, *held_on, *people, certified).await?;
    }
    for scores in rows::<ScoreRow>(SCORES)?.iter().filter(|scores| scores.organisation == row.key) {
        for (criterion, points) in [
            (Criterion::Listings, scores.listings),
            (Criterion::Training, scores.training),
            (Criterion::Activities, scores.activities),
            (Criterion::Response, scores.response),
            (Criterion::Results, scores.results),
        ] {
            let score = Score { criterion, points, note: String::new() };
            membership::score(db, &operator, reference, scores.year, score).await?;
        }
    }
    Ok(())
}

fn locale(tag: &str) -> Result<Locale> {
    Locale::parse(tag).ok_or_else(|| Error::internal(format!("the demonstration speaks no “{tag}”")))
}

fn draft(row: &OrganisationRow) -> Result<Draft> {
    let unknown = |what: &str| Error::internal(format!("{}: an unknown {what}", row.key));
    let own = locale(&row.language)?;
    let mut names = Names::label("en", &row.name_en);
    if own != Locale::En {
        names = names.and(NameKind::Label, Some(own.tag()), &row.name_own);
    } else if !row.name_own.is_empty() {
        names = names.and(NameKind::Label, Some("zh"), &row.name_own);
    }
    if !row.name_zh.is_empty() {
        names = names.and(NameKind::Label, Some("zh-Hans"), &row.name_zh);
    }
    if !row.acronym.is_empty() {
        names = names.and(NameKind::Acronym, None, &row.acronym);
    }
    let domain = |r#use| Domain { r#use, domain: format!("{}.example", row.key) };
    let mut about = vec![(Locale::En, row.about_en.clone())];
    if own != Locale::En {
        about.push((own, row.about_own.clone()));
    }
    let language = if row.about_own.is_empty() { Locale::En } else { own };
    Ok(Draft {
        size: Some(Size::parse(&row.size).ok_or_else(|| unknown("size"))?),
        region: row.region.clone(),
        established: row.established,
        website: format!("https://{}.example/", row.key),
        domains: vec![domain(DomainUse::Web), domain(DomainUse::Mail)],
        fields: row.fields.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        language,
        description: Words::written(about),
        ..Draft::named(
            names,
            Kind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
            CountryCode::parse(&row.country).ok_or_else(|| unknown("country"))?,
        )
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_demonstration_has_organisations_of_eleven_countries_and_people_in_their_scripts() {
        let organisations: Vec<OrganisationRow> = rows(ORGANISATIONS).unwrap();
        assert!(organisations.len() >= 120);
        let countries: BTreeSet<&str> = organisations.iter().map(|row| row.country.as_str()).collect();
        assert_eq!(countries.len(), 11);
        for row in &organisations {
            draft(row).unwrap().checked().unwrap_or_else(|error| panic!("{}: {error}", row.key));
        }
        let people: Vec<PersonRow> = rows(PEOPLE).unwrap();
        let keys: BTreeSet<&str> = organisations.iter().map(|row| row.key.as_str()).collect();
        assert!(people.iter().all(|person| keys.contains(person.organisation.as_str())));
        let own = people.iter().filter(|person| person.latin_name.is_some()).count();
        assert!(own >= 60, "{own} have a name in a script of their own");
    }
}
