//! What a client is made with: connection strings and the builder.

use std::time::Duration;

use odmium::{
    Client, Database, Result,
    bson::{Document, doc},
    dev,
    options::{ReadConcern, ReadPreference, SelectionCriteria, ServerAddress, WriteConcern},
};

async fn uri_with(options: &str) -> String {
    let uri = dev::shared().await.unwrap().uri();
    format!("{uri}{}{options}", if uri.contains('?') { "&" } else { "?" })
}

// covers: M1
#[tokio::test]
async fn options_that_the_driver_does_not_honour_are_honoured_here() -> Result<()> {
    let millis = Duration::from_millis;
    for (options, total, socket, queue) in [
        ("timeoutMS=900", Some(900), None, None),
        ("socketTimeoutMS=800&waitQueueTimeoutMS=700", None, Some(800), Some(700)),
        ("SOCKETTIMEOUTMS=0&timeoutMS=0", None, None, None),
        ("uuidRepresentation=standard&socketKeepAlive=true&fsync=false", None, None, None),
        (
            "tlsDisableOCSPEndpointCheck=true&ssl_match_hostname=true&tlsAllowInvalidHostnames=false",
            None,
            None,
            None,
        ),
    ] {
        let client = Client::connect(uri_with(options).await).await?;
        client.ping().await?;
        let settings = client.settings();
        assert_eq!(settings.timeout(), total.map(millis), "{options}");
        assert_eq!(settings.socket_timeout(), socket.map(millis), "{options}");
        assert_eq!(settings.wait_queue_timeout(), queue.map(millis), "{options}");
    }
    let client = Client::connect(uri_with("wtimeout=1234&j=true&w=majority").await).await?;
    let concern = client.settings().write_concern().unwrap();
    assert_eq!(concern.w_timeout, Some(millis(1234)));
    assert_eq!(concern.journal, Some(true));
    Ok(())
}

// covers: M1
#[tokio::test]
async fn every_standard_option_is_taken() -> Result<()> {
    let options = "appName=odd%20name&connectTimeoutMS=1000&serverSelectionTimeoutMS=2000&heartbeatFrequencyMS=600\
                   &localThresholdMS=5&maxIdleTimeMS=3000&maxPoolSize=7&minPoolSize=1&maxConnecting=3&readConcernLevel=majority\
                   &readPreference=secondaryPreferred&readPreferenceTags=dc:ny&readPreferenceTags=&maxStalenessSeconds=120\
                   &retryReads=false&retryWrites=false&w=1&wTimeoutMS=100&journal=false&serverMonitoringMode=poll\
                   &compressors=zstd,zlib,snappy&zlibCompressionLevel=3&authSource=admin&tls=false";
    let client = Client::connect(uri_with(options).await).await?;
    client.ping().await?;
    let settings = client.settings();
    assert_eq!(settings.app_name(), Some("odd name"));
    assert_eq!(settings.max_pool_size(), 7);
    assert_eq!(settings.min_pool_size(), 1);
    assert_eq!(settings.max_connecting(), 3);
    assert_eq!(settings.connect_timeout(), Duration::from_secs(1));
    assert_eq!(settings.server_selection_timeout(), Duration::from_secs(2));
    assert_eq!(settings.heartbeat_frequency(), Duration::from_millis(600));
    assert_eq!(settings.local_threshold(), Duration::from_millis(5));
    assert_eq!(settings.max_idle_time(), Some(Duration::from_secs(3)));
    assert!(!settings.retry_reads() && !settings.retry_writes());
    assert_eq!(settings.read_concern(), Some(&ReadConcern::majority()));
    let criteria = settings.selection_criteria().unwrap();
    assert!(matches!(criteria, SelectionCriteria::ReadPreference(ReadPreference::SecondaryPreferred { .. })));
    assert_eq!(settings.driver_options().compressors.as_ref().unwrap().len(), 3);
    assert!(!format!("{client:?}").contains("credential"));
    Ok(())
}

