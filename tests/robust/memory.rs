//! Large files in a process that has little memory.

use std::{net::SocketAddr, time::Duration};

use odmium::{Database, Result, dev};
use odmium_tests::content::Content;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    process::Command,
};

use crate::process::Process;

const MIB: u64 = 1 << 20;
const LENGTH: u64 = 512 * MIB;
/// Of addresses: the stacks of the threads, the program, and what malloc sets aside without using it, are most of it.
const LIMIT: u64 = 256 * MIB;
/// Of memory that is used, above what a client takes that has only connected: uploads and downloads hold some 8 MiB and the
/// driver's copies of it, a cursor over large documents replies of 16 MiB, one of them while it comes in.
const BOUND: u64 = 96 * MIB;

/// A child that cannot have more addresses than [`LIMIT`].
fn limited(args: &[&str]) -> Process {
    let script = format!("ulimit -v {} && exec \"$0\" \"$@\"", LIMIT / 1024);
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_robust_child")]).args(args);
    // Else each thread may set 64 MiB of addresses aside.
    Process::of(command.env("MALLOC_ARENA_MAX", "2"))
}

/// Asks for ranges of the file, or all of it, and gives the head of the answer and the connection behind it.
async fn get(address: SocketAddr, range: &str) -> (String, BufReader<TcpStream>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /files/file HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{range}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let (mut stream, mut head) = (BufReader::new(stream), String::new());
    while !head.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut head).await.unwrap() > 0, "{head}");
    }
    (head, stream)
}

/// Reads a range of the file, or so much of it.
async fn read(stream: &mut BufReader<TcpStream>, from: u64, to: u64) {
    let mut content = Content::at(from, to);
    tokio::io::copy(&mut stream.take(to - from), &mut content).await.unwrap();
    assert!(content.is_complete(), "it ends at {} of {to}", content.position());
}

async fn serve(address: SocketAddr) {
    let (head, mut stream) = get(address, "").await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    read(&mut stream, 0, LENGTH).await;
    let (head, mut stream) = get(address, &format!("range: bytes={}-\r\n", LENGTH / 2 + 1)).await;
    assert!(head.starts_with("HTTP/1.1 206 "), "{head}");
    read(&mut stream, LENGTH / 2 + 1, LENGTH).await;

    let ranges: Vec<(u64, u64)> = (0..8).map(|n| (n * LENGTH / 8, n * LENGTH / 8 + 9 * MIB)).collect();
    let texts: Vec<_> = ranges.iter().map(|(from, to)| format!("{from}-{}", to - 1)).collect();
    let (head, mut stream) = get(address, &format!("range: bytes={}\r\n", texts.join(","))).await;
    assert!(head.contains("multipart/byteranges"), "{head}");
    for (from, to) in ranges {
        let mut part = String::new();
        while !part.ends_with("\r\n\r\n") || part.len() < 5 {
            assert!(stream.read_line(&mut part).await.unwrap() > 0, "{part}");
        }
        assert!(part.contains(&format!("bytes {from}-{}/{LENGTH}\r\n", to - 1)), "{part}");
        read(&mut stream, from, to).await;
    }

    // Clients that do not take what they have asked for.
    let mut slow = Vec::new();
    for n in 0..6 {
        let from = n * 80 * MIB;
        let (_, mut stream) = get(address, &format!("range: bytes={from}-\r\n")).await;
        read(&mut stream, from, from + 1000).await;
        slow.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
}

// covers: M46, M49, M54
#[odmium::test]
async fn large_files_pass_through_little_memory(db: Database) -> Result<()> {
    let uri = dev::shared().await?.uri().to_owned();
    let mut process = limited(&["large", &uri, db.name(), &LENGTH.to_string()]);
    let mut least = 0;
    for what in ["connected", "uploaded", "downloaded", "read", "served"] {
        let mut line = process.says().await;
        if let Some(address) = line.strip_prefix("listening ") {
            serve(address.parse().unwrap()).await;
            process.go(1).await;
            line = process.says().await;
        }
        let most = line.strip_prefix(what).unwrap().trim().parse::<u64>().unwrap() * 1024;
        least = if least == 0 { most } else { least };
        assert!(most - least < BOUND, "{what}: {} MiB more than at the start", (most - least) / MIB);
        process.go(1).await;
    }
    Ok(())
}
