//! Pages.
use remit_model::Marking;
use remit_store::Workspace;
/// Serve.
pub async fn serve(_w: Workspace, _port: u16, _c: Marking, _ready: impl FnOnce(&str)) -> anyhow::Result<()> {
    Ok(())
}