// covers: M1
#[tokio::test]
async fn options_that_cannot_be_honoured_are_refused_by_name() {
    for (option, why) in [
        ("uuidRepresentation=javaLegacy", "`#[field(as = JavaLegacyUuid)]`"),
        ("uuidRepresentation=odd", "use `standard`"),
        ("tlsCRLFile=x.pem", "revocation lists are not read"),
        ("ssl_crlfile=x.pem", "revocation lists are not read"),
        ("tlsDisableOCSPEndpointCheck=false", "never checked"),
        ("tlsAllowInvalidHostnames=true", "tlsAllowInvalidCertificates=true"),
        ("ssl_match_hostname=false", "host name of the certificate"),
        ("ssl_certfile=x.pem", "tlsCertificateKeyFile"),
        ("ssl_cert_reqs=CERT_OPTIONAL", "tlsAllowInvalidCertificates"),
        ("socketTimeoutMS=soon", "number of milliseconds"),
        ("socketKeepAlive=false", "always kept alive"),
        ("socketKeepAlive=yes", "`true` or `false`"),
        ("waitQueueMultiple=5", "waitQueueTimeoutMS"),
        ("slaveOk=true", "readPreference"),
        ("fsync=true", "journal=true"),
        ("safe=true", "`w`"),
        ("w=0", "acknowledged"),
        ("compressors=lz4", "is none"),
        ("maxPoolsize=0", "maxPoolSize"),
        ("maxPoolSizes=3", "maxpoolsize"),
        ("retryWrites=2", "retrywrites"),
    ] {
        // A name that nobody resolves: it is refused before anything is looked up.
        for uri in
            [format!("mongodb://localhost/?{option}"), format!("mongodb+srv://a.invalid.example/?{option}")]
        {
            let Err(error) = Client::connect(&uri).await else { panic!("{uri} is taken") };
            if uri.contains("+srv") && option.starts_with("maxPoolsize") {
                continue;
            }
            assert!(error.is_argument(), "{option}: {error:?}");
            let message = error.to_string();
            assert!(message.contains(why), "{option}: {message}");
            let name = option.split('=').next().unwrap().to_lowercase();
            assert!(message.to_lowercase().contains(&name), "{option}: {message}");
        }
    }
    let error = Client::connect("mongodb://a/?timeoutMS=1&timeoutMS=2").await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("twice"), "{error:?}");
}

// covers: M1
#[tokio::test]
async fn hosts() -> Result<()> {
    let address = |text: &str| ServerAddress::parse(text).unwrap();
    for (uri, hosts) in [
        ("mongodb://a", vec![address("a:27017")]),
        (
            "mongodb://a:1,b:2,[::1]:3/db?replicaSet=x",
            vec![address("a:1"), address("b:2"), address("[::1]:3")],
        ),
        (
            "mongodb://%2Ftmp%2Fmongodb-1.sock",
            vec![ServerAddress::Unix { path: "/tmp/mongodb-1.sock".into() }],
        ),
    ] {
        assert_eq!(Client::connect(uri).await?.settings().hosts(), hosts, "{uri}");
    }
    for uri in [
        "localhost",
        "http://a",
        "mongodb://",
        "mongodb://a/?x",
        "mongodb://us@er:x@a",
        "mongodb+srv://a:1.b.c",
    ] {
        let Err(error) = Client::connect(uri).await else { panic!("{uri} is taken") };
        assert!(error.is_argument(), "{uri}: {error:?}");
    }
    Ok(())
}

// covers: M1
#[cfg(unix)]
#[tokio::test]
async fn a_unix_socket() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let prefix = folder.path().to_str().unwrap();
    let server = dev::Server::builder().standalone().start().await?;
    // The development server opens none, so that this one leads to it.
    let socket = folder.path().join("mongodb.sock");
    let listener = tokio::net::UnixListener::bind(&socket).unwrap();
    let port = server.ports()[0];
    let relay = tokio::spawn(async move {
        while let Ok((mut here, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut there = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut here, &mut there).await;
            });
        }
    });
    let uri = format!("mongodb://{}%2Fmongodb.sock/?directConnection=true", prefix.replace('/', "%2F"));
    let client = Client::connect(uri).await?;
    assert_eq!(client.server_info().await?.version_numbers[0], 6);
    relay.abort();
    Ok(())
}

