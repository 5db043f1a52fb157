error-no-history = Nothing was ever recorded about it that you may see.
history-empty = Nothing has been recorded yet. Import a spreadsheet, or add a record.
stands-no-more = No longer valid.
undo-entry = Undo this entry
history-lead = What was recorded, newest first. You can undo each entry, except what was redacted or erased.
history-of = History of { $name }
history-of-lead = Every statement about it, newest first: who, when, from which source, and what it changed.
statements-stand = { $n ->
     [one] 1 statement, { $standing } valid
    *[other] { $n } statements, { $standing } of them valid
  }
taken-back-n = { $n ->
     [one] 1 statement taken back
    *[other] { $n } statements taken back
  }
proposals-n = { $n ->
     [one] 1 proposal waits
    *[other] { $n } proposals wait
  }
history-as-says = { $author }, as { $name } says
history-row = { $when }, { $who }: { $what }
nothing = nothing
says-no-more = { $act } (no longer valid)
said-while-one = These are two records again. What was said while they were one stays where it was said, on the pages below. Where it is about the other record, bring the sheet in again, or withdraw it there and say it of the other.
