//! A scheduler with two executors, each a process of its own, as on machines of their own.

use crate::answers::compared;
use crate::desk::{DAY, DEMO, as_of, open};
use remit_cluster::Where;
use remit_model::Marking;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long one question may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(100);

/// Seconds without a sign of life after which an executor is taken for lost.
const LOST_AFTER: &str = "4";

struct Cluster {
    scheduler: Child,
    executors: Vec<Child>,
    address: String,
    _folder: TempDir,
}

/// A port that nobody has, and the one behind it.
fn port() -> u16 {
    loop {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

fn start(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_remit-cluster"));
    command.args(arguments).args(["--lost-after", LOST_AFTER]).stderr(Stdio::null()).spawn().expect("it runs")
}

impl Cluster {
    fn of_two() -> Cluster {
        let folder = TempDir::new().expect("a temporary folder");
        let place = format!("127.0.0.1:{}", port());
        let address = format!("http://{place}");
        let scheduler = start(&["scheduler", "--bind", &place]);
        let executors = (0..2).map(|n| {
            let (bind, own) = (format!("127.0.0.1:{}", port()), folder.path().join(n.to_string()).display().to_string());
            start(&["executor", "--scheduler", &address, "--bind", &bind, "--cores", "2", "--folder", &own])
        });
        let cluster = Cluster { executors: executors.collect(), scheduler, address, _folder: folder };
        let begun = Instant::now();
        while std::net::TcpStream::connect(&place).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the scheduler does not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        cluster
    }

    fn at(&self) -> Where {
        Where::Scheduler(self.address.clone())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for child in self.executors.iter_mut().chain([&mut self.scheduler]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[test]
fn two_executors_give_the_same_rows() {
    crate::desk::run(async {
        DEMO.export("far", &as_of(DAY, Marking::Public));
        let (folder, cluster) = (open(&DEMO.path("far")).await, Cluster::of_two());
        // Sums, a join with transactions, what is looked for among others, and plans that repeat a table many times.
        let chosen = ["world", "years", "not_split", "support", "supporters"];
        let (rows, differ) = compared(&DEMO, &folder, &cluster.at(), |name| chosen.contains(&name)).await;
        assert!(differ.is_empty(), "{}", differ.join("\n"));
        assert!(rows > 50, "{rows}");
    });
}

#[test]
fn where_an_executor_is_lost_the_same_answer_comes_of_the_others() {
    crate::desk::run(async {
        DEMO.export("lost", &as_of(DAY, Marking::Public));
        let (folder, mut cluster) = (open(&DEMO.path("lost")).await, Cluster::of_two());
        let expected = folder.ask("years", &[], &Where::Here, PATIENCE).await.expect("an answer").table;
        let at = cluster.at();
        folder.ask("years", &[], &at, PATIENCE).await.expect("an answer of both");
        let asked = folder.ask("years", &[], &at, Duration::from_secs(45));
        let killed = async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let _ = cluster.executors[0].kill();
        };
        let begun = Instant::now();
        let answer = tokio::join!(asked, killed).0.expect("an answer of the other");
        assert_eq!(crate::desk::difference(&answer.table, &expected), None);
        assert!(begun.elapsed() < Duration::from_secs(60), "it hangs");
        // And what is asked next.
        let again = folder.ask("years", &[], &at, PATIENCE).await.expect("an answer of the other");
        assert_eq!(crate::desk::difference(&again.table, &expected), None);
        let _ = cluster.executors[1].kill();
        let nobody = folder.ask("years", &[], &at, Duration::from_secs(20)).await.expect_err("nobody is left");
        assert!(format!("{nobody:#}").contains("see there whether they run"), "{nobody:#}");
    });
}

#[test]
fn where_no_scheduler_answers_it_is_said_at_once() {
    crate::desk::run(async {
        DEMO.export("none", &as_of(DAY, Marking::Public));
        let folder = open(&DEMO.path("none")).await;
        let at = Where::Scheduler(format!("http://127.0.0.1:{}", port()));
        let begun = Instant::now();
        let said = folder.ask("world", &[], &at, PATIENCE).await.expect_err("no answer");
        assert!(format!("{said:#}").contains("no scheduler answers at"), "{said:#}");
        assert!(begun.elapsed() < Duration::from_secs(10));
    });
}
