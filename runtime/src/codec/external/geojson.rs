//! `geojson::Geometry`, its `GeometryValue` and `Position` as the documents and arrays that the server indexes.
//!
//! Features are not here: they carry properties of any shape, and the server indexes geometries only. Positions
//! written by the server's legacy pairs (`[lng, lat]`) read as `Position` too.

use geojson::{Geometry, GeometryValue, JsonObject, JsonValue, Position};
use mongodb::bson::Bson;

use crate::{
    codec::{Decode, DecodeDocument, DocumentReader, DocumentWriter, Encode, EncodeDocument, RawValue, Slot},
    error::{DecodeError, DecodeErrorKind},
    filter::own_value,
};

const TYPES: [&str; 7] =
    ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

impl Encode for Position {
    fn encode(&self, slot: Slot<'_>) {
        self.as_slice().encode(slot);
    }
}

impl<'de> Decode<'de> for Position {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let numbers: Vec<f64> = Vec::decode(value)?;
        match numbers.as_slice() {
            [x, y] => Ok(Self::from([*x, *y])),
            [_, _, _, ..] => Ok(Self::from(numbers)),
            _ => {
                Err(value
                    .unfit("a position of at least two numbers", format_args!("one of {}", numbers.len())))
            }
        }
    }
}

impl EncodeDocument for GeometryValue {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field("type", self.type_name());
        match self {
            Self::Point { coordinates } => document.field("coordinates", coordinates),
            Self::MultiPoint { coordinates } | Self::LineString { coordinates } => {
                document.field("coordinates", coordinates);
            }
            Self::MultiLineString { coordinates } | Self::Polygon { coordinates } => {
                document.field("coordinates", coordinates);
            }
            Self::MultiPolygon { coordinates } => document.field("coordinates", coordinates),
            Self::GeometryCollection { geometries } => document.field("geometries", geometries),
        }
    }
}

impl Encode for GeometryValue {
    fn encode(&self, slot: Slot<'_>) {
        slot.document(|document| self.encode_fields(document));
    }
}

impl<'de> DecodeDocument<'de> for GeometryValue {
    fn decode_fields(document: &mut DocumentReader<'de>) -> Result<Self, DecodeError> {
        let (mut kind, mut content) = (None, None);
        while let Some((key, value)) = document.next_entry()? {
            match key {
                "type" => {
                    let name: &str = document.value()?;
                    let known = TYPES.into_iter().find(|known| *known == name);
                    let refused =
                        || document.here(value.unfit("a type of geometry", format_args!("{name:?}")));
                    kind = Some(known.ok_or_else(refused)?);
                }
                "coordinates" | "geometries" => content = Some((key, value)),
                _ => {}
            }
        }
        let missing = |key: &'static str| DecodeError::new(DecodeErrorKind::Missing).at(key);
        let kind = kind.ok_or_else(|| missing("type"))?;
        let wanted = if kind == "GeometryCollection" { "geometries" } else { "coordinates" };
        let (_, value) = content.filter(|(key, _)| *key == wanted).ok_or_else(|| missing(wanted))?;
        fill(kind, value).map_err(|error| error.at(wanted))
    }
}

fn fill(kind: &str, value: RawValue<'_>) -> Result<GeometryValue, DecodeError> {
    Ok(match kind {
        "Point" => GeometryValue::Point { coordinates: Decode::decode(value)? },
        "MultiPoint" => GeometryValue::MultiPoint { coordinates: Decode::decode(value)? },
        "LineString" => GeometryValue::LineString { coordinates: Decode::decode(value)? },
        "MultiLineString" => GeometryValue::MultiLineString { coordinates: Decode::decode(value)? },
        "Polygon" => GeometryValue::Polygon { coordinates: Decode::decode(value)? },
        "MultiPolygon" => GeometryValue::MultiPolygon { coordinates: Decode::decode(value)? },
        _ => GeometryValue::GeometryCollection { geometries: Decode::decode(value)? },
    })
}

impl<'de> Decode<'de> for GeometryValue {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        Self::decode_fields(&mut value.document()?)
    }
}

/// With `bbox` and foreign members, such as the `crs` that the server knows.
impl EncodeDocument for Geometry {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        self.value.encode_fields(document);
        document.field("bbox", &self.bbox);
        for (key, value) in self.foreign_members.iter().flatten() {
            json(value, document.slot(key));
        }
    }
}

impl Encode for Geometry {
    fn encode(&self, slot: Slot<'_>) {
        slot.document(|document| self.encode_fields(document));
    }
}

impl<'de> DecodeDocument<'de> for Geometry {
    fn decode_fields(document: &mut DocumentReader<'de>) -> Result<Self, DecodeError> {
        let value = GeometryValue::decode_fields(&mut document.restart())?;
        let (mut bbox, mut foreign) = (None, JsonObject::new());
        while let Some((key, _)) = document.next_entry()? {
            match key {
                "type" | "coordinates" | "geometries" => {}
                "bbox" => bbox = document.value()?,
                _ => {
                    let member = to_json(document.value()?).map_err(|error| document.here(error))?;
                    foreign.insert(key.to_owned(), member);
                }
            }
        }
        Ok(Self { bbox, value, foreign_members: (!foreign.is_empty()).then_some(foreign) })
    }
}

impl<'de> Decode<'de> for Geometry {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        Self::decode_fields(&mut value.document()?)
    }
}

fn json(value: &JsonValue, slot: Slot<'_>) {
    match value {
        JsonValue::Null => slot.null(),
        JsonValue::Bool(value) => value.encode(slot),
        JsonValue::String(text) => text.encode(slot),
        JsonValue::Array(values) => {
            slot.array(|array| values.iter().for_each(|value| json(value, array.slot())));
        }
        JsonValue::Object(members) => slot.document(|document| {
            members.iter().for_each(|(key, value)| json(value, document.slot(key)));
        }),
        JsonValue::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => integer.encode(slot),
            (None, Some(double)) if !number.is_u64() => double.encode(slot),
            _ => slot.fail(format!("{number} does not fit an int64")),
        },
    }
}

fn to_json(value: Bson) -> Result<JsonValue, DecodeError> {
    Ok(match value {
        Bson::Null => JsonValue::Null,
        Bson::Boolean(value) => value.into(),
        Bson::String(text) => text.into(),
        Bson::Int32(value) => value.into(),
        Bson::Int64(value) => value.into(),
        Bson::Double(value) => value.into(),
        Bson::Array(values) => JsonValue::Array(values.into_iter().map(to_json).collect::<Result<_, _>>()?),
        Bson::Document(members) => {
            let members = members.into_iter().map(|(key, value)| Ok((key, to_json(value)?)));
            JsonValue::Object(members.collect::<Result<_, DecodeError>>()?)
        }
        other => {
            let (expected, found) = ("a value that JSON has".into(), other.element_type());
            return Err(DecodeError::new(DecodeErrorKind::Type { expected, found }));
        }
    })
}

own_value!(Geometry, GeometryValue, Position);
