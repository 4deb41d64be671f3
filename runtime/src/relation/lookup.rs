//! Loading within the command that reads the documents: `$lookup` stages that give what the batches give.

use std::collections::HashMap;

use mongodb::bson::{Document, doc};

use super::{
    found::{Found, Row, close, push_value},
    key::keys_at,
    plan::{Node, Plan, for_pipeline},
};
use crate::{
    codec::{DocumentReader, RawValue},
    error::{DecodeError, Error, Result},
};

/// The stages that add the targets of every relation, under its key.
pub(crate) fn stages(node: &Node) -> Result<Vec<Document>> {
    let mut stages = Vec::new();
    for plan in node.plans() {
        stages.append(&mut lookup(plan)?);
    }
    if let Some(mut projection) = node.projection_with(&[])? {
        node.keep_loaded(&mut projection);
        stages.push(doc! { "$project": for_pipeline(projection)? });
    }
    Ok(stages)
}

/// The key that the values of a map get, as `$lookup` takes no map.
const VALUES: &str = "__ids";

fn lookup(plan: &Plan) -> Result<Vec<Document>> {
    if plan.local.split('.').any(|segment| segment.parse::<u32>().is_ok()) {
        return Err(Error::argument(format!(
            "`$lookup` finds no element by its number, as in `{}`: drop `by_lookup`",
            plan.local
        )));
    }
    if plan.is_map && !plan.keyed {
        return Err(Error::argument(format!(
            "`$lookup` does not reach the maps of references in an array, as in `{}`: drop `by_lookup`",
            plan.local
        )));
    }
    let mut pipeline = Vec::new();
    if !plan.filter.is_empty() {
        pipeline.push(doc! { "$match": plan.filter.clone() });
    }
    if let Some(order) = plan.order() {
        pipeline.push(doc! { "$sort": order });
    }
    if let (Some(limit), true) = (plan.limit, plan.is_cut()) {
        pipeline.push(doc! { "$limit": i64::from(limit) });
    }
    pipeline.append(&mut of_targets(plan)?);
    let local = if plan.is_map { VALUES } else { &*plan.local };
    let mut lookup = doc! { "from": &*plan.collection, "localField": local, "foreignField": &*plan.foreign };
    if !pipeline.is_empty() {
        lookup.insert("pipeline", pipeline);
    }
    lookup.insert("as", &*plan.key);
    let lookup = doc! { "$lookup": lookup };
    if !plan.is_map {
        return Ok(vec![lookup]);
    }
    let entries = doc! { "$objectToArray": format!("${}", plan.local) };
    let values = doc! { "$map": { "input": entries, "in": "$$this.v" } };
    Ok(vec![doc! { "$set": { VALUES: values } }, lookup, doc! { "$unset": VALUES }])
}

/// What is loaded for the targets, with the keys that they are found by.
fn of_targets(plan: &Plan) -> Result<Vec<Document>> {
    let mut node = plan.target.clone();
    node.projection = plan.projection()?;
    stages(&node)
}

/// A document of the reply as the batches would have given it.
pub(crate) fn arrange(node: &Node, document: &[u8], collection: &str) -> Result<Vec<u8>> {
    if node.is_plain() {
        return Ok(document.to_vec());
    }
    let (own, mut loaded) = split(node, document)?;
    let row = Row { bytes: &own, collection };
    let mut values = Vec::new();
    for plan in node.plans() {
        let keys = plan.keys(&own)?;
        let mut found = Found::default();
        let mut targets = match loaded.remove(plan.key.as_str()) {
            Some(targets) => targets.array()?,
            None => continue,
        };
        while let Some(target) = targets.take_document()? {
            let targets_keys = keys_at(target, &plan.foreign)?;
            found.note(found.documents.len(), targets_keys);
            found.documents.push(arrange(&plan.target, target, &plan.collection)?);
        }
        values.push(found.value(plan, &row, &keys)?);
    }
    Ok(node.build(&own, values)?)
}

/// The document without what lookups added, and that.
fn split<'d>(
    node: &Node,
    document: &'d [u8],
) -> Result<(Vec<u8>, HashMap<&'d str, RawValue<'d>>), DecodeError> {
    let mut reader = DocumentReader::new(document)?;
    let mut own = vec![0; 4];
    let mut loaded = HashMap::new();
    while let Some((key, value)) = reader.next_entry()? {
        match node.plans().any(|plan| plan.key == key) {
            true => _ = loaded.insert(key, value),
            false => push_value(&mut own, key, value),
        }
    }
    Ok((close(own)?, loaded))
}
