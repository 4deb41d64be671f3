//! Power consumption of devices, as integrals over time.

use odmium::{
    Collection, Database,
    bson::{Document as Bag, doc},
    expr::TimeUnit,
    pipeline::Bound,
    prelude::*,
};

use crate::support::{date, numbered, page, same, same_order};

#[derive(Document, Debug)]
#[document(collection = "device_readings", rename_all = "camelCase")]
struct Reading {
    id: i32,
    #[field(rename = "buildingID")]
    building: String,
    #[field(rename = "deviceID")]
    device: String,
    timestamp: DateTime,
    power_kilowatts: i32,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct Consumed {
    #[field(flatten)]
    reading: Reading,
    consumed_kilowatt_hours: Option<f64>,
}

async fn readings(db: &Database) -> Collection<Reading> {
    let times = ["11:29", "11:59", "12:29", "12:59", "13:29", "13:59"];
    let devices = [
        ("Building-ABC", "UltraAirCon-111", [8, 8, 9, 8, 9, 8]),
        ("Building-ABC", "UltraAirCon-222", [7, 9, 9, 8, 9, 8]),
        ("Building-XYZ", "UltraAirCon-666", [10, 11, 10, 11, 10, 11]),
    ];
    let of_device = |(building, device, powers): (&'static str, &'static str, [i32; 6])| {
        times.into_iter().zip(powers).map(move |(time, power)| {
            doc! {
                "buildingID": building, "deviceID": device,
                "timestamp": date(&format!("2021-07-03T{time}:00Z")), "powerKilowatts": power,
            }
        })
    };
    page(db, numbered(devices.into_iter().flat_map(of_device))).await
}

fn consumed() -> Pipeline<Reading, Consumed> {
    Pipeline::new().set_window_fields_by(Reading.device, Reading.timestamp.asc(), |w| ConsumedGroup {
        consumed_kilowatt_hours: w
            .range_by(TimeUnit::Hour, -1, Bound::Current)
            .integral_by(Reading.power_kilowatts, TimeUnit::Hour),
    })
}

fn raw_consumed() -> Bag {
    doc! { "$setWindowFields": {
        "partitionBy": "$deviceID",
        "sortBy": { "timestamp": 1 },
        "output": { "consumedKilowattHours": {
            "$integral": { "input": "$powerKilowatts", "unit": "hour" },
            "window": { "range": [-1, "current"], "unit": "hour" },
        } },
    } }
}

// covers: T10
#[odmium::test]
async fn iot_power_consumption_of_each_reading(db: Database) {
    let found = same(&readings(&db).await, consumed(), [raw_consumed()]).await;
    let first = found.iter().filter(|it| it.reading.device == "UltraAirCon-111");
    let hours: Vec<f64> = first.map(|it| it.consumed_kilowatt_hours.unwrap()).collect();
    assert_eq!(hours, [0.0, 4.0, 8.25, 8.5, 8.5, 8.5]);
}

// covers: T10
#[odmium::test]
async fn iot_power_consumption_of_buildings(db: Database) {
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct DeviceHour {
        #[field(rename = "deviceID")]
        device: String,
        date: DateTime,
    }
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct OfDevice {
        #[field(id)]
        key: DeviceHour,
        #[field(rename = "buildingID")]
        building: String,
        consumed_kilowatt_hours: Option<f64>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape, rename_all = "camelCase")]
    struct BuildingHour {
        #[field(rename = "buildingID")]
        building: String,
        day_hour: String,
    }
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct OfBuilding {
        #[field(id)]
        key: BuildingHour,
        consumed_kilowatt_hours: f64,
    }
    #[derive(Embedded, Debug)]
    #[document(shape, rename_all = "camelCase")]
    struct Summary {
        #[field(rename = "buildingID")]
        building: String,
        day_hour: String,
        consumed_kilowatt_hours: f64,
    }

    let readings = readings(&db).await;
    let hour = Consumed.reading.timestamp.expr().date_trunc(TimeUnit::Hour);
    let key = DeviceHourShape { device: Consumed.reading.device.expr(), date: hour };
    let day_hour = OfDevice.key.date.expr().date_to_string("%Y-%m-%d  %H");
    let typed = consumed()
        .sort((Consumed.reading.device.asc(), Consumed.reading.timestamp.asc()))
        .group_by(key, |g| OfDeviceGroup {
            building: g.last(Consumed.reading.building),
            consumed_kilowatt_hours: g.last(Consumed.consumed_kilowatt_hours),
        })
        .group_by(BuildingHourShape { building: OfDevice.building.expr(), day_hour }, |g| OfBuildingGroup {
            consumed_kilowatt_hours: g.sum(OfDevice.consumed_kilowatt_hours),
        })
        .sort((OfBuilding.key.building.asc(), OfBuilding.key.day_hour.asc()))
        .project(SummaryShape {
            building: OfBuilding.key.building.expr(),
            day_hour: OfBuilding.key.day_hour.expr(),
            consumed_kilowatt_hours: OfBuilding.consumed_kilowatt_hours.expr(),
        });
    let raw = [
        raw_consumed(),
        doc! { "$sort": { "deviceID": 1, "timestamp": 1 } },
        doc! { "$group": {
            "_id": {
                "deviceID": "$deviceID",
                "date": { "$dateTrunc": { "date": "$timestamp", "unit": "hour" } },
            },
            "buildingID": { "$last": "$buildingID" },
            "consumedKilowattHours": { "$last": "$consumedKilowattHours" },
        } },
        doc! { "$group": {
            "_id": {
                "buildingID": "$buildingID",
                "dayHour": { "$dateToString": { "format": "%Y-%m-%d  %H", "date": "$_id.date" } },
            },
            "consumedKilowattHours": { "$sum": "$consumedKilowattHours" },
        } },
        doc! { "$sort": { "_id.buildingID": 1, "_id.dayHour": 1 } },
        doc! { "$set": { "buildingID": "$_id.buildingID", "dayHour": "$_id.dayHour", "_id": "$$REMOVE" } },
    ];
    let found = same_order(&readings, typed, raw).await;
    let hours: Vec<f64> = found.iter().map(|it| it.consumed_kilowatt_hours).collect();
    assert_eq!(hours, [8.0, 17.25, 17.0, 5.25, 10.5, 10.5]);
}
