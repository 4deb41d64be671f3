//! Building and rendering filters, without a server: `cargo bench -p odmium-benches --bench render`.
#![allow(missing_docs, reason = "a program of this repository only")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use odmium_benches::filters;

fn render(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("filter of two conditions");
    group.bench_function("odmium", |bench| bench.iter(|| filters::typed(black_box(18), black_box("Paris"))));
    group.bench_function("doc!", |bench| bench.iter(|| filters::by_hand(black_box(18), black_box("Paris"))));
}

criterion_group!(filter, render);
criterion_main!(filter);
