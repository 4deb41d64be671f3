//! A process that owns a server, or fetches one, until the test that started it is done with it.

use std::{env, time::Duration};

use odmium::dev::{Fetch, Server};

#[tokio::main]
async fn main() {
    let mut args = env::args().skip(1);
    match args.next().as_deref() {
        Some("own") => own(args.next().unwrap().parse().unwrap()).await,
        Some("fetch") => fetch(args.next().unwrap(), args.next().unwrap()).await,
        other => panic!("own or fetch, not {other:?}"),
    }
}

async fn own(nodes: usize) {
    let server = Server::builder().replica_set(nodes).start().await.unwrap();
    println!("SERVER {} {}", server.ports()[0], server.data_dir().display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

/// By two tasks at once.
async fn fetch(cache: String, python: String) {
    let fetch = Fetch::new().cache_dir(cache).python(python);
    let (one, two) = tokio::join!(tokio::spawn(fetch.clone().run()), tokio::spawn(fetch.run()));
    assert_eq!(one.unwrap().unwrap(), two.unwrap().unwrap());
}
