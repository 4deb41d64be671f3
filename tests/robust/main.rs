//! What holds when processes are killed, and when they have little memory.

mod consumers;
// Limits on addresses, and how much memory was used, are told in other ways elsewhere.
#[cfg(target_os = "linux")]
mod memory;
mod process;
mod servers;
mod uploads;
