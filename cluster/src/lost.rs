//! What a scheduler does when an executor is lost: it starts anew, and whoever asked something asks it again.
//!
//! Ballista 55 would have others do the lost parts of a question again, and join them to what was done before: of ten tries, three answers had
//! amounts twice and three never came. So no question is mended: all are given up, and asked again as a whole ([`crate::Folder::query`]).
//! Executors tell a scheduler that does not know them who they are with their next sign of life.

use ballista_core::error::Result;
use ballista_core::serde::protobuf::ExecutorHeartbeat;
use ballista_core::serde::scheduler::{ExecutorData, ExecutorMetadata};
use ballista_scheduler::cluster::{BoundTask, ClusterState, ClusterStateEventStream, ExecutorSlot};
use ballista_scheduler::config::TaskDistributionPolicy;
use ballista_scheduler::state::task_manager::JobInfoCache;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The executors that a scheduler knows, kept as Ballista keeps them, until one of them goes.
pub(crate) struct Executors(pub(crate) Arc<dyn ClusterState>);

#[async_trait::async_trait]
impl ClusterState for Executors {
    async fn init(&self) -> Result<()> {
        self.0.init().await
    }

    async fn bind_schedulable_tasks(
        &self,
        distribution: TaskDistributionPolicy,
        active_jobs: Arc<HashMap<ballista_core::JobId, JobInfoCache>>,
        executors: Option<HashSet<String>>,
    ) -> Result<Vec<BoundTask>> {
        self.0.bind_schedulable_tasks(distribution, active_jobs, executors).await
    }

    async fn unbind_tasks(&self, executor_slots: Vec<ExecutorSlot>) -> Result<()> {
        self.0.unbind_tasks(executor_slots).await
    }

    async fn register_executor(&self, metadata: ExecutorMetadata, spec: ExecutorData) -> Result<()> {
        self.0.register_executor(metadata, spec).await
    }

    async fn save_executor_metadata(&self, metadata: ExecutorMetadata) -> Result<()> {
        self.0.save_executor_metadata(metadata).await
    }

    async fn get_executor_metadata(&self, executor_id: &str) -> Result<ExecutorMetadata> {
        self.0.get_executor_metadata(executor_id).await
    }

    async fn registered_executor_metadata(&self) -> Vec<ExecutorMetadata> {
        self.0.registered_executor_metadata().await
    }

    async fn save_executor_heartbeat(&self, heartbeat: ExecutorHeartbeat) -> Result<()> {
        self.0.save_executor_heartbeat(heartbeat).await
    }

    /// Comes before any part of a question is given to another executor.
    async fn remove_executor(&self, executor_id: &str) -> Result<()> {
        eprintln!("the executor {executor_id} is lost: the scheduler starts anew, and questions are asked again");
        start_anew()
    }

    fn executor_heartbeats(&self) -> HashMap<String, ExecutorHeartbeat> {
        self.0.executor_heartbeats()
    }

    fn get_executor_heartbeat(&self, executor_id: &str) -> Option<ExecutorHeartbeat> {
        self.0.get_executor_heartbeat(executor_id)
    }

    async fn cluster_state_events(&self) -> Result<ClusterStateEventStream> {
        self.0.cluster_state_events().await
    }
}

/// The program, in place of itself: nothing that it knew is left.
#[cfg(unix)]
fn start_anew() -> ! {
    use std::os::unix::process::CommandExt as _;
    let mut arguments = std::env::args_os();
    let name = arguments.next().unwrap_or_default();
    let failed = std::env::current_exe().map(|program| std::process::Command::new(program).arg0(name).args(arguments).exec());
    eprintln!("error: the scheduler could not start anew ({}): start it again", failed.unwrap_or_else(|e| e));
    std::process::exit(1)
}

/// Where no program can take the place of itself, it ends: who keeps it running starts it again.
#[cfg(not(unix))]
fn start_anew() -> ! {
    std::process::exit(1)
}
