//! Memberships: applied for, vetted, led from class to class, renewed; and who belongs to an organisation.

use db::Db;
use domain::account;
use domain::actor::{Actor, Grant, Role, Scope, Who};
use domain::error::Problem;
use domain::file::{self, Shelf, Tier};
use domain::id::AccountId;
use domain::membership::{
    self, AffiliationState, Application, ApplicationState, Candidate, Check, Class, Criterion, Document,
    NewApplication, Score,
};
use domain::organisation::{self, Draft, Kind, Names, Organisation};
use domain::page::Ask;
use domain::programme::CountryCode;
use domain::{Error, change};
use jiff::SignedDuration;

/// A person with an account, and nothing else.
async fn person(db: &Db, name: &str) -> Actor {
    let account = account::open(db, &Actor::operator(), name, Role::Expert).await.unwrap();
    Actor::new(Who::account(account.id, []))
}

fn id(actor: &Actor) -> AccountId {
    actor.account().unwrap()
}

fn holding(actor: &Actor, role: Role, scope: Scope) -> Actor {
    Actor::new(Who::account(id(actor), [Grant { role, scope }]))
}

fn laos() -> CountryCode {
    CountryCode::parse("LA").unwrap()
}

struct World {
    db: Db,
    applicant: Actor,
    broker: Actor,
    centre: Actor,
}

impl World {
    async fn new(db: Db) -> Self {
        let applicant = person(&db, "Khamla").await;
        let staff = person(&db, "Noy").await;
        let head = person(&db, "Somsak").await;
        Self {
            applicant,
            broker: holding(&staff, Role::Broker, Scope::Centre(laos())),
            centre: holding(&head, Role::CentreAdministrator, Scope::Centre(laos())),
            db,
        }
    }

    async fn apply(&self) -> Application {
        membership::apply(&self.db, &self.applicant, new("Mekong Bend Fish")).await.unwrap()
    }

    async fn organisation(&self, application: &Application) -> Organisation {
        let (page, _) =
            organisation::list(&self.db, &organisation::Filter::default(), Ask::first(10)).await.unwrap();
        let card = page.items.into_iter().find(|card| card.id == application.organisation).unwrap();
        organisation::load(&self.db, &Actor::operator(), &card.reference).await.unwrap().organisation
    }

    /// A member, with its administrator.
    async fn member(&self) -> (Organisation, Actor) {
        let application = self.apply().await;
        let checked =
            membership::check(&self.db, &self.broker, &application.reference, 1, Check::ALL.to_vec()).await;
        let version = checked.unwrap().version;
        let accepted =
            membership::accept(&self.db, &self.centre, &application.reference, version, "").await.unwrap();
        let organisation = self.organisation(&accepted).await;
        let scope = Scope::Organisation(organisation.id);
        let grants = [Role::Member, Role::OrganisationAdministrator].map(|role| Grant { role, scope });
        (organisation, Actor::new(Who::account(id(&self.applicant), grants)))
    }

    async fn class(&self, organisation: &Organisation) -> (Class, i64) {
        let (standing, _) = membership::load(&self.db, &self.centre, &organisation.reference).await.unwrap();
        let standing = standing.unwrap();
        (standing.class, standing.version)
    }
}

fn new(name: &str) -> NewApplication {
    let draft = Draft::named(Names::label("en", name), Kind::Enterprise, laos());
    NewApplication {
        candidate: Candidate::New(Box::new(draft)),
        statement: "We raise catfish and look for feed.".into(),
        position: "Director".into(),
        documents: Vec::new(),
    }
}

