//! Consumers that store their place.

use std::time::Duration;

use odmium::{
    Collection, Database, Error,
    bson::{Document, doc},
    change_stream::{Change, Consumer, Event},
    prelude::*,
};
use tokio::time::timeout;

use crate::support::{User, user};

async fn open(db: &Database) -> odmium::Result<Consumer<'static, Event<User>>> {
    let tokens = db.collection_named::<Document>("places");
    let watch = db.collection::<User>().watch().max_await_time(Duration::from_millis(50));
    watch.filter(!Change::deleted()).consumer("mailer", &tokens).max_batch(4).await
}

fn ids(batch: &[Event<User>]) -> Vec<i32> {
    batch.iter().filter_map(Event::id).copied().collect()
}

async fn insert(users: &Collection<User>, ids: std::ops::Range<i32>) -> odmium::Result<()> {
    users.insert_many(ids.map(user)).await.map(drop)
}

/// Reads until the event of this id, and commits each batch before the last one.
async fn read_to(consumer: &mut Consumer<'_, Event<User>>, last: i32) -> odmium::Result<Vec<i32>> {
    let mut all = Vec::new();
    loop {
        let batch = consumer.next_batch().await?.unwrap();
        assert!((1..=4).contains(&batch.len()));
        all.extend(ids(&batch));
        if all.last() == Some(&last) {
            return Ok(all);
        }
        consumer.commit().await?;
    }
}

// covers: M43
#[odmium::test]
async fn a_consumer_goes_on_where_it_has_stored_that_it_is(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut consumer = open(&db).await?;
    insert(&users, 0..10).await?;
    assert_eq!(read_to(&mut consumer, 9).await?, (0..10).collect::<Vec<_>>());
    consumer.commit().await?;
    consumer.commit().await?;
    consumer.close().await?;
    insert(&users, 10..13).await?;

    // Handled, and not stored: given again.
    let mut consumer = open(&db).await?;
    let batch = ids(&consumer.next_batch().await?.unwrap());
    assert_eq!(batch[0], 10);
    drop(consumer);
    let mut consumer = open(&db).await?;
    assert_eq!(read_to(&mut consumer, 12).await?, [10, 11, 12]);
    consumer.commit().await?;

    let stored = db.collection_named::<Document>("places").find(Filter::everything()).await?;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].get_str("_id").unwrap(), "mailer");
    assert!(stored[0].get_document("token").is_ok() && stored[0].get_datetime("at").is_ok());
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_consumer_that_read_nothing_loses_nothing(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    drop(open(&db).await?);
    insert(&users, 0..2).await?;
    let mut consumer = open(&db).await?;
    assert_eq!(read_to(&mut consumer, 1).await?, [0, 1]);
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_dropped_future_of_a_consumer_loses_nothing(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut consumer = open(&db).await?;
    let writer = tokio::spawn({
        let users = users.clone();
        async move {
            for id in 0..60 {
                users.insert(&user(id)).await?;
            }
            Ok::<_, Error>(())
        }
    });
    let (mut all, mut dropped) = (Vec::new(), 0);
    while all.last() != Some(&59) {
        match timeout(Duration::from_micros(400 * (dropped % 8)), consumer.next_batch()).await {
            Err(_) => dropped += 1,
            Ok(batch) => {
                all.extend(ids(&batch?.unwrap()));
                let _ = timeout(Duration::from_micros(200), consumer.commit()).await;
            }
        }
    }
    assert_eq!(all, (0..60).collect::<Vec<_>>());
    assert!(dropped > 0);
    writer.await.unwrap()
}

// covers: M43
#[odmium::test]
async fn a_handler_that_fails_gets_its_batch_again(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let first = open(&db).await?;
    insert(&users, 0..8).await?;
    let mut seen = Vec::new();
    let result: Result<(), Error> = first
        .run(|batch| {
            seen.push(ids(&batch));
            let fails = seen.len() == 2;
            async move {
                match fails {
                    true => Err("abc".parse::<Id<()>>().unwrap_err()),
                    false => Ok(()),
                }
            }
        })
        .await;
    assert!(result.is_err());
    let mut again = open(&db).await?;
    let batch = ids(&again.next_batch().await?.unwrap());
    assert_eq!(batch[0], seen[1][0], "{seen:?}");
    drop(again);

    // It ends with the stream; the next one goes on behind the end.
    users.drop().await?;
    let mut all = Vec::new();
    open(&db)
        .await?
        .run(|batch| {
            all.extend(ids(&batch));
            async { Ok::<_, Error>(()) }
        })
        .await?;
    assert_eq!(all.last(), Some(&7));
    insert(&users, 50..51).await?;
    let mut next = open(&db).await?;
    assert_eq!(read_to(&mut next, 50).await?, [50]);
    Ok(())
}

// covers: M43
#[odmium::test]
async fn the_newest_consumer_of_a_name_goes_on(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut old = open(&db).await?;
    insert(&users, 0..3).await?;
    let batch = old.next_batch().await?.unwrap();
    let mut new = open(&db).await?;
    let error = old.commit().await.unwrap_err();
    assert!(error.is_conflict() && error.to_string().contains("`mailer`"), "{error}");
    assert_eq!(ids(&new.next_batch().await?.unwrap())[0], ids(&batch)[0]);
    new.commit().await
}

// covers: M43
#[odmium::test]
async fn an_event_that_does_not_fit_is_told_once_and_passed(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut consumer = open(&db).await?;
    insert(&users, 0..2).await?;
    db.collection_named::<Document>("users").insert(&doc! { "_id": 2 }).await?;
    insert(&users, 3..5).await?;
    let (mut read, mut failed) = (Vec::new(), 0);
    while read.last() != Some(&4) {
        match consumer.next_batch().await {
            Ok(batch) => {
                read.extend(ids(&batch.unwrap()));
                consumer.commit().await?;
                if failed == 0 {
                    // What was committed is before it: it is told again after a restart.
                    consumer = open(&db).await?;
                }
            }
            Err(error) => {
                assert!(error.is_decode(), "{error}");
                failed += 1;
                consumer.commit().await?;
                consumer = open(&db).await?;
            }
        }
    }
    assert_eq!((read, failed), (vec![0, 1, 3, 4], 1));
    Ok(())
}

// covers: M43
#[odmium::test]
async fn an_idle_consumer_moves_on(db: Database) -> odmium::Result<()> {
    let tokens = db.collection_named::<Document>("places");
    let watch = db.collection::<User>().watch().max_await_time(Duration::from_millis(20));
    let mut idle = watch.consumer("idle", &tokens).idle_interval(Duration::from_millis(50)).await?;
    let stored = async || {
        let stored = tokens.find_one(Filter::everything()).await?.unwrap();
        Ok::<_, Error>(stored.get_document("token").unwrap().clone())
    };
    let first = stored().await?;
    db.collection_named::<Document>("other").insert(&doc! {}).await?;
    assert!(timeout(Duration::from_millis(400), idle.next_batch()).await.is_err());
    assert_ne!(stored().await?, first);
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_consumer_does_not_store_its_place_in_what_it_watches(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let error = match users.watch().consumer("mailer", &users).await {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    };
    assert!(error.is_argument() && error.to_string().contains("give it another one"), "{error}");
    assert_eq!(users.count(Filter::everything()).await?, 0);
    Ok(())
}
