# Tables, bars and pictures.
more-rows = { $n } more rows are in the downloads at the foot of the page.
how-counted = How this is counted
nothing-on-record = nothing is on record.
figures-behind = The figures behind “{ $title }”
