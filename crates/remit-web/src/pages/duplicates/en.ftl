no-duplicates = No two records look like duplicates.
duplicates-shown = { $all ->
     [one] The one pair.
    *[other] { $shown } of { $all } pairs.
  } What you decide is recorded as one entry that you can undo.
decide-later = Decide later
merge-keep = Merge, keep “{ $name }”
not-the-same = Not the same
record-decisions = Record decisions
