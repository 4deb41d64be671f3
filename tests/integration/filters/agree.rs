//! A typed filter beside the query of the manual: both find the same documents.

use odmium::{
    Collection, Database,
    bson::{Bson, Document},
    codec::{DecodeOwned, encode_to_raw},
    path::Field,
    prelude::*,
};

pub(super) struct Case<D> {
    filter: Filter<D>,
    manual: Document,
    rendered: Document,
    ids: Vec<i32>,
    can_be_negated: bool,
}

/// The filter renders as the manual's query, and finds the documents of these ids.
pub(super) fn case<D>(filter: Filter<D>, manual: Document, ids: impl Into<Vec<i32>>) -> Case<D> {
    Case { filter, rendered: manual.clone(), manual, ids: ids.into(), can_be_negated: true }
}

impl<D> Case<D> {
    /// It renders otherwise, but means the same.
    pub(super) fn rendered(mut self, rendered: Document) -> Self {
        self.rendered = rendered;
        self
    }

    pub(super) fn without_negation(mut self) -> Self {
        self.can_be_negated = false;
        self
    }
}

/// A collection of these documents as the server's own form, with the indexes of its model.
pub(super) async fn holding<D: odmium::Document>(
    db: &Database,
    documents: impl IntoIterator<Item = Document>,
) -> odmium::Result<Collection<D>> {
    let all = db.collection::<D>();
    all.sync_indexes().await?;
    all.inner().clone_with_type::<Document>().insert_many(documents).await?;
    Ok(all)
}

pub(super) async fn agree<D: odmium::Document + DecodeOwned + Send + Sync>(
    all: &Collection<D>,
    cases: impl IntoIterator<Item = Case<D>>,
) -> odmium::Result<()> {
    let id: Field<D, Bson> = Field::raw("_id");
    let total = all.count(Filter::everything()).await?;
    for Case { filter, manual, rendered, ids, can_be_negated } in cases {
        assert_eq!(filter.to_document()?, rendered);
        let raw = all.inner().clone_with_type::<Document>().find(manual.clone()).await?;
        let mut theirs: Vec<_> =
            raw.map_ok(|it| it.get_i32("_id").expect("an id")).try_collect::<Vec<_>>().await?;
        theirs.sort_unstable();
        assert_eq!(theirs, ids, "the manual's {manual}");
        let found = all.find(filter.clone()).sort(id.clone().asc()).await?;
        let ours: Vec<i32> =
            found.iter().map(|it| encode_to_raw(it).unwrap().get_i32("_id").unwrap()).collect();
        assert_eq!(ours, ids, "{filter:?}");
        if can_be_negated {
            // By `find`: a count is an aggregation, which does not take every operator.
            assert_eq!(
                all.find(!filter.clone()).await?.len() as u64,
                total - ids.len() as u64,
                "!{filter:?}"
            );
        }
    }
    Ok(())
}
