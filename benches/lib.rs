//! The benchmarks of odmium.
