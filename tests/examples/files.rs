//! The example that serves files.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use odmium::dev::Server;
use reqwest::StatusCode;

use crate::support::printed;

fn files() -> Command {
    Command::new(env!("CARGO_BIN_EXE_files"))
}

// covers: M61
#[test]
fn it_shows_itself() {
    let printed = printed(&mut files());
    let answers: Vec<_> = printed.split("\n\n").collect();
    assert_eq!(answers.len(), 5, "{printed}");
    // Two seconds of 8000 samples of 2 bytes, behind 44 bytes.
    assert!(answers[0].contains("uploaded tone.wav: 32044 bytes\n"), "{printed}");
    assert!(answers[0].contains("uploaded notes.txt: 22000 bytes, stored as "), "{printed}");
    assert!(answers[1].ends_with("  200 OK\n  2 files on the page"), "{printed}");
    let part = "  206 Partial Content\n  content-type: audio/wav\n  content-range: bytes 16044-17043/32044\n";
    assert!(answers[2].contains(part) && answers[2].ends_with("are those of the tone"), "{printed}");
    assert!(answers[3].contains("  304 Not Modified\n"), "{printed}");
    assert!(answers[4].contains("  content-encoding: gzip\n"), "{printed}");
    let stored = answers[0].split("stored as ").nth(1).unwrap().split(' ').next().unwrap();
    assert!(stored.parse::<u32>().unwrap() < 2000, "{printed}");
    assert!(answers[4].contains(&format!("  content-length: {stored}\n")), "{printed}");
}

/// Ends with the test.
struct Site(Child);

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

// covers: M61
#[tokio::test]
async fn it_uploads_and_serves() -> Result<(), Box<dyn std::error::Error>> {
    let (server, folder) = (Server::start().await?, tempfile::tempdir()?);
    let text = "All work and no play\n".repeat(1000);
    let contents =
        [("<b>&\"'.txt", text.as_bytes()), ("film #1.mp4", b"film"), ("a.wav", b"tone"), ("b.png", b"x")];
    let mut upload = files();
    upload.args(["upload", "--uri", server.uri(), "--database", "shop"]);
    for (name, content) in contents {
        fs::write(folder.path().join(name), content)?;
        upload.arg(folder.path().join(name));
    }
    assert_eq!(printed(&mut upload).lines().count(), 4);

    let serve = ["--uri", server.uri(), "--database", "shop", "serve", "--port", "0"];
    let mut site = Site(files().args(serve).stdout(Stdio::piped()).spawn()?);
    let mut line = String::new();
    BufReader::new(site.0.stdout.take().unwrap()).read_line(&mut line)?;
    let url =
        line.strip_prefix("serving at ").and_then(|rest| rest.strip_suffix("/ until Ctrl-C\n")).unwrap();

    let page = reqwest::get(format!("{url}/")).await?;
    let policy = page.headers()["content-security-policy"].to_str()?.to_owned();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    let page = page.text().await?;
    assert!(page.contains("<h2>&lt;b&gt;&amp;&quot;&#39;.txt</h2>") && !page.contains("<b>"), "{page}");
    assert!(page.contains("20.5 KiB, stored as ") && page.contains(">gzip</span>"), "{page}");
    for part in [
        "4 files",
        "<video controls preload=\"metadata\" src=\"/files/film%20%231.mp4\">",
        "<audio controls preload=\"metadata\" src=\"/files/a.wav\">",
        "<img loading=\"lazy\" alt=\"\" src=\"/files/b.png\">",
        "<a href=\"/files/%3Cb%3E%26%22%27.txt\" download=\"&lt;b&gt;&amp;&quot;&#39;.txt\">",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }

    let client = reqwest::Client::new();
    let part = client.get(format!("{url}/files/film%20%231.mp4")).header("range", "bytes=1-2").send().await?;
    assert_eq!(
        (part.status(), &part.headers()["content-type"]),
        (StatusCode::PARTIAL_CONTENT, &"video/mp4".parse()?)
    );
    assert_eq!(part.headers()["content-security-policy"], "sandbox");
    assert_eq!(part.text().await?, "il");
    let path = format!("{url}/files/%3Cb%3E%26%22%27.txt");
    let zipped = client.get(&path).header("accept-encoding", "gzip").send().await?;
    assert_eq!(zipped.headers()["content-encoding"], "gzip");
    let mut unzipped = Vec::new();
    let bytes = zipped.bytes().await?;
    let mut decoder = async_compression::tokio::write::GzipDecoder::new(&mut unzipped);
    tokio::io::AsyncWriteExt::write_all(&mut decoder, &bytes).await?;
    tokio::io::AsyncWriteExt::shutdown(&mut decoder).await?;
    assert!(unzipped == text.as_bytes() && bytes.len() < 1000);
    drop(site);
    Ok(server.stop().await?)
}

#[test]
fn mistakes_are_told_in_words() {
    for (arguments, expected) in [
        (&["upload", "x"][..], "no server to upload to: give --uri, set MONGODB_URI"),
        (&["serve", "nowhere.txt"], "nowhere.txt: No such file or directory"),
        (&["serve", "/"], "/: not a file"),
        (&["--uri", "x", "upload", "y"], "connection string contains no scheme"),
    ] {
        let output = files().args(arguments).env_remove("MONGODB_URI").output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), message.contains(expected)), (Some(1), true), "{message}");
    }
}
