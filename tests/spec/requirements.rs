//! Whether a test is meant for the deployment at hand.

use odmium::bson::{Bson, Document};

use crate::{matching, schema::Requirement};

/// What a deployment is like.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// The version as the server tells it, such as `6.0.5`.
    pub version: String,
    /// `single`, `replicaset` or `sharded-replicaset`, as the specification names them.
    pub topology: &'static str,
    pub auth: bool,
    pub parameters: Document,
}

/// Why no requirement holds; `None` when one does or there is none.
pub fn unmet(requirements: &[Requirement], deployment: &Deployment) -> Option<String> {
    let mut reasons = Vec::new();
    for requirement in requirements {
        match reason(requirement, deployment) {
            None => return None,
            Some(reason) => reasons.push(reason),
        }
    }
    reasons.sort();
    reasons.dedup();
    (!reasons.is_empty()).then(|| reasons.join(", or "))
}

fn reason(requirement: &Requirement, deployment: &Deployment) -> Option<String> {
    let Deployment { version, topology, auth, parameters } = deployment;
    let own = numbers(version);
    if let Some(csfle) = &requirement.csfle
        && *csfle != Bson::Boolean(false)
    {
        return Some("needs client-side encryption".to_owned());
    }
    if let Some(topologies) = &requirement.topologies
        && !topologies.iter().any(|it| it == topology || (it == "sharded" && topology.starts_with("sharded")))
    {
        return Some(format!("needs topology {}", topologies.join(" or ")));
    }
    if let Some(min) = &requirement.min_server_version
        && own < numbers(min)
    {
        return Some(format!("needs server {min} or newer"));
    }
    if let Some(max) = &requirement.max_server_version
        // `4.2.99` and `4.2` both stand for every 4.2.
        && own > bound(max)
    {
        return Some(format!("needs server {max} or older"));
    }
    if requirement.serverless.as_deref() == Some("require") {
        return Some("needs a serverless deployment".to_owned());
    }
    if let Some(wanted) = requirement.auth
        && wanted != *auth
    {
        return Some(if wanted { "needs authentication" } else { "needs a server without users" }.to_owned());
    }
    if let Some(mechanism) = &requirement.auth_mechanism {
        return Some(format!("needs the authentication {mechanism}"));
    }
    for (name, value) in requirement.server_parameters.iter().flatten() {
        if !parameters.get(name).is_some_and(|own| matching::same(value, own)) {
            return Some(format!("needs the server parameter {name}: {value}"));
        }
    }
    None
}

fn numbers(version: &str) -> [u32; 3] {
    let mut numbers = [0; 3];
    for (number, text) in numbers.iter_mut().zip(version.split(['.', '-'])) {
        *number = text.parse().unwrap_or_default();
    }
    numbers
}

fn bound(version: &str) -> [u32; 3] {
    let mut numbers = numbers(version);
    numbers.iter_mut().skip(version.split('.').count()).for_each(|number| *number = u32::MAX);
    numbers
}
