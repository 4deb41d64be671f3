//! Keeps files in GridFS and serves them: compressed where that pays, with a page that plays what can be played.
//!
//! `cargo run -p odmium-examples --example files` shows both by itself, on a server that ends with it. Behind a `--`:
//!
//! - `serve film.mp4 notes.txt` uploads these, and serves them at <http://127.0.0.1:8080/> until Ctrl-C,
//! - `--uri mongodb://localhost upload film.mp4` uploads to a server of yours, and `--uri .. serve` serves what is there.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

#[path = "files/demonstration.rs"]
mod demonstration;
#[path = "files/page.rs"]
mod page;
#[path = "files/upload.rs"]
mod upload;

use std::{error::Error, net::IpAddr, path::PathBuf, process::ExitCode, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use clap::{Parser, Subcommand};
use odmium::{
    Client, dev,
    gridfs::{Bucket, File},
    http::{Caching, Disposition},
    prelude::*,
};
use tokio::net::TcpListener;

/// What is stored beside a file. The service finds `contentEncoding` by itself.
#[derive(Embedded, Clone, Debug)]
#[document(rename_all = "camelCase")]
struct Details {
    content_encoding: Option<String>,
    original_length: i64,
}

/// Keeps files in GridFS and serves them; without a command, shows both.
#[derive(Parser)]
struct Arguments {
    /// The MongoDB server; else the one that MONGODB_URI names, else one that ends with this program.
    #[arg(long, global = true)]
    uri: Option<String>,
    /// The database to keep the files in.
    #[arg(long, global = true, default_value = "files")]
    database: String,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Uploads files, compressed where that pays.
    Upload {
        /// The files.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Serves the files, and a page that lists and plays them.
    Serve {
        /// The address to listen at.
        #[arg(long, default_value = "127.0.0.1")]
        host: IpAddr,
        /// The port to listen at; 0 takes a free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Files to upload before.
        paths: Vec<PathBuf>,
    },
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let Some(command) = arguments.command else { return demonstration::run().await };
    if matches!(command, Command::Upload { .. })
        && arguments.uri.is_none()
        && std::env::var_os("MONGODB_URI").is_none()
    {
        return Err(
            "no server to upload to: give --uri, set MONGODB_URI, or use `serve` with the files".into()
        );
    }
    let uri = match arguments.uri {
        Some(uri) => uri,
        None => dev::shared().await?.uri().to_owned(),
    };
    let bucket = Client::connect(&uri).await?.database(&arguments.database).bucket();
    match command {
        Command::Upload { paths } => upload::all(&bucket, &paths).await,
        Command::Serve { host, port, paths } => {
            upload::all(&bucket, &paths).await?;
            let listener = TcpListener::bind((host, port)).await?;
            println!("serving at http://{}/ until Ctrl-C", listener.local_addr()?);
            let stop = async { drop(tokio::signal::ctrl_c().await) };
            Ok(axum::serve(listener, router(&bucket)).with_graceful_shutdown(stop).await?)
        }
    }
}

/// The page at `/`, the files below `/files`.
fn router(bucket: &Bucket<Details>) -> Router {
    let files = bucket
        .serve()
        .cache(Caching::max_age(Duration::from_secs(60)).private())
        .disposition(Disposition::Inline)
        // A page among the files must not act in the name of this site.
        .extra_headers(|_: &File<Details>, headers: &mut HeaderMap| {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
        });
    Router::new().route("/", get(list)).nest_service("/files", files).with_state(bucket.clone())
}

async fn list(State(bucket): State<Bucket<Details>>) -> Response {
    let file = bucket.fields();
    match bucket.find(Filter::everything()).sort(file.upload_date.desc()).limit(200).await {
        Ok(files) => {
            let policy = [(header::CONTENT_SECURITY_POLICY, page::POLICY)];
            (policy, Html(page::render(&files))).into_response()
        }
        Err(error) => {
            eprintln!("{error}");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
