//! A small web application: the books of a library, listed in pages, shown, created, changed, deleted and lent.
//!
//! `cargo run -p odmium-examples --example web` starts a server for development, fills it with books and prints an address
//! to open in a browser; Ctrl-C ends it. Behind a `--`: `--port 8080` chooses the port, and `--demo` visits the pages by
//! itself and stops. The database is that of `MONGODB_URI`, where that is set.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

mod demo;
mod failure;
mod form;
mod handlers;
mod lending;
mod model;
mod pages;
mod same_origin;

use std::{env, io, net::Ipv4Addr};

use axum::{
    Router, middleware,
    routing::{get, post},
};
use odmium::{Client, Database, dev};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Arguments { port, demo } = Arguments::read()?;
    let client = match env::var("MONGODB_URI") {
        Ok(uri) => Client::connect(uri).await?,
        Err(_) => dev::client().await?,
    };
    // The demo leaves nothing behind, also on a server that is there already.
    let db = match demo {
        true => client.database(&format!("library_{}", std::process::id())),
        false => client.default_database_or("library"),
    };
    model::fill(&db).await?;

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    println!("http://{address}/");
    let app = app(db.clone());
    if demo {
        let server = tokio::spawn(axum::serve(listener, app).into_future());
        let visited = demo::visit(address).await;
        server.abort();
        db.drop().await?;
        visited?;
    } else {
        axum::serve(listener, app).with_graceful_shutdown(stopped()).await?;
        println!("stopped");
    }
    // Gives the sessions back and closes the connections.
    client.close().await;
    Ok(())
}

/// The handlers take the database, which is cheap to clone.
fn app(db: Database) -> Router {
    Router::new()
        .route("/", get(handlers::list))
        .route("/books", post(handlers::create))
        .route("/books/new", get(handlers::new))
        .route("/books/{id}", get(handlers::show).post(handlers::change))
        .route("/books/{id}/edit", get(handlers::edit))
        .route("/books/{id}/delete", post(handlers::delete))
        .route("/books/{id}/loans", post(lending::lend))
        .route("/loans/{id}/return", post(lending::take_back))
        .route("/style.css", get(pages::style))
        .fallback(async || failure::Failure::NotFound)
        .layer(middleware::from_fn(same_origin::check))
        .layer(middleware::map_response(pages::with_headers))
        .with_state(db)
}

/// Ends with Ctrl-C, and with what a service manager sends.
async fn stopped() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            eprintln!("no Ctrl-C here: {error}");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

#[derive(Debug, Default)]
struct Arguments {
    port: u16,
    demo: bool,
}

impl Arguments {
    fn read() -> io::Result<Self> {
        let usage = || io::Error::other("arguments: --port NUMBER (0 for any free one), --demo");
        let mut found = Self { port: 3000, demo: false };
        let mut arguments = env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--demo" => found = Self { demo: true, port: 0 },
                "--port" => {
                    let port = arguments.next().and_then(|port| port.parse().ok());
                    found.port = port.ok_or_else(usage)?;
                }
                _ => return Err(usage()),
            }
        }
        Ok(found)
    }
}
