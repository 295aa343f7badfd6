//! The public pages of organisations.

use db::Db;
use domain::account;
use domain::actor::{Actor, Role, Who};
use domain::membership::{self, Candidate, Check, NewApplication};
use domain::organisation::{
    self, Contact, Domain, DomainUse, Draft, Identifier, Kind, NameKind, Names, Organisation, Size,
};
use domain::programme::CountryCode;
use domain::taxonomy;
use domain::words::Words;
use i18n::Locale;

use crate::world::World;

fn country(code: &str) -> CountryCode {
    CountryCode::read(code).unwrap()
}

fn contact(name: &str, public: bool) -> Contact {
    Contact {
        name: name.into(),
        role: "Questions".into(),
        email: format!("{}@fish.example", name.to_lowercase()),
        phone: "+856 21 000 000".into(),
        public,
    }
}

/// An organisation with everything that can be said of one, its parent and a part of it.
pub(crate) async fn whole(world: &World) -> Organisation {
    let parent = world.organisation("Fig University").await;
    let names = Names::label("en", "Fish Institute")
        .and(NameKind::Label, Some("lo"), "ສະຖາບັນປາ")
        .and(NameKind::Label, Some("fr"), "Institut des poissons")
        .and(NameKind::Acronym, None, "FI")
        .and(NameKind::Former, Some("en"), "Pond Office");
    let made = world
        .registered(Draft {
            size: Some(Size::Small),
            region: "Vientiane".into(),
            parent: Some(parent.id),
            predecessors: vec![parent.id],
            established: Some(1999),
            website: "https://fish.example/".into(),
            domains: vec![Domain { r#use: DomainUse::Mail, domain: "fish.example".into() }],
            identifiers: vec![
                Identifier::of("ror", "https://ror.org/012345678"),
                Identifier::of("registry:LA", "77-1"),
            ],
            fields: vec![taxonomy::find("aqua").unwrap().code.into()],
            contacts: vec![contact("Desk", true), contact("Somsak", false)],
            language: Locale::Lo,
            description: Words::written([(Locale::Lo, "ລ້ຽງປາ.\n\nຂາຍປາ.".into())]),
            ..Draft::named(names, Kind::Institute, country("LA"))
        })
        .await;
    let pond = Names::label("en", "Pond Laboratory");
    let part = Draft { parent: Some(made.id), ..Draft::named(pond, Kind::Institute, country("TH")) };
    world.registered(part).await;
    made
}

#[db::test]
async fn the_page_of_an_organisation_tells_what_everybody_may_know(db: Db) {
    let world = World::new(&db).await;
    let made = whole(&world).await;
    let page = world.visitor().get(&format!("/en/organisations/{}", made.reference)).await;
    assert_eq!(page.status, 200);
    let html = page.text();
    for shown in [
        "<h1>Fish Institute</h1>",
        "<span lang=\"lo\">ສະຖາບັນປາ</span>",
        "<span lang=\"fr\">Institut des poissons</span>",
        "Pond Office",
        "<p lang=\"lo\">ຂາຍປາ.</p>",
        "href=\"https://fish.example/\">fish.example</a>",
        "href=\"https://ror.org/012345678\"",
        "National register of Laos",
        "<dd>1999</dd>",
        "href=\"/en/organisations?country=LA\"",
        "href=\"/en/organisations?field=aqua\"",
        "Fig University</a>",
        "Pond Laboratory</a>",
        "href=\"mailto:desk@fish.example\"",
        "href=\"tel:+85621000000\"",
        "Not a member of the network",
    ] {
        assert!(html.contains(shown), "{shown}: {html}");
    }
    assert!(!html.to_lowercase().contains("somsak"), "a contact that is not public stays unsaid");
    let lao = world.visitor().get(&format!("/lo/organisations/{}", made.reference)).await;
    assert!(lao.text().contains("<h1>ສະຖາບັນປາ</h1>") && lao.text().contains("<p>ລ້ຽງປາ.</p>"));
}

#[db::test]
async fn an_organisation_that_the_directory_does_not_show_is_there_for_staff_alone(db: Db) {
    let world = World::new(&db).await;
    let hidden = Draft {
        listed: false,
        ..Draft::named(Names::label("en", "Hidden Works"), Kind::Enterprise, country("LA"))
    };
    let path = format!("/en/organisations/{}", world.registered(hidden).await.reference);
    let refused = world.visitor().get(&path).await;
    let absent = world.visitor().get("/en/organisations/O20260101-AAAAAA").await;
    assert_eq!((refused.status, absent.status), (404, 404));
    assert!(!refused.text().contains("Hidden Works"));
    assert!(!world.visitor().get("/en/organisations").await.text().contains("Hidden Works"));
    let staff = world.administrator().get(&path).await;
    assert_eq!(staff.status, 200);
    assert!(staff.text().contains("Hidden Works"));
}

#[db::test]
async fn the_directory_is_narrowed_by_what_stands_beside_it(db: Db) {
    let world = World::new(&db).await;
    whole(&world).await;
    let all = world.visitor().get("/en/organisations").await;
    assert!(all.text().contains("3 organisations"));
    assert!(all.text().contains("<svg role=\"img\""), "a chart by country");
    let laos = "href=\"/en/organisations?country=LA\"><span class=\"facet-label\">Laos</span> <span class=\"count number\">2</span>";
    assert!(all.text().contains(laos), "{}", all.text());

    let narrowed = world.visitor().get("/en/organisations?country=LA&kind=university").await;
    let html = narrowed.text();
    assert!(html.contains("1 organisation<"), "{html}");
    assert!(html.contains("Fig University</a>") && !html.contains("Fish Institute"));
    assert!(
        html.contains("href=\"/en/organisations?kind=university\" aria-current=\"true\""),
        "given up by its link"
    );
    assert!(html.contains("name=\"country\" value=\"LA\""), "the search stays in the choice");
    assert!(!html.contains("<svg role=\"img\""));

    let none = world.visitor().get("/en/organisations?country=FJ").await;
    assert!(none.text().contains("No organisation found"));
    assert!(none.text().contains("Fiji"), "what nothing has can still be given up");
}

#[db::test]
async fn an_organisation_is_found_by_any_of_its_names(db: Db) {
    let world = World::new(&db).await;
    whole(&world).await;
    for name in [
        "poiss",
        "%E0%BA%AA%E0%BA%B0%E0%BA%96%E0%BA%B2%E0%BA%9A%E0%BA%B1%E0%BA%99%E0%BA%9B%E0%BA%B2",
        "pond+office",
    ] {
        let found = world.visitor().get(&format!("/en/organisations?country=&name={name}")).await;
        assert!(found.text().contains("Fish Institute</a>"), "{name}: {}", found.text());
        assert!(!found.text().contains("Fig University"), "{name}");
    }
    let evil = world.visitor().get("/en/organisations?name=%22%3E%3Cscript%3E").await;
    assert!(!evil.text().contains("<script"), "{}", evil.text());
}

#[db::test]
async fn the_directory_is_paged_to_the_last(db: Db) {
    let world = World::new(&db).await;
    for n in 0..50 {
        world.organisation(&format!("University & Co {n:02}")).await;
    }
    let mut path = "/en/organisations?country=LA".to_owned();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let page = world.visitor().get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let html = page.text();
        seen.extend((0..50).filter(|n| html.contains(&format!("Co {n:02}<"))));
        let Some((_, rest)) = html.split_once("rel=\"next\" href=\"") else { break };
        path = rest.split('"').next().unwrap().replace("&#38;", "&");
    }
    assert_eq!(seen, (0..50).collect::<Vec<_>>());
}

#[db::test]
async fn a_page_tells_the_standing_of_a_member(db: Db) {
    let world = World::new(&db).await;
    let khamla = account::open(&db, &Actor::operator(), "Khamla", Role::Expert).await.unwrap();
    let applicant = Actor::new(Who::account(khamla.id, []));
    let draft = Draft::named(Names::label("en", "Mekong Bend Fish"), Kind::Enterprise, country("LA"));
    let application = NewApplication {
        candidate: Candidate::New(Box::new(draft)),
        statement: "We raise catfish and look for feed.".into(),
        position: "Director".into(),
        documents: Vec::new(),
    };
    let made = membership::apply(&db, &applicant, application).await.unwrap();
    let empty = world.visitor().get("/en/organisations").await;
    assert!(empty.text().contains("No organisations yet"), "nobody has looked at it yet");

    let centre = world.actor(Role::Administrator);
    let checked = membership::check(&db, centre, &made.reference, 1, Check::ALL.to_vec()).await.unwrap();
    membership::accept(&db, centre, &made.reference, checked.version, "").await.unwrap();
    let directory = world.visitor().get("/en/organisations").await;
    let (_, rest) = directory.text().split_once("<h3><a href=\"").unwrap();
    let page = world.visitor().get(rest.split('"').next().unwrap()).await;
    assert!(page.text().contains("<h1>Mekong Bend Fish</h1>"), "{}", page.text());
    assert!(page.text().contains("<span class=\"chip good\">Ordinary member</span>"));
    assert!(page.text().contains("Since "));
}

#[db::test]
async fn a_body_that_is_no_more_keeps_its_page_and_leaves_the_directory(db: Db) {
    let world = World::new(&db).await;
    let made = world.organisation("Fig University").await;
    organisation::close(&db, &Actor::operator(), &made.reference, made.version).await.unwrap();
    let page = world.visitor().get(&format!("/en/organisations/{}", made.reference)).await;
    assert!(page.text().contains("no longer exists"), "{}", page.text());
    assert!(!world.visitor().get("/en/organisations").await.text().contains("Fig University"));
}
