//! Prints the formats of every locale, for a look by people who read them.

use i18n::{Currency, Locale, Translator};
use jiff::civil::date;
use jiff::tz::TimeZone;

fn main() {
    let zone = TimeZone::get("Asia/Shanghai").expect("a time zone of the bundled data");
    let moment = date(2026, 11, 22).at(14, 5, 0, 0).to_zoned_datetime(zone).expect("a moment that exists");
    let [cny, lak, vnd] = ["CNY", "LAK", "VND"].map(|code| Currency::parse(code).expect("in the table"));
    for locale in Locale::ALL {
        let t = Translator::new(locale);
        let f = t.formats();
        println!("== {locale} {}", locale.autonym());
        println!("{} | {}", f.date_short(moment.date()), f.date_long(moment.date()));
        println!("{} | {}", f.date_time(&moment), f.time(moment.time()));
        if let Some(buddhist) = f.date_buddhist(moment.date()) {
            println!("{buddhist}");
        }
        println!("{} | {} | {}", f.number(-1_234_567), f.decimal(1_234_500, 2), f.percent(125, 1));
        println!("{} | {} | {}", f.money(123_450, cny), f.money(-500_000_000, lak), f.money(1_234_000, vnd));
        println!("{} | {}", f.list_and(&["A", "B", "C"]), f.list_or(&["A", "B"]));
        let now = moment.timestamp();
        for seconds in [-40, -3600, -3 * 86400, 86400 * 60] {
            print!("{} | ", f.relative(now + jiff::SignedDuration::from_secs(seconds), now));
        }
        println!();
        println!("{}", t.with("error-field-too-long", &[("max", 1234.into())]));
        println!("{}", t.with("publication-published-on", &[("date", f.date_long(moment.date()).into())]));
        let languages = Locale::ALL.map(|other| i18n::language(other.tag(), locale).expect("in the table"));
        println!("{}", f.list_and(&languages));
    }
}
