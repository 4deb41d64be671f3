//! Keeps the stock of a shop by bulk writes: ordered and unordered, and what each does when a write fails.
//!
//! `cargo run -p odmium-examples --example bulk_write`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::process::ExitCode;

use odmium::{Client, Collection, action::Write, dev, prelude::*};

#[derive(Document, Clone)]
#[document(collection = "articles")]
struct Article {
    id: Id<Article>,
    #[field(index(unique))]
    sku: String,
    price: i32,
    stock: i32,
}

#[derive(Document)]
#[document(collection = "sales")]
struct Sale {
    id: Id<Sale>,
    sku: String,
    pieces: i32,
}

fn article(sku: &str, price: i32, stock: i32) -> Article {
    Article { id: Id::new(), sku: sku.into(), price, stock }
}

async fn run() -> odmium::Result<()> {
    // The server that MONGODB_URI names, or one that ends with this program.
    let client = dev::client().await?;
    let db = client.database(&format!("bulk_write_{}", std::process::id()));
    let articles = db.collection::<Article>();
    articles.sync_indexes().await?;

    open(&articles).await?;
    in_order(&articles).await?;
    in_any_order(&articles).await?;
    sell(&client, &articles, &db.collection()).await?;
    show(&articles).await?;
    db.drop().await
}

/// Writes of all kinds in one call. What a list of deliveries says becomes a list of writes.
async fn open(articles: &Collection<Article>) -> odmium::Result<()> {
    let deliveries = [("tea", 40), ("cup", 12), ("tea", 5)];
    let pot = article("pot", 2900, 3);
    let mut writes = vec![
        Write::insert(&article("tea", 225, 10)),
        Write::insert(&pot),
        Write::insert(&article("tin", 150, 0)),
    ];
    writes.extend(deliveries.map(|(sku, pieces)| {
        let change = (Article.stock.inc(pieces), Article.price.set_on_insert(990));
        Write::update_one(Article.sku.eq(sku), change).upsert(true)
    }));
    writes.push(Write::update_many(Article.price.lt(500), Article.price.mul(2)));
    writes.push(Write::replace_one(Article.id.eq(pot.id), &Article { price: 2500, ..pot }));
    writes.push(Write::delete_many(Article.stock.lte(0)));

    let result = articles.bulk_write(writes).await?;
    println!(
        "opened: {} inserted, {} matched, {} changed, {} upserted, {} deleted",
        result.inserted, result.matched, result.modified, result.upserted, result.deleted
    );
    for (index, id) in result.upserted_ids {
        let made = articles.get(id).await?.map(|it| it.sku);
        println!("write {index} made a new article: {}", made.unwrap_or_default());
    }
    Ok(())
}

/// Two of these fail: there is a tea already, and no cup may be called pot.
fn failing_writes() -> [Write<Article>; 5] {
    [
        Write::update_one(Article.sku.eq("tea"), Article.stock.inc(-1)),
        Write::insert(&article("tea", 1, 1)),
        Write::insert(&article("jam", 600, 7)),
        Write::update_one(Article.sku.eq("cup"), Article.sku.set("pot")),
        Write::delete_one(Article.sku.eq("none")),
    ]
}

async fn in_order(articles: &Collection<Article>) -> odmium::Result<()> {
    println!("\nordered: the first failure ends it");
    explain(articles.bulk_write(failing_writes()).await)
}

async fn in_any_order(articles: &Collection<Article>) -> odmium::Result<()> {
    println!("\nunordered: every write is tried");
    explain(articles.bulk_write(failing_writes()).ordered(false).await)
}

fn explain<T>(outcome: odmium::Result<T>) -> odmium::Result<()> {
    let Err(error) = outcome else { return Ok(()) };
    let Some(done) = error.partial_result() else { return Err(error) };
    println!("done all the same: {} inserted, {} changed", done.inserted, done.modified);
    for failure in error.write_failures() {
        let operation = failure.operation.as_ref().and_then(|it| it.keys().next());
        println!("write {} ({}) failed: {failure}", failure.index, operation.map_or("unknown", |it| it));
    }
    if error.duplicate_key::<Article>() == Some(ArticleIndex::Sku) {
        println!("every article needs a number of its own");
    }
    Ok(())
}

/// Two collections in one bulk write, all or nothing in a transaction.
async fn sell(
    client: &Client,
    articles: &Collection<Article>,
    sales: &Collection<Sale>,
) -> odmium::Result<()> {
    let sale = Sale { id: Id::new(), sku: "tea".into(), pieces: 4 };
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    let taken = Write::update_one(
        Article.sku.eq(&sale.sku) & Article.stock.gte(sale.pieces),
        Article.stock.inc(-sale.pieces),
    );
    let result = client
        .bulk_write()
        .to(sales, [Write::insert(&sale)])
        .to(articles, [taken])
        .session(&mut session)
        .await?;
    match result.matched {
        0 => session.abort_transaction().await?,
        _ => session.commit_transaction().await?,
    }
    println!(
        "\nsold {} pieces: {} sales written down",
        sale.pieces,
        sales.count(Filter::everything()).await?
    );
    Ok(())
}

async fn show(articles: &Collection<Article>) -> odmium::Result<()> {
    for Article { sku, price, stock, .. } in
        articles.find(Filter::everything()).sort(Article.sku.asc()).await?
    {
        println!("{sku}: {stock} in stock for {price}");
    }
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
