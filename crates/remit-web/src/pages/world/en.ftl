usd = USD { $n }
world-title = Support to security sector reform, by country
where-support-goes = Where support goes
borders-note = No record does not mean no support. Borders are Natural Earth’s de-facto lines (Equal Earth projection); neither they nor the names imply endorsement or acceptance.
most-activities = Most activities
what-is-supported = What is supported
countries = Countries
reporting-organisations = reporting organisations
with-an-activity = with at least one activity
usd-at-value-date = US dollars at value date
and-spent = and spent
no-support-yet = No support to a security sector is on record yet.
world-lead = { $n ->
         [one] 1 activity of the security sector is
        *[other] { $n } activities of the security sector are
    } on record in { $c ->
         [one] 1 country
        *[other] { $c } countries
    }.
world-lead-most = { $n ->
         [one] 1 activity of the security sector is
        *[other] { $n } activities of the security sector are
    } on record in { $c ->
         [one] 1 country
        *[other] { $c } countries
    }; { $leader } has most of them ({ $most }).
t-countries = Countries with most activities
active-and-other = Active, and other
