//! Organisations: put on record, revised, closed, found in the directory.

use db::Db;
use domain::actor::{Actor, Grant, Role, Scope, Who};
use domain::change;
use domain::error::Problem;
use domain::id::{AccountId, Reference};
use domain::organisation::{
    self, Contact, Counts, Domain, DomainUse, Draft, Filter, Identifier, Kind, NameKind, Names, Organisation,
    State,
};
use domain::page::Ask;
use domain::programme::CountryCode;
use domain::words::Words;
use domain::{Error, taxonomy};
use i18n::Locale;

fn country(code: &str) -> CountryCode {
    CountryCode::read(code).unwrap()
}

/// Somebody with `role` for `scope`, who need not be in the database.
fn somebody(role: Role, scope: Scope) -> Actor {
    Actor::new(Who::account(AccountId(db::Uuid::from_u128(7)), [Grant { role, scope }]))
}

fn broker(code: &str) -> Actor {
    somebody(Role::Broker, Scope::Centre(country(code)))
}

fn member() -> Actor {
    somebody(Role::Expert, Scope::Platform)
}

fn draft(name: &str, kind: Kind, code: &str) -> Draft {
    Draft::named(Names::label("en", name), kind, country(code))
}

async fn registered(db: &Db, draft: Draft) -> Organisation {
    organisation::register(db, &Actor::operator(), draft).await.unwrap()
}

async fn names(db: &Db, filter: &Filter) -> Vec<String> {
    let (page, _) = organisation::list(db, filter, Ask::first(50)).await.unwrap();
    page.items.iter().map(|card| card.name(Locale::En).to_owned()).collect()
}

async fn counts(db: &Db, filter: &Filter) -> Counts {
    organisation::list(db, filter, Ask::first(1)).await.unwrap().1
}

