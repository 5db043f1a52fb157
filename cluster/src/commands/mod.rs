//! One module a command.

pub(crate) mod ask;
#[cfg(feature = "ballista")]
pub(crate) mod cluster;
pub(crate) mod export;
pub(crate) mod sql;

/// Bytes of the stack of a thread: the plans of questions are deep trees, and are walked through by functions that call themselves.
const STACK: usize = 64 << 20;

/// What runs the work of a command.
pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?)
}

/// Does work on one of its threads, and not on the first one of the program, whose stack is the system's.
pub(crate) fn run<T: Send + 'static>(work: impl Future<Output = anyhow::Result<T>> + Send + 'static) -> anyhow::Result<T> {
    let runtime = runtime()?;
    runtime.block_on(runtime.spawn(work))?
}
