//! How fast documents are read, on one core: `cargo run --release -p remit-reader --example speed -- FILE…`. Text is
//! repeated for two seconds; what is measured is everything from bytes to proposals, by the time that the processor spent
//! on it, so that other work on the machine does not count.

use remit_document as document;
use remit_model::Model;
use remit_reader::classify::Classifier;
use remit_reader::propose::DocumentReader;
use std::time::{Duration, Instant};

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let model = Model::load(None).expect("the model");
    let reader = DocumentReader::new(&model, Classifier::shipped(), Vec::new());
    let files: Vec<(String, Vec<u8>)> =
        std::env::args().skip(1).map(|f| (f.clone(), std::fs::read(&f).unwrap_or_else(|e| panic!("{f}: {e}")))).collect();
    let bytes: usize = files.iter().map(|(_, b)| b.len()).sum();
    let once = || {
        let mut proposals = 0;
        for (name, content) in &files {
            let Ok(document) = document::read(content, name) else { continue };
            proposals += reader.read(&document, None).proposals.len();
        }
        proposals
    };
    let proposals = once();
    let (mut rounds, begin, spent) = (0, Instant::now(), processor());
    while begin.elapsed() < Duration::from_secs(2) {
        once();
        rounds += 1;
    }
    let spent = processor().zip(spent).map_or(begin.elapsed(), |(now, then)| now - then);
    let speed = (bytes * rounds) as f64 / spent.as_secs_f64() / 1e6;
    println!("{{\"files\": {}, \"bytes\": {bytes}, \"proposals\": {proposals}, \"mb_per_second\": {speed:.2}}}", files.len());
}

/// The time that this thread has had a processor; none where the system does not tell.
fn processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
