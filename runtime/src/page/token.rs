//! The text that stands for a position between two pages.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use mongodb::bson::{Bson, Document, doc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Sha256;

use super::{Position, condition::class};
use crate::{
    codec::{decode, encode_to_vec},
    error::{Error, Result},
};

/// How many bytes of the code stand before the content.
const CODE: usize = 16;

/// Where a page ends: an opaque text that can stand in a URL as it is.
///
/// It holds the values of the sort keys of one document, readable for who knows how (do not sort by a secret), and a
/// code that binds them to the collection and the order. Without a [secret](crate::action::FindPage::secret) the code
/// finds accidents only. A token is never more than values: whoever forges one reaches another place in the same
/// order, under the same filter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token(String);

impl Token {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn new(position: &Position, inclusive: bool, context: &Context<'_>) -> Result<Self> {
        let mut content = doc! { "k": position.keys.clone() };
        if inclusive {
            content.insert("i", true);
        }
        let content = encode_to_vec(&content)?;
        let mut bytes = context.code(&content)?.finalize().into_bytes()[..CODE].to_vec();
        bytes.extend(content);
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The position, and whether the document at it belongs to the page.
    pub(crate) fn open(&self, context: &Context<'_>) -> Result<(Position, bool)> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| refused())?;
        let (code, content) = bytes.split_at_checked(CODE).ok_or_else(refused)?;
        context.code(content)?.verify_truncated_left(code).map_err(|_| refused())?;
        let content: Document = decode(content).map_err(|_| refused())?;
        let keys = content.get_array("k").map_err(|_| refused())?.clone();
        let position = Position { keys };
        // Without a secret anybody can make a code that is right.
        let fits =
            position.keys.len() == context.sort.len() && position.keys.iter().all(|key| class(key).is_some());
        if !fits {
            return Err(refused());
        }
        Ok((position, matches!(content.get("i"), Some(Bson::Boolean(true)))))
    }
}

/// What a token is bound to.
pub(crate) struct Context<'a> {
    /// `database.collection`.
    pub(crate) namespace: String,
    pub(crate) sort: &'a Document,
    pub(crate) secret: &'a [u8],
}

impl Context<'_> {
    fn code(&self, content: &[u8]) -> Result<Hmac<Sha256>> {
        let mut code = Hmac::<Sha256>::new_from_slice(self.secret)
            .map_err(|_| Error::argument("this secret cannot be the key of a code: give 32 random bytes"))?;
        let sort = encode_to_vec(self.sort)?;
        // A namespace has no NUL, and a document begins with its length: nothing can move from one part to another.
        for part in [self.namespace.as_bytes(), b"\0", &sort, content] {
            code.update(part);
        }
        Ok(code)
    }
}

#[cold]
fn refused() -> Error {
    Error::argument(
        "this page token was altered, or made for another collection, order or secret: begin with the first page again",
    )
}

/// What `after` and `before` take: a [`Token`], its text, or an `Option` of one, where `None` changes nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no page token",
    label = "not a page token",
    note = "give `page.next`, the text of a token, or an `Option` of one"
)]
pub trait IntoToken {
    /// The token, if there is one.
    fn into_token(self) -> Option<Token>;
}

impl IntoToken for Token {
    fn into_token(self) -> Option<Token> {
        Some(self)
    }
}

impl IntoToken for &Token {
    fn into_token(self) -> Option<Token> {
        Some(self.clone())
    }
}

impl IntoToken for &str {
    fn into_token(self) -> Option<Token> {
        Some(Token(self.to_owned()))
    }
}

impl IntoToken for String {
    fn into_token(self) -> Option<Token> {
        Some(Token(self))
    }
}

impl IntoToken for &String {
    fn into_token(self) -> Option<Token> {
        Some(Token(self.clone()))
    }
}

impl<T: IntoToken> IntoToken for Option<T> {
    fn into_token(self) -> Option<Token> {
        self.and_then(T::into_token)
    }
}

impl<'t, T> IntoToken for &'t Option<T>
where
    &'t T: IntoToken,
{
    fn into_token(self) -> Option<Token> {
        self.as_ref().and_then(IntoToken::into_token)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Takes every text; a wrong one is an error of the page that it is given to.
impl FromStr for Token {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.0
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}