#[db::test]
async fn an_application_is_vetted_asked_about_answered_and_accepted(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let made = world.apply().await;
    assert!(made.reference.as_str().starts_with('M'));
    let (hidden, _) = organisation::list(db, &organisation::Filter::default(), Ask::first(10)).await.unwrap();
    assert!(hidden.items.is_empty(), "nobody has looked at it yet");
    let queue = membership::list_queue(db, &world.broker, Ask::first(10)).await.unwrap();
    assert_eq!(queue.items.len(), 1);

    let asked = membership::ask(db, &world.broker, &made.reference, 1, "Which feed?").await.unwrap();
    assert_eq!((asked.state, asked.question.as_deref()), (ApplicationState::Questioned, Some("Which feed?")));
    let answered =
        membership::answer(db, &world.applicant, &made.reference, asked.version, "Soy.").await.unwrap();
    assert_eq!((answered.state, answered.answer.as_deref()), (ApplicationState::Submitted, Some("Soy.")));

    let early = membership::accept(db, &world.centre, &made.reference, answered.version, "").await;
    assert!(matches!(early, Err(Error::Conflict("membership-unchecked"))), "{early:?}");
    let checked =
        membership::check(db, &world.broker, &made.reference, answered.version, Check::ALL.to_vec())
            .await
            .unwrap();
    let broker = membership::accept(db, &world.broker, &made.reference, checked.version, "").await;
    assert!(
        matches!(broker, Err(Error::Denied("membership-centre-only"))),
        "whoever vets does not decide: {broker:?}"
    );
    let accepted =
        membership::accept(db, &world.centre, &made.reference, checked.version, "Welcome").await.unwrap();
    assert_eq!((accepted.state, accepted.decided_by), (ApplicationState::Accepted, world.centre.account()));

    let organisation = world.organisation(&accepted).await;
    assert_eq!(world.class(&organisation).await.0, Class::Ordinary);
    let grants = account::grant::list(db, &Actor::operator(), id(&world.applicant)).await.unwrap();
    let scope = Scope::Organisation(organisation.id);
    for role in [Role::Member, Role::OrganisationAdministrator] {
        assert!(grants.iter().any(|held| held.grant == Grant { role, scope }), "{role:?}");
    }
    let again = membership::decline(db, &world.centre, &made.reference, accepted.version, "No").await;
    assert!(matches!(again, Err(Error::Conflict("membership-decided"))), "{again:?}");
    let log = db.read(async |read| change::of_subject(&read, made.id.0, 20).await).await.unwrap();
    let verbs: Vec<_> = log.iter().map(|change| change.verb.as_str()).collect();
    assert_eq!(
        verbs,
        ["membership.apply", "membership.ask", "membership.answer", "membership.check", "membership.accept"]
    );
}

#[db::test]
async fn documents_go_with_an_application_in_their_order(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::local(folder.path(), 1 << 20).unwrap();
    let mut documents = Vec::new();
    for title in [" Registration ", "Statutes"] {
        let kept = file::keep(db, &shelf, &Actor::operator(), "paper.txt", Tier::Centre, title.into())
            .await
            .unwrap();
        documents.push(Document { file: kept.id, title: title.to_owned() });
    }
    let new = NewApplication { documents, ..new("Mekong Bend Fish") };
    let made = membership::apply(db, &world.applicant, new.clone()).await.unwrap();
    let found = membership::load_application(db, &world.broker, &made.reference).await.unwrap();
    let titles: Vec<_> = found.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["Registration", "Statutes"]);
    let files = |application: &Application| application.documents.iter().map(|d| d.file).collect::<Vec<_>>();
    assert_eq!(files(&found), files(&made));
    let unnamed = Document { title: " ".to_owned(), ..found.documents[0].clone() };
    let wrong = NewApplication { documents: vec![unnamed], ..new };
    let outcome = membership::apply(db, &world.applicant, wrong).await;
    assert!(matches!(&outcome, Err(Error::Invalid(f)) if f[0].name == "documents"), "{outcome:?}");
}

