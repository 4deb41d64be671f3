//! Uploads a tone and a text, serves them, and asks for them as a browser would.

use std::{error::Error, f64::consts::TAU, path::Path};

use odmium::dev;
use reqwest::{Client, Method, Response, header};
use tokio::{fs, net::TcpListener};

use super::{router, upload};

const RATE: u32 = 8000;
const SECONDS: u32 = 2;

pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let client = dev::client().await?;
    let db = client.database(&format!("files_{}", std::process::id()));
    let bucket = db.bucket();

    let (folder, tone) = (tempfile::tempdir()?, tone());
    write(folder.path(), "tone.wav", &tone).await?;
    write(folder.path(), "notes.txt", "All work and no play makes Jack a dull boy.\n".repeat(500)).await?;
    for name in ["tone.wav", "notes.txt"] {
        println!("{}", upload::one(&bucket, &folder.path().join(name)).await?);
    }

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let site = format!("http://{}", listener.local_addr()?);
    println!("serving at {site}/\n");
    let server = tokio::spawn(axum::serve(listener, router(&bucket)).into_future());

    let http = Client::new();
    let ask = async |method: Method, path: &str, name: header::HeaderName, value: &str| {
        println!("{method} {path}, {name}: {value}");
        http.request(method, format!("{site}{path}")).header(name, value).send().await
    };
    let page = ask(Method::GET, "/", header::ACCEPT, "text/html").await?;
    tell(&page, &[]);
    println!("  {} files on the page\n", page.text().await?.matches("<article>").count());

    // What a player asks for when the user jumps to the second second.
    let start = 44 + 2 * RATE as usize;
    let range = format!("bytes={start}-{}", start + 999);
    let part = ask(Method::GET, "/files/tone.wav", header::RANGE, &range).await?;
    tell(&part, &[header::CONTENT_TYPE, header::CONTENT_RANGE]);
    let tag = part.headers()[header::ETAG].to_str()?.to_owned();
    let is_same = part.bytes().await? == tone[start..start + 1000];
    println!("  the bytes are {} of the tone\n", if is_same { "those" } else { "not those" });

    let again = ask(Method::GET, "/files/tone.wav", header::IF_NONE_MATCH, &tag).await?;
    tell(&again, &[header::CACHE_CONTROL]);
    println!();
    let text = ask(Method::HEAD, "/files/notes.txt", header::ACCEPT_ENCODING, "gzip").await?;
    tell(&text, &[header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LENGTH, header::VARY]);

    server.abort();
    Ok(db.drop().await?)
}

async fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> std::io::Result<()> {
    fs::write(folder.join(name), content).await
}

fn tell(response: &Response, names: &[header::HeaderName]) {
    println!("  {}", response.status());
    for name in names {
        let value = response.headers().get(name).map_or("", |value| value.to_str().unwrap_or_default());
        println!("  {name}: {value}");
    }
}

/// A tone of 440 Hz as a WAV file: 16 bits, one channel.
fn tone() -> Vec<u8> {
    let samples = RATE * SECONDS;
    let mut file = Vec::with_capacity(44 + 2 * samples as usize);
    for part in [&b"RIFF"[..], &(36 + 2 * samples).to_le_bytes(), b"WAVEfmt ", &16_u32.to_le_bytes()] {
        file.extend_from_slice(part);
    }
    // PCM, one channel, samples and bytes each second, bytes and bits of a sample.
    for part in [&[1, 0, 1, 0][..], &RATE.to_le_bytes(), &(2 * RATE).to_le_bytes(), &[2, 0, 16, 0]] {
        file.extend_from_slice(part);
    }
    file.extend_from_slice(b"data");
    file.extend_from_slice(&(2 * samples).to_le_bytes());
    for n in 0..samples {
        let height = (f64::from(n) * 440.0 * TAU / f64::from(RATE)).sin() * 8000.0;
        file.extend_from_slice(&(height as i16).to_le_bytes());
    }
    file
}
