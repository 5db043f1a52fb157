sure = { $percent } sure
to-decide = To decide
review-lead = { $n ->
     [one] 1 proposal waits. If you accept it, it becomes a statement with this sentence as its source; if you reject it, it is never proposed again.
    *[other] { $n } proposals wait, the surest first. If you accept one, it becomes a statement with this sentence as its source; if you reject it, it is never proposed again.
  }
which-proposals = Which proposals
mission = Mission
review-empty = Nothing waits for a decision here.
review-send = Send a document
review-then = and what it seems to say is proposed.
change = Change
institution-of = { $name } ({ $place })
