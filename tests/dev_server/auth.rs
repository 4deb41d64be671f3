//! Users, passwords and certificates, against servers that ask for them.

use odmium::{
    Client, Error, Result,
    bson::{Document, doc},
    dev::Server,
};

use crate::certificates::Authority;

/// The connection string with other credentials, or with none.
fn with_user(server: &Server, user: &str) -> String {
    let (_, rest) = server.uri().split_once('@').unwrap();
    format!("mongodb://{user}{rest}&serverSelectionTimeoutMS=2000")
}

async fn count(uri: &str) -> Result<u64> {
    Client::connect(uri).await?.database("shop").collection_named::<Document>("c").estimated_count().await
}

#[track_caller]
fn assert_refused(error: &Error) {
    assert!(error.is_authentication(), "{error:?}");
    let message = error.to_string();
    assert!(
        message.contains("authentication failed, check the user, the password and authSource"),
        "{message}"
    );
    assert!(!message.contains("wrong%20one") && !message.contains("wrong one"), "{message}");
}

// covers: M62
#[tokio::test]
async fn a_user_with_a_password() {
    for builder in [Server::builder(), Server::builder().standalone()] {
        let server = builder.auth("ro ot", "p@ss/word:%").start().await.unwrap();
        assert!(server.uri().contains("ro%20ot:p%40ss%2Fword%3A%25@"), "{}", server.uri());
        assert!(!format!("{server:?}").contains("word"), "{server:?}");
        let client = Client::connect(server.uri()).await.unwrap();
        client.ping().await.unwrap();
        assert_eq!(count(&server.node_uri(0).unwrap()).await.unwrap(), 0);

        assert_refused(&count(&with_user(&server, "ro%20ot:wrong%20one@")).await.unwrap_err());
        assert_refused(&count(&with_user(&server, "nobody:wrong%20one@")).await.unwrap_err());
        let error = count(&with_user(&server, "").replace("&authSource=admin", "")).await.unwrap_err();
        assert!(error.is_command() || error.is_authentication(), "{error:?}");
        assert_eq!(error.code(), Some(13), "{error:?}");
        assert!(error.to_string().contains("requires authentication"), "{error}");
    }
}

// covers: M62
#[tokio::test]
async fn users_made_by_command() {
    let server = Server::builder().auth("root", "secret").start().await.unwrap();
    let admin = Client::connect(server.uri()).await.unwrap().database("admin");
    for (name, mechanism) in [("old", "SCRAM-SHA-1"), ("new", "SCRAM-SHA-256")] {
        let roles = [doc! { "role": "read", "db": "shop" }];
        let create =
            doc! { "createUser": name, "pwd": "pencil", "roles": roles.to_vec(), "mechanisms": [mechanism] };
        admin.run_command(create).await.unwrap();
        // Found out from the server, and named.
        for option in ["", &format!("&authMechanism={mechanism}")] {
            let uri = format!("{}{option}", with_user(&server, &format!("{name}:pencil@")));
            assert_eq!(count(&uri).await.unwrap(), 0);
        }
        let other = if name == "old" { "SCRAM-SHA-256" } else { "SCRAM-SHA-1" };
        let uri = format!("{}&authMechanism={other}", with_user(&server, &format!("{name}:pencil@")));
        assert_refused(&count(&uri).await.unwrap_err());
        // May read, and nothing else.
        let client = Client::connect(with_user(&server, &format!("{name}:pencil@"))).await.unwrap();
        let error = client.database("shop").drop().await.unwrap_err();
        assert_eq!((error.code(), error.code_name()), (Some(13), Some("Unauthorized")), "{error:?}");
        admin.run_command(doc! { "updateUser": name, "pwd": "pen" }).await.unwrap();
        assert_refused(&count(&with_user(&server, &format!("{name}:pencil@"))).await.unwrap_err());
        admin.run_command(doc! { "dropUser": name }).await.unwrap();
        assert_refused(&count(&with_user(&server, &format!("{name}:pen@"))).await.unwrap_err());
    }
}

