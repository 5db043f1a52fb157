counting = Counting.
how-sums-made = How its sums are made
what-text-says = What the text says
publishers-words = The publisher’s own words; found by a phrase of the model, confirmed by nobody.
the-record = The record
from-place = From { $place }.
iati-identifier = IATI identifier
as-published = as published
not-reported-list = Not reported:
transactions = Transactions
t-gives = What it gives to the security sector
transactions-unit = Each in its own currency, and in US dollars at its value date (European Central Bank reference rates)
of-data-set = { $file }, line { $line }, of the data set { $dataset }
period-none = without dates
period-since = since { $from }, with no end given
period-until = until { $to }
period = { $from } to { $to }
activity-lead = Reported by { $who }; { $period }; { $n ->
         [one] 1 transaction
        *[other] { $n } transactions
    }.
nameless-organisation = an organisation that gives no name
code-of = code { $code }
description = Description
converted = converted
line = Line
counted-part = Counted: { $committed } of its commitments, { $disbursed } of its disbursements: { $reasons }.
error-no-activity = There is no activity “{ $id }” at this date, or you may not see it.
not-reported-stop = not reported.
none-reported = none reported.
