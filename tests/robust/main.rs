//! What holds when processes are killed.

mod consumers;
mod process;
mod servers;
mod uploads;
