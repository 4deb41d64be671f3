//! The forms in which a model's type and its parameters appear in generated code.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericParam, Generics, Lifetime, Type, parse_quote};

use crate::{ir::Model, krate::inside};

pub(super) struct Forms {
    generics: Generics,
    lifetimes: Vec<String>,
    /// As it was declared: `Row<'a, T>`.
    pub(super) ty: TokenStream,
    /// Borrowing from nothing: `Row<'static, T>`.
    pub(super) static_ty: TokenStream,
    /// Borrowing from the bytes: `Row<'__de, T>`.
    pub(super) borrowed_ty: TokenStream,
    /// Whether there are parameters other than lifetimes.
    pub(super) is_generic: bool,
    /// Types that name a parameter and whose keys are keys of the model.
    flattened: Vec<Type>,
}

impl Forms {
    pub(super) fn new(model: &Model) -> Self {
        let generics = model.generics.clone();
        let lifetimes: Vec<_> = generics.lifetimes().map(|param| param.lifetime.ident.to_string()).collect();
        let (ident, (_, arguments, _)) = (&model.ident, generics.split_for_impl());
        let ty = quote!(#ident #arguments);
        let static_ty = with_lifetime(ty.clone(), &lifetimes, "static");
        let borrowed_ty = with_lifetime(ty.clone(), &lifetimes, "__de");
        let is_generic = generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime(_)));
        let params: Vec<_> = generics.type_params().map(|param| param.ident.clone()).collect();
        let flattened =
            model.flattened().into_iter().filter(|ty| names_one_of(ty.to_token_stream(), &params));
        let flattened = flattened.cloned().collect();
        Self { lifetimes, ty, static_ty, borrowed_ty, is_generic, flattened, generics }
    }

    pub(super) fn type_params(&self) -> Vec<&Ident> {
        self.generics.type_params().map(|param| &param.ident).collect()
    }

    /// A field's type, borrowing from nothing, as it is written outside of the model.
    pub(super) fn static_type(&self, ty: &Type) -> TokenStream {
        let ty = without_self(ty.to_token_stream(), &self.static_ty);
        with_lifetime(ty, &self.lifetimes, "static")
    }

    /// Parameters of an impl of the codec: every type can be stored.
    pub(super) fn codec(&self) -> (TokenStream, TokenStream) {
        self.bounded(self.generics.clone())
    }

    /// The same with the lifetime of the bytes, which outlives every lifetime of the model.
    pub(super) fn decode(&self) -> (TokenStream, TokenStream) {
        let mut generics = self.generics.clone();
        let lifetimes: Vec<Lifetime> = generics.lifetimes().map(|param| param.lifetime.clone()).collect();
        generics.params.insert(0, parse_quote!('__de));
        let clause = generics.make_where_clause();
        clause.predicates.extend(
            lifetimes.iter().map(|lifetime| -> syn::WherePredicate { parse_quote!('__de: #lifetime) }),
        );
        self.bounded(generics)
    }

    fn bounded(&self, mut generics: Generics) -> (TokenStream, TokenStream) {
        let p = inside();
        let types: Vec<_> = generics.type_params().map(|param| param.ident.clone()).collect();
        if !types.is_empty() {
            let clause = generics.make_where_clause();
            for ty in types {
                clause.predicates.push(parse_quote!(#ty: #p::Encode + #p::DecodeOwned + 'static));
            }
        }
        self.flatten_bounds(&mut generics, &inside());
        let (parameters, _, clause) = generics.split_for_impl();
        (parameters.to_token_stream(), clause.to_token_stream())
    }

    /// Parameters of what names paths: no lifetimes, and the document and place that the paths belong to.
    pub(super) fn paths(&self, p: &impl ToTokens) -> Paths {
        let mut generics = self.without_lifetimes();
        let types: Vec<_> = generics.type_params().map(|param| param.ident.clone()).collect();
        for ty in types {
            generics.make_where_clause().predicates.push(parse_quote!(#ty: 'static));
        }
        self.flatten_bounds(&mut generics, p);
        generics.params.push(parse_quote!(__D: 'static));
        generics.params.push(parse_quote!(__P: #p::StaticPath));
        let own: Vec<_> = self
            .generics
            .params
            .iter()
            .filter_map(|param| match param {
                GenericParam::Lifetime(_) => None,
                GenericParam::Type(param) => Some(param.ident.clone()),
                GenericParam::Const(param) => Some(param.ident.clone()),
            })
            .collect();
        let (parameters, arguments, clause) = generics.split_for_impl();
        Paths {
            parameters: parameters.to_token_stream(),
            arguments: arguments.to_token_stream(),
            clause: clause.to_token_stream(),
            own,
        }
    }

    /// Parameters of an impl for the model that borrows from nothing.
    pub(super) fn owned(&self) -> (TokenStream, TokenStream) {
        self.bounded(self.without_lifetimes())
    }

    /// Parameters of an impl that asks nothing of them but to live.
    pub(super) fn plain(&self) -> (TokenStream, TokenStream) {
        let mut generics = self.generics.clone();
        let types: Vec<_> = generics.type_params().map(|param| param.ident.clone()).collect();
        for ty in types {
            generics.make_where_clause().predicates.push(parse_quote!(#ty: 'static));
        }
        self.flatten_bounds(&mut generics, &inside());
        let (parameters, _, clause) = generics.split_for_impl();
        (parameters.to_token_stream(), clause.to_token_stream())
    }

    fn flatten_bounds(&self, generics: &mut Generics, p: &impl ToTokens) {
        for ty in &self.flattened {
            let clause = generics.make_where_clause();
            clause.predicates.push(parse_quote!(#ty: for<'__any> #p::Flatten<'__any>));
        }
    }

    fn without_lifetimes(&self) -> Generics {
        let mut generics = self.generics.clone();
        generics.params =
            generics.params.into_iter().filter(|it| !matches!(it, GenericParam::Lifetime(_))).collect();
        if let Some(clause) = &mut generics.where_clause {
            let predicates = std::mem::take(&mut clause.predicates);
            let is_type = |it: &syn::WherePredicate| matches!(it, syn::WherePredicate::Type(_));
            clause.predicates = predicates.into_iter().filter(is_type).collect();
        }
        for param in generics.params.iter_mut() {
            match param {
                GenericParam::Type(param) => param.default = None,
                GenericParam::Const(param) => param.default = None,
                GenericParam::Lifetime(_) => {}
            }
        }
        generics
    }
}

pub(super) struct Paths {
    pub(super) parameters: TokenStream,
    pub(super) arguments: TokenStream,
    pub(super) clause: TokenStream,
    /// The names of the model's own parameters.
    pub(super) own: Vec<Ident>,
}

/// Puts one lifetime in the place of each of `lifetimes`.
fn with_lifetime(tokens: TokenStream, lifetimes: &[String], new: &str) -> TokenStream {
    if lifetimes.is_empty() {
        return tokens;
    }
    let mut after_quote = false;
    tokens
        .into_iter()
        .map(|token| {
            let was_after_quote = std::mem::take(&mut after_quote);
            match token {
                TokenTree::Punct(punct) => {
                    after_quote = punct.as_char() == '\'';
                    TokenTree::Punct(punct)
                }
                TokenTree::Ident(ident) if was_after_quote && lifetimes.iter().any(|it| ident == it) => {
                    TokenTree::Ident(Ident::new(new, Span::call_site()))
                }
                TokenTree::Group(group) => {
                    let mut inner =
                        Group::new(group.delimiter(), with_lifetime(group.stream(), lifetimes, new));
                    inner.set_span(group.span());
                    TokenTree::Group(inner)
                }
                token => token,
            }
        })
        .collect()
}

fn names_one_of(tokens: TokenStream, names: &[Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&ident),
        TokenTree::Group(group) => names_one_of(group.stream(), names),
        _ => false,
    })
}

/// Puts the model in the place of `Self`.
fn without_self(tokens: TokenStream, model: &TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut all = TokenStream::new();
    while let Some(token) = tokens.next() {
        all.extend(match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                let goes_on =
                    matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
                if goes_on { quote!(<#model>) } else { model.clone() }
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_self(group.stream(), model));
                inner.set_span(group.span());
                TokenTree::Group(inner).into()
            }
            token => token.into(),
        });
    }
    all
}
