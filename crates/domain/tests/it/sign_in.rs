//! The way of an account: registered, verified, signed in to, kept, lost and closed.

use db::{Db, sql};
use domain::account::{
    self, Device, Gate, Moved, Password, Proof, Registration, SessionSecret, SignedIn, State, VoucherSecret,
    session,
};
use domain::actor::{Actor, Role};
use domain::notice;
use domain::programme::CountryCode;
use domain::{Error, Field};
use i18n::Locale;
use jiff::SignedDuration;

use crate::world;

const PASSWORD: &str = "rice fields at dawn";
const OTHER: &str = "boats on the Mekong";

fn device(n: u8) -> Device {
    Device::new([192, 0, 2, n].into(), "Firefox")
}

fn password(text: &str) -> Password {
    Password::typed(text)
}

fn registration(email: &str) -> Registration {
    Registration {
        email: email.to_owned(),
        name: "ສົມຊາຍ ວົງສາ".to_owned(),
        latin_name: Some("Somchai Vongsa".to_owned()),
        locale: Locale::Lo,
        country: CountryCode::parse("LA"),
        time_zone: Some("Asia/Vientiane".to_owned()),
    }
}

/// The newest letter to `email`: its kind, and the voucher in its link if there is one.
async fn letter(db: &Db, email: &str) -> Option<(&'static str, Option<VoucherSecret>)> {
    let listed = notice::list(db, &Actor::operator(), None, 200).await.unwrap();
    let found = listed.into_iter().find(|letter| letter.to.as_str() == email)?;
    let outgoing = notice::take(db, found.id).await.unwrap()?;
    let facts = serde_json::to_value(&outgoing.kind).unwrap();
    let voucher = facts["link"].as_str().and_then(|link| link.split_once("voucher="));
    Some((outgoing.kind.code(), voucher.and_then(|(_, secret)| VoucherSecret::parse(secret))))
}

async fn voucher(db: &Db, email: &str) -> VoucherSecret {
    letter(db, email).await.unwrap().1.unwrap()
}

/// Somebody with `email`, who has registered, verified and is signed in.
async fn somebody(db: &Db, gate: &Gate, email: &str) -> SessionSecret {
    account::register(db, registration(email), &device(1)).await.unwrap();
    account::confirm(db, gate, &voucher(db, email).await, &password(PASSWORD), &device(1)).await.unwrap()
}

async fn actor(db: &Db, secret: &SessionSecret) -> Actor {
    account::authenticate_session(db, secret).await.unwrap().unwrap()
}

async fn sign_in(db: &Db, gate: &Gate, email: &str, text: &str, n: u8) -> Result<SignedIn, Error> {
    account::sign_in(db, gate, email, &password(text), &device(n)).await
}

fn done(signed_in: Result<SignedIn, Error>) -> SessionSecret {
    match signed_in {
        Ok(SignedIn::Done(secret)) => secret,
        other => panic!("{other:?}"),
    }
}

fn names(error: &Error) -> Vec<&'static str> {
    match error {
        Error::Invalid(fields) => fields.iter().map(|Field { name, .. }| *name).collect(),
        other => panic!("{other:?}"),
    }
}

#[db::test]
async fn an_account_opens_once_its_address_is_shown_to_be_theirs(db: Db) {
    let gate = Gate::cheap();
    account::register(&db, registration("Kham@Example.org"), &device(1)).await.unwrap();
    let refused = sign_in(&db, &gate, "kham@example.org", PASSWORD, 1).await;
    assert!(matches!(refused, Err(Error::Denied("account-sign-in-refused"))), "{refused:?}");
    let (kind, link) = letter(&db, "Kham@example.org").await.unwrap();
    let link = link.unwrap();
    assert_eq!(kind, "account-verify");
    assert_eq!(account::registered(&db, &link).await.unwrap().name, "ສົມຊາຍ ວົງສາ");

    let weak = account::confirm(&db, &gate, &link, &password("short"), &device(1)).await.unwrap_err();
    assert_eq!(names(&weak), ["password"]);
    let secret = account::confirm(&db, &gate, &link, &password(PASSWORD), &device(1)).await.unwrap();
    let own = account::own(&db, &actor(&db, &secret).await).await.unwrap();
    assert_eq!((own.state, own.email.as_deref()), (State::Open, Some("Kham@example.org")));
    assert_eq!((own.locale, own.country), (Some(Locale::Lo), CountryCode::parse("LA")));
    let again = account::confirm(&db, &gate, &link, &password(OTHER), &device(1)).await;
    assert!(matches!(again, Err(Error::Conflict("account-link-over"))), "{again:?}");
    done(sign_in(&db, &gate, "KHAM@example.org", PASSWORD, 2).await);
}

