//! A process to be killed, or to live with little memory. It says on its output what it has done, and goes on at each step
//! when it is given a line.

mod consume;
mod large;
mod upload;

use std::{env, io};

use odmium::{Client, Database};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["upload", uri, database, id, length] => upload::run(connect(uri, database).await, id, length).await,
        ["consume", uri, database, run] => consume::run(connect(uri, database).await, run).await,
        ["large", uri, database, length] => large::run(connect(uri, database).await, length).await,
        _ => panic!("what to do with {args:?}?"),
    };
    done.unwrap();
}

async fn connect(uri: &str, database: &str) -> Database {
    Client::connect(uri).await.unwrap().database(database)
}

/// Tells where it is, and waits until it may go on.
async fn step(what: &str) {
    println!("{what}");
    let line = tokio::task::spawn_blocking(|| io::stdin().read_line(&mut String::new()));
    line.await.unwrap().unwrap();
}
