//! Taking organisations in from tables and from records of the registry.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use db::{Db, sql};
use domain::Error;
use domain::actor::{Actor, Grant, Role, Scope, Who};
use domain::error::Problem;
use domain::id::{AccountId, OrganisationId};
use domain::organisation::import::{self, Finding, Format, Intake, Outcome, Rows};
use domain::organisation::{self, Draft, Filter, Kind, Names, Organisation, State};
use domain::page::Ask;
use domain::programme::CountryCode;
use i18n::Locale;
use uuid::Uuid;

use crate::world::{count, worker};

const TABLE: &str = "\
Your number for it;name:en;name:lo;Short form;Kind;Country;Founded in (year);website;\"E-mail domains (separated by ;)\";fields;parent
1;Fig Tree University;ມະຫາວິທະຍາໄລຕົ້ນໂພ;FTU;University;Laos;1996;fig.example;fig.example;aqua|energy;
2;Fish Institute;;FI;research-institute;la;;;;;1
3;;;;;LA;;;;;
4;Nobody;;;magic;Narnia;soon;;;wizardry;
1;Fig Tree University;;;;LA;;;;;
";

fn rows(text: &str, format: Format) -> Rows {
    import::read(text.as_bytes(), format, "Our table.csv").unwrap()
}

async fn take_in(db: &Db, actor: &Actor, rows: &Rows) -> Outcome {
    let mut intake = Intake::of(rows);
    while intake.step(db, actor).await.unwrap().is_some() {}
    intake.outcome()
}

fn counts(outcome: &Outcome) -> (u64, u64, u64, u64) {
    (outcome.new, outcome.changed, outcome.same, outcome.wrong)
}

fn told(findings: &[Finding]) -> Vec<(u64, &str, &Problem)> {
    findings.iter().map(|finding| (finding.row, finding.field, &finding.problem)).collect()
}

async fn find(db: &Db, name: &str) -> Organisation {
    let filter = Filter { name: Some(name.to_owned()), ..Filter::default() };
    let (page, _) = organisation::list(db, &filter, Ask::first(5)).await.unwrap();
    organisation::find(db, &Actor::operator(), page.items[0].id).await.unwrap()
}

fn broker(country: &str) -> Actor {
    let scope = Scope::Centre(CountryCode::parse(country).unwrap());
    Actor::new(Who::account(AccountId(Uuid::from_u128(7)), [Grant { role: Role::Broker, scope }]))
}

#[db::test]
async fn a_table_is_judged_before_anything_is_written_and_a_second_time_changes_nothing(db: Db) {
    let rows = rows(TABLE, Format::Csv);
    let operator = Actor::operator();
    let plan = import::plan(&db, &operator, &rows).await.unwrap();
    let wrong = [
        (4, "name", &Problem::Required),
        (5, "kind", &Problem::BadValue),
        (5, "country", &Problem::BadValue),
        (5, "established", &Problem::BadValue),
        (5, "fields", &Problem::BadValue),
        (6, "name", &Problem::Because("organisation-import-twice")),
    ];
    assert_eq!(told(&plan.findings), wrong);
    assert_eq!(counts(&plan), (2, 0, 0, 3));
    assert_eq!(
        count(&db, sql!("select count(*) as value from organisation")).await,
        0,
        "nothing is written yet"
    );

    let done = take_in(&db, &operator, &rows).await;
    assert_eq!((counts(&done), told(&done.findings)), ((2, 0, 0, 3), told(&plan.findings)));
    let university = find(&db, "fig tree").await;
    assert_eq!(university.name(Locale::Lo), "ມະຫາວິທະຍາໄລຕົ້ນໂພ");
    assert_eq!((university.said.established, university.said.fields.len()), (Some(1996), 2));
    assert_eq!(university.said.website, "https://fig.example");
    assert_eq!(find(&db, "fish").await.said.parent, Some(university.id));
    let public = organisation::load(&db, &Actor::visitor(), &university.reference).await.unwrap();
    assert_eq!(public.organisation.said.identifiers, [], "the ids of a file are nobody else's business");

    let before = count(&db, sql!("select cast(sum(version) as bigint) as value from organisation")).await;
    assert_eq!(counts(&import::plan(&db, &operator, &rows).await.unwrap()), (0, 0, 2, 3));
    assert_eq!(counts(&take_in(&db, &operator, &rows).await), (0, 0, 2, 3));
    assert_eq!(
        count(&db, sql!("select cast(sum(version) as bigint) as value from organisation")).await,
        before
    );
}

