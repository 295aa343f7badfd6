//! Round numbers for the lines behind a chart.

/// Where lines are drawn for values up to `most`: from 0 in equal steps of 1, 2 or 5 times a power of ten, four steps at
/// the most, the last at or above `most`.
pub(super) fn ticks(most: u64) -> Vec<u64> {
    let most = u128::from(most.max(1));
    let mut power = 1_u128;
    let step = loop {
        if let Some(step) = [1, 2, 5].map(|digit| digit * power).into_iter().find(|step| step * 4 >= most) {
            break step;
        }
        power *= 10;
    };
    let count = most.div_ceil(step);
    (0..=count).map(|index| u64::try_from(index * step).unwrap_or(u64::MAX)).collect()
}