#[db::test]
async fn nobody_decides_in_a_matter_of_their_own_and_strangers_see_nothing(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let made = world.apply().await;
    let own = holding(&world.applicant, Role::CentreAdministrator, Scope::Centre(laos()));
    let outcome = membership::decline(db, &own, &made.reference, 1, "No").await;
    assert!(matches!(outcome, Err(Error::Denied("membership-own"))), "{outcome:?}");
    let thai = Scope::Centre(CountryCode::parse("TH").unwrap());
    for stranger in [Actor::visitor(), holding(&person(db, "X").await, Role::CentreAdministrator, thai)] {
        let outcome = membership::load_application(db, &stranger, &made.reference).await;
        assert!(matches!(outcome, Err(Error::NotFound)), "{outcome:?}");
        let outcome = membership::ask(db, &stranger, &made.reference, 1, "?").await;
        assert!(matches!(outcome, Err(Error::NotFound)), "{outcome:?}");
    }
    let thai = holding(&person(db, "Y").await, Role::Broker, thai);
    assert_eq!(membership::list_queue(db, &thai, Ask::first(10)).await.unwrap().items, vec![]);
    let visitor = membership::list_queue(db, &Actor::visitor(), Ask::first(10)).await;
    assert!(matches!(visitor, Err(Error::Denied("membership-staff-only"))), "{visitor:?}");
    let visitor = membership::apply(db, &Actor::visitor(), new("A")).await;
    assert!(matches!(visitor, Err(Error::Denied("membership-sign-in"))), "{visitor:?}");
    let unasked = membership::answer(db, &world.applicant, &made.reference, 1, "Soy.").await;
    assert!(matches!(unasked, Err(Error::Conflict("membership-not-asked"))), "{unasked:?}");
    let stale = membership::ask(db, &world.broker, &made.reference, 9, "?").await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    let empty = membership::ask(db, &world.broker, &made.reference, 1, " ").await;
    assert!(matches!(&empty, Err(Error::Invalid(f)) if f[0].problem == Problem::Required), "{empty:?}");
    assert_eq!(membership::list_own_applications(db, &world.applicant).await.unwrap().len(), 1);
}

#[db::test]
async fn what_is_declined_or_taken_back_can_be_applied_for_again(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let made = world.apply().await;
    membership::decline(db, &world.centre, &made.reference, 1, "Not yet").await.unwrap();
    let known =
        organisation::load(db, &world.centre, &world_reference(db, &made).await).await.unwrap().organisation;
    let again = NewApplication { candidate: Candidate::Known(known.reference.clone()), ..new("") };
    let unseen = membership::apply(db, &world.applicant, again.clone()).await;
    assert!(matches!(unseen, Err(Error::NotFound)), "it was never shown: {unseen:?}");
    let insider = holding(&world.applicant, Role::OrganisationAdministrator, Scope::Organisation(known.id));
    let second = membership::apply(db, &insider, again.clone()).await.unwrap();
    let third = membership::apply(db, &insider, again).await;
    assert!(matches!(third, Err(Error::Conflict("membership-known"))), "{third:?}");
    membership::withdraw(db, &insider, &second.reference, 1).await.unwrap();
    let (standing, periods) = membership::load(db, &world.centre, &known.reference).await.unwrap();
    assert_eq!(standing.unwrap().class, Class::Left);
    assert_eq!(periods.len(), 4);
    assert_eq!(periods.iter().filter(|period| period.until.is_none()).count(), 1);
}

async fn world_reference(db: &Db, application: &Application) -> domain::id::Reference {
    let log =
        db.read(async |read| change::of_subject(&read, application.organisation.0, 1).await).await.unwrap();
    let text = log[0].after.as_ref().unwrap()["reference"].as_str().unwrap().to_owned();
    domain::id::Reference::parse(&text).unwrap()
}

