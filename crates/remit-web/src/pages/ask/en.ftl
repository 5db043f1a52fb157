parameters = Parameters of the question
below = { $n } below
same-as-table = The same as a table
nothing-here-yet = Nothing is on record here yet.
stands-out = What stands out
same-with-sources = The same as a table, with sources
rows = { $n ->
     [one] 1 row
    *[other] { $n } rows
  }
sum-committed = USD { $n } committed
sum-disbursed = USD { $n } disbursed
sum-counted = USD { $n } counted
sum-parts = ({ $commitments } commitments, { $disbursements } disbursements and expenditures)
decide-here = Decide on these
without-sign = No sign on record:
compare-with = Compare with
no-comparison = no comparison
asked-of-nothing = { $n ->
     [one] Nothing was asked yet. Fill in: { $what }.
    *[other] Nothing was asked yet. Fill in one of these: { $what }.
  }
how-to-begin = How to begin
in-a-line = How many rows say what
looked-at = Looked at, as far as you may see: { $names }.
