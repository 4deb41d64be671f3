//! UUIDs in every representation that a driver ever had.

use bson::{Binary, Bson, Document as Dynamic, Uuid, UuidRepresentation, doc, spec::BinarySubtype};
use odmium::{
    codec::{
        CSharpLegacyUuid, Decode, Encode, JavaLegacyUuid, PythonLegacyUuid, decode_bson, encode_to_bson,
    },
    prelude::*,
};

use crate::support::{read_bson, refused, stored_as};

fn uuid() -> Uuid {
    Uuid::parse_str("00112233-4455-6677-8899-aabbccddeeff").unwrap()
}

fn old(representation: UuidRepresentation) -> Binary {
    Binary::from_uuid_with_representation(uuid(), representation)
}

// covers: M55
#[test]
fn each_driver_has_its_order_of_bytes() {
    stored_as(uuid(), old(UuidRepresentation::Standard));
    stored_as(CSharpLegacyUuid(uuid()), old(UuidRepresentation::CSharpLegacy));
    stored_as(JavaLegacyUuid(uuid()), old(UuidRepresentation::JavaLegacy));
    stored_as(PythonLegacyUuid(uuid()), old(UuidRepresentation::PythonLegacy));
    // The examples of the drivers' specification of UUIDs.
    let java = Bson::from(old(UuidRepresentation::JavaLegacy)).into_canonical_extjson();
    assert_eq!(java["$binary"]["base64"], "d2ZVRDMiEQD/7t3Mu6qZiA==");
    let csharp = Bson::from(old(UuidRepresentation::CSharpLegacy)).into_canonical_extjson();
    assert_eq!(csharp["$binary"]["base64"], "MyIRAFVEd2aImaq7zN3u/w==");
}

// covers: M55
#[test]
fn a_legacy_type_reads_the_standard_as_well_and_nothing_else() {
    fn check<T: Encode + for<'de> Decode<'de> + std::fmt::Debug + PartialEq + From<Uuid>>() {
        assert_eq!(read_bson::<T>(uuid()).unwrap(), T::from(uuid()));
        refused::<T>(Binary { subtype: BinarySubtype::Generic, bytes: vec![0; 16] }, "subtype 0");
        refused::<T>(Binary { subtype: BinarySubtype::UuidOld, bytes: vec![0; 15] }, "15 bytes");
        refused::<T>("text", "a UUID, but a string is stored");
    }
    check::<CSharpLegacyUuid>();
    check::<JavaLegacyUuid>();
    check::<PythonLegacyUuid>();
    refused::<Uuid>(old(UuidRepresentation::JavaLegacy), "`#[field(as = JavaLegacyUuid)]`");
}

#[derive(Document, Debug, PartialEq)]
#[document(collection = "devices")]
struct Device {
    id: JavaLegacyUuid,
    #[field(as = CSharpLegacyUuid)]
    owner: Uuid,
    #[field(as = PythonLegacyUuid)]
    seller: uuid::Uuid,
    #[field(as = JavaLegacyUuid)]
    last: Option<Uuid>,
    standard: Uuid,
}

// covers: M55
#[test]
fn a_field_says_its_representation() {
    let mut device = Device {
        id: uuid().into(),
        owner: uuid(),
        seller: uuid::Uuid::from_bytes(uuid().bytes()),
        last: Some(uuid()),
        standard: uuid(),
    };
    let mut stored = doc! {
        "_id": old(UuidRepresentation::JavaLegacy),
        "owner": old(UuidRepresentation::CSharpLegacy),
        "seller": old(UuidRepresentation::PythonLegacy),
        "last": old(UuidRepresentation::JavaLegacy),
        "standard": old(UuidRepresentation::Standard),
    };
    assert_eq!(encode_to_bson(&device).unwrap(), Bson::Document(stored.clone()));
    assert_eq!(decode_bson::<Device>(&stored.clone().into()).unwrap(), device);
    device.last = None;
    stored.remove("last");
    assert_eq!(encode_to_bson(&device).unwrap(), Bson::Document(stored.clone()));
    assert_eq!(decode_bson::<Device>(&stored.into()).unwrap(), device);
}

// covers: M55
#[test]
fn filters_and_updates_use_the_representation_of_the_field() {
    let rendered = |filter: Filter<Device>| -> Dynamic { filter.to_document().unwrap() };
    let java = old(UuidRepresentation::JavaLegacy);
    let csharp = old(UuidRepresentation::CSharpLegacy);
    assert_eq!(rendered(Device.id.eq(JavaLegacyUuid(uuid()))), doc! { "_id": java.clone() });
    assert_eq!(rendered(Device.owner.eq(uuid())), doc! { "owner": csharp.clone() });
    assert_eq!(rendered(Device.owner.is_in([uuid()])), doc! { "owner": { "$in": [csharp.clone()] } });
    assert_eq!(rendered(Device.last.eq(uuid())), doc! { "last": java });
    let change = odmium::Update::new().and(Device.owner.set(uuid())).to_document().unwrap();
    assert_eq!(change, doc! { "$set": { "owner": csharp } });
}
