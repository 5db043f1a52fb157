//! Dates by which something is to be done: none of them is the date of the document, and some are when a recommendation falls due.

use remit_model::folded;
use std::sync::LazyLock;

/// Words before a date by which something is to be done, in the languages that documents are read in.
const BEFORE: &str = "by,before,no later than,not later than,deadline,due,due date,\
    avant,d ici,au plus tard,échéance,antes,a más tardar,vor,spätestens,\
    не пізніше,prije,pre,najkasnije,пре,прије,најкасније,قبل,بحلول,الأجل,أقصاه";

/// Words before a date until which something is to be done, or goes on.
const UNTIL: &str = "until,till,up to,jusqu au,hasta,bis,até,до,do,حتى,وحتى,لغاية,ولغاية,إلى غاية";

/// Words before a date with which something ends that goes on till then, and by which nothing is to be done.
const ENDING: &str = "through,ending,ending on,end on,ends on,expire on,expires on,expiring on,\
    expire le,expirera le,expirant le,prend fin le,prendra fin le,s achevant le,expira el,expirará el,endet am,تنتهي في,ينتهي في";

/// Words that may stand between these and the date: “by the end of 2027”, “d’ici à la fin de 2027”, “bis zum Ende des Jahres 2027”.
const BETWEEN: &str = "the,end,of,year,la,fin,le,de,du,au,a,année,el,del,al,final,finales,año,\
    ende,mitte,anfang,des,jahres,zum,zur,dem,den,der,am,نهاية,عام,تاريخ,يوم,кінця,року,краја,kraja,године,godine";

/// So many letters before a date are looked at.
const NEAR: usize = 40;

static BEFORE_DATES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| [phrases(BEFORE), phrases(UNTIL)].concat());

static BEFORE_ENDS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| [phrases(UNTIL), phrases(ENDING)].concat());

static BETWEEN_THEM: LazyLock<Vec<String>> = LazyLock::new(|| BETWEEN.split(',').map(folded).collect());

/// Each phrase of a list, word by word.
fn phrases(list: &str) -> Vec<Vec<String>> {
    list.split(',').map(|phrase| folded(phrase).split(' ').map(str::to_owned).collect()).collect()
}

/// True where what stands before a date says that something is to be done by then: “no later than the end of”.
#[must_use]
pub fn is_deadline(before: &str) -> bool {
    ends_in(before, &BEFORE_DATES)
}

/// True where what stands before a date says that something goes on till then: “until”, “expires on”.
#[must_use]
pub fn is_end(before: &str) -> bool {
    ends_in(before, &BEFORE_ENDS)
}

/// True where a text ends in one of these phrases, or in one and what may stand between it and a date.
fn ends_in(before: &str, phrases: &[Vec<String>]) -> bool {
    let from = before.char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at);
    let before = folded(&before[from..]);
    let mut words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    loop {
        let is_last = |deadline: &Vec<String>| {
            let rest = words.len().checked_sub(deadline.len());
            rest.is_some_and(|rest| words[rest..].iter().eq(deadline.iter()))
        };
        if phrases.iter().any(is_last) {
            return true;
        }
        if words.pop().is_none_or(|word| !BETWEEN_THEM.iter().any(|between| between == word)) {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_a_date_tell_that_something_is_to_be_done_by_then() {
        for before in [
            "to be done by ",
            "by the end of ",
            "no later than the ",
            "Deadline: ",
            "d’ici à la fin de ",
            "au plus tard le ",
            "antes de finales de ",
            "a más tardar el ",
            "bis zum Ende des Jahres ",
            "spätestens am ",
            "до кінця ",
            "до краја ",
            "بحلول نهاية عام ",
            "حتى تاريخ ",
        ] {
            assert!(is_deadline(before), "{before}");
        }
        for before in ["", "the report of ", "on ", "the end of ", "le ", "in the year ", "deadlines of the ministry on "] {
            assert!(!is_deadline(before), "{before}");
        }
    }

    #[test]
    fn words_before_a_date_tell_that_something_goes_on_till_then() {
        for before in [
            "that is, until ",
            "until and up to the ",
            "through ",
            "shall expire on ",
            "jusqu’au ",
            "hasta el ",
            "bis zum ",
            "حتى ",
        ] {
            assert!(is_end(before), "{before}");
        }
        for before in ["", "to report by ", "no later than ", "on ", "avant le ", "prior to "] {
            assert!(!is_end(before), "{before}");
        }
    }
}