#[db::test]
async fn a_link_is_over_after_its_time_or_when_somebody_was_quicker(db: Db) {
    let gate = Gate::cheap();
    account::register(&db, registration("a@example.org"), &device(1)).await.unwrap();
    let first = voucher(&db, "a@example.org").await;
    db.clock().advance(SignedDuration::from_secs(1));
    account::register(&db, registration("a@example.org"), &device(1)).await.unwrap();
    let second = voucher(&db, "a@example.org").await;
    account::confirm(&db, &gate, &second, &password(PASSWORD), &device(1)).await.unwrap();
    let late = account::confirm(&db, &gate, &first, &password(OTHER), &device(1)).await;
    assert!(matches!(late, Err(Error::Conflict("account-link-over"))), "{late:?}");

    account::register(&db, registration("b@example.org"), &device(1)).await.unwrap();
    let old = voucher(&db, "b@example.org").await;
    db.clock().advance(SignedDuration::from_hours(24));
    let over = account::confirm(&db, &gate, &old, &password(PASSWORD), &device(1)).await;
    assert!(matches!(over, Err(Error::Conflict("account-link-over"))), "{over:?}");
}

#[db::test]
async fn whether_an_address_has_an_account_only_its_letters_tell(db: Db) {
    let gate = Gate::cheap();
    somebody(&db, &gate, "known@example.org").await;
    db.clock().advance(SignedDuration::from_hours(2));
    for email in ["known@example.org", "unknown@example.org"] {
        account::register(&db, registration(email), &device(2)).await.unwrap();
        db.clock().advance(SignedDuration::from_secs(1));
        account::ask_reset(&db, email, &device(2)).await.unwrap();
        let refused = sign_in(&db, &gate, email, OTHER, 2).await;
        assert!(matches!(refused, Err(Error::Denied("account-sign-in-refused"))), "{refused:?}");
    }
    assert_eq!(letter(&db, "known@example.org").await.unwrap().0, "account-reset");
    assert_eq!(letter(&db, "unknown@example.org").await.unwrap().0, "account-verify", "no reset");
    let told =
        world::count(&db, sql!("select count(*) as value from letter where kind = 'account-exists'")).await;
    assert_eq!(told, 1);
}

#[db::test]
async fn what_somebody_registers_with_is_checked_field_by_field(db: Db) {
    let wrong = Registration {
        email: "no address".to_owned(),
        name: "  ".to_owned(),
        latin_name: Some("ສົມຊາຍ".to_owned()),
        time_zone: Some("Asia/Atlantis".to_owned()),
        ..registration("x")
    };
    let refused = account::register(&db, wrong, &device(1)).await.unwrap_err();
    assert_eq!(names(&refused), ["email", "name", "latin_name", "time_zone"]);
}

#[db::test]
async fn a_forgotten_password_is_replaced_by_a_link_and_every_session_ends(db: Db) {
    let gate = Gate::cheap();
    let session = somebody(&db, &gate, "a@example.org").await;
    db.clock().advance(SignedDuration::from_secs(1));
    account::ask_reset(&db, "A@EXAMPLE.org", &device(2)).await.unwrap();
    let link = voucher(&db, "a@example.org").await;
    account::reset_works(&db, &link).await.unwrap();
    let weak = account::reset(&db, &gate, &link, &password("A@example.org")).await.unwrap_err();
    assert_eq!(names(&weak), ["password"]);
    account::reset(&db, &gate, &link, &password(OTHER)).await.unwrap();
    assert_eq!(account::authenticate_session(&db, &session).await.unwrap(), None);
    assert!(sign_in(&db, &gate, "a@example.org", PASSWORD, 2).await.is_err());
    done(sign_in(&db, &gate, "a@example.org", OTHER, 2).await);
    assert!(matches!(account::reset_works(&db, &link).await, Err(Error::Conflict("account-link-over"))));
    let told =
        world::count(&db, sql!("select count(*) as value from letter where kind = 'account-changed'")).await;
    assert_eq!(told, 1, "and the owner is told");
}

