problems-lead = { $n ->
     [one] 1 place in the imported files was not used, or not as it stands.
    *[other] { $n } places in the imported files were not used, or not as they stand.
  } Nothing was dropped: each is listed with its line and reason.
t-problems = Problems by what was wrong
rule = What was wrong
records = Records
the-list = The list
only = Only: “{ $rule }”
all-problems = All problems
no-problems = No problems.
more-in-downloads = { $n ->
     [one] 1 more is
    *[other] { $n } more are
  } in the downloads at the foot of the page.