#[db::test]
async fn a_membership_is_led_renewed_lapses_and_comes_back(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let (organisation, own) = world.member().await;
    let reference = &organisation.reference;
    let (_, version) = world.class(&organisation).await;
    let core = membership::lead(db, &world.centre, reference, version, Class::Core, "").await.unwrap();
    assert_eq!(core.class, Class::Core);
    let progress = membership::progress(db).await.unwrap();
    assert_eq!((progress.core, progress.trained, progress.target), (1, 0, membership::TARGET));
    let by_self = membership::lead(db, &own, reference, core.version, Class::Ordinary, "").await;
    assert!(matches!(by_self, Err(Error::Denied("membership-centre-only"))), "{by_self:?}");
    let step = membership::lead(db, &world.centre, reference, core.version, Class::Applicant, "").await;
    assert!(matches!(step, Err(Error::Conflict("membership-step"))), "{step:?}");
    let silent = membership::lead(db, &world.centre, reference, core.version, Class::Suspended, " ").await;
    assert!(matches!(&silent, Err(Error::Invalid(f)) if f[0].name == "reason"), "{silent:?}");

    let early = membership::renew(db, &own, reference, core.version).await;
    assert!(matches!(early, Err(Error::Conflict("membership-early"))), "{early:?}");
    db.clock().advance(SignedDuration::from_hours(24 * 320));
    assert_eq!(membership::sweep(db).await.unwrap(), 1, "a reminder");
    assert_eq!(membership::sweep(db).await.unwrap(), 0, "once");
    let renewed = membership::renew(db, &own, reference, core.version).await.unwrap();
    let years = renewed.valid_until.unwrap().duration_since(core.valid_until.unwrap());
    assert_eq!(years, SignedDuration::from_hours(24 * membership::VALID_DAYS), "counted from the end");

    db.clock().advance(SignedDuration::from_hours(24 * 500));
    assert!(membership::sweep(db).await.unwrap() >= 1);
    let (class, version) = world.class(&organisation).await;
    assert_eq!(class, Class::Suspended);
    let back = membership::renew(db, &own, reference, version).await.unwrap();
    assert_eq!(back.class, Class::Ordinary);
    let (public, _) = membership::load(db, &Actor::visitor(), reference).await.unwrap();
    assert_eq!(public.unwrap().reason, None);
    let left = membership::leave(db, &own, reference, back.version, "Moving on").await.unwrap();
    assert_eq!(left.class, Class::Left);
    let counts = membership::count_by_class(db).await.unwrap();
    assert_eq!(counts, [(Class::Left, 1)]);
    let stale = membership::leave(db, &own, reference, 1, "Again").await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
}

#[db::test]
async fn people_ask_to_belong_and_others_say_yes_or_no(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let (organisation, own) = world.member().await;
    let reference = &organisation.reference;
    let colleague = person(db, "Bounmy").await;
    let asked = membership::request(db, &colleague, reference, "Engineer").await.unwrap();
    assert_eq!(asked.state, AffiliationState::Requested);
    let twice = membership::request(db, &colleague, reference, "").await;
    assert!(matches!(twice, Err(Error::Conflict("membership-affiliated"))), "{twice:?}");
    let by_self = membership::approve(db, &colleague, asked.id, 1, true).await;
    assert!(matches!(by_self, Err(Error::Denied("membership-own"))), "{by_self:?}");
    let stranger = membership::approve(db, &person(db, "X").await, asked.id, 1, false).await;
    assert!(matches!(stranger, Err(Error::NotFound)), "{stranger:?}");
    let active = membership::approve(db, &own, asked.id, 1, false).await.unwrap();
    assert_eq!((active.state, active.administrator), (AffiliationState::Active, false));
    let grants = account::grant::list(db, &Actor::operator(), id(&colleague)).await.unwrap();
    let scope = Scope::Organisation(organisation.id);
    assert!(grants.iter().any(|held| held.grant == Grant { role: Role::Member, scope }));
    let again = membership::approve(db, &own, asked.id, active.version, false).await;
    assert!(matches!(again, Err(Error::Conflict("membership-not-requested"))), "{again:?}");
    assert_eq!(membership::list_people(db, &own, reference).await.unwrap().len(), 2);
    let denied = membership::list_people(db, &colleague, reference).await;
    assert!(matches!(denied, Err(Error::Denied("membership-administrator-only"))), "{denied:?}");
    assert_eq!(membership::list_own(db, &colleague).await.unwrap().len(), 1);

    let gone = membership::end(db, &colleague, asked.id, active.version).await.unwrap();
    assert_eq!(gone.state, AffiliationState::Ended, "anybody may leave");
    let grants = account::grant::list(db, &Actor::operator(), id(&colleague)).await.unwrap();
    assert!(grants.iter().all(|held| held.grant.scope != scope || held.revoked_at.is_some()));
}