// covers: M2
#[tokio::test]
async fn the_builder_counts_before_the_connection_string() -> Result<()> {
    let client = Client::builder()
        .uri(uri_with("maxPoolSize=3&appName=uri&timeoutMS=1000&socketTimeoutMS=2000").await)
        .app_name("builder")
        .timeout(Duration::from_secs(9))
        .write_concern(WriteConcern::majority())
        .configure(|options| options.max_connecting = Some(5))
        .connect()
        .await?;
    let settings = client.settings();
    assert_eq!(
        (settings.app_name(), settings.max_pool_size(), settings.max_connecting()),
        (Some("builder"), 3, 5)
    );
    assert_eq!(settings.timeout(), Some(Duration::from_secs(9)));
    assert_eq!(settings.socket_timeout(), Some(Duration::from_secs(2)));
    assert_eq!(Client::builder().connect().await?.settings().max_pool_size(), 100);
    let hosts = [ServerAddress::parse("h:1").unwrap()];
    assert_eq!(Client::builder().hosts(hosts.clone()).connect().await?.settings().hosts(), hosts);
    let clone = client.clone();
    assert!(std::ptr::eq(clone.settings(), client.settings()), "clones share what they have");
    Ok(())
}

// covers: M2
#[tokio::test]
async fn the_server_is_told_who_connects() -> Result<()> {
    let client = Client::builder().uri(uri_with("").await).app_name("who connects").connect().await?;
    let mut current = client
        .database("admin")
        .inner()
        .aggregate([
            doc! { "$currentOp": { "allUsers": true, "idleConnections": true } },
            doc! { "$match": { "appName": "who connects" } },
        ])
        .await?;
    use odmium::prelude::*;
    let operation = current.try_next().await?.expect("the connection is shown");
    let metadata = operation.get_document("clientMetadata").unwrap();
    let driver = metadata.get_document("driver").unwrap();
    assert!(driver.get_str("name").unwrap().ends_with("|Odmium"), "{driver}");
    assert!(driver.get_str("version").unwrap().contains('|'), "{driver}");
    Ok(())
}

// covers: M2
#[odmium::test]
async fn warm_up_opens_the_connections(db: Database) -> Result<()> {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    let ready = Arc::new(AtomicUsize::new(0));
    let count = ready.clone();
    let client = Client::builder()
        .uri(uri_with("minPoolSize=4").await)
        .on_pool(move |event| {
            if let odmium::monitor::CmapEvent::ConnectionReady(_) = event {
                count.fetch_add(1, Ordering::Relaxed);
            }
        })
        .connect()
        .await?;
    client.warm_up().await?;
    assert_eq!(ready.load(Ordering::Relaxed), 4);
    client.database(db.name()).client().ping().await
}

// covers: M1
#[tokio::test]
async fn messages_are_compressed() -> Result<()> {
    let server = dev::Server::builder().standalone().start().await?;
    for name in ["zstd", "zlib", "snappy"] {
        let client = Client::connect(format!("{}?compressors={name}", server.uri())).await?;
        let rows = client.database("x").collection_named::<Document>("rows");
        rows.insert(&doc! { "text": "x".repeat(100_000) }).await?;
        let status = client.database("admin").run_command(doc! { "serverStatus": 1 }).await?;
        let used = status.get_document("network").unwrap().get_document("compression").unwrap();
        let received = used.get_document(name).unwrap().get_document("decompressor").unwrap();
        let (sent, plain) = (received.get_i64("bytesIn").unwrap(), received.get_i64("bytesOut").unwrap());
        assert!(plain >= 100_000 && sent < plain / 5, "{name}: {sent} of {plain} bytes");
    }
    Ok(())
}
