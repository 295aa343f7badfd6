//! Writes `data/*.tsv` from the Unicode CLDR in JSON form.
//!
//! `cargo run -p i18n --example extract_cldr -- FOLDER`, where FOLDER holds the unpacked npm packages
//! `cldr-core`, `cldr-dates-full`, `cldr-localenames-full` and `cldr-numbers-full` of one version.
//! What is chosen and changed on the way is said in `data/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use i18n::Locale;
use serde_json::Value;

type Names = BTreeMap<String, String>;

/// CLDR territories that ISO 3166-1 does not list.
const NOT_COUNTRIES: [&str; 15] =
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"];

/// Languages of the region without a two-letter code, and the Chinese ones by script.
const MORE_LANGUAGES: [&str; 24] = [
    "ace", "ban", "bug", "ceb", "fil", "hil", "hmn", "iba", "ilo", "kac", "kha", "lus", "mad", "mak", "min",
    "pag", "pam", "shn", "tet", "war", "wuu", "yue", "zh-Hans", "zh-Hant",
];

/// Old or duplicate codes of languages that are listed under another one.
const ALIASES: [&str; 4] = ["mo", "no", "sh", "tl"];

/// ISO 4217 minor unit exponents other than 2.
const EXPONENTS: [(u8, &str); 3] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let source = PathBuf::from(std::env::args().nth(1).ok_or("name the folder with the CLDR packages")?);
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let core = read(&source.join("cldr-core/package.json"))?;
    let version = core["version"].as_str().ok_or("cldr-core has no version")?;
    let head =
        |what: &str, columns: &str| format!("# {what}. Unicode CLDR {version}; see README.md.\n{columns}\n");
    let columns =
        |first: &str| Locale::ALL.iter().fold(first.to_owned(), |line, locale| format!("{line}\t{locale}"));

    let countries = head("Names of countries by ISO 3166-1 alpha-2", &columns("code")) + &countries(&source)?;
    fs::write(data.join("countries.tsv"), countries)?;
    let languages = head("Names of languages by BCP 47 tag", &columns("tag")) + &languages(&source)?;
    fs::write(data.join("languages.tsv"), languages)?;
    let relative = head("Relative time", &columns("unit\tdirection\tplural")) + &relative(&source)?;
    fs::write(data.join("relative.tsv"), relative)?;
    let currencies = head("Currencies in use", "code\texponent\tshown when whole") + &currencies(&source)?;
    fs::write(data.join("currencies.tsv"), currencies)?;
    Ok(())
}

fn read(path: &Path) -> Result<Value, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

fn section(source: &Path, package: &str, locale: Locale, file: &str) -> Result<Value, Box<dyn Error>> {
    let path = source.join(package).join("main").join(locale.tag()).join(file);
    Ok(read(&path)?["main"][locale.tag()].take())
}

fn names(value: &Value) -> Names {
    let entries = value.as_object().into_iter().flatten();
    entries.filter_map(|(key, name)| Some((key.clone(), name.as_str()?.to_owned()))).collect()
}

fn rows(all: &[Names], codes: &BTreeSet<String>) -> String {
    let complete = codes.iter().filter(|code| all.iter().all(|names| names.contains_key(*code)));
    complete.fold(String::new(), |mut text, code| {
        text.push_str(code);
        for names in all {
            let _ = write!(text, "\t{}", names[code]);
        }
        text.push('\n');
        text
    })
}

fn countries(source: &Path) -> Result<String, Box<dyn Error>> {
    let mut all = Vec::new();
    for locale in Locale::ALL {
        let value = section(source, "cldr-localenames-full", locale, "territories.json")?;
        let mut names = names(&value["localeDisplayNames"]["territories"]);
        if let Some(name) = names.get_mut("MM")
            && let Some(bracket) = name.find([' ', '（'])
        {
            name.truncate(bracket); // the country's own name, without the former one that CLDR puts in brackets
        }
        all.push(names);
    }
    let is_country = |code: &&String| {
        code.len() == 2
            && code.bytes().all(|b| b.is_ascii_uppercase())
            && !NOT_COUNTRIES.contains(&code.as_str())
    };
    let codes: BTreeSet<String> = all[0].keys().filter(is_country).cloned().collect();
    assert_eq!(codes.len(), 249, "ISO 3166-1 lists 249 countries");
    Ok(rows(&all, &codes))
}

