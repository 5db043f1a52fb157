//! What runs the work of a command.

/// Bytes of the stack of a thread: the plans of questions are deep trees, and are walked through by functions that call themselves.
const STACK: usize = 64 << 20;

/// Does work on a thread with such a stack, and not on the first one of the program, whose stack is the system's.
pub(crate) fn run<T: Send + 'static>(work: impl Future<Output = anyhow::Result<T>> + Send + 'static) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
    runtime.block_on(runtime.spawn(work))?
}
