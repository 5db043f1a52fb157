exchange = Share and hand over
exchange-lead = Share with colleagues and other offices: one signed file goes from one to the other. What comes in is checked first and shown before anything is recorded, and can be undone.
exchange-take-in = Take in a file
exchange-file = File from another office (.remit)
exchange-passphrase-of = Passphrase, if it has one
exchange-look = Check it
exchange-choose = Choose a file that `remit pack`, `remit bundle` or this page made (.remit).
exchange-not-opened = “{ $file }” was not opened, and nothing of it was taken.
exchange-make = Make a file
exchange-what = What goes into it
exchange-bundle = What is new for an office since the last file for it
exchange-part = A part: what stands today, up to a marking
exchange-whole = All of the workspace, with its history and every marking
exchange-office = For which office
exchange-kinds = Only some kinds of records
exchange-who-opens = Who can open it
exchange-lock-note = Either a passphrase, which you tell them by another way, or the keys of who is to read it. Only what is new for an office may go without.
exchange-passphrase = Passphrase
exchange-again = The same again
exchange-keys = Keys, one a line (age1…)
exchange-make-it = Make the file
exchange-own-keys = The keys of this workspace
exchange-keys-note = Neither is a secret. Tell them to other offices, by another way than the files.
exchange-signs = Signs with
exchange-opens = Opens with
exchange-so-far = So far
exchange-sent = Sent to { $office }, { $moment }, up to { $marking }
exchange-received = Taken in from { $from }, { $moment }, signed with { $key }
exchange-needs-office = Say for which office it is: what is new is counted from the last file for it.
exchange-needs-lock = Say who can open it: give a passphrase, or the keys of who is to read it.
exchange-one-lock = A file opens either with a passphrase or with keys: leave one of them empty.
exchange-not-same = The two passphrases are not the same.
exchange-short = The passphrase is too short: at least { $least } characters, better four or five words.
exchange-no-key = “{ $key }” is no key; one begins with age1.
exchange-nothing-new = There is nothing to send: nothing is new, or nothing belongs to this part.
exchange-made = The file is ready
exchange-made-n = { $statements ->
    [one] One statement is in it
   *[other] { $statements } statements are in it
}{ $imports ->
    [0] .
    [one] , and one import.
   *[other] , and { $imports } imports.
}
exchange-left-out = Left out as they are marked higher: { $left ->
     [one] 1 statement
    *[other] { $left } statements
  }, and single values of { $redacted ->
     [one] 1 other
    *[other] { $redacted } others
  }. The file does not say so.
exchange-not-locked = It is not encrypted: whoever has the file can read it.
exchange-save = Save the file
exchange-note = The note in front, which anybody can read
exchange-large = The file is too large for a browser; make it with `remit pack`.
exchange-gone = This file is no longer held. Make it again, or send it again.
exchange-wrong = This could not be done; nothing was changed.
exchange-opened = What “{ $name }” brings
exchange-holds = The signature and all of the content hold. Nothing is recorded yet.
exchange-made-by = Made by
exchange-made-on = Made on
exchange-signed-with = Signed with
exchange-unknown-key = Nothing came from “{ $name }” before. Ask them, by another way, whether the key above is theirs.
exchange-nothing-comes = Nothing in it is new here.
exchange-comes = What comes
exchange-line = { $of }: { $what } ({ $author }, { $day })
exchange-more = … and { $n } more
exchange-conflicts = { $n ->
    [one] One of them is in conflict with something else
   *[other] { $n } of them are in conflict with something else
}
exchange-conflicts-note = Both stay, as a conflict, until somebody says which one holds.
exchange-replaced = { $n ->
    [one] One of them takes the place of what was said here
   *[other] { $n } of them take the place of what was said here
}
exchange-replaced-note = First what was said here, then what comes in its place, from whom { $name } says it is. If you do not know of it, ask them first.
exchange-refused = Not taken
exchange-not-known = There is no “{ $name }” in this workspace’s model.
exchange-left-there = Left there, as you may not see them: { $left ->
     [one] 1 statement
    *[other] { $left } statements
  }, and single values of { $redacted ->
     [one] 1 other
    *[other] { $redacted } others
  }.
exchange-take-it = Take it in
exchange-undo-note = You can undo it.
exchange-taken = Taken in
exchange-taken-n = { $statements ->
    [one] One statement from “{ $name }” is recorded.
   *[other] { $statements } statements from “{ $name }” are recorded.
}
exchange-not-all = The whole workspace can be sent only from where all of it may be seen. Send a part.
exchange-carried-out = { $n ->
    [one] In one statement here, values will be redacted, as was ordered there.
   *[other] In { $n } statements here, values will be redacted, as was ordered there.
 } This cannot be undone.
exchange-held-back = Held back, as counts in them tell of few people or would tell such a count: { $n ->
    [one] 1 statement.
   *[other] { $n } statements.
  }
exchange-erased = { $n ->
    [one] One statement tells of what was erased here, and comes without that.
   *[other] { $n } statements tell of what was erased here, and come without that.
}
exchange-imports-erased = Erased there, and so here too, with what was read of it: { $documents }. This cannot be undone.
exchange-made-one = Made one with a record that is erased: { $records }. What was said of that one is not kept. Where both are the same, erase these too.
exchange-became-one = Made one with another, here or there: { $records }. What is said of the first is said of the second after taking this in.
exchange-one-with = { $gone } with { $kept }
exchange-not-in-it = Not in it
exchange-activities-behind = { $n ->
    [one] 1 published activity
   *[other] { $n } published activities
 } of imported files, and what is said of the coverage of sources that name neither data set nor document
exchange-files-behind = the imported files of { $names }, and what is said of the coverage of sources that name neither data set nor document; import these files here too