// covers: M62
#[tokio::test]
async fn a_replica_set_with_a_user_outlives_its_primary() {
    let server = Server::builder().replica_set(3).auth("root", "secret").start().await.unwrap();
    let client = Client::connect(server.uri()).await.unwrap();
    client.ping().await.unwrap();
    let primary = server.primary().await.unwrap();
    server.kill_node(primary).await.unwrap();
    server.restart_node(primary).await.unwrap();
    server.primary().await.unwrap();
    assert_eq!(count(server.uri()).await.unwrap(), 0);
}

// covers: M62
#[tokio::test]
async fn a_user_in_a_data_folder_that_stays() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let builder = Server::builder().data_dir(folder.path());
        let server = builder.auth("root", "secret").start().await.unwrap();
        assert_eq!(count(server.uri()).await.unwrap(), 0);
        server.stop().await.unwrap();
    }
}

// covers: M62
#[tokio::test]
async fn certificates() {
    let folder = tempfile::Builder::new().prefix("odmium certificates").tempdir().unwrap();
    let authority = Authority::new(folder.path(), "authority");
    let stranger = Authority::new(folder.path(), "stranger");
    let server = Server::builder()
        .auth("root", "secret")
        .tls(authority.file(), authority.sign("server", "servers", "127.0.0.1"))
        .start()
        .await
        .unwrap();
    let client = Client::connect(server.uri()).await.unwrap();
    client.ping().await.unwrap();

    let named = |path: &std::path::Path| path.to_str().unwrap().replace(' ', "%20");
    let plain = format!("mongodb://127.0.0.1:{}/?serverSelectionTimeoutMS=1500", server.ports()[0]);
    let error = count(&plain).await.unwrap_err();
    assert!(error.is_server_selection() || error.is_network(), "{error:?}");
    for ca in [format!("&tlsCAFile={}", named(&stranger.file())), String::new()] {
        let error = count(&format!("{plain}&tls=true{ca}")).await.unwrap_err();
        assert!(error.is_server_selection(), "{error:?}");
        assert!(error.to_string().contains("check tlsCAFile and the host name: 127.0.0.1"), "{error}");
    }
    let error = count(&format!("{plain}&tls=true&tlsCAFile=/nowhere.pem")).await.unwrap_err();
    assert!(error.is_argument(), "{error:?}");
    assert!(error.to_string().contains("/nowhere.pem"), "{error}");

    // The certificate as the user.
    let ann = authority.sign("ann", "clients", "ann.example");
    let external = client.database("$external");
    let roles = [doc! { "role": "readWrite", "db": "shop" }].to_vec();
    external.run_command(doc! { "createUser": "CN=ann,OU=clients", "roles": roles }).await.unwrap();
    let x509 = |certificate: &std::path::Path| {
        let ca = named(&authority.file());
        let certificate = named(certificate);
        format!(
            "{plain}&directConnection=true&tls=true&tlsCAFile={ca}&tlsCertificateKeyFile={certificate}&authMechanism=MONGODB-X509"
        )
    };
    assert_eq!(count(&x509(&ann)).await.unwrap(), 0);
    // PyMongo's old names.
    let old = x509(&ann).replace("tlsCAFile", "ssl_ca_certs").replace("tls=true", "ssl=true");
    assert_eq!(count(&old).await.unwrap(), 0);
    assert_refused(&count(&x509(&authority.sign("eve", "clients", "eve.example"))).await.unwrap_err());
    let error = count(&x509(&stranger.sign("ann-too", "clients", "ann.example"))).await.unwrap_err();
    assert!(error.is_server_selection() || error.is_network(), "{error:?}");

    // Encryption without a check is possible when it is asked for.
    let uri = server.uri().replace("tlsCAFile=", "tlsAllowInvalidCertificates=true&unused=");
    let uri = uri.split("&unused").next().unwrap();
    assert_eq!(count(uri).await.unwrap(), 0);
}

#[tokio::test]
async fn a_certificate_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nonsense.pem");
    std::fs::write(&file, "nonsense").unwrap();
    let error = Server::builder().tls(&file, &file).start().await.unwrap_err();
    assert!(error.is_dev_server(), "{error:?}");
    assert!(error.to_string().contains("nonsense.pem"), "{error}");
}
