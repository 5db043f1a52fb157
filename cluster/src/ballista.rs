//! A scheduler and executors of Apache Ballista that know the functions of Remit's SQL and the stores that exports lie in.
//!
//! Who reaches their ports can have them read what they can read: they belong on a network of their own.

use crate::lost::Executors;
use crate::{engine, functions};
use anyhow::{Context as _, Result, anyhow, bail};
use ballista::prelude::SessionContextExt as _;
use ballista_core::extension::SessionConfigExt as _;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::common::DataFusionError;
use datafusion::execution::SessionState;
use datafusion::execution::object_store::{DefaultObjectStoreRegistry, ObjectStoreRegistry};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use object_store::ObjectStore;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// How long a client waits for the first word of a scheduler.
const FIRST_WORD: Duration = Duration::from_secs(5);

/// Pieces into which a stage of a question is cut: more of them would be more to hand about than to work on, for what one office asks.
const PARTITIONS: usize = 8;

/// Bytes of a message between them: a plan names every file of a table.
const MESSAGE: u32 = 64 << 20;

/// Runs a scheduler until it is ended.
///
/// # Errors
/// When the address is taken, or the scheduler fails.
pub async fn scheduler(bind: SocketAddr, lost_after: Duration) -> Result<()> {
    let seconds = lost_after.as_secs().max(2);
    let config = SchedulerConfig {
        bind_host: bind.ip().to_string(),
        bind_port: bind.port(),
        external_host: bind.ip().to_string(),
        executor_timeout_seconds: seconds,
        expire_dead_executor_interval_seconds: 1,
        no_executors_grace_period_seconds: seconds,
        grpc_server_max_decoding_message_size: MESSAGE,
        grpc_server_max_encoding_message_size: MESSAGE,
        grpc_client_max_message_size: MESSAGE,
        override_config_producer: Some(Arc::new(session_config)),
        override_session_builder: Some(Arc::new(session_state)),
        // What was done again in parts may count twice: a question of which a part fails is asked again as a whole, by who asked it.
        task_max_failures: 1,
        stage_max_failures: 1,
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(|e| anyhow!("the scheduler cannot start: {e}"))?;
    let cluster = BallistaCluster::new(Arc::new(Executors(cluster.cluster_state())), cluster.job_state());
    start_server(cluster, bind, Arc::new(config)).await.map_err(|e| anyhow!("the scheduler at {bind} ended: {e}"))
}

/// What an executor is told.
#[derive(Debug, Clone)]
pub struct Executor {
    /// Where its files are fetched from; its tasks come to the port behind it.
    pub bind: SocketAddr,
    /// The address of its scheduler.
    pub scheduler: String,
    /// Tasks at a time; 0: one a processor.
    pub cores: usize,
    /// Where it keeps what one stage hands to the next.
    pub folder: PathBuf,
    /// After which time without a sign of life it is taken for lost.
    pub lost_after: Duration,
}

/// Runs an executor until it is ended; where no scheduler answers yet, it waits for one.
///
/// # Errors
/// When an address is taken, or the executor fails.
pub async fn executor(told: &Executor) -> Result<()> {
    let scheduler = address(&told.scheduler)?;
    while !answers(&place(&scheduler)).await {
        eprintln!("no scheduler answers at {} yet: trying again", told.scheduler);
        tokio::time::sleep(FIRST_WORD).await;
    }
    std::fs::create_dir_all(&told.folder).with_context(|| format!("{} cannot be made", told.folder.display()))?;
    let config = ExecutorProcessConfig {
        bind_host: told.bind.ip().to_string(),
        external_host: Some(told.bind.ip().to_string()),
        port: told.bind.port(),
        grpc_port: told.bind.port() + 1,
        scheduler_host: scheduler.host_str().unwrap_or_default().to_owned(),
        scheduler_port: scheduler.port().unwrap_or(50050),
        scheduler_connect_timeout_seconds: 20,
        vcores: told.cores,
        work_dir: Some(told.folder.display().to_string()),
        grpc_max_decoding_message_size: MESSAGE,
        grpc_max_encoding_message_size: MESSAGE,
        executor_heartbeat_interval_seconds: (told.lost_after.as_secs() / 3).max(1),
        override_function_registry: Some(Arc::new(registry())),
        override_runtime_producer: Some(Arc::new(|_| runtime())),
        override_config_producer: Some(Arc::new(session_config)),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await.map_err(|e| anyhow!("the executor at {} ended: {e}", told.bind))
}

/// A session whose work a scheduler's executors do.
pub(crate) async fn session(scheduler: &str) -> Result<SessionContext> {
    let url = address(scheduler)?;
    if !answers(&place(&url)).await {
        bail!("no scheduler answers at {scheduler}: see that `remit-cluster scheduler` runs there, or ask without --scheduler");
    }
    let state = SessionStateBuilder::new().with_config(session_config()).with_default_features().build();
    let context = SessionContext::remote_with_state(url.as_str(), state).await?;
    functions::all().into_iter().for_each(|f| context.register_udf(f));
    Ok(context)
}

async fn answers(place: &str) -> bool {
    matches!(tokio::time::timeout(FIRST_WORD, tokio::net::TcpStream::connect(place)).await, Ok(Ok(_)))
}

fn place(scheduler: &Url) -> String {
    format!("{}:{}", scheduler.host_str().unwrap_or_default(), scheduler.port().unwrap_or(50050))
}

fn address(scheduler: &str) -> Result<Url> {
    let with_scheme = if scheduler.contains("://") { scheduler.to_owned() } else { format!("http://{scheduler}") };
    let url = Url::parse(&with_scheme).ok().filter(|url| url.host_str().is_some());
    url.ok_or_else(|| anyhow!("`{scheduler}` is no address of a scheduler; write http://HOST:50050"))
}

fn session_config() -> SessionConfig {
    // Plans that are made while they run (adaptive) never end where they repeat a table many times, as those of support do.
    let plain = SessionConfig::new_with_ballista()
        .with_ballista_grpc_client_max_message_size(MESSAGE as usize)
        .with_ballista_adaptive_query_planner(false);
    engine::config(plain).with_target_partitions(PARTITIONS)
}

fn session_state(config: SessionConfig) -> Result<SessionState, DataFusionError> {
    let state = default_session_builder(config)?;
    let context =
        SessionContext::new_with_state(SessionStateBuilder::new_from_existing(state).with_runtime_env(runtime()?).build());
    functions::all().into_iter().for_each(|f| context.register_udf(f));
    Ok(context.state())
}

fn registry() -> BallistaFunctionRegistry {
    let mut registry = BallistaFunctionRegistry::default();
    registry.scalar_functions.extend(functions::all().into_iter().map(|f| (f.name().to_owned(), Arc::new(f))));
    registry
}

fn runtime() -> Result<Arc<RuntimeEnv>, DataFusionError> {
    let stores = Arc::new(Stores(DefaultObjectStoreRegistry::new()));
    RuntimeEnvBuilder::new().with_object_store_registry(stores).build_arc()
}

/// Stores that are opened when a plan first names them, as a client opens them: see [`crate::folder`].
#[derive(Debug)]
struct Stores(DefaultObjectStoreRegistry);

impl ObjectStoreRegistry for Stores {
    fn register_store(&self, url: &Url, store: Arc<dyn ObjectStore>) -> Option<Arc<dyn ObjectStore>> {
        self.0.register_store(url, store)
    }

    fn get_store(&self, url: &Url) -> Result<Arc<dyn ObjectStore>, DataFusionError> {
        self.0.get_store(url).or_else(|_| {
            let (store, _) = crate::folder::store(url).map_err(|e| DataFusionError::Execution(format!("{e:#}")))?;
            self.0.register_store(url, store.clone());
            Ok(store)
        })
    }
}
