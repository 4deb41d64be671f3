use odmium_benches::shapes::*;
use odmium::codec::*;
use std::hint::black_box;
fn decode_all<S: Shape>(n: usize) { let d: Vec<Vec<u8>> = (0..64).map(|s| S::sample(s).by_hand()).collect(); for _ in 0..n { for b in &d { drop(black_box(decode::<S>(b))); } } }
fn rows<S: Shape>(n: usize) { let d: Vec<Vec<u8>> = (0..64).map(|s| S::sample(s).by_hand()).collect(); for _ in 0..n { for b in &d { let _ = black_box(decode::<S::Row<'_>>(b)); } } }
fn enc<S: Shape>(n: usize) { let d: Vec<S> = (0..64).map(S::sample).collect(); for _ in 0..n { for b in &d { drop(black_box(encode_to_vec(b))); } } }
fn hand<S: Shape>(n: usize) { let d: Vec<S> = (0..64).map(S::sample).collect(); for _ in 0..n { for b in &d { drop(black_box(b.by_hand())); } } }
fn main() { let a: Vec<String> = std::env::args().collect(); let n = a[3].parse().unwrap();
 macro_rules! go { ($($k:literal $s:ident)*) => { match (a[1].as_str(), a[2].as_str()) { $( ("decode",$k) => decode_all::<$s>(n), ("rows",$k) => rows::<$s>(n), ("enc",$k) => enc::<$s>(n), ("hand",$k) => hand::<$s>(n), )* _ => panic!() } } }
 go!("flat" Flat "user" User "nested" Nested);
}