fn languages(source: &Path) -> Result<String, Box<dyn Error>> {
    let mut all = Vec::new();
    for locale in Locale::ALL {
        let value = section(source, "cldr-localenames-full", locale, "languages.json")?;
        let mut names = names(&value["localeDisplayNames"]["languages"]);
        let scripts = section(source, "cldr-localenames-full", locale, "scripts.json")?;
        let pattern = section(source, "cldr-localenames-full", locale, "localeDisplayNames.json")?;
        let pattern = &pattern["localeDisplayNames"]["localeDisplayPattern"]["localePattern"];
        for script in ["Hans", "Hant"] {
            let tag = format!("zh-{script}");
            if !names.contains_key(&tag) {
                let script =
                    scripts["localeDisplayNames"]["scripts"][script].as_str().ok_or("no script name")?;
                let pattern = pattern.as_str().ok_or("no pattern")?;
                names.insert(tag, pattern.replace("{0}", &names["zh"]).replace("{1}", script));
            }
        }
        all.push(names);
    }
    let short = all[0].keys().filter(|tag| tag.len() == 2 && !ALIASES.contains(&tag.as_str())).cloned();
    let codes: BTreeSet<String> = short.chain(MORE_LANGUAGES.map(str::to_owned)).collect();
    Ok(rows(&all, &codes))
}

fn relative(source: &Path) -> Result<String, Box<dyn Error>> {
    let mut fields = Vec::new();
    for locale in Locale::ALL {
        fields.push(section(source, "cldr-dates-full", locale, "dateFields.json")?["dates"]["fields"].take());
    }
    let mut text = String::new();
    let mut row = |head: &str, cell: &dyn Fn(&Value) -> Option<String>| -> Result<(), Box<dyn Error>> {
        text.push_str(head);
        for field in &fields {
            write!(text, "\t{}", cell(field).ok_or_else(|| format!("no text for {head}"))?)?;
        }
        text.push('\n');
        Ok(())
    };
    let string = |value: &Value| value.as_str().map(str::to_owned);
    row("now\t-\t-", &|f| string(&f["second"]["relative-type-0"]))?;
    for (day, word) in [("-1", "yesterday"), ("0", "today"), ("1", "tomorrow")] {
        row(&format!("{word}\t-\t-"), &|f| string(&f["day"][format!("relative-type-{day}")]))?;
    }
    for unit in ["minute", "hour", "day", "week", "month", "year"] {
        for direction in ["past", "future"] {
            for plural in ["one", "other"] {
                row(&format!("{unit}\t{direction}\t{plural}"), &|f| {
                    let texts = &f[unit][format!("relativeTime-type-{direction}")];
                    let count = |plural: &str| string(&texts[format!("relativeTimePattern-count-{plural}")]);
                    count(plural).or_else(|| count("other"))
                })?;
            }
        }
    }
    Ok(text)
}

fn currencies(source: &Path) -> Result<String, Box<dyn Error>> {
    for locale in Locale::ALL {
        let numbers = &section(source, "cldr-numbers-full", locale, "numbers.json")?["numbers"];
        let percent = &numbers["percentFormats-numberSystem-latn"]["standard"];
        assert_eq!(percent, "#,##0%", "{locale} writes percentages in its own way");
    }
    let data = read(&source.join("cldr-core/supplemental/currencyData.json"))?;
    let data = &data["supplemental"]["currencyData"];
    let mut codes = BTreeSet::new();
    let regions = data["region"].as_object().ok_or("no regions")?;
    for entry in regions.values().filter_map(Value::as_array).flatten().filter_map(Value::as_object).flatten()
    {
        if entry.1.get("_to").is_none() && entry.1.get("_tender").is_none_or(|tender| tender != "false") {
            codes.insert(entry.0.clone());
        }
    }
    let mut text = String::new();
    for code in codes {
        let exponent =
            EXPONENTS.iter().find(|(_, codes)| codes.contains(&code)).map_or(2, |(exponent, _)| *exponent);
        let digits = data["fractions"][&code]["_digits"].as_str().unwrap_or("2");
        let shown = if digits == "0" { 0 } else { exponent };
        writeln!(text, "{code}\t{exponent}\t{shown}")?;
    }
    Ok(text)
}