#[db::test]
async fn changing_the_password_needs_the_old_one_and_a_fresh_proof(db: Db) {
    let gate = Gate::cheap();
    let here = somebody(&db, &gate, "a@example.org").await;
    let there = done(sign_in(&db, &gate, "a@example.org", PASSWORD, 2).await);
    let change = async |secret: &SessionSecret, current, new| {
        let actor = actor(&db, secret).await;
        account::change_password(&db, &gate, &actor, &password(current), &password(new), &device(1)).await
    };
    assert_eq!(names(&change(&here, OTHER, OTHER).await.unwrap_err()), ["current"]);
    assert_eq!(names(&change(&here, PASSWORD, "password1234").await.unwrap_err()), ["password"]);
    let new = change(&here, PASSWORD, OTHER).await.unwrap();
    assert_eq!(account::authenticate_session(&db, &here).await.unwrap(), None, "its secret is another");
    assert_eq!(account::authenticate_session(&db, &there).await.unwrap(), None, "every other session ended");

    db.clock().advance(SignedDuration::from_mins(16));
    let late = change(&new, OTHER, PASSWORD).await;
    assert!(matches!(late, Err(Error::Denied("account-prove-again"))), "{late:?}");
    let prove = async |text| {
        let proof = Proof::Password(password(text));
        account::prove(&db, &gate, &actor(&db, &new).await, &proof, &device(1)).await
    };
    assert_eq!(names(&prove(PASSWORD).await.unwrap_err()), ["password"]);
    let proved = prove(OTHER).await.unwrap();
    change(&proved, OTHER, PASSWORD).await.unwrap();
}

#[db::test]
async fn an_address_moves_once_both_mailboxes_have_agreed(db: Db) {
    let gate = Gate::cheap();
    let session = somebody(&db, &gate, "old@example.org").await;
    somebody(&db, &gate, "taken@example.org").await;
    db.clock().advance(SignedDuration::from_secs(1));
    let ask =
        async |email| account::ask_email_change(&db, &actor(&db, &session).await, email, &device(1)).await;
    ask("taken@example.org").await.unwrap();
    assert_eq!(letter(&db, "taken@example.org").await.unwrap().0, "account-exists");
    db.clock().advance(SignedDuration::from_secs(1));
    ask("new@example.org").await.unwrap();
    let [of_new, of_old] = [voucher(&db, "new@example.org").await, voucher(&db, "old@example.org").await];
    assert_eq!(account::confirm_email(&db, &of_new).await.unwrap(), Moved::OneOfTwo);
    assert!(matches!(account::confirm_email(&db, &of_new).await, Err(Error::Conflict(_))), "once");
    assert_eq!(
        account::own(&db, &actor(&db, &session).await).await.unwrap().email.unwrap(),
        "old@example.org"
    );
    assert_eq!(account::confirm_email(&db, &of_old).await.unwrap(), Moved::Done);
    assert_eq!(account::authenticate_session(&db, &session).await.unwrap(), None);
    assert!(sign_in(&db, &gate, "old@example.org", PASSWORD, 1).await.is_err());
    done(sign_in(&db, &gate, "new@example.org", PASSWORD, 1).await);
}

