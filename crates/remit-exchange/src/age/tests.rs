use super::*;
use std::io::Cursor;

fn sealed(content: &[u8], lock: &Lock) -> Vec<u8> {
    let mut file = Vec::new();
    encrypt_with(content, &mut file, lock, 4).unwrap();
    file
}

fn opened(file: &[u8], opening: &Opening) -> Result<Vec<u8>, AgeError> {
    let mut content = Vec::new();
    decrypt(Cursor::new(file), &mut content, opening).map(|()| content)
}

fn phrase(text: &str) -> Opening {
    Opening::Passphrase(text.into())
}

#[test]
fn what_is_sealed_opens_again_whatever_its_length() {
    let identity = Identity::of([7; 32]);
    let lock = Lock::Recipients(vec![Identity::of([8; 32]).recipient(), identity.recipient()]);
    for length in [0, 1, 65_535, 65_536, 65_537, 200_000] {
        let content: Vec<u8> = (0..length).map(|n| n as u8).collect();
        assert_eq!(opened(&sealed(&content, &lock), &Opening::Identities(vec![identity.clone()])).unwrap(), content);
        assert_eq!(opened(&sealed(&content, &Lock::Passphrase("made up".into())), &phrase("made up")).unwrap(), content);
    }
}

#[test]
fn nobody_else_opens_it_and_nothing_of_it_can_be_changed() {
    let content = vec![1; 100_000];
    let file = sealed(&content, &Lock::Passphrase("made up".into()));
    assert!(matches!(opened(&file, &phrase("another")), Err(AgeError::Closed(_))));
    assert!(matches!(opened(&file, &Opening::Identities(vec![Identity::of([7; 32])])), Err(AgeError::Closed(_))));
    let for_key = sealed(&content, &Lock::Recipients(vec![Identity::of([8; 32]).recipient()]));
    assert!(matches!(opened(&for_key, &Opening::Identities(vec![Identity::of([7; 32])])), Err(AgeError::Closed(_))));
    for at in (0..file.len()).step_by(997) {
        let mut altered = file.clone();
        altered[at] ^= 1;
        assert!(opened(&altered, &phrase("made up")).is_err(), "byte {at}");
    }
    for length in (0..file.len()).step_by(1_013) {
        assert!(opened(&file[..length], &phrase("made up")).is_err(), "cut off after {length}");
    }
}

#[test]
fn no_file_says_how_much_memory_its_passphrase_takes() {
    let file = sealed(b"made up", &Lock::Passphrase("made up".into()));
    let end = file.windows(3).position(|w| w == b" 4\n").expect("its work");
    for work in ["19", "20", "63", "255"] {
        let hostile = [&file[..end], format!(" {work}").as_bytes(), &file[end + 2..]].concat();
        let refused = opened(&hostile, &phrase("made up")).unwrap_err();
        assert!(refused.to_string().contains("the usual work"), "{work}: {refused}");
    }
}

#[test]
fn a_file_of_another_program_opens() {
    // Made with age 1.1.1 for the key below; its content is "made up\n".
    let identity: Identity = include_str!("../../tests/data/age.key").trim().parse().unwrap();
    let file = include_bytes!("../../tests/data/other.age");
    assert_eq!(opened(file, &Opening::Identities(vec![identity.clone()])).unwrap(), b"made up\n");
    assert_eq!(identity.recipient().to_string(), include_str!("../../tests/data/age.pub").trim());
    assert_eq!(identity.recipient().to_string().parse::<Recipient>().unwrap(), identity.recipient());
}
