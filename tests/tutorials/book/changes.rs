//! State change boundaries.

use odmium::{
    Database,
    bson::{Document as Bag, doc},
    expr::remove,
    prelude::*,
};

use crate::support::{date, numbered, page, same};

#[derive(Document, Debug)]
#[document(collection = "device_status")]
struct Status {
    id: i32,
    #[field(rename = "deviceID")]
    device: String,
    timestamp: DateTime,
    state: String,
}

#[derive(Embedded)]
#[document(group, rename_all = "camelCase")]
struct Neighbours {
    #[field(flatten)]
    status: Status,
    previous_state: Option<String>,
    next_state: Option<String>,
}

#[derive(Embedded)]
#[document(shape, rename_all = "camelCase")]
struct Marked {
    #[field(flatten)]
    of: Neighbours,
    start_timestamp: Option<DateTime>,
    end_marker_date: Option<DateTime>,
}

#[derive(Embedded)]
#[document(group, rename_all = "camelCase")]
struct Boundary {
    #[field(flatten)]
    of: Marked,
    next_marker_date: Option<DateTime>,
}

#[derive(Embedded, Debug)]
#[document(shape, rename_all = "camelCase")]
struct Span {
    #[field(rename = "deviceID")]
    device: String,
    state: String,
    start_timestamp: Option<DateTime>,
    end_timestamp: Option<DateTime>,
}

// covers: T10
#[odmium::test]
async fn state_change_boundaries(db: Database) {
    let at = |time: &str| date(&format!("2021-07-03T11:{time}:00Z"));
    let status = |device: &str, time: &str, state: &str| {
        doc! { "deviceID": device, "timestamp": at(time), "state": state }
    };
    let all = page::<Status>(
        &db,
        numbered([
            status("HEATER-111", "09", "on"),
            status("FAN-999", "09", "on"),
            status("HEATER-111", "19", "on"),
            status("HEATER-111", "29", "on"),
            status("FAN-999", "39", "off"),
            status("HEATER-111", "39", "off"),
            status("HEATER-111", "49", "off"),
            status("HEATER-111", "59", "on"),
            status("DEHUMIDIFIER-555", "29", "on"),
        ]),
    )
    .await;
    let state = || Neighbours.status.state.expr();
    let timestamp = || Neighbours.status.timestamp.expr().optional();
    let (marked, boundary) = (|| Marked.of.status.state.expr(), || Boundary.of.of.status.state.expr());
    let (previous, next) = (Marked.of.previous_state, Marked.of.next_state);
    let next_marker = Boundary.next_marker_date;
    let typed = Pipeline::new()
        .set_window_fields_by(Status.device, Status.timestamp.asc(), |w| NeighboursGroup {
            previous_state: w.shift(Status.state, -1),
            next_state: w.shift(Status.state, 1),
        })
        .add_fields(MarkedShape {
            start_timestamp: state().ne(Neighbours.previous_state).cond(timestamp(), remove()),
            end_marker_date: state().ne(Neighbours.next_state).cond(timestamp(), remove()),
        })
        .filter((marked().ne(previous) | marked().ne(next)).into())
        .set_window_fields_by(Marked.of.status.device, Marked.of.status.timestamp.asc(), |w| BoundaryGroup {
            next_marker_date: w.shift(Marked.of.status.timestamp, 1),
        })
        .filter(boundary().ne(Boundary.of.of.previous_state).into())
        .project(SpanShape {
            device: Boundary.of.of.status.device.expr(),
            state: boundary(),
            start_timestamp: Boundary.of.start_timestamp.expr(),
            end_timestamp: next_marker
                .expr()
                .is_null()
                .cond(next_marker, Boundary.of.end_marker_date.expr().or(next_marker)),
        });
    let window = |output: Bag| {
        doc! { "$setWindowFields": { "partitionBy": "$deviceID", "sortBy": { "timestamp": 1 }, "output": output } }
    };
    let shift = |of: &str, by: i32| doc! { "$shift": { "output": of, "by": by } };
    let raw = [
        window(doc! { "previousState": shift("$state", -1), "nextState": shift("$state", 1) }),
        doc! { "$set": {
            "startTimestamp": { "$cond": [{ "$eq": ["$state", "$previousState"] }, "$$REMOVE", "$timestamp"] },
            "endMarkerDate": { "$cond": [{ "$eq": ["$state", "$nextState"] }, "$$REMOVE", "$timestamp"] },
        } },
        doc! { "$match": { "$expr": { "$or": [
            { "$ne": ["$state", "$previousState"] }, { "$ne": ["$state", "$nextState"] },
        ] } } },
        window(doc! { "nextMarkerDate": shift("$timestamp", 1) }),
        doc! { "$match": { "$expr": { "$ne": ["$state", "$previousState"] } } },
        doc! { "$set": { "endTimestamp": { "$switch": {
            "branches": [
                { "case": { "$eq": [{ "$type": "$nextMarkerDate" }, "null"] }, "then": null },
                { "case": { "$ne": [{ "$type": "$endMarkerDate" }, "missing"] }, "then": "$endMarkerDate" },
            ],
            "default": "$nextMarkerDate",
        } } } },
        doc! { "$unset": ["_id", "timestamp", "previousState", "nextState", "endMarkerDate", "nextMarkerDate"] },
    ];
    let found = same(&all, typed, raw).await;
    let heater = found.iter().filter(|it| it.device == "HEATER-111");
    let ends: Vec<_> = heater.map(|it| (&*it.state, it.end_timestamp)).collect();
    assert_eq!(ends, [("on", Some(at("29"))), ("off", Some(at("49"))), ("on", None)]);
    assert_eq!(found.len(), 6);
}
