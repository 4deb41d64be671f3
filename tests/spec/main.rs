//! The drivers' specification tests, run against this crate.
//!
//! Every test of the data is a test here. Afterwards a table tells how many passed in each area, and why others were
//! skipped.

mod args;
mod clients;
mod corpus;
mod cursors;
mod data;
mod entities;
mod errors;
mod events;
mod expectations;
mod failure;
mod limits;
mod logs;
mod matching;
mod operations;
mod report;
mod requirements;
mod run;
mod schema;
mod servers;
mod spans;

use std::{process::ExitCode, sync::Arc};

use libtest_mimic::{Arguments, Completion, Trial};
use tokio::runtime::{Builder, Runtime};

use crate::{
    data::{Content, File},
    failure::Failure,
    report::{End, Report},
    schema::TestFile,
    servers::Stations,
};

/// Tests wait more than they work: several for each core.
const AT_ONCE: usize = 8;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    let at_once = if servers::given().is_some() { 1 } else { arguments.test_threads.unwrap_or(AT_ONCE) };
    arguments.test_threads = Some(at_once);
    logs::install();
    let runtime = Arc::new(Builder::new_multi_thread().enable_all().build().expect("a runtime"));
    let suite = Suite {
        stations: Arc::new(Stations::new(runtime.handle().clone(), 1, at_once)),
        set: Arc::new(Stations::new(runtime.handle().clone(), 3, 1)),
        standalone: Arc::new(Stations::new(runtime.handle().clone(), 0, 1)),
        report: Arc::default(),
        runtime,
    };
    let trials = match data::folder() {
        Some(folder) => data::files(&folder).into_iter().flat_map(|file| suite.trials(file)).collect(),
        None => data::AREAS.iter().map(|area| absent(area)).collect(),
    };
    let conclusion = libtest_mimic::run(&arguments, trials);
    suite.stations.stop();
    suite.set.stop();
    suite.standalone.stop();
    if !arguments.list {
        println!("{}", suite.report.text());
    }
    conclusion.exit_code()
}

fn absent(area: &str) -> Trial {
    Trial::test(format!("{area}: no data, ODMIUM_SPEC_TESTS names the folder"), || Ok(()))
        .with_ignored_flag(true)
}

struct Suite {
    runtime: Arc<Runtime>,
    stations: Arc<Stations>,
    /// A set of three nodes, for the tests that need secondaries.
    set: Arc<Stations>,
    /// A server that is no replica set.
    standalone: Arc<Stations>,
    report: Arc<Report>,
}

impl Suite {
    fn trials(&self, file: File) -> Vec<Trial> {
        let must_fail = file.must_fail();
        let File { area, name, content } = file;
        match content {
            Content::Broken(error) => {
                let result = move || if must_fail { Ok(false) } else { Err(Failure::Test(error)) };
                vec![self.trial(&area, name, result)]
            }
            Content::Corpus(path) => {
                let cases = corpus::cases(&path).into_iter();
                cases.map(|case| self.trial(&area, format!("{name}: {}", case.name), || case.run())).collect()
            }
            Content::Unified(file) => {
                let file = Arc::new(*file);
                let raw = (0..file.tests.len()).map(|index| (index, false));
                let watches = |index: &usize| operations::modelled::watches(&file.tests[*index]);
                let typed = (0..file.tests.len()).filter(watches).map(|index| (index, true));
                let tests = raw.chain(typed);
                tests.map(|which| self.unified(&area, &name, &file, which, must_fail)).collect()
            }
        }
    }

    /// A test, with typed events of its change streams or with raw ones.
    fn unified(
        &self,
        area: &str,
        name: &str,
        file: &Arc<TestFile>,
        (index, typed_events): (usize, bool),
        must_fail: bool,
    ) -> Trial {
        let how = if typed_events { " (typed events)" } else { "" };
        let name = format!("{name}: {}{how}", file.tests[index].description);
        let test = &file.tests[index];
        let stations = match servers::given() {
            None if limits::needs_single(file, test) => &self.standalone,
            None if limits::needs_secondaries(file, test) => &self.set,
            _ => &self.stations,
        };
        let (runtime, stations, file) = (self.runtime.clone(), stations.clone(), file.clone());
        self.trial(area, name, move || {
            let test = &file.tests[index];
            let ran =
                stations.with(|station| runtime.block_on(run::test(station, &file, test, typed_events)));
            let result = ran.unwrap_or_else(|error| Err(Failure::Test(error.to_string())));
            match result {
                Err(Failure::Skip(reason)) => Err(Failure::Skip(reason)),
                Err(_) if must_fail => Ok(false),
                Ok(_) if must_fail => Err(Failure::test("it passed and must fail")),
                result => result,
            }
        })
    }

    /// A test that gives whether a model took part.
    fn trial(
        &self,
        area: &str,
        name: String,
        run: impl FnOnce() -> Result<bool, Failure> + Send + 'static,
    ) -> Trial {
        let (report, area) = (self.report.clone(), area.to_owned());
        Trial::ignorable_test(name, move || {
            let (end, result) = match run() {
                Ok(typed) => (End::Passed { typed }, Ok(Completion::Completed)),
                Err(Failure::Skip(reason)) => {
                    (End::Skipped(reason.clone()), Ok(Completion::ignored_with(reason)))
                }
                Err(failure) => (End::Failed, Err(failure.to_string().into())),
            };
            report.add(&area, &end);
            result
        })
    }
}