#[db::test]
async fn an_invitation_is_taken_up_once_and_by_whoever_holds_it(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let (organisation, own) = world.member().await;
    let reference = &organisation.reference;
    let wrong = membership::invite(db, &own, reference, "nobody", "", false).await;
    assert!(matches!(&wrong, Err(Error::Invalid(f)) if f[0].name == "email"), "{wrong:?}");
    let invited =
        membership::invite(db, &own, reference, "vilay@fish.example", "Chemist", true).await.unwrap();
    assert_eq!((invited.state, invited.account), (AffiliationState::Invited, None));
    let token = db
        .read(async |read| {
            read.one::<(String,)>(db::sql!("select facts as value from letter where kind = 'account-invite'"))
                .await
        })
        .await
        .unwrap()
        .0;
    let token = token.split("token=").nth(1).unwrap().split('"').next().unwrap();
    let token = membership::Invitation::parse(token).unwrap();
    let guest = person(db, "Vilay").await;
    let visitor = membership::accept_invitation(db, &Actor::visitor(), &token).await;
    assert!(matches!(visitor, Err(Error::Denied("membership-sign-in"))), "{visitor:?}");
    let taken = membership::accept_invitation(db, &guest, &token).await.unwrap();
    assert_eq!(
        (taken.state, taken.account, taken.administrator),
        (AffiliationState::Active, guest.account(), true)
    );
    let twice = membership::accept_invitation(db, &person(db, "Z").await, &token).await;
    assert!(matches!(twice, Err(Error::NotFound)), "{twice:?}");
}

#[db::test]
async fn core_members_are_trained_and_scored(db: Db) {
    let world = World::new(db).await;
    let db = &world.db;
    let (organisation, own) = world.member().await;
    let reference = &organisation.reference;
    let (_, version) = world.class(&organisation).await;
    membership::lead(db, &world.centre, reference, version, Class::Core, "").await.unwrap();
    let day = jiff::civil::date(2026, 9, 1);
    let denied = membership::record_training(db, &own, reference, "Licensing", day, 2, true).await;
    assert!(matches!(denied, Err(Error::Denied("membership-centre-only"))), "{denied:?}");
    membership::record_training(db, &world.centre, reference, "Licensing", day, 2, true).await.unwrap();
    let future = jiff::civil::date(2099, 1, 1);
    let wrong = membership::record_training(db, &world.centre, reference, "Licensing", future, 2, true).await;
    assert!(matches!(&wrong, Err(Error::Invalid(f)) if f[0].name == "held_on"), "{wrong:?}");
    let score = |points| Score { criterion: Criterion::Training, points, note: "Two people".into() };
    membership::score(db, &world.centre, reference, 2026, score(3)).await.unwrap();
    membership::score(db, &world.centre, reference, 2026, score(4)).await.unwrap();
    let wrong = membership::score(db, &world.centre, reference, 2026, score(6)).await;
    assert!(matches!(&wrong, Err(Error::Invalid(f)) if f[0].name == "points"), "{wrong:?}");
    let (trainings, scores) = membership::load_scorecard(db, &own, reference).await.unwrap();
    assert_eq!((trainings.len(), scores.len(), scores[0].1.points), (1, 1, 4));
    let hidden = membership::load_scorecard(db, &Actor::visitor(), reference).await;
    assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
    let progress = membership::progress(db).await.unwrap();
    assert_eq!((progress.core, progress.trained), (1, 1));
}
