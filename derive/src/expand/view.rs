//! A view: the check of each field against the model, the projection, and the reader.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{DeriveInput, Ident, Type, ext::IdentExt, spanned::Spanned};

use super::{Expand, Forms};
use crate::{
    ir::{Codec, Field, Key, Model, Role, Shape, Shapes, Stored},
    krate::{Krate, inside, inside_at},
    lower::field::without_option,
    view::{Part, Source, View, ViewField},
};

pub(crate) fn view(input: &DeriveInput, view: View) -> TokenStream {
    let View { krate, of, fields } = view;
    let root = root(&of);
    let model = Model {
        krate,
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        generics: input.generics.clone(),
        deny_unknown: false,
        shape: Shape::Struct(Vec::new()),
        collection: None,
        patch: None,
        shapes: Shapes::default(),
        root: input.ident.clone(),
    };
    let expand = Expand { forms: Forms::new(&model), model: &model };
    let is_related = fields.iter().any(|field| matches!(field.source, Source::Related(_)));
    let mut seen = HashSet::new();
    let (projection, read): (Vec<_>, Vec<_>) = fields
        .into_iter()
        .map(|field| (expand.project(&field, &of, &root), lower(field, &root, &mut seen)))
        .unzip();
    let (decode, keys) = (expand.decode_struct(&read), expand.view_keys(&read));
    let traits = match is_related {
        true => expand.related_view(&of, &projection),
        false => expand.view_traits(&of, &projection),
    };
    model.krate.scope(&quote!(#keys #decode #traits))
}

/// Impls that are never called: the build has failed.
pub(crate) fn view_stubs(input: &DeriveInput, krate: &Krate) -> TokenStream {
    let p = inside();
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    let mut generics = input.generics.clone();
    generics.params.insert(0, syn::parse_quote!('__de));
    let (de_parameters, ..) = generics.split_for_impl();
    let lend = input.generics.params.is_empty().then(|| {
        quote! {
            impl #p::Lend for #ident { type Borrowed<'__de> = #ident; }
            impl<__M> #p::View<__M> for #ident { fn project(_: &mut #p::Projection) {} }
            impl<__M> #p::Shows<__M> for #ident {}
            impl<__M> #p::relation::Loads<__M> for #ident { fn load(_: &mut #p::Projection) {} }
        }
    });
    let _ = parameters;
    krate.scope(&quote! {
        impl #de_parameters #p::Decode<'__de> for #ident #arguments #clause {
            fn decode(_: #p::RawValue<'__de>) -> #p::Result<Self, #p::DecodeError> {
                #p::broken()
            }
        }
        #lend
    })
}

/// The paths of the model.
fn root(of: &Type) -> TokenStream {
    let p = inside();
    quote!(<<#of as #p::Embedded>::Fields<#of, #p::Root> as #p::FieldSet>::FIELDS)
}

/// A path of the model.
fn field(root: &TokenStream, path: &[Ident]) -> TokenStream {
    quote!(#root #(.#path)*)
}

/// How a field is read: in the model's order where it is a field of the model itself, else by looking for it.
///
/// `seen` has the names that are read in order: what stands in the document once is read there once.
fn lower(view: ViewField, root: &TokenStream, seen: &mut HashSet<Ident>) -> Field {
    let p = inside();
    let ViewField { ident, ty, source, default } = view;
    let or_default = |value: TokenStream| match &default {
        None => value,
        Some(None) => quote!(#value.unwrap_or_else(|| <#ty as #p::Default>::default())),
        Some(Some(default)) => quote!(#value.unwrap_or_else(|| #default)),
    };
    let read_as = match default.is_some() {
        true => quote!(#p::Option<#ty>),
        false => ty.to_token_stream(),
    };
    let late = |value| Role::Skipped(Some(syn::Expr::Verbatim(or_default(value))));
    let role = match source {
        Source::Skipped => Role::Skipped(default.clone().flatten()),
        Source::Broken => Role::Skipped(Some(syn::Expr::Verbatim(quote!(#p::broken())))),
        Source::Meta(function) => {
            late(quote!(#p::view::read_key::<#read_as>(__document, #p::projection::#function().key())?))
        }
        Source::Computed(_) => {
            let key = computed_key(&ident);
            late(quote!(#p::view::read_key::<#read_as>(__document, #key)?))
        }
        Source::Related(_) => {
            let key = computed_key(&ident);
            late(quote!(#p::relation::read_related::<#read_as>(__document, #key)?))
        }
        Source::Path { path, part, codec } => {
            let field = field(root, &path);
            match (part, bridge(&codec)) {
                (Part::First(_), _) => late(quote!(#p::view::first_at(__document, &#field)?)),
                (_, None) if default.is_none() && path.len() == 1 && seen.insert(path[0].clone()) => {
                    Role::Stored(Box::new(Stored {
                        key: Key { text: String::new(), span: ident.span() },
                        aliases: Vec::new(),
                        codec: Codec::Own,
                        default: None,
                        skip_if: None,
                        version: None,
                        on_delete: None,
                        path: Some(field),
                    }))
                }
                (_, None) => late(quote!(#p::view::read_at::<#read_as, _, _, _>(__document, &#field)?)),
                (_, Some(bridge)) => {
                    late(quote!(#p::view::read_by::<#bridge, #read_as, _, _, _>(__document, &#field)?))
                }
            }
        }
    };
    Field { ident, vis: syn::Visibility::Inherited, ty, docs: TokenStream::new(), role }
}

/// The bridge over which the model stores the field.
fn bridge(codec: &Codec) -> Option<TokenStream> {
    let p = inside();
    match codec {
        Codec::Own | Codec::With(_) => None,
        Codec::Serde => Some(quote!(#p::Serde)),
        Codec::As(ty) => Some(quote!(#p::As<#ty>)),
    }
}

/// The key of a computed value, which no model has.
fn computed_key(ident: &Ident) -> String {
    format!("__{}", ident.unraw())
}

impl Expand<'_> {
    /// The check of a field, and what it adds to the projection.
    fn project(&self, view: &ViewField, of: &Type, root: &TokenStream) -> TokenStream {
        let span = view.ty.span().resolved_at(Span::call_site());
        let p = inside_at(span);
        let own = &view.ty;
        let ty = match &view.source {
            Source::Path { part: Part::First(_), .. } => self.forms.static_type(&without_option(own)),
            _ => self.forms.static_type(own),
        };
        let ty = match (&view.default, &view.source) {
            (Some(_), Source::Path { part: Part::All | Part::Slice(_), .. } | Source::Computed(_)) => {
                quote!(#p::Option<#ty>)
            }
            _ => ty,
        };
        let project = Ident::new("project", span);
        match &view.source {
            Source::Skipped | Source::Broken => TokenStream::new(),
            Source::Meta(function) => {
                quote_spanned!(span=> #p::view::show_meta::<#ty, _>(&#p::projection::#function(), __projection);)
            }
            Source::Computed(expr) => {
                let key = computed_key(&view.ident);
                quote_spanned! {span=>
                    #p::view::show_expr::<#ty, #of, _>(#expr, #key, __projection).#project(__projection);
                }
            }
            Source::Related(relation) => {
                let (key, show) = (computed_key(&view.ident), Ident::new("show", span));
                quote_spanned! {span=>
                    #p::relation::related::<#of, _>(#relation).#show::<#ty>(#key, __projection);
                }
            }
            Source::Path { path, part, codec } => {
                let field = field(root, path);
                let ty = match bridge(codec) {
                    None => ty,
                    Some(bridge) => quote!(#p::Via<#ty, #bridge>),
                };
                match part {
                    Part::All => {
                        quote_spanned!(span=> #p::view::show::<#ty, _, _, _>(&#field).#project(__projection);)
                    }
                    Part::Slice(range) => quote_spanned! {span=>
                        #p::view::show::<#ty, _, _, _>(&#field).#range.#project(__projection);
                    },
                    Part::First(filter) => quote_spanned! {span=>
                        #p::view::show_element::<#ty, _, _, _>(&#field, #filter, __projection)
                            .#project(__projection);
                    },
                }
            }
        }
    }

    /// The keys that are read in one pass.
    fn view_keys(&self, fields: &[Field]) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.plain();
        let paths = fields.iter().filter_map(|field| field.stored()?.path.as_ref());
        quote! {
            #[automatically_derived]
            impl #generics #p::Keys for #ty #clause {
                const KEYS: &'static [&'static #p::str] = &[#(#p::view::key(&#paths)),*];
            }
        }
    }

    /// A view with relations: it can be read where they are loaded only.
    fn related_view(&self, of: &Type, projection: &[TokenStream]) -> TokenStream {
        let p = inside();
        let static_ty = &self.forms.static_ty;
        let (generics, clause) = self.forms.owned();
        quote! {
            #[automatically_derived]
            impl #generics #p::relation::Loads<#of> for #static_ty #clause {
                fn load(__projection: &mut #p::Projection) {
                    #[allow(unused_imports)]
                    use #p::view::{Exact as _, Fits as _, Other as _, OtherOptional as _, Refused as _};
                    __projection.view_with_relations::<Self>(|__projection| {
                        #(#projection)*
                    })
                }
            }
        }
    }

    fn view_traits(&self, of: &Type, projection: &[TokenStream]) -> TokenStream {
        let p = inside();
        let Forms { static_ty, borrowed_ty, .. } = &self.forms;
        let (generics, clause) = self.forms.owned();
        let shows = [quote!(#of), quote!(#p::Box<#of>)].map(|model| {
            quote! {
                #[automatically_derived]
                impl #generics #p::Shows<#model> for #static_ty #clause {
                    fn project(__projection: &mut #p::Projection) {
                        __projection.view::<Self>(<Self as #p::View<#of>>::project)
                    }
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #generics #p::Lend for #static_ty #clause {
                type Borrowed<'__de> = #borrowed_ty;
            }
            #[automatically_derived]
            impl #generics #p::View<#of> for #static_ty #clause {
                fn project(__projection: &mut #p::Projection) {
                    #[allow(unused_imports)]
                    use #p::view::{Exact as _, Fits as _, Other as _, OtherOptional as _, Refused as _};
                    #(#projection)*
                }
            }
            #(#shows)*
            #[automatically_derived]
            impl #generics #p::relation::Loads<#of> for #static_ty #clause {
                fn load(__projection: &mut #p::Projection) {
                    __projection.view::<Self>(<Self as #p::View<#of>>::project)
                }
            }
        }
    }
}
