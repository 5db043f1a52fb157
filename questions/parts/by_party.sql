-- engine = "any"
-- What each activity gives, with each of its supporters and the weight of each. Reads supporters from the part `party`. What may be counted
-- twice is `may_double`: that a funder reports for a country itself makes that funder's money there doubtful, and no other's; nor is it
-- doubtful in the activity that it reports.
by_party as (
  select s.*, w.party, w.party_name, w.weight,
    case when w.doubtful = 1 or s.doubtful = 1
      and (:who <> 'funder' or (s.left_out_reason is distinct from 'funder_reports_too') or g.supporter <> s.supporter) then 1 else 0 end as may_double
  from support s
  join party w on w.activity = s.activity
  left join (
    select distinct supporter, country from support where :who = 'funder' and (:country = '' or country = :country)
  ) g on g.supporter = w.party and g.country = s.country
)
