//! The functions of Remit's SQL that questions for any engine use, for DataFusion: the same code as in the register, so that the same text
//! becomes the same.

use arrow::array::{Array as _, ArrayRef, AsArray as _, StringArray};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use std::sync::Arc;

/// All of them.
pub(crate) fn all() -> Vec<ScalarUDF> {
    vec![
        of_text("folded", remit_model::latin),
        of_text("ordered", remit_model::ordered),
        of_text("skeleton", remit_model::skeleton),
        // As SQLite does: in other letters than these, capitals stay.
        of_text("lower", str::to_ascii_lowercase),
    ]
}

/// A function of one text.
fn of_text(name: &str, function: fn(&str) -> String) -> ScalarUDF {
    let work = move |arguments: &[ColumnarValue]| -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(arguments)?;
        let texts = arrow::compute::cast(&arrays[0], &DataType::Utf8)?;
        let made: StringArray = texts.as_string::<i32>().iter().map(|text| text.map(function)).collect();
        let is_one = arguments.iter().all(|a| matches!(a, ColumnarValue::Scalar(_)));
        let made: ArrayRef = Arc::new(made);
        match is_one && made.len() == 1 {
            true => Ok(ColumnarValue::Scalar(datafusion::common::ScalarValue::try_from_array(&made, 0)?)),
            false => Ok(ColumnarValue::Array(made)),
        }
    };
    create_udf(name, vec![DataType::Utf8], DataType::Utf8, Volatility::Immutable, Arc::new(work))
}
