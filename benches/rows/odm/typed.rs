//! The tasks by typed collections.

use odmium::prelude::*;

use super::{LARGE, OPERATIONS, Post, STREAMED, Sides, Work, timed};
use crate::{
    Result,
    measure::Cost,
    shapes::{Flat, Large, Nested, Texts},
};

impl Sides {
    pub(super) async fn typed(&self, task: &str) -> Result<Cost> {
        let work: Work<'_> = match task {
            "flat_create" | "flat_update" | "flat_find" | "flat_join" | "stream" => {
                Box::pin(self.typed_flat(task))
            }
            "large_create" | "large_update" => Box::pin(self.typed_large(task)),
            _ => Box::pin(self.typed_nested(task)),
        };
        timed(work).await
    }

    async fn typed_flat(&self, task: &str) -> Result<()> {
        let flats = self.database.collection::<Flat>();
        let posts = self.database.collection::<Post>();
        let mut done = 0;
        match task {
            "flat_create" => {
                for flat in &*self.flats {
                    flats.insert(flat).await?;
                    done += 1;
                }
            }
            "flat_update" => {
                for (flat, number) in self.flats.iter().zip(0..) {
                    done +=
                        flats.update_one(Flat.id.eq(flat.id), Flat.field8.set(number)).await?.matched as u32;
                }
            }
            "flat_find" => {
                for flat in &*self.flats {
                    done += u32::from(flats.get(flat.id).await?.is_some());
                }
            }
            "flat_join" => {
                for flat in &*self.flats {
                    let found =
                        posts.aggregate().filter(Post.author.eq(flat.id)).lookup_one(Post.author, Flat.id);
                    done += found.await?.iter().filter(|(_, author)| author.is_some()).count() as u32;
                }
            }
            _ => {
                let mut cursor = self
                    .database
                    .collection_named::<Flat>("streamed")
                    .find(Filter::everything())
                    .cursor()
                    .await?;
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

    async fn typed_large(&self, task: &str) -> Result<()> {
        let larges = self.database.collection::<Large>();
        let mut done = 0;
        for large in &*self.larges {
            if task == "large_create" {
                larges.insert(large).await?;
                done += 1;
            } else {
                done +=
                    larges.update_one(Large.id.eq(large.id), Large.text1.set("new")).await?.matched as u32;
            }
        }
        assert_eq!(done, LARGE);
        Ok(())
    }

    async fn typed_nested(&self, task: &str) -> Result<()> {
        let nesteds = self.database.collection::<Nested>();
        let mut done = 0;
        for nested in &*self.nesteds {
            done += match task {
                "nested_create" => nesteds.insert(nested).await.map(|_| 1)?,
                "nested_update" => {
                    let update = Nested.embedded_1.field1.set("new");
                    nesteds.update_one(Nested.id.eq(nested.id), update).await?.matched as u32
                }
                "nested_find" => {
                    let found =
                        nesteds.find_one(Nested.embedded_1.field2.eq(&nested.embedded_1.field2)).await?;
                    u32::from(found.is_some())
                }
                _ => {
                    let key = Nested.embedded_array.at(0).then(Texts.field2);
                    u32::from(nesteds.find_one(key.eq(&nested.embedded_array[0].field2)).await?.is_some())
                }
            };
        }
        assert_eq!(done, OPERATIONS);
        Ok(())
    }
}
