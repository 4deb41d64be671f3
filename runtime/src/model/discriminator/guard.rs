//! A `$merge` that finds a document of another model leaves it as it is.

use mongodb::bson::{Bson, doc};

use super::Discriminator;

/// Ends the server's text, so that it is known again.
const END: &str = "): `merge` would overwrite it";

impl Discriminator {
    /// What a `$merge` does with a document that is there, kept from changing one of another model.
    ///
    /// The server has no condition for that, so that the change becomes a pipeline whose first stage fails on such a
    /// document. What changes nothing stays as it is.
    pub(crate) fn guard(self, matched: Bson) -> Bson {
        let changes = match matched {
            Bson::Array(stages) => stages,
            Bson::String(word) if word == "merge" => {
                vec![doc! { "$replaceWith": { "$mergeObjects": ["$$ROOT", "$$new"] } }.into()]
            }
            Bson::String(word) if word == "replace" => vec![doc! { "$replaceWith": "$$new" }.into()],
            other => return other,
        };
        let mut stages = vec![doc! { "$set": { self.key: self.own_text() } }.into()];
        stages.extend(changes);
        stages.push(self.set().into());
        Bson::Array(stages)
    }

    /// The text of this model, where the document has it; an error otherwise, which is made of a text that is no number.
    fn own_text(self) -> Bson {
        let id = doc! { "$convert": { "input": "$_id", "to": "string", "onError": "?", "onNull": "null" } };
        let end = format!(" is no \"{}\" (by `{}`{END}", self.text, self.key);
        let text = doc! { "$concat": ["the document with the `_id` ", id, end] };
        let is_own = doc! { "$eq": [format!("${}", self.key), self.literal()] };
        doc! { "$cond": [is_own, self.literal(), { "$toInt": text }] }.into()
    }
}

/// The sentence in the server's error, where a [guard](Discriminator::guard) made it.
pub(crate) fn guarded(message: &str) -> Option<&str> {
    let start = message.find("the document with the `_id` ")?;
    let end = message.rfind(END)? + END.len();
    message.get(start..end)
}
