//! Groups, buckets and every accumulator.
