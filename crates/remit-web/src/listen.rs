//! Taking connections: not more than can be served, and none that keeps its place without asking for anything.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use tower::util::MapRequest;

/// Connections at once; a browser opens six.
const CONNECTIONS: usize = 512;
/// How long a browser may take to say what it asks for, or to ask for the next thing.
const HEADERS: Duration = Duration::from_secs(15);
/// How long what was begun may take once the server is to end.
const LEAVING: Duration = Duration::from_secs(10);

/// Answers until it is asked to end, and then what was asked before.
pub(crate) async fn answer(listener: TcpListener, service: MapRequest<Router, fn(Request) -> Request>) {
    let (open, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut ended = std::pin::pin!(ended());
    loop {
        let place = places.clone().acquire_owned().await;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut ended => break,
        };
        let Ok((stream, _)) = accepted else {
            // Too many files are open; some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let service = service.clone();
        let answer =
            service_fn(move |request: hyper::Request<hyper::body::Incoming>| service.clone().oneshot(request.map(Body::new)));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_buf_size(64 << 10)
            .serve_connection(TokioIo::new(stream), answer);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // A browser that went away needs no answer.
            let _ = connection.await;
            drop(place);
        });
    }
    let _ = tokio::time::timeout(LEAVING, open.shutdown()).await;
}

/// Until the program is asked to end: by Ctrl-C, by the system, by who closes its window.
async fn ended() {
    tokio::select! {
        () = interrupted() => {}
        () = asked() => {}
    }
}

async fn interrupted() {
    // Without a signal handler the process just goes on until it is ended from outside.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn asked() {
    use tokio::signal::unix::SignalKind;
    if hangs_on() {
        signalled(SignalKind::terminate()).await;
    } else {
        tokio::select! {
            () = signalled(SignalKind::terminate()) => {}
            () = signalled(SignalKind::hangup()) => {}
        }
    }
}

#[cfg(unix)]
async fn signalled(kind: tokio::signal::unix::SignalKind) {
    match tokio::signal::unix::signal(kind) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

/// True where the program is to outlive its terminal, as `nohup` asks for: hanging up is the first bit of what is ignored.
#[cfg(unix)]
fn hangs_on() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).is_some_and(|bits| bits & 1 == 1)
}

#[cfg(windows)]
async fn asked() {
    match tokio::signal::windows::ctrl_close() {
        Ok(mut closed) => {
            closed.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}
