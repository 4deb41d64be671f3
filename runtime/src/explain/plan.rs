//! The parts of a reply to `explain`, which differ by engine, by command and on shards.

use mongodb::bson::{Bson, Document};

/// The chosen plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) namespace: String,
    /// The last stage first.
    pub(super) stages: Vec<String>,
    /// Names, and the keys where the reply has them.
    pub(super) indexes: Vec<(String, Option<Document>)>,
}

/// What carrying it out took.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Work {
    pub(super) returned: u64,
    pub(super) keys: u64,
    pub(super) documents: u64,
    pub(super) would_change: u64,
    pub(super) millis: u64,
}

/// Parts of a reply that tell of other plans, or of the same one in another form.
const OTHER: [&str; 6] =
    ["rejectedPlans", "executionStats", "executionStages", "allPlansExecution", "parsedQuery", "command"];

impl Plan {
    pub(super) fn read(reply: &Document) -> Self {
        let mut plan = Self::default();
        // Stages that the query engine did not take over run after it.
        for stage in reply.get_array("stages").into_iter().flatten().rev() {
            if let Some(name) =
                stage.as_document().and_then(|stage| stage.keys().find(|key| key.starts_with('$')))
                && name != "$cursor"
            {
                plan.stages.push(name.clone());
            }
        }
        plan.search(reply);
        plan
    }

    /// Looks for plans in any depth: in `queryPlanner`, below `$cursor`, on shards.
    fn search(&mut self, document: &Document) {
        for (key, value) in document {
            match value {
                Bson::String(namespace) if key == "namespace" && self.namespace.is_empty() => {
                    self.namespace.clone_from(namespace);
                }
                Bson::Document(plan) if key == "winningPlan" => self.stage(plan),
                _ if OTHER.contains(&key.as_str()) => {}
                value => documents(value).for_each(|inner| self.search(inner)),
            }
        }
    }

    fn stage(&mut self, stage: &Document) {
        if let Ok(name) = stage.get_str("stage") {
            self.stages.push(name.to_owned());
            if name == "IDHACK" {
                self.index("_id_", None);
            }
        }
        if let Ok(name) = stage.get_str("indexName") {
            self.index(name, stage.get_document("keyPattern").ok().cloned());
        }
        for (key, value) in stage {
            if key.ends_with("Stage")
                || ["inputStages", "queryPlan", "shards", "winningPlan"].contains(&key.as_str())
            {
                documents(value).for_each(|inner| self.stage(inner));
            }
        }
    }

    fn index(&mut self, name: &str, keys: Option<Document>) {
        if self.indexes.iter().all(|(known, _)| known != name) {
            self.indexes.push((name.to_owned(), keys));
        }
    }
}

impl Work {
    pub(super) fn read(reply: &Document) -> Option<Self> {
        let mut work = None;
        Self::search(reply, &mut work);
        work
    }

    fn search(document: &Document, total: &mut Option<Self>) {
        if let Ok(stats) = document.get_document("executionStats") {
            let total = total.get_or_insert_default();
            total.returned += number(stats, "nReturned");
            total.keys += number(stats, "totalKeysExamined");
            total.documents += number(stats, "totalDocsExamined");
            total.millis = total.millis.max(number(stats, "executionTimeMillis"));
            if let Ok(stages) = stats.get_document("executionStages") {
                total.would_change += changes(stages);
            }
            return;
        }
        let inner = document.iter().filter(|(key, _)| *key != "queryPlanner" && *key != "command");
        inner.flat_map(|(_, value)| documents(value)).for_each(|inner| Self::search(inner, total));
    }
}

/// What the stages of a write would do.
fn changes(stage: &Document) -> u64 {
    let own: u64 =
        ["nWouldModify", "nWouldUpsert", "nWouldDelete"].iter().map(|key| number(stage, key)).sum();
    own + stage.values().flat_map(documents).map(changes).sum::<u64>()
}

/// The documents that a value is, or that are its elements.
fn documents(value: &Bson) -> impl Iterator<Item = &Document> {
    let (one, many) = match value {
        Bson::Document(document) => (Some(document), None),
        Bson::Array(values) => (None, Some(values.iter().filter_map(Bson::as_document))),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten())
}

fn number(document: &Document, key: &str) -> u64 {
    match document.get(key) {
        Some(Bson::Int32(number)) => u64::try_from(*number).unwrap_or_default(),
        Some(Bson::Int64(number)) => u64::try_from(*number).unwrap_or_default(),
        Some(Bson::Double(number)) => *number as u64,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use mongodb::bson::doc;

    use super::{Plan, Work};

    #[test]
    fn the_plans_of_all_shards_count() {
        let shard = |index: &str, returned: i32| {
            doc! {
                "shardName": index,
                "winningPlan": { "stage": "FETCH", "inputStage": { "stage": "IXSCAN", "indexName": index } },
                "rejectedPlans": [{ "stage": "COLLSCAN" }],
                "executionStats": { "nReturned": returned, "executionTimeMillis": i64::from(returned) },
            }
        };
        let reply = doc! {
            "queryPlanner": {
                "namespace": "a.b",
                "winningPlan": { "stage": "SHARD_MERGE", "shards": [shard("x_1", 1), shard("y_1", 2)] },
            },
            "executionStats": { "nReturned": 3, "totalKeysExamined": 3.0, "executionTimeMillis": 2, "executionStages": {
                "stage": "UPDATE", "nWouldModify": 2_i64,
            } },
        };
        let plan = Plan::read(&reply);
        assert_eq!(plan.stages, ["SHARD_MERGE", "FETCH", "IXSCAN", "FETCH", "IXSCAN"]);
        assert_eq!(plan.indexes.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["x_1", "y_1"]);
        let work = Work { returned: 3, keys: 3, documents: 0, would_change: 2, millis: 2 };
        assert_eq!(Work::read(&reply), Some(work));
        let merged = doc! { "shards": { "s1": { "stages": [{ "$cursor": shard("x_1", 1) }] }, "s2": shard("y_1", 2) } };
        assert_eq!(Work::read(&merged).map(|work| (work.returned, work.millis)), Some((3, 2)));
        assert_eq!(Work::read(&doc! { "queryPlanner": {} }), None);
    }
}
