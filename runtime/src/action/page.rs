//! Finding documents page by page.

use mongodb::{
    bson::{Document, RawDocumentBuf},
    options::CountOptions,
};

use super::{Find, action, in_session, select::Selection};
use crate::{
    Session,
    cursor::{ReadRow, Whole},
    error::{Error, Result},
    filter::Filter,
    model::Record,
    page::{Context, IntoToken, Page, Position, Token, beyond, reversed},
    projection::keep,
    relation::{Node, Reads},
};

impl<'a, D: Record, O: 'static, R: ReadRow<O>> Find<'a, D, O, R> {
    /// One page of at most `size` documents, in the order of [`sort`](Self::sort).
    ///
    /// `_id` is added to the order as its last key, so that no two documents are equal in it. Pages are found by the
    /// sort keys of their neighbours: documents that are inserted or deleted between two pages neither repeat nor
    /// hide others. An index over the sort keys and `_id`, in these directions or all reversed, serves every page.
    ///
    /// ```no_run
    /// # use odmium::{page::{Page, Token}, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, age: i32, created_at: DateTime }
    /// # async fn f(users: odmium::Collection<User>, token: Option<String>) -> odmium::Result<()> {
    /// let page: Page<User> =
    ///     users.find(User.age.gte(18)).sort(User.created_at.desc()).page(20).after(token).await?;
    /// println!("{} users, next page: {:?}", page.items.len(), page.next);
    /// # Ok(()) }
    /// ```
    ///
    /// With a selection, the sort keys and `_id` are read as well, for the tokens; the items have what was selected.
    pub fn page(self, size: u32) -> FindPage<'a, D, O, R> {
        FindPage { find: self, size, from: None, backwards: false, total: false, secret: None }
    }
}

/// Finds one page of documents; see [`Find::page`]. The other options are set on the [`Find`] before.
///
/// # Errors
///
/// As [`Find`]. [Argument](Error::is_argument) when the token was altered or belongs to another collection or order,
/// when a document has an array (or undefined, code or a regular expression) in a sort key, when the order is not over
/// fields (`text_score`, `natural`), when `size` is 0, when the secret is empty, or when `skip` or `limit` is set as well.
#[must_use = "nothing is sent before the action is awaited"]
pub struct FindPage<'a, D, O = D, R = Whole> {
    pub(super) find: Find<'a, D, O, R>,
    size: u32,
    from: Option<Token>,
    backwards: bool,
    total: bool,
    secret: Option<Vec<u8>>,
}

impl<D: Record, O: 'static, R: ReadRow<O>> FindPage<'_, D, O, R> {
    /// The page behind a token: [`Page::next`], or its text from a request; `None` changes nothing.
    ///
    /// The filter is not part of the token: give the same one, or the pages are those of the new filter from there on.
    pub fn after(mut self, token: impl IntoToken) -> Self {
        if let Some(token) = token.into_token() {
            (self.from, self.backwards) = (Some(token), false);
        }
        self
    }

    /// The page before a token: [`Page::previous`], or its text from a request; `None` changes nothing.
    pub fn before(mut self, token: impl IntoToken) -> Self {
        if let Some(token) = token.into_token() {
            (self.from, self.backwards) = (Some(token), true);
        }
        self
    }

    /// The last page, from which [`before`](Self::before) leads back.
    pub fn last(mut self) -> Self {
        (self.from, self.backwards) = (None, true);
        self
    }

    /// Also counts the documents of all pages: a second operation, which reads all that match.
    pub fn with_total(mut self) -> Self {
        self.total = true;
        self
    }

    /// A key known to your servers alone, best 32 random bytes: tokens that were not made with it are refused.
    ///
    /// Without one, tokens are only safe from accidents.
    pub fn secret(mut self, key: impl AsRef<[u8]>) -> Self {
        self.secret = Some(key.as_ref().to_vec());
        self
    }

    async fn run(self) -> Result<Page<O>> {
        let Found { page, read, .. } = self.rows(&Node::default()).await?;
        let Page { items, next, previous, total } = page;
        let items = items.iter().map(|row| Ok(read.read(row.as_bytes())?)).collect::<Result<_>>()?;
        Ok(Page { items, next, previous, total })
    }
}

