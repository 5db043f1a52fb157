//! Prints how a file is read, for whoever works on it: `cargo run -p remit-document --example passages FILE`.

fn main() {
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).expect("a file");
        match remit_document::read_apart(&bytes, &name) {
            Ok(document) => {
                println!("{:#?}\n{:?}", document.about, document.notes);
                let mut heading = "";
                for p in &document.passages {
                    if p.heading != heading {
                        heading = &p.heading;
                        println!("\n# {heading}");
                    }
                    println!("[{} p{} {:.2}] {} | {}", p.n, p.page, p.top, p.number, p.text);
                }
            }
            Err(error) => println!("{name}: {error}"),
        }
    }
}
