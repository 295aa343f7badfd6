//! Records of the Research Organization Registry, one JSON object a line, in the shapes of its schemas 1 and 2 as data
//! sets keep them: kinds in either case, sites as texts or with their kind, relations by name and id.

use serde::Deserialize;

use super::{Finding, Link, Row, Rows, unreadable};
use crate::Result;
use crate::error::Problem;
use crate::organisation::model::{Domain, DomainUse, Identifier, Kind, is_domain, is_web_address};
use crate::organisation::name::{NAME_MAX, NAMES_MAX, NameKind, Names};
use crate::programme::CountryCode;
use crate::words::Words;

/// The most bytes of a file, and of a line.
const BYTES_MOST: usize = 256 << 20;
const LINE_MOST: usize = 1 << 20;

/// The most lines: the whole registry has a little over a hundred thousand.
const LINES_MOST: u64 = 200_000;

#[derive(Deserialize)]
struct Record {
    id: String,
    country: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    names: Vec<RecordName>,
    #[serde(default)]
    city: Vec<String>,
    #[serde(default)]
    links: Vec<Site>,
    established: Option<i64>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    relationships: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct RecordName {
    value: String,
    lang: Option<String>,
    #[serde(default)]
    types: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Site {
    Plain(String),
    OfKind { r#type: String, value: String },
}

/// Reads every record.
pub(super) fn read(bytes: &[u8]) -> Result<Rows> {
    if bytes.len() > BYTES_MOST {
        return Err(unreadable("organisation-import-too-large"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable("organisation-import-not-records"))?;
    let mut rows = Rows::default();
    // Successors, told by the record that ends: their predecessor is that one.
    let mut followed: Vec<(Identifier, Identifier)> = Vec::new();
    for (number, line) in (1_u64..).zip(text.lines()) {
        if number > LINES_MOST || line.len() > LINE_MOST {
            return Err(unreadable("organisation-import-too-large"));
        }
        if line.trim().is_empty() {
            continue;
        }
        let Ok(record) = serde_json::from_str::<Record>(line) else {
            // A file whose first line is no record is no file of records.
            if number == 1 {
                return Err(unreadable("organisation-import-not-records"));
            }
            rows.findings.push(Finding::new(number, "record", Problem::BadValue, line));
            continue;
        };
        for (relation, other) in &record.relationships {
            if relation.eq_ignore_ascii_case("successor") {
                followed.push((ror(other), ror(&record.id)));
            }
        }
        match row(number, &record, &mut rows.findings) {
            Ok(row) => rows.rows.push(row),
            Err(finding) => rows.findings.push(finding),
        }
    }
    for (next, before) in followed {
        for row in rows.rows.iter_mut().filter(|row| row.identifiers.first() == Some(&next)) {
            row.predecessors.push(Link::Number(before.clone()));
        }
    }
    Ok(rows)
}

fn ror(id: &str) -> Identifier {
    Identifier::of("ror", id)
}

fn row(number: u64, record: &Record, findings: &mut Vec<Finding>) -> Result<Row, Finding> {
    if record.status == "withdrawn" {
        let problem = Problem::Because("organisation-import-withdrawn");
        return Err(Finding { rejects: false, ..Finding::new(number, "status", problem, &record.id) });
    }
    let country = CountryCode::read(&record.country)
        .ok_or_else(|| Finding::new(number, "country", Problem::BadValue, &record.country))?;
    let websites = record.links.iter().filter_map(|link| match link {
        Site::Plain(value) => Some(value),
        Site::OfKind { r#type, value } => (r#type == "website").then_some(value),
    });
    let mut website = String::new();
    let mut domains = Vec::new();
    for site in websites {
        let site = super::table::with_scheme(site.trim());
        if !is_web_address(&site) {
            findings.push(Finding::left_out(number, "website", &site));
        } else if website.is_empty() {
            domains.extend(host(&site).map(|domain| Domain { r#use: DomainUse::Web, domain }));
            website = site;
        }
    }
    for domain in &record.domains {
        let domain = domain.trim().to_lowercase();
        if is_shared(&domain) || !is_domain(&domain) {
            findings.push(Finding::left_out(number, "mail_domains", &domain));
        } else {
            domains.push(Domain { r#use: DomainUse::Mail, domain });
        }
    }
    let related = |wanted: &str| {
        let related =
            record.relationships.iter().filter(move |(relation, _)| relation.eq_ignore_ascii_case(wanted));
        related.map(|(_, other)| Link::Number(ror(other))).collect::<Vec<_>>()
    };
    Ok(Row {
        number,
        names: names(record),
        kind: Some(kind(&record.types)),
        sure_of_kind: false,
        size: None,
        country,
        region: record.city.first().cloned().unwrap_or_default(),
        established: record.established.filter(|year| (800..=9999).contains(year)),
        website,
        domains,
        identifiers: vec![ror(&record.id)],
        fields: Vec::new(),
        description: Words::default(),
        parents: related("parent"),
        predecessors: related("predecessor"),
        closed: record.status == "inactive",
    })
}

fn names(record: &Record) -> Names {
    let mut names = Names::default();
    let of_kind = |name: &RecordName, kind: &str| name.types.iter().any(|known| known == kind);
    let mut add = |name: &RecordName, kind| {
        if name.value.chars().count() <= NAME_MAX && names.0.len() < NAMES_MAX {
            names = std::mem::take(&mut names).and(kind, name.lang.as_deref(), &name.value);
        }
    };
    for name in record.names.iter().filter(|name| of_kind(name, "ror_display")) {
        add(name, NameKind::Label);
    }
    for name in record.names.iter().filter(|name| !of_kind(name, "ror_display")) {
        let kind = match name.types.first().map(String::as_str) {
            _ if of_kind(name, "label") => NameKind::Label,
            Some("acronym") => NameKind::Acronym,
            _ => NameKind::Alias,
        };
        add(name, kind);
    }
    names
}

/// The kind that comes nearest. A funder is what else it is; one that is nothing else has money to give.
fn kind(types: &[String]) -> Kind {
    let has = |wanted: &str| types.iter().any(|known| known.eq_ignore_ascii_case(wanted));
    [
        ("education", Kind::University),
        ("healthcare", Kind::Hospital),
        ("company", Kind::Enterprise),
        ("facility", Kind::Institute),
        ("government", Kind::Authority),
        ("nonprofit", Kind::Association),
        ("archive", Kind::Other),
        ("other", Kind::Other),
        ("funder", Kind::Finance),
    ]
    .into_iter()
    .find_map(|(wanted, kind)| has(wanted).then_some(kind))
    .unwrap_or(Kind::Other)
}

/// The host of a site, without `www`, if it is one body's alone.
fn host(site: &str) -> Option<String> {
    let rest = site.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.').to_owned();
    (is_domain(&host) && !is_shared(&host)).then_some(host)
}

/// Whether a domain is one under which everybody of a kind registers theirs, such as `ac.th`. Data sets have them.
fn is_shared(domain: &str) -> bool {
    const SECOND: [&str; 16] = [
        "ac", "co", "com", "edu", "gob", "gov", "go", "in", "mi", "mil", "net", "or", "org", "res", "sch",
        "web",
    ];
    matches!(domain.split_once('.'), Some((second, top)) if top.len() == 2 && SECOND.contains(&second))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = r#"{"id":"https://ror.org/000000001","country":"LA","status":"active","types":["Education","Funder"],"names":[{"value":"Fig Tree University","lang":null,"types":["ror_display"]},{"value":"ມະຫາວິທະຍາໄລຕົ້ນໂພ","lang":"lo","types":["label"]},{"value":"FTU","lang":null,"types":["acronym"]}],"city":["Vientiane"],"links":["http://www.fig.example/en"],"established":1996,"relationships":[["Parent","https://ror.org/000000002"],["Successor","https://ror.org/000000003"]]}"#;
    const NEW: &str = r#"{"id":"https://ror.org/000000003","country":"LA","status":"inactive","types":["funder","government"],"names":[{"value":"Fig Ministry","lang":"en","types":["label","ror_display"]}],"links":[{"type":"wikipedia","value":"https://en.wikipedia.example/"},{"type":"website","value":"https://fig.gov.example"}],"domains":["ac.th","fig.gov.example"],"relationships":[["predecessor","https://ror.org/000000004"]]}"#;

    #[test]
    fn both_shapes_of_records_are_read() {
        let rows = read(format!("{OLD}\n\n{NEW}\n{{}}\n").as_bytes()).unwrap();
        let [old, new] = &rows.rows[..] else { panic!("{rows:?}") };
        assert_eq!(
            (old.kind, old.established, old.region.as_str()),
            (Some(Kind::University), Some(1996), "Vientiane")
        );
        assert_eq!(old.names.0.len(), 3);
        assert_eq!(old.domains, [Domain { r#use: DomainUse::Web, domain: "fig.example".into() }]);
        assert_eq!(old.parents, [Link::Number(ror("000000002"))]);
        assert_eq!((new.kind, new.closed), (Some(Kind::Authority), true));
        assert_eq!(new.website, "https://fig.gov.example");
        assert_eq!(new.predecessors, [Link::Number(ror("000000004")), Link::Number(ror("000000001"))]);
        let told: Vec<_> =
            rows.findings.iter().map(|finding| (finding.row, finding.field, finding.rejects)).collect();
        assert_eq!(told, [(3, "mail_domains", false), (4, "record", true)]);
        assert!(read(b"name,country\n").is_err());
    }
}
