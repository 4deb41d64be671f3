//! What hand-written encoders need; `header` is a type byte, a key and NUL.

use odmium::bson::oid::ObjectId;

pub(super) fn document(buf: &mut Vec<u8>, fill: impl FnOnce(&mut Vec<u8>)) {
    let start = buf.len();
    buf.extend_from_slice(&[0; 4]);
    fill(buf);
    buf.push(0);
    let len = (buf.len() - start) as u32;
    buf[start..start + 4].copy_from_slice(&len.to_le_bytes());
}

pub(super) fn text(buf: &mut Vec<u8>, header: &[u8], value: &str) {
    buf.extend_from_slice(header);
    buf.extend_from_slice(&(value.len() as u32 + 1).to_le_bytes());
    buf.extend_from_slice(value.as_bytes());
    buf.push(0);
}

pub(super) fn int(buf: &mut Vec<u8>, header: &[u8], value: i32) {
    buf.extend_from_slice(header);
    buf.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn long(buf: &mut Vec<u8>, header: &[u8], value: i64) {
    buf.extend_from_slice(header);
    buf.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn id(buf: &mut Vec<u8>, value: ObjectId) {
    buf.extend_from_slice(b"\x07_id\0");
    buf.extend_from_slice(&value.bytes());
}
