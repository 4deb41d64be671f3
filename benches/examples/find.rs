use odmium::{Client, prelude::*, dev};
use odmium_benches::{shapes::*, measure::Clock};
#[tokio::main]
async fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let raw = std::env::args().nth(2).is_some_and(|a| a == "raw");
    let server = dev::shared().await.unwrap();
    let c = Client::connect(server.uri()).await.unwrap();
    tokio::spawn(async move {
        let users = c.database("prof").collection::<User>();
        users.drop().await.unwrap();
        let all: Vec<User> = (0..100_000).map(User::sample).collect();
        users.insert_many(&all).await.unwrap();
        drop(all);
        for _ in 0..n {
            let clock = Clock::start();
            let mut cursor = users.find(Filter::everything()).cursor().await.unwrap();
            let mut k = 0;
            if raw { while let Some(b) = cursor.next_batch().await.unwrap() { k += b.raw().count(); } }
            else if std::env::args().nth(2).is_some_and(|a| a == "owned") { while let Some(b) = cursor.next_batch().await.unwrap() { for u in b.owned() { k += usize::from(u.unwrap().age < 100); } } }
            else { while let Some(u) = cursor.try_next().await.unwrap() { k += usize::from(u.age < 100); } }
            let c = clock.stop();
            println!("{k} cpu {:.1} wall {:.1}", c.cpu * 1e3, c.wall * 1e3);
        }
    }).await.unwrap();
}
