//! Any bytes are read without harm, and the size of the blocks in which they come changes nothing. Made-up data.

use proptest::prelude::*;
use remit_import::probe;
use remit_model::Model;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None).expect("the built-in model is right"));

/// Pieces that mean something to the reader, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    let whole = "[A-Z]{1,3}".prop_map(|id| {
        format!("<iati-activity><iati-identifier>XX-{id}</iati-identifier><title><narrative>police &amp; {id}</narrative></title></iati-activity>")
    });
    let fixed = prop::sample::select(vec![
        "<!-- <iati-activity> -->",
        "<![CDATA[</iati-activity>]]>",
        "<?pi > ?>",
        "<iati-activity",
        "</iati-activity>",
        "<iati-activity/>",
        "\n",
        ">",
        "<iati-activity a='>'>",
        "<sector percentage=\"-1\"/>",
        "&x;",
        "&#0;",
        "<transaction><value>1,000</value></transaction>",
        "-->",
        "]]>",
        "<iati-activities version=\"2.03\">",
        "<!DOCTYPE x [<!ENTITY a '>'>]>",
        "<recipient-country code='SO' percentage='1e999'/>",
        "\u{FEFF}",
    ]);
    prop_oneof![3 => whole, 3 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..400), block in 1usize..64) {
        probe::iati(&MODEL, &bytes, block);
    }

    #[test]
    fn blocks_of_any_size_give_the_same(pieces in prop::collection::vec(piece(), 0..14), block in 1usize..200) {
        let text = format!("<iati-activities version=\"2.03\">{}</iati-activities>", pieces.concat());
        let whole = probe::iati(&MODEL, text.as_bytes(), 1 << 20);
        prop_assert_eq!(probe::iati(&MODEL, text.as_bytes(), block), whole, "{}", text);
    }

    #[test]
    fn whole_activities_are_all_found(ids in prop::collection::vec("[A-Z]{1,5}", 0..8), noise in "[ \n]{0,5}", block in 1usize..100) {
        let activity = |id: &String| format!("<iati-activity><iati-identifier>{id}</iati-identifier></iati-activity>{noise}<!-- <iati-activity> -->");
        let text = format!("<iati-activities version=\"2.03\">{}</iati-activities>", ids.iter().map(activity).collect::<String>());
        let (found, problems) = probe::iati(&MODEL, text.as_bytes(), block);
        prop_assert_eq!(found, ids);
        prop_assert_eq!(problems, 0);
    }
}
