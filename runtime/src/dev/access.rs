//! How a server makes sure of its clients: users and certificates.

use std::{
    ffi::OsString,
    fmt,
    fs::File,
    hash::{BuildHasher, RandomState},
    io::{self, Write},
    path::{Path, PathBuf},
};

use mongodb::options::{ClientOptions, Credential, Tls, TlsOptions};

const KEY_FILE: &str = "key";

/// What is needed to get into a server; nothing by default.
#[derive(Clone, Default)]
pub(super) struct Access {
    pub(super) user: Option<User>,
    pub(super) tls: Option<TlsFiles>,
}

/// A user with every right.
#[derive(Clone)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) password: String,
    /// By which the nodes of a set know each other.
    key: String,
}

#[derive(Clone, Debug)]
pub(super) struct TlsFiles {
    pub(super) ca: PathBuf,
    pub(super) certificate_key: PathBuf,
}

impl User {
    pub(super) fn new(name: String, password: String) -> Self {
        // Seeded by the system. The set lives on this machine only.
        let seed = RandomState::new();
        let key = (0..4).map(|part| format!("{:016x}", seed.hash_one(part))).collect();
        Self { name, password, key }
    }
}

impl Access {
    /// The arguments of `mongod`.
    pub(super) fn arguments(&self, folder: &Path, replica_set: bool) -> Vec<OsString> {
        let option = |name: &str, path: &Path| {
            let mut argument = OsString::from(name);
            argument.push(path);
            argument
        };
        let mut arguments = Vec::new();
        match (&self.user, replica_set) {
            (None, _) => {}
            (Some(_), false) => arguments.push("--auth".into()),
            (Some(_), true) => arguments.push(option("--keyFile=", &folder.join(KEY_FILE))),
        }
        if let Some(tls) = &self.tls {
            arguments.push("--tlsMode=requireTLS".into());
            arguments.push(option("--tlsCAFile=", &tls.ca));
            arguments.push(option("--tlsCertificateKeyFile=", &tls.certificate_key));
            // Whoever has none logs in with a password.
            arguments.push("--tlsAllowConnectionsWithoutCertificates".into());
        }
        arguments
    }

    /// Writes the key file, which `mongod` takes only when nobody else can read it.
    pub(super) fn write_key(&self, folder: &Path) -> io::Result<()> {
        let Some(user) = &self.user else { return Ok(()) };
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(folder.join(KEY_FILE))?.write_all(user.key.as_bytes())
    }

    /// `user:password@`, or nothing.
    pub(super) fn user_info(&self) -> String {
        self.user.as_ref().map_or_else(String::new, |user| {
            format!("{}:{}@", percent_encoded(&user.name), percent_encoded(&user.password))
        })
    }

    /// The options of a connection string, each with an `&` in front.
    pub(super) fn options(&self) -> String {
        let mut options = String::new();
        if self.user.is_some() {
            options.push_str("&authSource=admin");
        }
        if let Some(tls) = &self.tls {
            options.push_str("&tls=true&tlsCAFile=");
            options.push_str(&percent_encoded(&tls.ca.to_string_lossy()));
        }
        options
    }

    pub(super) fn apply(&self, options: &mut ClientOptions, with_user: bool) {
        if let Some(user) = self.user.as_ref().filter(|_| with_user) {
            let credential =
                Credential::builder().username(user.name.clone()).password(user.password.clone());
            options.credential = Some(credential.source("admin".to_owned()).build());
        }
        if let Some(tls) = &self.tls {
            options.tls = Some(Tls::Enabled(TlsOptions::builder().ca_file_path(tls.ca.clone()).build()));
        }
    }
}

/// Without the password.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.user.as_ref().map(|user| &user.name);
        f.debug_struct("Access").field("user", &user).field("tls", &self.tls).finish()
    }
}

fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
