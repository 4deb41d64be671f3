//! Which chunk holds which bytes; all in 64 bits.

/// How a file is cut into chunks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) length: u64,
    pub(super) chunk_size: u64,
}

impl Layout {
    /// How many chunks there are; an empty file has none.
    pub(super) fn chunks(self) -> u64 {
        self.length.div_ceil(self.chunk_size)
    }

    /// The chunk that holds the byte at `position`, and the offset in it.
    pub(super) fn place(self, position: u64) -> (u64, u64) {
        (position / self.chunk_size, position % self.chunk_size)
    }

    /// How many bytes the chunk `n` has; 0 beyond the end.
    pub(super) fn size(self, n: u64) -> u64 {
        let start = n.saturating_mul(self.chunk_size);
        self.length.saturating_sub(start).min(self.chunk_size)
    }

    /// How many chunks from `n` on fit into so many bytes, at least one unless the file ends.
    pub(super) fn fitting(self, n: u64, bytes: u64) -> u64 {
        // Some 100 bytes beside the data of each.
        (bytes / (self.chunk_size + 100)).max(1).min(self.chunks().saturating_sub(n))
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;

    const KIB: u64 = 1024;
    const GIB: u64 = 1024 * 1024 * KIB;

    #[test]
    fn files_are_cut_into_chunks() {
        // Length, chunk size; chunks, size of the last one.
        let cases = [
            (0, 4, 0, 0),
            (1, 4, 1, 1),
            (4, 4, 1, 4),
            (5, 4, 2, 1),
            (4 * GIB, 255 * KIB, 16449, 64 * KIB),
            (4 * GIB + 1, GIB / 1024, 4097, 1),
            (100_000 * GIB + 7, 255 * KIB, 411_206_275, 130 * KIB + 7),
            (i64::MAX as u64, 1, i64::MAX as u64, 1),
            (u64::MAX, 2, 1 << 63, 1),
        ];
        for (length, chunk_size, chunks, last) in cases {
            let layout = Layout { length, chunk_size };
            assert_eq!(layout.chunks(), chunks, "{layout:?}");
            assert_eq!(layout.size(chunks.saturating_sub(1)), last, "{layout:?}");
            assert_eq!(layout.size(chunks), 0, "{layout:?}");
            if length > 0 {
                let (n, offset) = layout.place(length - 1);
                assert_eq!((n, offset + 1), (chunks - 1, last), "{layout:?}");
                assert_eq!(n * chunk_size + offset, length - 1, "{layout:?}");
            }
        }
    }

    #[test]
    fn windows_hold_at_least_one_chunk_and_end_with_the_file() {
        let layout = Layout { length: 10 * GIB, chunk_size: 255 * KIB };
        assert_eq!(layout.fitting(0, 4 * KIB * KIB), 16);
        assert_eq!(layout.fitting(0, 1), 1);
        assert_eq!(layout.fitting(layout.chunks() - 3, GIB), 3);
        assert_eq!(layout.fitting(layout.chunks(), GIB), 0);
    }
}
