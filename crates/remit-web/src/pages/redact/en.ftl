redact = Redact values
redact-older = Redact what was said before
redact-of = Redact values of { $name }
redact-lead = Choose what to take away for good. What stays is that something was said, who ordered it to be redacted, and why. This cannot be undone.
redact-copies = Copies, backups, exports and imported files that were made before still have it. Note where they are, and remove it there too.
redact-statement = { $when }, { $who }, { $marking }. { $stands }
redact-stands = Valid.
redact-ordered-by = Who ordered it
redact-reason = Why
redact-reason-help = Name nobody here: whoever may see the statement may read it.
redact-none-chosen = Choose at least one value.
redact-needs-order = Say who ordered it, and why.
redacted-done = { $n ->
    [one] One value was redacted.
   *[other] { $n } values were redacted.
  }
redacted-named-in = The same words still stand in: { $records }. Read them.
redacted-in-log = Somebody has the workspace open. The old values stay in its log until every server has ended.
redacted-line = { $field }: redacted on { $when }, ordered by { $who } ({ $why })
redacted-before = { $field }: redacted by an older version, noted on { $when }
redacted-value = redacted
