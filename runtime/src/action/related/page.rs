//! Pages of documents with their relations.

use std::marker::PhantomData;

use super::{begins_with, goes_on_with};
use crate::{
    action::{FindPage, action},
    cursor::ReadRow,
    error::Result,
    model::Record,
    page::Page,
    relation::{self, Beside, Context, Node},
};

/// Finds one page of documents and loads their relations; see [`FindPage::with`].
///
/// # Errors
///
/// As [`FindPage`] and [`FindWith`](super::FindWith).
#[must_use = "nothing is sent before the action is awaited"]
pub struct FindPageWith<'a, D, O, R, L> {
    page: FindPage<'a, D, O, R>,
    node: Result<Node>,
    relations: PhantomData<fn() -> L>,
}

begins_with!(FindPage => FindPageWith);
goes_on_with!(FindPageWith { page });

impl<'a, D: Record, O, R> FindPage<'a, D, O, R> {
    fn related(self) -> FindPageWith<'a, D, O, R, ()> {
        FindPageWith { page: self, node: Ok(Node::default()), relations: PhantomData }
    }
}

impl<D: Record, O: Send + 'static, R: ReadRow<O>, L: Beside<D, O>> FindPageWith<'_, D, O, R, L> {
    async fn run(self) -> Result<Page<L::Output>> {
        let node = self.node?.around(self.page.scope());
        let found = self.page.rows(&node).await?;
        let Page { items, next, previous, total } = found.page;
        let rows = items.iter().map(|row| row.as_bytes()).collect();
        let name = found.collection.name().to_owned();
        let mut context =
            Context { collection: found.collection, session: found.session, reads: found.reads };
        let rows = relation::load(&node, rows, &name, &mut context).await?;
        let items = rows.iter().map(|row| Ok(L::read_row(&found.read, row)?)).collect::<Result<_>>()?;
        Ok(Page { items, next, previous, total })
    }
}

action!(FindPageWith<D, O, R, L> in [page.find.collection] where [D: Record, O: Send + 'static, R: ReadRow<O>, L: Beside<D, O>] => Page<L::Output>);