#[db::test]
async fn a_row_changes_what_it_says_and_takes_nothing_away(db: Db) {
    let operator = Actor::operator();
    let names = Names::label("en", "Fig Tree University").and(organisation::NameKind::Acronym, None, "FTU");
    let country = CountryCode::parse("LA").unwrap();
    let draft = Draft { region: "Vientiane".into(), ..Draft::named(names, Kind::University, country) };
    let made = organisation::register(&db, &operator, draft).await.unwrap();
    let namesake = rows("name:en,name:lo,country,size\nfig tree UNIVERSITY,ໂພ,LA,large\n", Format::Csv);
    assert_eq!(counts(&take_in(&db, &operator, &namesake).await), (0, 1, 0, 0), "found by name and country");
    let now = find(&db, "ftu").await;
    assert_eq!((now.id, now.version, now.said.region.as_str()), (made.id, 2, "Vientiane"));
    assert_eq!((now.said.names.0.len(), now.said.size.is_some()), (3, true));
    assert_eq!(counts(&take_in(&db, &operator, &namesake).await), (0, 0, 1, 0));

    let elsewhere = rows("name:en,country\nFig Tree University,TH\n", Format::Csv);
    assert_eq!(
        counts(&take_in(&db, &operator, &elsewhere).await),
        (1, 0, 0, 0),
        "another country, another body"
    );
    let other = Draft::named(Names::label("en", "Fig Tree University"), Kind::University, country);
    organisation::register(&db, &operator, other).await.unwrap();
    let unclear = take_in(&db, &operator, &namesake).await;
    assert_eq!(told(&unclear.findings), [(2, "name", &Problem::Because("organisation-import-ambiguous"))]);
    let missing = rows("id,name:en,country,parent\n9,Lone,LA,77\n", Format::Csv);
    let lone = take_in(&db, &operator, &missing).await;
    assert_eq!(told(&lone.findings), [(2, "parent", &Problem::Because("organisation-import-no-parent"))]);
    assert_eq!(counts(&lone), (1, 0, 0, 0), "the row is taken without it");
}

#[db::test]
async fn staff_import_for_their_own_country_alone(db: Db) {
    let rows = rows("name:en,country\nA,LA\nB,TH\n", Format::Csv);
    let outcome = take_in(&db, &broker("LA"), &rows).await;
    assert_eq!(counts(&outcome), (1, 0, 0, 1));
    assert_eq!(told(&outcome.findings), [(3, "country", &Problem::Because("organisation-staff-only"))]);
    let nobody = take_in(&db, &Actor::visitor(), &rows).await;
    assert_eq!(counts(&nobody), (0, 0, 0, 2));
}

