//! What makes a model a document of a collection: its id, its name, its indexes.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Expand, generics::Forms};
use crate::{
    ir::{Collection, Field, Shape, Shared},
    krate::{inside, inside_at},
    lower::{beside, field::without_option},
};

impl Expand<'_> {
    /// The index enum that stands beside the struct, and the hidden impls; nothing for embedded documents.
    pub(super) fn collection(&self) -> (TokenStream, TokenStream) {
        let Some(Collection { name, shared, create, id, indexes }) = &self.model.collection else {
            return Default::default();
        };
        let p = inside();
        let Forms { static_ty, borrowed_ty, .. } = &self.forms;
        let (generics, clause) = self.forms.owned();
        let id = self.forms.static_type(id);
        let enum_name = beside(&self.model.ident, "Index");
        let (index_enum, index_impl) = self.index_enum(&enum_name, indexes);
        let (version, identified, rules) = (self.version(), self.identified(), self.delete_rules());
        let unique_keys = self.unique_keys(indexes);
        let (searches, indexes) = (self.searches(indexes), self.indexes(indexes, shared.is_some()));
        let (name, discriminator) = match shared {
            None => (name.to_token_stream(), None),
            Some(Shared::VariantOf(of)) => {
                let p = inside_at(of.span());
                let span = of.span().resolved_at(Span::call_site());
                (
                    quote_spanned!(span=> <#of as #p::Document>::COLLECTION),
                    Some(quote_spanned!(span=> <Self as #p::VariantOf<#of>>::DISCRIMINATOR)),
                )
            }
            Some(Shared::By { key, text }) => {
                (name.to_token_stream(), Some(quote!(#p::Discriminator::new(#key, #text))))
            }
        };
        let is_enum = matches!(self.model.shape, Shape::Several(_));
        let discriminator = is_enum.then(|| quote!(const SHARED: #p::bool = true;)).or(discriminator
            .map(|own| quote!(const DISCRIMINATOR: #p::Option<#p::Discriminator> = #p::Some(#own);)));
        let spec = create.as_ref().map(|create| {
            let calls =
                create.calls.iter().map(|(name, arguments)| quote_spanned!(name.span()=> .#name(#arguments)));
            quote! {
                fn spec() -> #p::CollectionSpec<Self> {
                    #p::CollectionSpec::new()#(#calls)*
                }
            }
        });
        let is_view = create.as_ref().is_some_and(|create| create.view.is_some());
        let writes = (!is_view).then(|| {
            quote! {
                #[automatically_derived]
                impl #generics #p::ReadWrite for #static_ty #clause {}
            }
        });
        let inside = quote! {
            #[automatically_derived]
            impl #generics #p::Record for #static_ty #clause {
                type Id = #id;
                type Borrowed<'__de> = #borrowed_ty;
                #discriminator
                #version
            }
            #[automatically_derived]
            impl #generics #p::Document for #static_ty #clause {
                const COLLECTION: &'static #p::str = #name;
                type Index = #enum_name;
                fn indexes() -> #p::Vec<#p::Index<Self>> {
                    #indexes
                }
                #rules
                #spec
            }
            #identified
            #writes
            #unique_keys
            #index_impl
            #searches
        };
        (index_enum, inside)
    }

    /// What leads to the `_id`, where it is no `Option`.
    fn identified(&self) -> TokenStream {
        let p = inside();
        let mut fields = self.model.field_lists().into_iter().flatten();
        let id = fields.find(|field| field.stored().is_some_and(|stored| stored.key.text == "_id"));
        let Some(Field { ident, ty, .. }) = id.filter(|field| without_option(&field.ty) == field.ty) else {
            return TokenStream::new();
        };
        let (generics, clause) = self.forms.owned();
        let (static_ty, id) = (&self.forms.static_ty, self.forms.static_type(ty));
        quote! {
            #[automatically_derived]
            impl #generics #p::Identified for #static_ty #clause {
                fn id_of(&self) -> &#id {
                    &self.#ident
                }
            }
        }
    }

    /// The rules of fields with `on_delete`.
    fn delete_rules(&self) -> TokenStream {
        let p = inside();
        if let Shape::Several(several) = &self.model.shape {
            let types = several.variants.iter().map(|variant| &variant.ty);
            return quote! {
                fn delete_rules() -> #p::Vec<#p::relation::DeleteRule> {
                    #p::relation::DeleteRule::of_variants([#(#p::relation::DeleteRule::of_variant::<Self, #types>()),*])
                }
            };
        }
        let static_ty = &self.forms.static_ty;
        let fields = self.model.field_lists().into_iter().flatten();
        let rules = fields.filter_map(|field| {
            let rule = field.stored()?.on_delete.as_ref()?;
            let (ident, p) = (&field.ident, inside_at(field.ty.span()));
            let root =
                quote!(<<#static_ty as #p::Embedded>::Fields<#static_ty, #p::Root> as #p::FieldSet>::FIELDS);
            // The type is checked where it is written.
            let function = syn::Ident::new(&rule.to_string(), field.ty.span());
            Some(quote_spanned!(field.ty.span()=> #p::relation::DeleteRule::#function(&#root.#ident)))
        });
        let rules: Vec<TokenStream> = rules.collect();
        match rules.is_empty() {
            true => TokenStream::new(),
            false => quote! {
                fn delete_rules() -> #p::Vec<#p::relation::DeleteRule> {
                    #p::list([#(#rules),*])
                }
            },
        }
    }

    /// What leads to the version, for a model that has one.
    fn version(&self) -> TokenStream {
        let p = inside();
        let mut fields = self.model.field_lists().into_iter().flatten();
        let Some((field, stored)) = fields.find_map(|field| {
            let stored = field.stored().filter(|stored| stored.version.is_some())?;
            Some((field, stored))
        }) else {
            return TokenStream::new();
        };
        let (ident, key, span) = (&field.ident, &stored.key.text, field.ty.span());
        // The type is checked where it is written.
        let version = quote_spanned!(span=> &mut self.#ident);
        quote! {
            const VERSION: #p::Option<&'static #p::str> = #p::Some(#key);
            fn version_mut(&mut self) -> #p::Option<&mut dyn #p::Version> {
                #p::Some(#version)
            }
        }
    }
}
