//! The table of ratios, for people or for programs.

use serde::Serialize;

use crate::measure::Rounds;

/// One ratio and its goal.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The number in the list of goals.
    pub id: &'static str,
    /// What is measured.
    pub work: String,
    /// What it is compared with.
    pub against: &'static str,
    /// Which time, size or count.
    pub unit: Unit,
    /// A ratio, see [`Goal`].
    pub goal: Option<Goal>,
    pub measured: f64,
    /// Medians in the unit: of odmium, and of the other side. For orientation only.
    pub ours: f64,
    pub theirs: f64,
    /// `None` where there is no goal.
    pub met: Option<bool>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    CpuSeconds,
    WallSeconds,
    Characters,
    Bytes,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// At least so many times faster: theirs divided by ours.
    Faster(f64),
    /// At most this part of the other's: ours divided by theirs.
    AtMost(f64),
}

impl Row {
    /// A row whose `ratio` is ours divided by theirs.
    fn new(id: &'static str, work: impl Into<String>, against: &'static str, unit: Unit, ratio: f64) -> Self {
        let work = work.into();
        Self { id, work, against, unit, goal: None, measured: ratio, ours: 0.0, theirs: 0.0, met: None }
    }

    /// A row of CPU time.
    pub fn cpu(id: &'static str, work: impl Into<String>, against: &'static str, rounds: &Rounds) -> Self {
        let (ours, theirs) = rounds.medians();
        let row = Self::new(id, work, against, Unit::CpuSeconds, rounds.ratio().cpu);
        Self { ours: ours.cpu, theirs: theirs.cpu, ..row }
    }

    /// A row of wall time.
    pub fn wall(id: &'static str, work: impl Into<String>, against: &'static str, rounds: &Rounds) -> Self {
        let (ours, theirs) = rounds.medians();
        let row = Self::new(id, work, against, Unit::WallSeconds, rounds.ratio().wall);
        Self { ours: ours.wall, theirs: theirs.wall, ..row }
    }

    /// A row of counts.
    pub fn count(
        id: &'static str,
        work: impl Into<String>,
        against: &'static str,
        unit: Unit,
        (ours, theirs): (usize, usize),
    ) -> Self {
        let (ours, theirs) = (ours as f64, theirs as f64);
        Self { ours, theirs, ..Self::new(id, work, against, unit, ours / theirs) }
    }

    #[must_use]
    pub fn goal(mut self, goal: Goal) -> Self {
        self.met = Some(match goal {
            Goal::Faster(times) => {
                self.measured = self.measured.recip();
                self.measured >= times
            }
            Goal::AtMost(ratio) => self.measured <= ratio,
        });
        self.goal = Some(goal);
        self
    }
}

pub fn print_table(rows: &[Row]) {
    println!("{:4} {:42} {:30} {:5} {:>9} {:>9}", "id", "work", "against", "unit", "goal", "measured");
    for row in rows {
        let unit = match row.unit {
            Unit::CpuSeconds => "cpu",
            Unit::WallSeconds => "wall",
            Unit::Characters => "chars",
            Unit::Bytes => "bytes",
        };
        let (goal, measured) = match row.goal {
            Some(Goal::Faster(times)) => (format!(">= {times}x"), format!("{:.1}x", row.measured)),
            Some(Goal::AtMost(ratio)) => (format!("<= {ratio:.2}"), format!("{:.2}", row.measured)),
            None => (String::new(), format!("{:.2}", row.measured)),
        };
        let met = match row.met {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        println!("{:4} {:42} {:30} {unit:5} {goal:>9} {measured:>9}  {met}", row.id, row.work, row.against);
    }
}

pub fn print_json(rows: &[Row]) -> crate::Result<()> {
    println!("{}", serde_json::to_string_pretty(rows)?);
    Ok(())
}
