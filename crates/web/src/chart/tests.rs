//! What the pictures show, for numbers that are plain, missing, alone and huge.

use super::label::fit;
use super::scale::ticks;
use super::*;

fn bar(label: &str, value: u64) -> Bar {
    Bar { label: label.to_owned(), value, written: value.to_string() }
}

fn point(at: i64, value: u64) -> Point {
    Point { at, label: at.to_string(), value, written: value.to_string() }
}

/// The widths of the surfaces in the tint of a series.
fn widths(picture: &Picture, wanted: Tint) -> Vec<String> {
    let width = |mark: &Mark| match mark {
        Mark::Surface { width, tint, .. } if *tint == wanted => Some(width.to_string()),
        _ => None,
    };
    picture.marks.iter().filter_map(width).collect()
}

fn anchors(picture: &Picture, wanted: &str) -> Vec<Anchor> {
    let anchor = |mark: &Mark| match mark {
        Mark::Label { anchor, class, .. } if *class == wanted => Some(*anchor),
        _ => None,
    };
    picture.marks.iter().filter_map(anchor).collect()
}

#[test]
fn bars_are_as_long_as_their_numbers() {
    let picture = bars("b", "T", "A", &[bar("a", 825), bar("b", 403), bar("c", 0), bar("d", 1)]);
    assert_eq!(widths(&picture, Tint::First), ["100%", "48.85%", "0.12%"]);
    assert_eq!(picture.height, 4 * 52);
}

#[test]
fn a_value_stands_inside_a_long_bar_and_beside_a_short_one() {
    let picture = bars("b", "T", "A", &[bar("a", 100), bar("b", 10)]);
    assert_eq!(
        (anchors(&picture, "inside"), anchors(&picture, "beside")),
        (vec![Anchor::End], vec![Anchor::Start])
    );
}

#[test]
fn nothing_one_value_and_huge_values_are_drawn_without_a_fault() {
    assert!(bars("b", "T", "A", &[]).marks.is_empty());
    assert!(line("l", "T", "A", &[], |value| value.to_string()).marks.is_empty());
    assert!(stacks("s", "T", "A", &[]).marks.is_empty() && tiles("t", "T", "A", &[]).marks.is_empty());
    assert_eq!(widths(&bars("b", "T", "A", &[bar("a", 7)]), Tint::First), ["100%"]);
    let huge = bars("b", "T", "A", &[bar("a", u64::MAX), bar("b", u64::MAX / 2)]);
    assert_eq!(widths(&huge, Tint::First), ["100%", "50%"]);
    let picture = line("l", "T", "A", &[point(0, u64::MAX), point(1, 0)], |value| value.to_string());
    assert!(
        picture.marks.iter().all(|mark| !matches!(mark, Mark::Dot { at: (_, y), .. } if *y > picture.height))
    );
    let full =
        Stack { label: "a".to_owned(), parts: vec![(u64::MAX, String::new()); 2], written: String::new() };
    assert_eq!(widths(&stacks("s", "T", "A", &[full]), Tint::First), ["100%"]);
}

#[test]
fn the_parts_of_a_stack_meet_and_make_up_the_whole() {
    let parts = [1, 1, 1].map(|value| (value, value.to_string())).to_vec();
    let picture = stacks("s", "T", "A", &[Stack { label: "a".to_owned(), parts, written: "3".to_owned() }]);
    let mut end = Across(0);
    for mark in &picture.marks {
        if let Mark::Surface { x, width, tint, .. } = mark
            && *tint != Tint::Blank
        {
            assert_eq!(*x, end);
            end = Across(x.0 + width.0);
        }
    }
    assert_eq!(end, Across::WHOLE);
}

#[test]
fn a_line_goes_through_its_points_and_its_labels_grow_away_from_the_edges() {
    let points = [point(2015, 1228), point(2018, 2400), point(2020, 2400)];
    let picture = line("l", "T", "A", &points, |value| value.to_string());
    let strokes =
        picture.marks.iter().filter(|mark| matches!(mark, Mark::Stroke { class: "course", .. })).count();
    assert_eq!(strokes, 2);
    assert_eq!(anchors(&picture, "name"), [Anchor::Start, Anchor::Middle, Anchor::End]);
    let alone = line("l", "T", "A", &[point(2015, 5)], |value| value.to_string());
    assert_eq!(anchors(&alone, "name"), [Anchor::Middle]);
    let dense: Vec<Point> = (0..40).map(|at| point(at, 3)).collect();
    let picture = line("l", "T", "A", &dense, |value| value.to_string());
    assert!(anchors(&picture, "name").len() <= 6, "labels do not run into each other");
}

#[test]
fn lines_behind_a_chart_stand_at_round_numbers() {
    assert_eq!(ticks(0), [0, 1]);
    assert_eq!(ticks(3), [0, 1, 2, 3]);
    assert_eq!(ticks(2400), [0, 1000, 2000, 3000]);
    assert_eq!(ticks(630), [0, 200, 400, 600, 800]);
    assert_eq!(ticks(u64::MAX).len(), 5);
}

#[test]
fn a_long_name_is_cut_at_the_end_of_a_syllable() {
    assert_eq!(fit("Thailand", 300), "Thailand");
    let khmer = "មជ្ឈមណ្ឌលផ្ទេរបច្ចេកវិទ្យាចិន-អាស៊ានសម្រាប់ការសហប្រតិបត្តិការ";
    let cut = fit(khmer, 200);
    let kept = cut.strip_suffix('…').unwrap();
    let next = khmer[kept.len()..].chars().next().unwrap();
    assert!(khmer.starts_with(kept) && ('\u{1780}'..='\u{17b3}').contains(&next), "{cut}");
    assert!(!kept.ends_with('\u{17d2}'));
    assert!(fit("东盟国家科学技术部门联合委员会技术转移中心", 100).chars().count() <= 8);
}

#[test]
fn countries_without_a_place_follow_below_the_others() {
    let tile = |code: &str| Tile { code: code.to_owned(), tint: Tint::First, says: String::new() };
    let picture = tiles("t", "T", "A", &[tile("CN"), tile("LA"), tile("PG")]);
    let tops: Vec<u32> = picture
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Surface { y, .. } = mark { Some(*y) } else { None })
        .collect();
    assert_eq!(tops, [0, 62, 124]);
}

#[test]
fn what_people_wrote_is_text_in_a_picture_too() {
    let evil = "</title><script>x</script>\" onload=\"y";
    let picture = bars("b", evil, evil, &[bar(evil, 3)]);
    let html = picture.render().unwrap();
    assert!(!html.contains("<script") && !html.contains("\" onload"), "{html}");
    assert!(html.contains("&#60;script&#62;"));
}

#[test]
fn tints_differ_in_pattern_and_each_pattern_is_defined_once() {
    let parts = [3, 2, 1].map(|value| (value, value.to_string())).to_vec();
    let stack = Stack { label: "a".to_owned(), parts, written: "6".to_owned() };
    let html = stacks("s", "T", "A", &[stack.clone(), stack]).render().unwrap();
    assert_eq!(html.matches("<pattern id=\"s-pattern-2\"").count(), 1);
    assert_eq!(html.matches("fill=\"url(#s-pattern-3)\"").count(), 2);
    assert!(html.contains("role=\"img\" aria-labelledby=\"s-title s-about\""));
}
