nav-today = Today
today-title = Today
today-in = { $country } today
today-lead = What ends, what is overdue, what nobody oversees or leads, what has changed, and what is not known: the first rows of each, and all of them one click away.
today-since = Changes since
today-rows = { $n ->
    [one] { $n } row.
   *[other] { $n } rows.
}
today-waiting = { $n ->
    [one] { $n } proposal waits for a decision
   *[other] { $n } proposals wait for a decision
}
today-quiet = Nothing on record
