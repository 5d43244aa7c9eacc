//! Stub.
#[derive(serde::Deserialize)]
pub struct RawMap {}
pub struct LayoutProblem {
    pub path: String,
    pub message: crate::base::text::Bilingual,
    pub hint: Option<crate::base::text::Bilingual>,
}
pub fn build(_: &RawMap) -> Result<crate::sim::place::Place, Vec<LayoutProblem>> {
    Err(vec![])
}