#[db::test]
async fn one_address_guesses_ten_times_and_the_victim_still_gets_in(db: Db) {
    let gate = Gate::cheap();
    somebody(&db, &gate, "victim@example.org").await;
    let mut evaluated = 0;
    for n in 0..1_000_u32 {
        match sign_in(&db, &gate, "victim@example.org", &format!("guess number {n}"), 9).await {
            Err(Error::Denied(_)) => evaluated += 1,
            Err(Error::Limited { seconds }) => assert!((1..=901).contains(&seconds), "{seconds}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(evaluated, 10);
    for n in 100..150 {
        let (mut evaluated, mut limited) = (0, 0);
        for guess in 0..12 {
            match sign_in(&db, &gate, "victim@example.org", &format!("guess {n} {guess}"), n).await {
                Err(Error::Denied(_)) => evaluated += 1,
                Err(Error::Limited { .. }) => limited += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((evaluated, limited), (10, 2), "{n}");
    }
    done(sign_in(&db, &gate, "victim@example.org", PASSWORD, 200).await);
    db.clock().advance(SignedDuration::from_mins(15));
    done(sign_in(&db, &gate, "victim@example.org", PASSWORD, 9).await);
}

#[db::test]
async fn an_office_behind_one_address_signs_in_as_often_as_it_likes(db: Db) {
    let gate = Gate::cheap();
    somebody(&db, &gate, "a@example.org").await;
    for _ in 0..15 {
        done(sign_in(&db, &gate, "a@example.org", PASSWORD, 7).await);
    }
}

#[db::test]
async fn past_the_bound_of_an_account_only_clients_it_knows_may_try(db: Db) {
    let gate = Gate::cheap();
    somebody(&db, &gate, "a@example.org").await;
    db.clock().advance(SignedDuration::from_hours(1));
    for n in 0..60 {
        let device = Device::new([198, 51, 100, n].into(), "curl");
        for _ in 0..10 {
            let refused =
                account::sign_in(&db, &gate, "a@example.org", &password("guess guess"), &device).await;
            assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        }
    }
    let stranger = sign_in(&db, &gate, "a@example.org", PASSWORD, 77).await;
    assert!(matches!(stranger, Err(Error::Limited { .. })), "{stranger:?}");
    done(sign_in(&db, &gate, "a@example.org", PASSWORD, 1).await);
}

#[db::test]
async fn letters_to_one_address_are_few_and_nobody_is_told(db: Db) {
    for n in 1..=6 {
        account::register(&db, registration("flood@example.org"), &device(n)).await.unwrap();
    }
    let sent =
        world::count(&db, sql!("select count(*) as value from letter where kind = 'account-verify'")).await;
    assert_eq!(sent, 3);
    for n in 0..10 {
        account::ask_reset(&db, &format!("a{n}@example.org"), &device(50)).await.unwrap();
    }
    let limited = account::ask_reset(&db, "a10@example.org", &device(50)).await;
    assert!(matches!(limited, Err(Error::Limited { .. })), "{limited:?}");
}

#[db::test]
async fn a_second_factor_is_asked_for_and_no_code_works_twice(db: Db) {
    let gate = Gate::cheap();
    let session = somebody(&db, &gate, "a@example.org").await;
    let me = actor(&db, &session).await;
    let begun = account::totp::begin(&db, &me, "Causeway").await.unwrap();
    assert!(begun.uri.contains(&begun.secret));
    assert_eq!(names(&account::totp::confirm(&db, &me, "000000").await.unwrap_err()), ["code"]);
    let code = async || world::code(&begun.secret, db.clock().now());
    let recovery = account::totp::confirm(&db, &me, &code().await).await.unwrap();
    assert_eq!(account::totp::standing(&db, &me).await.unwrap().recovery_codes, 10);
    let twice = account::totp::begin(&db, &me, "Causeway").await;
    assert!(matches!(twice, Err(Error::Conflict("account-code-on"))), "{twice:?}");

    let first_step = async || match sign_in(&db, &gate, "a@example.org", PASSWORD, 1).await {
        Ok(SignedIn::CodeNeeded(voucher)) => voucher,
        other => panic!("{other:?}"),
    };
    let second = async |voucher: &VoucherSecret, code: &str| {
        account::sign_in_with_code(&db, &gate, voucher, code, &device(1)).await
    };
    let voucher = first_step().await;
    let replayed = second(&voucher, &code().await).await.unwrap_err();
    assert_eq!(names(&replayed), ["code"], "that code turned it on");
    db.clock().advance(SignedDuration::from_secs(30));
    let signed_in = second(&voucher, &code().await).await.unwrap();
    assert!(actor(&db, &signed_in).await.session().unwrap().second_factor);
    let over = second(&voucher, &code().await).await;
    assert!(matches!(over, Err(Error::Conflict("account-link-over"))), "{over:?}");

    let voucher = first_step().await;
    second(&voucher, &recovery[3].to_lowercase()).await.unwrap();
    let voucher = first_step().await;
    assert_eq!(names(&second(&voucher, &recovery[3]).await.unwrap_err()), ["code"], "once");

    let only_password =
        account::prove(&db, &gate, &me, &Proof::Password(password(PASSWORD)), &device(1)).await;
    assert_eq!(names(&only_password.unwrap_err()), ["code"], "the password alone proves nothing now");
    db.clock().advance(SignedDuration::from_secs(30));
    let proved = account::prove(&db, &gate, &me, &Proof::Code(code().await), &device(1)).await.unwrap();
    let me = actor(&db, &proved).await;
    assert_eq!(account::totp::renew_codes(&db, &me).await.unwrap().len(), 10);
    account::totp::remove(&db, &me).await.unwrap();
    done(sign_in(&db, &gate, "a@example.org", PASSWORD, 1).await);
}

#[db::test]
async fn a_password_is_hashed_again_when_hashing_has_become_dearer(db: Db) {
    let gate = Gate::cheap();
    somebody(&db, &gate, "a@example.org").await;
    let dearer = account::Hashing::new(account::Cost { memory: 16, passes: 1 }, 1, 1);
    let dearer = Gate { hashing: dearer, ..gate };
    done(sign_in(&db, &dearer, "a@example.org", PASSWORD, 1).await);
    let kept = db.read(async |read| {
        let (kept,): (String,) = read.one(sql!("select password as value from account")).await?;
        Ok::<_, db::Error>(kept)
    });
    assert!(kept.await.unwrap().starts_with("$argon2id$v=19$m=16,t=1,p=1$"));
}

#[db::test]
async fn a_suspended_person_is_told_so_only_with_the_right_password(db: Db) {
    let gate = Gate::cheap();
    let session = somebody(&db, &gate, "a@example.org").await;
    let id = actor(&db, &session).await.account().unwrap();
    account::suspend(&db, &Actor::operator(), id).await.unwrap();
    let right = sign_in(&db, &gate, "a@example.org", PASSWORD, 1).await;
    assert!(matches!(right, Err(Error::Denied("account-suspended"))), "{right:?}");
    let wrong = sign_in(&db, &gate, "a@example.org", OTHER, 1).await;
    assert!(matches!(wrong, Err(Error::Denied("account-sign-in-refused"))), "{wrong:?}");
}

#[db::test]
async fn a_profile_is_kept_up_to_date_and_two_hands_do_not_overwrite_each_other(db: Db) {
    let gate = Gate::cheap();
    let session = somebody(&db, &gate, "a@example.org").await;
    let me = actor(&db, &session).await;
    let before = account::own(&db, &me).await.unwrap();
    let profile =
        Registration { name: "ສົມຊາຍ".to_owned(), locale: Locale::Th, ..registration("ignored") };
    let after = account::revise(&db, &me, profile.clone(), before.version).await.unwrap();
    assert_eq!((after.name.as_str(), after.email.as_deref()), ("ສົມຊາຍ", Some("a@example.org")));
    assert_eq!(account::own(&db, &me).await.unwrap(), after);
    let stale = account::revise(&db, &me, profile, before.version).await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
}

#[db::test]
async fn a_closed_account_is_gone_for_good_and_its_address_is_free(db: Db) {
    let gate = Gate::cheap();
    let operator = Actor::operator();
    let session = somebody(&db, &gate, "a@example.org").await;
    let me = actor(&db, &session).await;
    let id = me.account().unwrap();
    let token = account::issue_token(&db, &operator, id, "feed", None).await.unwrap();
    account::close(&db, &me).await.unwrap();
    assert_eq!(account::authenticate_session(&db, &session).await.unwrap(), None);
    assert_eq!(account::authenticate(&db, &token.secret).await.unwrap(), None);
    assert!(sign_in(&db, &gate, "a@example.org", PASSWORD, 1).await.is_err());
    for outcome in [account::suspend(&db, &operator, id).await, account::reopen(&db, &operator, id).await] {
        assert!(matches!(outcome, Err(Error::Conflict("account-closed"))), "{outcome:?}");
    }
    db.clock().advance(SignedDuration::from_hours(1));
    somebody(&db, &gate, "a@example.org").await;
}

#[db::test]
async fn the_first_administrator_comes_by_a_link_that_works_once_and_here(db: Db) {
    let gate = Gate { installation: "here".to_owned(), ..Gate::cheap() };
    let elsewhere = Gate { installation: "elsewhere".to_owned(), ..Gate::cheap() };
    let secret = async || {
        let link = account::first_link(&db, &gate).await.unwrap().unwrap();
        VoucherSecret::parse(link.reveal().split_once("voucher=").unwrap().1).unwrap()
    };
    let old = secret().await;
    let new = secret().await;
    assert!(account::first_works(&db, &gate, &old).await.is_err(), "the newest alone works");
    assert!(account::first_works(&db, &elsewhere, &new).await.is_err());
    account::first_works(&db, &gate, &new).await.unwrap();
    let make = async |voucher: &VoucherSecret| {
        let who = registration("first@example.org");
        account::make_first(&db, &gate, voucher, who, &password(PASSWORD), &device(1)).await
    };
    let session = make(&new).await.unwrap();
    assert!(actor(&db, &session).await.is_one_of(&[Role::Administrator]));
    assert!(matches!(make(&new).await, Err(Error::Conflict("account-link-over"))));
    assert!(account::first_link(&db, &gate).await.unwrap().is_none(), "there is somebody now");
}

#[db::test]
async fn a_person_whom_the_operator_opens_an_account_for_chooses_the_password(db: Db) {
    let gate = Gate::cheap();
    let operator = Actor::operator();
    let roles = [domain::actor::Grant::platform(Role::Administrator)];
    let open = async || account::open_person(&db, &operator, registration("a@example.org"), &roles).await;
    let (opened, link) = open().await.unwrap();
    assert!(matches!(open().await, Err(Error::Conflict("account-exists"))));
    let voucher = VoucherSecret::parse(link.reveal().split_once("voucher=").unwrap().1).unwrap();
    account::reset(&db, &gate, &voucher, &password(PASSWORD)).await.unwrap();
    let session = done(sign_in(&db, &gate, "a@example.org", PASSWORD, 1).await);
    assert_eq!(actor(&db, &session).await.account(), Some(opened.id));
    assert_eq!(account::find(&db, &operator, "A@example.ORG").await.unwrap().id, opened.id);
    assert_eq!(account::find(&db, &operator, &opened.id.to_string()).await.unwrap().id, opened.id);
    let page = account::list(&db, &operator, domain::page::Ask::first(10)).await.unwrap();
    assert_eq!(page.items.len(), 1);
}

#[db::test]
async fn notes_links_and_sessions_are_swept_when_they_are_old(db: Db) {
    let gate = Gate::cheap();
    let session = somebody(&db, &gate, "a@example.org").await;
    session::end(&db, &actor(&db, &session).await).await.unwrap();
    db.clock().advance(SignedDuration::from_hours(24 * 32));
    db.write(async |tx| domain::job::enqueue(&tx, &Actor::system(), &account::Sweep {}, tx.now()).await)
        .await
        .unwrap();
    let registry = account::Sweep::register(domain::job::Registry::default(), db.clone());
    let worker = world::worker(&db, registry);
    while worker.run_one().await.unwrap() {}
    for left in [
        sql!("select count(*) as value from account_guess"),
        sql!("select count(*) as value from account_voucher"),
        sql!("select count(*) as value from account_session"),
    ] {
        assert_eq!(world::count(&db, left).await, 0);
    }
}
