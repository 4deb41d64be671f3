//! `$reduce`.

use mongodb::bson::{Bson, Document, doc};

use super::{Expr, List, Nul, Operand, render::named, scope::Scope};

impl<D, T: List> Expr<D, T> {
    /// One value from all elements: `f` makes the next value of the last one, at first `initial`, and of an element
    /// (`$reduce`).
    ///
    /// ```
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "posts")]
    /// # struct Post { id: Id<Post>, tags: Vec<String> }
    /// let line = Post.tags.expr().reduce("", |line, tag| line.concat(tag).concat(" "));
    /// # line.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn reduce<I: Operand<D>>(
        self,
        initial: I,
        f: impl FnOnce(Expr<D, I::Type>, Expr<D, T::Item>) -> Expr<D, I::Type>,
    ) -> Expr<D, Nul<T, I::Type>> {
        let scope = Scope::enter(2);
        let names = [(scope.name(0), "value"), (scope.name(1), "this")];
        let body = f(scope.value(0), scope.value(1)).value.map(|mut body| {
            if has_reduce(&body) {
                // The server's names are the same in every `$reduce`: an inner one would hide them.
                let own = |(name, own): &(String, &str)| (name.clone(), Bson::String(format!("$${own}")));
                let vars: Document = names.iter().map(own).collect();
                return doc! { "$let": { "vars": vars, "in": body } }.into();
            }
            rename(&mut body, &names);
            body
        });
        let initial = initial.into_operand().value;
        Expr::new(named("$reduce", [("input", self.value), ("initialValue", initial), ("in", body)]))
    }
}

fn has_reduce(body: &Bson) -> bool {
    match body {
        Bson::Document(document) => document.iter().any(|(key, value)| key == "$reduce" || has_reduce(value)),
        Bson::Array(values) => values.iter().any(has_reduce),
        _ => false,
    }
}

/// Gives variables their names.
fn rename(body: &mut Bson, names: &[(String, &str)]) {
    match body {
        Bson::String(text) => {
            let Some(rest) = text.strip_prefix("$$") else { return };
            let (variable, fields) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
            if let Some((_, own)) = names.iter().find(|(name, _)| name == variable) {
                *text = format!("$${own}{fields}");
            }
        }
        Bson::Array(values) => values.iter_mut().for_each(|value| rename(value, names)),
        Bson::Document(document) if !document.contains_key("$literal") => {
            document.iter_mut().for_each(|(_, value)| rename(value, names));
        }
        _ => {}
    }
}
