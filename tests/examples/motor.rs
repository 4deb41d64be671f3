//! The page on Motor names everything that Motor has, and nothing that is not here.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::root;

/// The public names of each class of Motor 3, without those of Python itself.
const MOTOR: [(&str, &str); 10] = [
    (
        "AsyncIOMotorClient",
        "get_io_loop document_class tz_aware connect type_registry codec_options unicode_decode_error_handler \
         uuidRepresentation server_selector driver event_listeners auto_encryption_opts get_database \
         get_default_database drop_database list_databases list_database_names server_info fsync unlock start_session \
         watch close HOST PORT address primary secondaries arbiters nodes is_primary is_mongos topology_description \
         max_bson_size max_message_size max_write_batch_size min_wire_version max_wire_version options max_pool_size \
         min_pool_size max_idle_time_ms local_threshold_ms server_selection_timeout retry_reads retry_writes \
         read_concern read_preference write_concern",
    ),
    (
        "AsyncIOMotorClientSession",
        "start_transaction commit_transaction abort_transaction with_transaction end_session has_ended in_transaction \
         session_id options client cluster_time operation_time advance_cluster_time advance_operation_time",
    ),
    (
        "AsyncIOMotorDatabase",
        "get_collection aggregate command cursor_command create_collection current_op dereference drop_collection \
         list_collections list_collection_names profiling_level set_profiling_level profiling_info \
         validate_collection watch with_options client name read_concern read_preference write_concern",
    ),
    (
        "AsyncIOMotorCollection",
        "insert_one insert_many find find_one find_one_and_delete find_one_and_replace find_one_and_update replace_one \
         update_one update_many delete_one delete_many bulk_write count_documents estimated_document_count distinct \
         aggregate find_raw_batches aggregate_raw_batches create_index create_indexes drop_index drop_indexes \
         list_indexes index_information reindex map_reduce inline_map_reduce options rename drop watch with_options \
         database name full_name read_concern read_preference write_concern codec_options",
    ),
    (
        "AsyncIOMotorCursor",
        "sort skip limit hint min max comment collation batch_size allow_disk_use max_time_ms max_await_time_ms where \
         max_scan add_option remove_option fetch_next next_object next to_list each distinct explain clone rewind \
         alive cursor_id address session close",
    ),
    ("AsyncIOMotorChangeStream", "next try_next alive resume_token close"),
    (
        "AsyncIOMotorGridFSBucket",
        "open_upload_stream open_upload_stream_with_id upload_from_stream upload_from_stream_with_id \
         open_download_stream open_download_stream_by_name download_to_stream download_to_stream_by_name find delete \
         rename",
    ),
    (
        "AsyncIOMotorGridIn",
        "write writelines close abort set _id filename name length chunk_size content_type upload_date closed md5",
    ),
    (
        "AsyncIOMotorGridOut",
        "open read readchunk readline seek tell seekable _id filename name length chunk_size upload_date metadata \
         content_type aliases md5 stream_to_handler",
    ),
    (
        "AsyncIOMotorGridOutCursor",
        "next to_list each sort skip limit clone rewind distinct explain alive close",
    ),
];

/// The words of a text.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

fn page() -> String {
    fs::read_to_string(root().join("runtime/docs/coming-from-motor.md")).unwrap()
}

/// The cells of the rows of a text.
fn rows(text: &str) -> impl Iterator<Item = [String; 2]> {
    text.lines().filter(|line| line.starts_with('|')).map(|line| {
        let line = line.replace("\\|", "\u{0}");
        let mut cells = line.trim_matches('|').split('|');
        [cells.next().unwrap_or_default().to_owned(), cells.next().unwrap_or_default().to_owned()]
    })
}

// covers: M24, M40
#[test]
fn every_name_of_motor_has_its_row() {
    let page = page();
    for (class, names) in MOTOR {
        let section = page.split("\n# ").find(|section| {
            section.lines().next().is_some_and(|heading| heading.contains(&format!("`{class}`")))
        });
        let section = section.unwrap_or_else(|| panic!("no section on {class}"));
        let theirs: String = rows(section).map(|[theirs, _]| theirs + " ").collect();
        let missing: Vec<_> =
            names.split_whitespace().filter(|name| !words(&theirs).contains(name)).collect();
        assert!(missing.is_empty(), "{class}: {missing:?}");
    }
}

/// All Rust source below a folder.
fn source(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &source(&path);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

// covers: M24, M40
#[test]
fn every_method_that_the_page_names_is_there() {
    let source = source(&root().join("runtime/src"));
    // Setters are named in lists within macros, and get their `fn` there.
    let known = words(&source);
    let page = page();
    let mut checked = 0;
    for [_, ours] in rows(&page) {
        for code in ours.split('`').skip(1).step_by(2) {
            for part in code.split('.').skip(1) {
                let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_call = part[name.len()..].starts_with(['(', ':']);
                if is_call {
                    checked += 1;
                    let declared =
                        source.contains(&format!("fn {name}(")) || source.contains(&format!("fn {name}<"));
                    assert!(declared || known.contains(name.as_str()), "`{code}`: there is no `{name}`");
                }
            }
        }
    }
    assert!(checked > 150, "{checked} names");
}
