//! The enum of a collection that holds several models: its codec, its paths, and what ties the models to it.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Generics, Ident, Type, ext::IdentExt, spanned::Spanned};

use super::{
    Expand,
    enums::free_name,
    fields::{Member, New, flat_variant, member_name, place},
    generics::Forms,
    header, keys,
};
use crate::{
    case::snake,
    ir::{Model, Several, SeveralVariant, Shape, Shapes, Unit},
    krate::{inside, inside_at},
    lower::beside,
};

impl Expand<'_> {
    /// The kinds and the paths; the codec and the ties.
    pub(super) fn several(&self, several: &Several) -> (TokenStream, TokenStream) {
        let (kinds, kinds_inside) = self.kinds(several);
        let (paths, paths_inside) = self.several_paths(several);
        let (encode, decode) = (self.encode_several(several), self.decode_several(several));
        let ties = self.ties(several);
        (quote!(#kinds #paths), quote!(#kinds_inside #paths_inside #encode #decode #ties))
    }

    /// An enum without data with the texts of the tag, as its type.
    fn kinds(&self, several: &Several) -> (TokenStream, TokenStream) {
        let p = &self.model.krate;
        let (vis, ident) = (&self.model.vis, beside(&self.model.ident, "Kind"));
        let units = several.variants.iter().map(|SeveralVariant { ident, text, .. }| Unit {
            ident: ident.clone(),
            span: ident.span(),
            text: text.clone(),
            aliases: Vec::new(),
        });
        let model = Model {
            krate: p.clone(),
            ident: ident.clone(),
            vis: vis.clone(),
            generics: Generics::default(),
            deny_unknown: false,
            shape: Shape::Units { units: units.collect(), number: None },
            collection: None,
            root: ident.clone(),
            patch: None,
            shapes: Shapes::default(),
        };
        let kinds = Expand { model: &model, forms: Forms::new(&model) };
        let Shape::Units { units, .. } = &model.shape else { return Default::default() };
        let (codec, value) = (kinds.units(units, None), kinds.value());
        let variants = several.variants.iter().map(|variant| &variant.ident);
        let docs = format!(" What tells the variants of `{}` apart.", self.model.ident.unraw());
        let about = several.variants.iter().map(|variant| format!(" `\"{}\"`.", variant.text));
        let outside = quote! {
            #[doc = #docs]
            #[allow(dead_code, clippy::exhaustive_enums)]
            #[derive(#p::Clone, #p::Copy, #p::Debug, #p::PartialEq, #p::Eq)]
            #vis enum #ident {
                #(#[doc = #about] #variants,)*
            }
        };
        (outside, quote!(#codec #value))
    }

    fn encode_several(&self, several: &Several) -> TokenStream {
        let p = inside();
        let header = header(&several.tag);
        let arms = several.variants.iter().map(|SeveralVariant { ident, text, .. }| {
            quote! {
                Self::#ident(__content) => {
                    #p::EncodeDocument::encode_fields(__content, __document);
                    #p::write_text(__document, #header, #text);
                }
            }
        });
        let other = several.other.as_ref().map(|other| {
            let ident = &other.ident;
            quote!(Self::#ident(__content) => #p::EncodeDocument::encode_fields(__content, __document),)
        });
        let rest = several.is_incomplete.then(|| quote!(_ => #p::broken(),));
        self.encode_impl(&quote!(match self { #(#arms)* #other #rest }))
    }

    fn decode_several(&self, several: &Several) -> TokenStream {
        let p = inside();
        let tag = &several.tag;
        let texts = keys(several.variants.iter().map(|variant| variant.text.as_str()));
        let last = several.variants.len() - 1;
        let arms = several.variants.iter().enumerate().map(|(index, SeveralVariant { ident, ty, .. })| {
            let number = Literal::usize_unsuffixed(index);
            let pattern = match (&several.other, index == last) {
                (Some(_), _) => quote!(#p::Some(#number)),
                (None, false) => quote!(#number),
                // The number is always that of a variant.
                (None, true) => quote!(_),
            };
            quote! {
                #pattern => #p::Ok(Self::#ident(<#ty as #p::Flatten>::read(__document, &|__key| __key == #tag)?)),
            }
        });
        let found = match &several.other {
            Some(_) => quote!(#p::find_tag(__document, #tag, #texts)?),
            None => quote!(#p::read_tag(__document, #tag, #texts)?),
        };
        let other = several.other.as_ref().map(|other| {
            let (ident, ty) = (&other.ident, &other.ty);
            quote!(_ => #p::Ok(Self::#ident(<#ty as #p::Flatten>::read(__document, &|_| false)?)),)
        });
        self.decode_impl(&quote!(match #found { #(#arms)* #other }))
    }

    /// A path for the tag, for `_id` and for each common field, and below the name of each variant those of its model.
    fn several_paths(&self, several: &Several) -> (TokenStream, TokenStream) {
        let p = &self.model.krate;
        let (vis, model) = (&self.model.vis, &self.forms.static_ty);
        let kinds = beside(&self.model.ident, "Kind");
        let own = |number: usize, ty: &dyn ToTokens| {
            let place = place(p, &quote!(__P), model, number);
            quote!(#p::Field<__D, #ty, #place>)
        };
        let field = |ident: Ident, docs: &str, ty: TokenStream| Member {
            ident,
            vis: quote!(#vis),
            docs: quote!(#[doc = #docs]),
            ty,
            new: New::Field,
        };
        let mut all_keys = vec![several.tag.as_str(), "_id"];
        let id = several.id(p);
        let mut members = vec![
            field(member_name(&several.tag), " The path of the tag.", own(0, &kinds)),
            field(format_ident!("id"), " The path of `_id`.", own(1, &id)),
        ];
        for common in &several.common {
            let docs = format!(" The path of `{}`, which every variant has.", common.ident.unraw());
            members.push(field(common.ident.clone(), &docs, own(all_keys.len(), &common.ty)));
            all_keys.push(&common.key.text);
        }
        for (position, SeveralVariant { ident, docs, ty, .. }) in several.variants.iter().enumerate() {
            let place = flat_variant(p, position);
            members.push(Member {
                ident: free_name(&snake(&ident.unraw().to_string()), &members),
                vis: quote!(#vis),
                docs: docs.clone(),
                ty: quote!(#p::Beside<__D, #ty, #place>),
                new: New::Beside,
            });
        }
        let name = beside(&self.model.ident, "Fields");
        let about = format!(" The paths of `{}`.", self.model.ident.unraw());
        let (declaration, constants) = self.field_set(&name, &about, &members);
        let (embedded, root) = (self.embedded(&name), self.root(&name));
        let keys = self.keys_impl(all_keys);
        (quote!(#declaration #root), quote!(#constants #embedded #keys))
    }

    /// The impl that makes each model a variant, and what the compiler checks about it.
    fn ties(&self, several: &Several) -> TokenStream {
        let ident = &self.model.ident;
        let tag = &several.tag;
        let id = several.id(&inside());
        let ties = several.variants.iter().map(|SeveralVariant { ty, text, .. }| {
            let (p, span) = (inside_at(ty.span()), resolved(ty.span()));
            let common = several.common.iter().map(|common| {
                let (name, key, expected) = (&common.ident, &common.key.text, &common.ty);
                let message =
                    format!("the key of this field is not \"{key}\", as in the enum: rename one of them");
                quote_spanned!(span=> #p::assert!(
                    #p::has_key::<#ty, #expected, _>(
                        &<<#ty as #p::Embedded>::Fields<#ty, #p::Root> as #p::FieldSet>::FIELDS.#name,
                        #key,
                    ),
                    #message
                );)
            });
            quote_spanned! {span=>
                #[automatically_derived]
                impl #p::VariantOf<#ident> for #ty {
                    const DISCRIMINATOR: #p::Discriminator = #p::Discriminator::new(#tag, #text);
                }
                const _: () = {
                    #p::same_id::<#ty, #id>();
                    #p::assert!(
                        #p::is_variant::<#ident, #ty>(),
                        "this model does not say that it is a variant: write `#[document(variant_of = ..)]` with the enum on it, \
                         in place of `collection`"
                    );
                    #(#common)*
                };
            }
        });
        let other = several.other.iter().map(|other| {
            let (ty, span) = (&other.ty, other.ty.span());
            let p = inside_at(span);
            quote_spanned!(resolved(span)=> const _: () = #p::takes_any::<#ty>();)
        });
        quote!(#(#ties)* #(#other)*)
    }

    /// What the indexes of the models add to those of the enum.
    pub(super) fn variant_indexes(&self) -> TokenStream {
        let Shape::Several(several) = &self.model.shape else { return TokenStream::new() };
        let p = inside();
        let types = several.variants.iter().map(|variant| &variant.ty);
        quote!(#(#p::variant_indexes::<Self, #types>()),*)
    }
}

impl Several {
    /// The type of `_id`: that of the first model.
    pub(crate) fn id(&self, p: &impl ToTokens) -> Type {
        match self.variants.first() {
            Some(SeveralVariant { ty, .. }) => syn::parse_quote!(<#ty as #p::Record>::Id),
            None => syn::parse_quote!(#p::Id<Self>),
        }
    }
}

/// The place of a span, the names of the macro.
fn resolved(span: Span) -> Span {
    span.resolved_at(Span::call_site())
}
