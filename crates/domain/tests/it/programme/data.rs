//! What comes with the program says what its sources say.

use domain::programme::{Confidence, CountryCode, ListKind, PartnerKind, Programme};
use i18n::Locale;

fn code(text: &str) -> CountryCode {
    CountryCode::parse(text).unwrap()
}

#[test]
fn the_programme_serves_china_and_the_ten_asean_countries_of_the_case_study() {
    let programme = Programme::embedded();
    let served: Vec<_> = programme.countries().map(|country| country.code.to_string()).collect();
    assert_eq!(served, ["CN", "TH", "LA", "KH", "MM", "VN", "BN", "ID", "MY", "PH", "SG"]);
    let prepared: Vec<_> = programme.prepared_countries().map(|country| country.code.to_string()).collect();
    assert_eq!(prepared, ["TL"]);
    assert_eq!(programme.country(code("TL")), None);
    assert_eq!(programme.home(), code("CN"));
}

#[test]
fn a_country_has_its_names_its_money_and_its_locale() {
    let programme = Programme::embedded();
    let laos = programme.country(code("LA")).unwrap();
    assert_eq!((laos.name(Locale::En), laos.name(Locale::Lo)), ("Laos", "ລາວ"));
    assert_eq!((laos.currency.code(), laos.locale()), ("LAK", Locale::Lo));
    assert_eq!(programme.country(code("SG")).unwrap().locale(), Locale::En);
    assert_eq!(programme.country(code("BN")).unwrap().locale(), Locale::Ms);
    assert_eq!(programme.country(code("VN")).unwrap().currency.exponent(), 0);
}

#[test]
fn nine_centres_are_established_and_seven_agreements_signed() {
    let programme = Programme::embedded();
    let countries = |holds: fn(&domain::programme::Mechanism) -> bool| {
        let found = programme.mechanisms().iter().filter(|mechanism| holds(mechanism));
        found.map(|mechanism| mechanism.country.to_string()).collect::<Vec<_>>()
    };
    let established = countries(domain::programme::Mechanism::is_established);
    assert_eq!(established, ["TH", "LA", "KH", "MM", "VN", "BN", "ID", "MY", "PH"]);
    assert_eq!(
        countries(domain::programme::Mechanism::is_signed),
        ["TH", "LA", "KH", "MM", "VN", "BN", "ID"]
    );
    let singapore = programme.mechanism_with(code("SG")).unwrap();
    assert!(singapore.statements().iter().all(|(_, statement)| statement.state == "none-listed"));
    assert_eq!(programme.mechanism_with(code("CN")), None);
}

#[test]
fn each_country_with_a_mechanism_has_a_centre() {
    let programme = Programme::embedded();
    let centre = |country| programme.centre_of(code(country)).map(|partner| partner.code.as_str());
    assert_eq!(centre("CN"), Some("cn-gattc"));
    assert_eq!(centre("TH"), Some("th-nstda"));
    assert_eq!(centre("BN"), Some("bn-mtic"));
    assert_eq!(centre("SG"), None);
    assert_eq!(programme.partners().len(), 19);
    let headquarters = programme.partner("cn-gattc").unwrap();
    assert_eq!(headquarters.kind, PartnerKind::Centre);
    assert_eq!(headquarters.name(Locale::ZhHans), (Locale::ZhHans, "广西东盟技术转移中心"));
}

#[test]
fn a_name_that_nobody_was_sure_of_is_left_to_the_source() {
    let programme = Programme::embedded();
    let research = programme.partner("mm-research").unwrap();
    assert_eq!(
        research.name(Locale::My),
        (Locale::En, "Myanmar Scientific and Technological Research Department")
    );
    let innovation = programme.partner("kh-mih").unwrap().successor.as_ref().unwrap();
    assert_eq!(innovation.names[&Locale::Km].confidence, Confidence::Sure);
}

#[test]
fn published_figures_carry_their_source_and_the_note() {
    let programme = Programme::embedded();
    for figure in programme.figures() {
        let published = programme.source(&figure.source).unwrap().published;
        let last = published.day.map_or(published.year + 1, |_| published.year);
        assert!(figure.as_of.year <= last, "{figure:?} speaks of a time after its source");
    }
    let agreements = programme.figures().iter().filter(|figure| figure.kind == "agreements");
    let to_2020: Vec<_> = agreements.filter(|figure| figure.source == "case-study-2020").collect();
    assert_eq!(to_2020.len(), 1);
    assert_eq!(to_2020[0].value, 491);
    assert!(programme.figure_note(Locale::ZhHans).contains("口径"));
}

#[test]
fn every_code_has_a_label_in_every_locale() {
    let programme = Programme::embedded();
    for kind in ListKind::ALL {
        for entry in programme.list(kind).offered() {
            assert_eq!(entry.labels.iter().count(), Locale::ALL.len(), "{kind} {}", entry.code);
        }
    }
    assert_eq!(programme.label(ListKind::OrganisationKinds, "university", Locale::ZhHans), Some("高校"));
    assert_eq!(programme.label(ListKind::OrganisationKinds, "circus", Locale::En), None);
    assert_eq!(programme.list(ListKind::Indicators).entries.len(), 5);
}

#[test]
fn every_file_says_which_edition_it_is() {
    let programme = Programme::embedded();
    assert_eq!(programme.files().len(), domain::programme::EMBEDDED.len());
    assert!(programme.files().iter().all(|file| file.edition.version >= 1 && !file.replaced));
}
