//! Encoding and decoding, without a server: `cargo bench -p odmium-benches --bench codec`.
#![allow(missing_docs, reason = "a program of this repository only")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use odmium::{
    bson,
    codec::{decode as read, encode_to_vec},
};
use odmium_benches::shapes::{Flat, Nested, Shape, User};

fn encode<S: Shape>(criterion: &mut Criterion) {
    let value = S::sample(1);
    let mut group = criterion.benchmark_group(format!("encode {}", S::NAME));
    group.throughput(Throughput::Bytes(value.by_hand().len() as u64));
    group.bench_function("odmium", |bench| bench.iter(|| encode_to_vec(black_box(&value))));
    group.bench_function("by hand", |bench| bench.iter(|| black_box(&value).by_hand()));
    group.bench_function("serde", |bench| bench.iter(|| bson::serialize_to_vec(black_box(&value))));
}

fn decode<S: Shape>(criterion: &mut Criterion) {
    let bytes = S::sample(1).by_hand();
    let mut group = criterion.benchmark_group(format!("decode {}", S::NAME));
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("odmium", |bench| bench.iter(|| read::<S>(black_box(&bytes))));
    group.bench_function("odmium, borrowed", |bench| {
        bench.iter(|| drop(read::<S::Row<'_>>(black_box(&bytes))))
    });
    group
        .bench_function("serde", |bench| bench.iter(|| bson::deserialize_from_slice::<S>(black_box(&bytes))));
    group.bench_function("serde, borrowed", |bench| {
        bench.iter(|| drop(bson::deserialize_from_slice::<S::Row<'_>>(black_box(&bytes))));
    });
}

criterion_group!(
    codec,
    encode::<Flat>,
    encode::<User>,
    encode::<Nested>,
    decode::<Flat>,
    decode::<User>,
    decode::<Nested>
);
criterion_main!(codec);