/// Records that name one another in a circle and before they come.
fn records() -> String {
    let record = |id: &str, name: &str, status: &str, relations: &str| {
        format!(
            r#"{{"id":"https://ror.org/{id}","country":"LA","status":"{status}","types":["Facility"],"names":[{{"value":"{name}","lang":"en","types":["label"]}}],"links":[],"established":null,"relationships":[{relations}]}}"#
        )
    };
    let lines = [
        record(
            "000000011",
            "Part",
            "active",
            r#"["Parent","https://ror.org/000000012"],["predecessor","https://ror.org/000000013"]"#,
        ),
        record("000000012", "Whole", "active", r#"["parent","https://ror.org/000000011"]"#),
        record("000000013", "Past", "inactive", r#"["Successor","https://ror.org/000000012"]"#),
        record("000000014", "Gone", "withdrawn", ""),
    ];
    lines.join("\n")
}

#[db::test]
async fn records_find_one_another_and_no_circle_is_made(db: Db) {
    let rows = rows(&records(), Format::Ror);
    let operator = Actor::operator();
    let outcome = take_in(&db, &operator, &rows).await;
    assert_eq!((counts(&outcome), outcome.findings.len()), ((3, 0, 0, 0), 1), "{:?}", outcome.findings);
    let (part, whole) = (find(&db, "part").await, find(&db, "whole").await);
    let above = [part.said.parent == Some(whole.id), whole.said.parent == Some(part.id)];
    assert_eq!(above.iter().filter(|is_above| **is_above).count(), 1, "one of the two is the other's");
    let [past] = part.said.predecessors[..] else { panic!("{part:?}") };
    assert_eq!(whole.said.predecessors, [past]);
    assert_eq!(organisation::find(&db, &operator, past).await.unwrap().state, State::Closed);
    let again = take_in(&db, &operator, &rows).await;
    assert_eq!(counts(&again), (0, 0, 3, 0));
}

#[db::test]
async fn a_file_is_taken_in_as_a_job_by_the_rights_of_whoever_confirmed_it(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let shelf = domain::file::Shelf::local(folder.path(), 1 << 20).unwrap();
    let operator = Actor::operator();
    let table = "name:en,country\nA,LA\nB,TH\n".as_bytes();
    let kept =
        domain::file::keep(&db, &shelf, &operator, "a.csv", domain::file::Tier::Centre, table.into()).await;
    let file = kept.unwrap().id;
    let refused =
        db.write(async |tx| import::enqueue(&tx, &Actor::visitor(), file, Format::Csv, "a").await).await;
    assert!(matches!(refused, Err(Error::Denied("organisation-staff-only"))), "{refused:?}");
    db.write(async |tx| import::enqueue(&tx, &broker("LA"), file, Format::Csv, "a").await).await.unwrap();
    let worker = worker(&db, import::Import::register(Default::default(), db.clone(), shelf));
    assert!(worker.run_one().await.unwrap());
    let (page, _) = organisation::list(&db, &Filter::default(), Ask::first(9)).await.unwrap();
    assert_eq!(page.items.iter().map(|card| card.name(Locale::En)).collect::<Vec<_>>(), ["A"]);
}

#[db::test]
async fn a_merged_body_stands_for_what_it_was_merged_into(db: Db) {
    let operator = Actor::operator();
    let table = rows("id,name:en,country\n1,Old,LA\n2,New,LA\n", Format::Csv);
    take_in(&db, &operator, &table).await;
    let (old, new) = (find(&db, "old").await, find(&db, "new").await);
    let merge = async |id: OrganisationId, into: OrganisationId| {
        db.write(async |tx| {
            tx.run(sql!("update organisation set state = 'merged', merged_into = $2 where id = $1", id, into))
                .await
        })
        .await
        .unwrap();
    };
    merge(old.id, new.id).await;
    let outcome =
        take_in(&db, &operator, &rows("id,name:en,country,region\n1,Old,LA,Pakse\n", Format::Csv)).await;
    assert_eq!(counts(&outcome), (0, 1, 0, 0));
    let now = find(&db, "new").await;
    assert_eq!((now.id, now.said.region.as_str()), (new.id, "Pakse"));
}

fn refused(bytes: &[u8], format: Format) -> Problem {
    let Err(Error::Invalid(fields)) = import::read(bytes, format, "x") else { panic!("taken") };
    assert_eq!(fields[0].name, "file");
    fields[0].problem.clone()
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn hostile_files_are_refused_in_words() {
    let not_a_table = Problem::Because("organisation-import-not-a-table");
    let too_large = Problem::Because("organisation-import-too-large");
    assert_eq!(refused(b"\xff\xfe\x00", Format::Csv), not_a_table);
    assert_eq!(
        refused(b"colour,shape\nred,round\n", Format::Csv),
        Problem::Because("organisation-import-no-name-column")
    );
    assert_eq!(refused(b"PK\x03\x04 and no more", Format::Xlsx), not_a_table);
    assert_eq!(refused(&archive(&[("a.txt", b"hello")]), Format::Xlsx), not_a_table);
    let zeros = vec![b' '; 65 << 20];
    let bomb = archive(&[("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20, "it is small until it is unpacked");
    assert_eq!(refused(&bomb, Format::Xlsx), too_large);
    let many = "name:en\n".to_owned() + &"a\n".repeat(50_001);
    assert_eq!(refused(many.as_bytes(), Format::Csv), too_large);
    let wide = "name:en".to_owned() + &",x".repeat(60) + "\n";
    assert_eq!(refused(wide.as_bytes(), Format::Csv), too_large);
    assert_eq!(refused(b"{\"id\":1}\n", Format::Ror), Problem::Because("organisation-import-not-records"));
}

#[test]
fn a_sheet_whose_farthest_cell_is_at_the_end_of_the_world_takes_no_memory() {
    let far = |cell: &str| {
        let sheet = format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name:en</t></is></c></row><row r="1048576"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#
        );
        archive(&[
            ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
            ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
            ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    };
    assert_eq!(refused(&far("XFD1048576"), Format::Xlsx), Problem::Because("organisation-import-too-large"));
    assert_eq!(import::read(&far("A7"), Format::Xlsx, "x").unwrap().count(), 0, "it has no country");
}

#[db::test]
async fn every_record_of_a_large_file_is_taken_once(db: Db) {
    let mut lines = String::new();
    for number in 0..400 {
        let id = format!("0{number:06}00");
        let parent = format!("0{:06}00", number / 7);
        writeln!(
            lines,
            r#"{{"id":"https://ror.org/{id}","country":"ID","status":"active","types":["education"],"names":[{{"value":"Universitas {number}","lang":"id","types":["label","ror_display"]}},{{"value":"U{number}","lang":null,"types":["acronym"]}}],"city":["Kota {number}"],"links":[{{"type":"website","value":"https://u{number}.example"}}],"domains":["u{number}.example"],"established":1990,"relationships":[["parent","https://ror.org/{parent}"]]}}"#
        )
        .unwrap();
    }
    let rows = rows(&lines, Format::Ror);
    assert_eq!(counts(&take_in(&db, &Actor::operator(), &rows).await), (400, 0, 0, 0));
    assert_eq!(counts(&take_in(&db, &Actor::operator(), &rows).await), (0, 0, 400, 0));
    let linked =
        count(&db, sql!("select count(*) as value from organisation where parent is not null")).await;
    assert_eq!(linked, 399);
}
