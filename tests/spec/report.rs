//! The closing table.

use std::{collections::BTreeMap, sync::Mutex};

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};

#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
    typed: usize,
}

/// How one test ended.
pub enum End {
    Passed {
        /// Whether some of its operations ran on a model.
        typed: bool,
    },
    Failed,
    Skipped(String),
}

/// What came of the tests, by area and by reason for skipping.
#[derive(Default)]
pub struct Report {
    areas: Mutex<BTreeMap<String, Counts>>,
    reasons: Mutex<BTreeMap<String, usize>>,
}

impl Report {
    pub fn add(&self, area: &str, end: &End) {
        let mut areas = self.areas.lock().unwrap();
        let counts = areas.entry(area.to_owned()).or_default();
        match end {
            End::Passed { typed } => {
                counts.passed += 1;
                counts.typed += usize::from(*typed);
            }
            End::Failed => counts.failed += 1,
            End::Skipped(reason) => {
                counts.skipped += 1;
                *self.reasons.lock().unwrap().entry(reason.clone()).or_default() += 1;
            }
        }
    }

    /// The table, and every reason for skipping with how often it was one. Empty when nothing was run.
    pub fn text(&self) -> String {
        let areas = self.areas.lock().unwrap();
        if areas.is_empty() {
            return String::new();
        }
        let mut table = Table::new();
        table.load_style(ASCII_MARKDOWN);
        table.set_header(["area", "passed", "failed", "skipped", "of the passed: typed"]);
        let mut all = Counts::default();
        for (area, counts) in areas.iter() {
            table.add_row(row(area, counts));
            all.passed += counts.passed;
            all.failed += counts.failed;
            all.skipped += counts.skipped;
            all.typed += counts.typed;
        }
        table.add_row(row("all", &all));
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        let reasons = self.reasons.lock().unwrap();
        let reasons = reasons.iter().map(|(reason, count)| format!("\n  {count:>4}  {reason}"));
        let skipped = if all.skipped == 0 { "" } else { "\n\nskipped:" };
        format!("{table}{skipped}{}\n", reasons.collect::<String>())
    }
}

fn row(name: &str, counts: &Counts) -> Vec<String> {
    let numbers = [counts.passed, counts.failed, counts.skipped, counts.typed];
    [name.to_owned()].into_iter().chain(numbers.map(|number| number.to_string())).collect()
}
