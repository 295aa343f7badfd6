//! Quality over time as an SVG chart: percent of the bound not yet served, logarithmic on both axes.

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use schedule::report::report;
use schedule::{Budget, Options, solve};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 540.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 370.0;
/// Seconds and percent at the ends of the axes.
const SECONDS: (f64, f64) = (0.02, 10.0);
const PERCENT: (f64, f64) = (0.002, 10.0);
const COLOURS: [&str; 7] = ["#1b6ca8", "#7a3e9d", "#c1440e", "#8a6d00", "#2e7d32", "#ad1457", "#37474f"];

pub(crate) fn run(file: &Path) -> ExitCode {
    let mut lines = String::new();
    for (at, (name, recipe)) in crate::events().into_iter().enumerate() {
        let event = recipe.event();
        let mut points: Vec<(f64, f64)> = Vec::new();
        let mut bound = None;
        for seconds in [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0] {
            let options =
                Options { seed: 1, threads: 2, budget: Budget::Time(Duration::from_secs_f64(seconds)) };
            let solution = solve(&event, &options, &mut |_| ControlFlow::Continue(()))
                .expect("weight mode always answers");
            let measured = report(&event, &solution.timetable).expect("made-up events are valid");
            let least = bound.map_or(measured.bound, |bound: i64| bound.min(measured.bound));
            bound = Some(least);
            points.push((seconds, measured.value as f64));
        }
        let Some(bound) = bound else { continue };
        let gap = |value: f64| (100.0 * (bound as f64 - value) / bound as f64).max(PERCENT.0);
        let path: Vec<String> = points
            .iter()
            .map(|&(seconds, value)| format!("{:.1},{:.1}", across(seconds), down(gap(value))))
            .collect();
        let (colour, row) = (COLOURS[at % COLOURS.len()], TOP + 20.0 * at as f64);
        let _ = writeln!(
            lines,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>",
            path.join(" ")
        );
        let _ = writeln!(lines, "<text x=\"{}\" y=\"{row}\" fill=\"{colour}\">{name}</text>", RIGHT + 12.0);
    }
    match fs::write(file, chart(&lines)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{} cannot be written: {error}", file.display());
            ExitCode::from(2)
        }
    }
}

fn chart(lines: &str) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Share of the proved bound not served, by seconds of search</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for seconds in [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0] {
        let x = across(seconds);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {TOP}V{BOTTOM}\" stroke=\"#ddd\"/><text x=\"{x:.1}\" y=\"388\" text-anchor=\"middle\">{seconds}</text>"
        );
    }
    for percent in [0.01, 0.1, 1.0, 10.0] {
        let y = down(percent);
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"#ddd\"/><text x=\"62\" y=\"{:.1}\" text-anchor=\"end\">{percent} %</text>",
            y + 4.0
        );
    }
    let _ = writeln!(svg, "<text x=\"62\" y=\"{:.1}\" text-anchor=\"end\">0</text>", BOTTOM + 4.0);
    let _ = writeln!(
        svg,
        "<text x=\"{RIGHT}\" y=\"410\" text-anchor=\"end\">seconds of search, two threads</text>"
    );
    svg.push_str(lines);
    svg.push_str("</svg>\n");
    svg
}

fn across(seconds: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * share(seconds, SECONDS)
}

fn down(percent: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * share(percent, PERCENT)
}

/// Place on a logarithmic axis, 0 to 1.
fn share(value: f64, (from, to): (f64, f64)) -> f64 {
    ((value / from).ln() / (to / from).ln()).clamp(0.0, 1.0)
}
