//! A page that shows the changes of a collection as they happen, over a web socket.
//!
//! `cargo run -p odmium-examples --example live` starts a server and a collection that changes by itself: open the address
//! that it prints. With `--uri`, `--database` and `--collection` it watches a collection of yours.
//!
//! Each page has a change stream of its own, and knows the place in it up to which it has come. When the connection is lost,
//! it connects again and goes on at that place: no change is missed and none is shown twice.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

mod demo;
mod feed;

use std::{error::Error, net::Ipv4Addr, process::ExitCode, time::Duration};

use axum::{
    Router,
    extract::{
        Query, State, WebSocketUpgrade,
        ws::{Message as Frame, WebSocket},
    },
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use clap::Parser;
use feed::{Entry, Message};
use odmium::{Client, Collection, bson::Document, change_stream::ResumeToken, dev};
use serde::Deserialize;
use tokio::net::TcpListener;

/// Shows the changes of a collection on a web page.
#[derive(Parser)]
struct Options {
    /// The deployment; without it, a throwaway server with a collection that changes by itself.
    #[arg(long, requires = "database", requires = "collection")]
    uri: Option<String>,
    #[arg(long)]
    database: Option<String>,
    #[arg(long)]
    collection: Option<String>,
    /// The port of the page; 0 is any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

async fn run(options: Options) -> Result<(), Box<dyn Error>> {
    let collection = match (&options.uri, &options.database, &options.collection) {
        (Some(uri), Some(database), Some(collection)) => {
            Client::connect(uri).await?.database(database).collection_named::<Document>(collection)
        }
        _ => {
            let db = dev::client().await?.database(&format!("live_{}", std::process::id()));
            demo::start(&db).await?;
            db.collection_named::<Document>("tasks")
        }
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    println!("http://{}/", listener.local_addr()?);
    let app = Router::new()
        .route("/", get(page))
        .route("/live.css", get(|| file("text/css", include_str!("live.css"))))
        .route("/live.js", get(|| file("text/javascript", include_str!("live.js"))))
        .route("/changes", get(changes))
        .with_state(collection);
    let ended = async { drop(tokio::signal::ctrl_c().await) };
    Ok(axum::serve(listener, app).with_graceful_shutdown(ended).await?)
}

async fn page() -> impl IntoResponse {
    // Nothing but this program's own script runs, whatever a document holds.
    let policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(include_str!("page.html")))
}

async fn file(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type)], text)
}

#[derive(Deserialize)]
struct Place {
    after: Option<String>,
}

async fn changes(
    State(collection): State<Collection<Document>>,
    Query(Place { after }): Query<Place>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // Browsers let any page open a web socket to any server, and say where the page is from.
    if !is_same_origin(&headers) {
        return (StatusCode::FORBIDDEN, "the page is from elsewhere").into_response();
    }
    match after.map(|token| token.parse::<ResumeToken>()).transpose() {
        Ok(after) => upgrade.on_upgrade(|socket| async move {
            // An error of the socket means that the page is gone.
            let _ = tell(socket, collection, after).await;
        }),
        Err(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, origin)| origin == host),
        (origin, _) => origin.is_none(),
    }
}

/// Tells one page of every change, until it goes away or the stream ends.
async fn tell(
    mut socket: WebSocket,
    collection: Collection<Document>,
    after: Option<ResumeToken>,
) -> Result<(), axum::Error> {
    let mut stream = match feed::open(&collection, after).await {
        Ok(stream) => stream,
        Err(error) => return send(&mut socket, &problem(&error)).await,
    };
    let place = |token: Option<ResumeToken>| token.map(|token| token.to_string());
    let name = collection.full_name().to_string();
    send(&mut socket, &Message::Open { name, token: place(stream.resume_token()) }).await?;
    let mut quiet = tokio::time::interval(Duration::from_secs(10));
    loop {
        tokio::select! {
            change = stream.try_next() => match change {
                Ok(Some(change)) => {
                    let entry = Entry::new(&change, place(stream.resume_token()));
                    send(&mut socket, &Message::Change(entry)).await?;
                }
                Ok(None) => return Ok(()),
                Err(error) => {
                    send(&mut socket, &problem(&error)).await?;
                    if !stream.is_alive() {
                        return Ok(());
                    }
                }
            },
            // Pages say nothing: what comes is the end.
            frame = socket.recv() => if matches!(frame, None | Some(Err(_) | Ok(Frame::Close(_)))) {
                return Ok(());
            },
            _ = quiet.tick() => send(&mut socket, &Message::Place { token: place(stream.resume_token()) }).await?,
        }
    }
}

fn problem(error: &odmium::Error) -> Message {
    const CHANGE_STREAM_HISTORY_LOST: i32 = 286;
    Message::Problem { text: error.to_string(), is_lost: error.code() == Some(CHANGE_STREAM_HISTORY_LOST) }
}

async fn send(socket: &mut WebSocket, message: &Message) -> Result<(), axum::Error> {
    let text = serde_json::to_string(message).map_err(axum::Error::new)?;
    socket.send(Frame::Text(text.into())).await
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
