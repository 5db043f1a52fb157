//! `remit-cluster scheduler` and `remit-cluster executor`

use anyhow::Result;
use remit_cluster::{Executor, executor, scheduler};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(crate) struct SchedulerArguments {
    /// Where it listens; who reaches it can have files read: let nobody else reach it
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:50050")]
    bind: SocketAddr,
    /// After how many seconds without a sign of life an executor is taken for lost
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    lost_after: u64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExecutorArguments {
    /// The address of the scheduler
    #[arg(long, value_name = "ADDRESS", default_value = "http://127.0.0.1:50050")]
    scheduler: String,
    /// Where it listens; its tasks come to the port behind it
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:50051")]
    bind: SocketAddr,
    /// Tasks at a time [default: one a processor]
    #[arg(long, value_name = "NUMBER", default_value = "0", hide_default_value = true)]
    cores: usize,
    /// Where it keeps what one stage of a question hands to the next
    #[arg(long, value_name = "FOLDER")]
    folder: PathBuf,
    /// After how many seconds without a sign of life it is taken for lost: as the scheduler is told
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    lost_after: u64,
}

pub(crate) fn run_scheduler(arguments: &SchedulerArguments) -> Result<()> {
    log();
    eprintln!("scheduler at http://{}", arguments.bind);
    crate::commands::work::run(scheduler(arguments.bind, Duration::from_secs(arguments.lost_after)))
}

pub(crate) fn run_executor(arguments: &ExecutorArguments) -> Result<()> {
    log();
    eprintln!("executor at {}, for the scheduler {}", arguments.bind, arguments.scheduler);
    let told = Executor {
        bind: arguments.bind,
        scheduler: arguments.scheduler.clone(),
        cores: arguments.cores,
        folder: arguments.folder.clone(),
        lost_after: Duration::from_secs(arguments.lost_after),
    };
    crate::commands::work::run(async move { executor(&told).await })
}

/// What Ballista tells of its work goes to standard error, as `RUST_LOG` says: without it, errors only.
fn log() {
    env_logger::init();
}
