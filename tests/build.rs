//! Finds the drivers' shared test data and Python, so that tests without them read "ignored", never "ok".

use std::{env, path::PathBuf, process::Command};

fn main() {
    println!("cargo::rustc-check-cfg=cfg(spec_tests)");
    println!("cargo::rerun-if-env-changed=ODMIUM_SPEC_TESTS");
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec-tests");
    let folder = env::var_os("ODMIUM_SPEC_TESTS").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        println!("cargo::rerun-if-changed={}", folder.display());
        println!("cargo::rustc-cfg=spec_tests");
    }
    println!("cargo::rustc-check-cfg=cfg(python)");
    println!("cargo::rerun-if-env-changed=PATH");
    if Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success()) {
        println!("cargo::rustc-cfg=python");
    }
    println!("cargo::rustc-env=ODMIUM_SPEC_TESTS={}", folder.display());
}