fn whole(parent: &Organisation) -> Draft {
    let field = taxonomy::fields().next().unwrap().code;
    Draft {
        names: Names::label("en", "Fish Institute").and(NameKind::Label, Some("lo"), "ສະຖາບັນປາ").and(
            NameKind::Acronym,
            None,
            "FI",
        ),
        region: "Vientiane".into(),
        parent: Some(parent.id),
        predecessors: vec![parent.id],
        established: Some(1999),
        website: "https://fish.example/".into(),
        domains: vec![
            Domain { r#use: DomainUse::Web, domain: "fish.example".into() },
            Domain { r#use: DomainUse::Mail, domain: "fish.example".into() },
        ],
        identifiers: vec![Identifier::of("ror", "https://ror.org/012345678")],
        fields: vec![field.into()],
        contacts: vec![
            Contact {
                name: "Front desk".into(),
                role: "Questions".into(),
                email: "desk@fish.example".into(),
                phone: String::new(),
                public: true,
            },
            Contact {
                name: "Somsak".into(),
                role: "Licences".into(),
                email: "somsak@fish.example".into(),
                phone: "+856 20 0000".into(),
                public: false,
            },
        ],
        language: Locale::Lo,
        description: Words::written([(Locale::Lo, "ລ້ຽງປາ".into()), (Locale::En, "Raises fish".into())]),
        ..draft("", Kind::Institute, "LA")
    }
}

#[db::test]
async fn what_is_said_of_an_organisation_is_kept_and_told_to_those_who_may_know(db: Db) {
    let parent = registered(&db, draft("Fig University", Kind::University, "LA")).await;
    let made = organisation::register(&db, &broker("LA"), whole(&parent)).await.unwrap();
    let told = organisation::load(&db, &broker("LA"), &made.reference).await.unwrap();
    assert_eq!(told.organisation, made);
    assert_eq!(told.parent.unwrap().name(Locale::En), "Fig University");
    assert_eq!((told.predecessors.len(), told.may_revise), (1, true));
    assert!(made.reference.as_str().starts_with('O'));

    let public = organisation::load(&db, &Actor::visitor(), &made.reference).await.unwrap();
    assert_eq!(public.organisation.said.contacts.len(), 1, "only the contact that is public");
    assert!(public.organisation.said.domains.iter().all(|domain| domain.r#use == DomainUse::Web));
    assert!(!public.may_revise);
    let above = organisation::load(&db, &Actor::visitor(), &parent.reference).await.unwrap();
    assert_eq!(above.parts.len(), 1);

    let log = db.read(async |read| change::of_subject(&read, made.id.0, 10).await).await.unwrap();
    assert_eq!(log[0].verb, "organisation.register");
    let kept = log[0].after.as_ref().unwrap().to_string();
    assert!(
        kept.contains("012345678") && !kept.contains("somsak"),
        "no person in a log that is kept for ever: {kept}"
    );
}

#[db::test]
async fn only_staff_of_the_country_may_put_one_on_record(db: Db) {
    for actor in
        [Actor::visitor(), member(), broker("TH"), somebody(Role::Evaluator, Scope::Centre(country("LA")))]
    {
        let outcome = organisation::register(&db, &actor, draft("A", Kind::Enterprise, "LA")).await;
        assert!(matches!(outcome, Err(Error::Denied("organisation-staff-only"))), "{actor:?}");
    }
    for actor in
        [broker("LA"), somebody(Role::CentreAdministrator, Scope::Centre(country("LA"))), Actor::operator()]
    {
        organisation::register(&db, &actor, draft("A", Kind::Enterprise, "LA")).await.unwrap();
    }
}

#[db::test]
async fn its_own_administrator_revises_it_but_moves_it_nowhere(db: Db) {
    let made = registered(&db, draft("Old Name", Kind::Enterprise, "VN")).await;
    let own = somebody(Role::OrganisationAdministrator, Scope::Organisation(made.id));
    let new = draft("New Name", Kind::Enterprise, "VN");
    let revise = async |actor: &Actor, version, draft| {
        organisation::revise(&db, actor, &made.reference, version, draft).await
    };

    let stale = revise(&own, 9, new.clone()).await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    let after = revise(&own, made.version, new.clone()).await.unwrap();
    assert_eq!((after.name(Locale::En), after.version, after.revision), ("New Name", 2, 2));
    assert_eq!(names(&db, &Filter::default()).await, ["New Name"]);

    let moved = revise(&own, 2, draft("New Name", Kind::Enterprise, "TH")).await;
    assert!(matches!(moved, Err(Error::Denied("organisation-staff-only"))), "{moved:?}");
    let hidden = revise(&own, 2, Draft { listed: false, ..new.clone() }).await;
    assert!(matches!(hidden, Err(Error::Denied("organisation-staff-only"))), "{hidden:?}");
    for other in [Actor::visitor(), member(), broker("LA")] {
        let denied = revise(&other, 2, new.clone()).await;
        assert!(matches!(denied, Err(Error::Denied("organisation-own-only"))), "{denied:?}");
    }
    let hidden = revise(&broker("VN"), 2, Draft { listed: false, ..new.clone() }).await.unwrap();
    let gone = organisation::load(&db, &Actor::visitor(), &hidden.reference).await;
    assert!(matches!(gone, Err(Error::NotFound)), "what the directory does not show is not there: {gone:?}");
    let gone = revise(&member(), 3, new).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    organisation::load(&db, &own, &hidden.reference).await.unwrap();
}

#[db::test]
async fn one_number_belongs_to_one_body_and_nothing_belongs_to_itself(db: Db) {
    let parent = registered(&db, draft("Fig University", Kind::University, "LA")).await;
    let child = registered(&db, whole(&parent)).await;
    let again = organisation::register(&db, &Actor::operator(), whole(&parent)).await;
    assert!(matches!(again, Err(Error::Conflict("organisation-number-taken"))), "{again:?}");

    let circle = Draft { parent: Some(child.id), ..draft("Fig University", Kind::University, "LA") };
    let outcome = organisation::revise(&db, &Actor::operator(), &parent.reference, 1, circle).await;
    let Err(Error::Invalid(fields)) = outcome else { panic!("{outcome:?}") };
    assert_eq!((fields[0].name, &fields[0].problem), ("parent", &Problem::BadValue));

    let own = Draft { predecessors: vec![parent.id], ..draft("Fig University", Kind::University, "LA") };
    let outcome = organisation::revise(&db, &Actor::operator(), &parent.reference, 1, own).await;
    assert!(
        matches!(&outcome, Err(Error::Invalid(fields)) if fields[0].name == "predecessors"),
        "{outcome:?}"
    );
}

#[db::test]
async fn a_closed_one_leaves_the_directory_and_stays_on_record(db: Db) {
    let made = registered(&db, draft("A", Kind::Enterprise, "TH")).await;
    let denied = organisation::close(&db, &broker("TH"), &made.reference, 1).await;
    assert!(matches!(denied, Err(Error::Denied("organisation-centre-only"))), "{denied:?}");
    let centre = somebody(Role::CentreAdministrator, Scope::Centre(country("TH")));
    let stale = organisation::close(&db, &centre, &made.reference, 2).await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    let closed = organisation::close(&db, &centre, &made.reference, 1).await.unwrap();
    assert_eq!(closed.state, State::Closed);
    assert_eq!(names(&db, &Filter::default()).await, Vec::<String>::new());
    assert_eq!(counts(&db, &Filter::default()).await.all, 0);
    organisation::load(&db, &Actor::visitor(), &made.reference).await.unwrap();
    let again = organisation::close(&db, &centre, &made.reference, closed.version).await;
    assert!(matches!(again, Err(Error::Conflict("organisation-not-active"))), "{again:?}");
    let revised =
        organisation::revise(&db, &centre, &made.reference, 2, draft("B", Kind::Enterprise, "TH")).await;
    assert!(matches!(revised, Err(Error::Conflict("organisation-not-active"))), "{revised:?}");
}

#[db::test]
async fn the_directory_counts_what_it_shows_under_every_choice(db: Db) {
    let field = taxonomy::fields().next().unwrap().code.to_owned();
    for (name, kind, code, with_field) in [
        ("Delta", Kind::University, "VN", true),
        ("Alpha", Kind::Enterprise, "VN", false),
        ("Beta", Kind::Enterprise, "LA", true),
        ("Gamma", Kind::Enterprise, "LA", false),
    ] {
        let fields = if with_field { vec![field.clone()] } else { Vec::new() };
        registered(&db, Draft { fields, ..draft(name, kind, code) }).await;
    }
    let any = Filter::default();
    assert_eq!(names(&db, &any).await, ["Alpha", "Beta", "Delta", "Gamma"]);
    let all = counts(&db, &any).await;
    assert_eq!(all.all, 4);
    assert_eq!(all.by_country, [(country("LA"), 2), (country("VN"), 2)]);
    assert_eq!(all.by_kind, [(Kind::University, 1), (Kind::Enterprise, 3)]);
    assert_eq!(all.by_field.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2]);

    let laos = Filter { country: Some(country("LA")), kind: Some(Kind::Enterprise), ..Filter::default() };
    assert_eq!(names(&db, &laos).await, ["Beta", "Gamma"]);
    let some = counts(&db, &laos).await;
    assert_eq!((some.all, &some.by_country), (2, &vec![(country("LA"), 2), (country("VN"), 1)]));
    let none = Filter { kind: Some(Kind::Hospital), ..Filter::default() };
    assert_eq!((names(&db, &none).await.len(), counts(&db, &none).await.all), (0, 0));

    let mut seen = Vec::new();
    let mut ask = Ask::first(1);
    loop {
        let (page, _) = organisation::list(&db, &any, ask).await.unwrap();
        seen.extend(page.items.iter().map(|card| card.name(Locale::En).to_owned()));
        let Some(next) = page.next else { break };
        ask = Ask { limit: 1, after: Some(next) };
    }
    assert_eq!(seen, ["Alpha", "Beta", "Delta", "Gamma"]);
    for (filter, ask, wrong) in [
        (Filter { field: Some("magic".into()), ..Filter::default() }, Ask::first(1), "field"),
        (Filter::default(), Ask::first(0), "limit"),
        (Filter::default(), Ask { limit: 1, after: Some("x".into()) }, "after"),
    ] {
        let outcome = organisation::list(&db, &filter, ask).await;
        assert!(matches!(&outcome, Err(Error::Invalid(fields)) if fields[0].name == wrong), "{outcome:?}");
    }
}

#[db::test]
async fn a_name_is_found_by_its_words_in_any_script(db: Db) {
    registered(
        &db,
        Draft {
            names: Names::label("en", "Guangxi University").and(NameKind::Label, Some("zh"), "广西大学"),
            ..draft("", Kind::University, "CN")
        },
    )
    .await;
    registered(
        &db,
        Draft {
            names: Names::label("th", "มหาวิทยาลัยทุ่งบัว"), ..draft("", Kind::University, "TH")
        },
    )
    .await;
    registered(&db, draft("Guangzhou Pumps", Kind::Enterprise, "CN")).await;
    let find = async |text: &str| names(&db, &Filter { name: Some(text.into()), ..Filter::default() }).await;
    assert_eq!(find("guang").await, ["Guangxi University", "Guangzhou Pumps"]);
    assert_eq!(find("university GUANGXI").await, ["Guangxi University"]);
    assert_eq!(find("广西大").await, ["Guangxi University"]);
    assert_eq!(find("ทุ่งบัว").await, ["มหาวิทยาลัยทุ่งบัว"]);
    assert_eq!(find("ทุ่งหญ้า").await, Vec::<String>::new());
    assert_eq!(find(" – ").await, Vec::<String>::new());
    assert_eq!(find("  ").await.len(), 3, "nothing asked is no filter");
}

#[db::test]
async fn an_address_proposes_the_organisation_of_its_most_exact_domain(db: Db) {
    let mail = |domain: &str| vec![Domain { r#use: DomainUse::Mail, domain: domain.into() }];
    registered(&db, Draft { domains: mail("uni.example"), ..draft("University", Kind::University, "MY") })
        .await;
    registered(
        &db,
        Draft { domains: mail("fish.uni.example"), ..draft("Fish Institute", Kind::Institute, "MY") },
    )
    .await;
    registered(
        &db,
        Draft { domains: mail("hid.example"), listed: false, ..draft("Hidden", Kind::Institute, "MY") },
    )
    .await;
    let of = async |email: &str| {
        let cards = organisation::list_by_address(&db, email).await.unwrap();
        cards.iter().map(|card| card.name(Locale::En).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("a@Fish.Uni.example").await, ["Fish Institute"]);
    assert_eq!(of("a@law.uni.example").await, ["University"]);
    for nobody in ["a@example", "a@other.example", "a@hid.example", "nothing", "a@"] {
        assert_eq!(of(nobody).await, Vec::<String>::new(), "{nobody}");
    }
}

#[db::test]
async fn nothing_is_there_under_a_reference_of_nobody(db: Db) {
    let nothing = Reference::parse("O20261123-ZZZZZZ").unwrap();
    assert!(matches!(organisation::load(&db, &Actor::operator(), &nothing).await, Err(Error::NotFound)));
}
