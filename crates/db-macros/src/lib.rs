//! The test attribute of the `db` crate, re-exported there as `db::test`. Knows nothing but how to name two tests.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Error, ItemFn, parse_macro_input};

/// `#[db::test] async fn name(db: Db) { ... }` becomes two tests, `name::sqlite` and `name::postgres`, each with a fresh,
/// migrated database of its engine.
#[proc_macro_attribute]
pub fn test(_: TokenStream, item: TokenStream) -> TokenStream {
    let function = parse_macro_input!(item as ItemFn);
    if function.sig.asyncness.is_none() || function.sig.inputs.len() != 1 {
        let message = "a database test is an `async fn` that takes a `Db`";
        return Error::new_spanned(&function.sig, message).to_compile_error().into();
    }
    let name = &function.sig.ident;
    quote! {
        #function
        mod #name {
            #[test]
            fn sqlite() {
                ::db::testing::run(::db::Engine::Sqlite, super::#name);
            }
            #[test]
            fn postgres() {
                ::db::testing::run(::db::Engine::Postgres, super::#name);
            }
        }
    }
    .into()
}
