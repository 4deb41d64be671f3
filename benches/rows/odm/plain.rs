//! The tasks by the driver's typed collections.

use futures_util::TryStreamExt;
use odmium::bson::{Document, doc};
use serde::Deserialize;

use super::{LARGE, OPERATIONS, STREAMED, Sides, Work, timed};
use crate::{
    Result,
    measure::Cost,
    shapes::{Flat, Large, Nested},
};

/// A post and its author.
#[derive(Deserialize)]
struct Joined {
    #[serde(rename = "_id")]
    _id: odmium::bson::oid::ObjectId,
    #[serde(rename = "title")]
    _title: String,
    authors: Vec<Flat>,
}

impl Sides {
    pub(super) async fn plain(&self, task: &str) -> Result<Cost> {
        let work: Work<'_> = match task {
            "flat_create" | "flat_update" | "flat_find" | "flat_join" | "stream" => {
                Box::pin(self.plain_flat(task))
            }
            "large_create" | "large_update" => Box::pin(self.plain_large(task)),
            _ => Box::pin(self.plain_nested(task)),
        };
        timed(work).await
    }

    async fn plain_flat(&self, task: &str) -> Result<()> {
        let database = self.database.inner();
        let flats = database.collection::<Flat>("flat");
        let posts = database.collection::<Document>("posts");
        let mut done = 0;
        match task {
            "flat_create" => {
                for flat in &*self.flats {
                    flats.insert_one(flat).await?;
                    done += 1;
                }
            }
            "flat_update" => {
                for (flat, number) in self.flats.iter().zip(0..) {
                    let update = doc! { "$set": { "field8": number } };
                    done += flats.update_one(doc! { "_id": flat.id }, update).await?.matched_count as u32;
                }
            }
            "flat_find" => {
                for flat in &*self.flats {
                    done += u32::from(flats.find_one(doc! { "_id": flat.id }).await?.is_some());
                }
            }
            "flat_join" => {
                for flat in &*self.flats {
                    let lookup = doc! { "from": "flat", "localField": "author", "foreignField": "_id", "as": "authors" };
                    let stages = [doc! { "$match": { "author": flat.id } }, doc! { "$lookup": lookup }];
                    let mut found = posts.aggregate(stages).with_type::<Joined>().await?;
                    while let Some(joined) = found.try_next().await? {
                        done += joined.authors.len() as u32;
                    }
                }
            }
            _ => {
                let mut cursor = database.collection::<Flat>("streamed").find(doc! {}).await?;
                while cursor.try_next().await?.is_some() {
                    done += 1;
                }
                assert_eq!(done, STREAMED);
                return Ok(());
            }
        }
        assert_eq!(done, OPERATIONS);
        Ok(())
    }

    async fn plain_large(&self, task: &str) -> Result<()> {
        let larges = self.database.inner().collection::<Large>("large");
        let mut done = 0;
        for large in &*self.larges {
            if task == "large_create" {
                larges.insert_one(large).await?;
                done += 1;
            } else {
                let update = doc! { "$set": { "text1": "new" } };
                done += larges.update_one(doc! { "_id": large.id }, update).await?.matched_count as u32;
            }
        }
        assert_eq!(done, LARGE);
        Ok(())
    }

    async fn plain_nested(&self, task: &str) -> Result<()> {
        let nesteds = self.database.inner().collection::<Nested>("nested");
        let mut done = 0;
        for nested in &*self.nesteds {
            done += match task {
                "nested_create" => nesteds.insert_one(nested).await.map(|_| 1)?,
                "nested_update" => {
                    let update = doc! { "$set": { "embedded_1.field1": "new" } };
                    nesteds.update_one(doc! { "_id": nested.id }, update).await?.matched_count as u32
                }
                "nested_find" => {
                    let filter = doc! { "embedded_1.field2": &nested.embedded_1.field2 };
                    u32::from(nesteds.find_one(filter).await?.is_some())
                }
                _ => {
                    let filter = doc! { "embedded_array.0.field2": &nested.embedded_array[0].field2 };
                    u32::from(nesteds.find_one(filter).await?.is_some())
                }
            };
        }
        assert_eq!(done, OPERATIONS);
        Ok(())
    }
}