impl<'a, D: Record, O: 'static, R: ReadRow<O>> FindPage<'a, D, O, R> {
    pub(super) fn scope(&self) -> &crate::client::Scope {
        self.find.collection.scope()
    }

    /// The documents as bytes, with the fields that relations go by.
    pub(super) async fn rows(self, node: &Node) -> Result<Found<'a, R>> {
        let Self { find, size, from, backwards, total, secret } = self;
        let (mut find, projection, read) = whole(find)?;
        let projection = Node { projection, ..node.clone() }.projection_with(&[])?;
        let reads = Reads::from(&find.options);
        if secret.as_ref().is_some_and(Vec::is_empty) {
            return Err(Error::argument("the secret of page tokens is empty: give 32 random bytes"));
        }
        let secret = secret.unwrap_or_default();
        let mut session = find.session.take();
        let order = order(&mut find, size)?;
        if let Some(projection) = projection {
            find.selection = Selection::raw(with_keys(projection, &order)?);
        }
        let inner = find.collection.inner().clone();
        let collation = find.options.collation.clone();
        let context = Context {
            namespace: inner.namespace().to_string(),
            sort: &order,
            collation: collation.as_ref(),
            secret: &secret,
        };
        let start = from.as_ref().map(|token| token.open(&context)).transpose()?;
        let filter = find.filter.clone().without_near("a page")?;
        let count = total.then(|| count_options(&find));

        let direction = if backwards { reversed(&order) } else { order.clone() };
        if let Some((position, inclusive)) = &start {
            let beyond = beyond(&direction, position, *inclusive);
            find.filter = std::mem::replace(&mut find.filter, Filter::everything()) & Filter::raw(beyond);
        }
        find.options.sort = Some(direction);
        // One more than asked for, to know whether it goes on.
        let wanted = i64::from(size) + 1;
        find.options.limit = Some(wanted);
        find.options.batch_size = find.options.batch_size.or(Some(size.saturating_add(1)));
        let mut rows = rows(find, session.as_deref_mut()).await?;
        let goes_on = rows.len() as i64 == wanted;
        rows.truncate(size as usize);
        if backwards {
            rows.reverse();
        }

        let positions = rows.iter().map(|row| Position::of(row, &order)).collect::<Result<Vec<_>>>()?;
        let token = |position: Option<&Position>| match (position, &start) {
            (Some(position), _) => Token::new(position, false, &context).map(Some),
            // From an empty page back to where it began: the document at its start is part of that way.
            (None, Some((position, _))) => Token::new(position, true, &context).map(Some),
            (None, None) => Ok(None),
        };
        let (is_behind, is_before) =
            if backwards { (start.is_some(), goes_on) } else { (goes_on, start.is_some()) };
        let next = if is_behind { token(positions.last())? } else { None };
        let previous = if is_before { token(positions.first())? } else { None };
        let total = match count {
            Some(options) => {
                let session = session.as_deref_mut();
                Some(in_session!(session, inner.count_documents(filter).with_options(options))?)
            }
            None => None,
        };
        let page = Page { items: rows, next, previous, total };
        Ok(Found { page, read, collection: inner, session, reads })
    }
}

/// A page that is not read yet.
pub(super) struct Found<'a, R> {
    pub(super) page: Page<RawDocumentBuf>,
    pub(super) read: R,
    pub(super) collection: mongodb::Collection<RawDocumentBuf>,
    pub(super) session: Option<&'a mut Session>,
    pub(super) reads: Reads,
}

action!(FindPage<D, O, R> in [find.collection] where [D: Record, O: Send + 'static, R: ReadRow<O>] => Page<O>);

/// The same for whole documents, and what was selected of them.
type Parts<'a, D, R> = (Find<'a, D>, Option<Document>, R);

fn whole<D: Record, O, R>(find: Find<'_, D, O, R>) -> Result<Parts<'_, D, R>> {
    let Find { collection, filter, options, session, selection, .. } = find;
    let (projection, read) = selection.into_parts()?;
    Ok((Find { options, session, ..Find::new(&collection, filter) }, projection, read))
}

/// A projection that leaves the sort keys in as they are stored.
fn with_keys(mut projection: Document, order: &Document) -> Result<Document> {
    for path in order.keys() {
        if !keep(&mut projection, path) {
            return Err(Error::argument(format!(
                "this page is sorted by `{path}`, which the selection leaves out, computes or reads in part: select it \
                 as it is, or sort by another field"
            )));
        }
    }
    Ok(projection)
}

/// The order with `_id` as its last key.
fn order<D: Record>(find: &mut Find<'_, D>, size: u32) -> Result<Document> {
    if size == 0 {
        return Err(Error::argument("a page needs room for at least one document: give a size of 1 or more"));
    }
    if find.options.skip.is_some() || find.options.limit.is_some() {
        return Err(Error::argument(
            "`skip` and `limit` do not go with `page`: its size and its token say both",
        ));
    }
    let mut order = find.options.sort.take().unwrap_or_default();
    if order.iter().any(|(path, direction)| path.starts_with('$') || direction.as_i32().is_none()) {
        return Err(Error::argument(
            "pages go by the values of fields: sort by fields, not by text score or natural order",
        ));
    }
    // In the direction of the key before it, so that one plain index serves both.
    let last = order.iter().last().map_or(1, |(_, direction)| direction.as_i32().unwrap_or(1));
    if !order.contains_key("_id") {
        order.insert("_id", last);
    }
    Ok(order)
}

fn count_options<D>(find: &Find<'_, D>) -> CountOptions {
    let options = find.options.clone();
    CountOptions::builder()
        .hint(options.hint)
        .collation(options.collation)
        .max_time(options.max_time)
        .comment(options.comment)
        .read_concern(options.read_concern)
        .selection_criteria(options.selection_criteria)
        .build()
}

async fn rows<D: Record>(find: Find<'_, D>, session: Option<&mut Session>) -> Result<Vec<RawDocumentBuf>> {
    let mut rows = Vec::new();
    let mut cursor = Find { session, ..find }.open().await?;
    while let Some(batch) = cursor.next_batch().await? {
        for row in batch.raw() {
            rows.push(row?.to_owned());
        }
    }
    Ok(rows)
}
