-- engine = "any"
-- Who supports each activity of the country, with a weight, by what `:who` asks for: the reporter, the funders or the implementers.
-- Money that came in says who funded how much; where none did, those who are named share in equal parts; where nobody is named, the
-- reporter stands for them.
asked as materialized (
  select distinct activity, supporter, supporter_name from support where :country = '' or country = :country
),
-- Money in and out. What came in without a rate is weighed in its own currency where all that came in is of one; else it is doubtful.
moved as materialized (
  select activity, type, party, party_name, provider, provider_activity, case when without_rate and one_currency then value else usd end as amount,
    case when without_rate and not one_currency then 1 else 0 end as doubtful, not without_rate or alike as comparable
  from (
    select t.activity, t.type, coalesce(t.provider, t.provider_name) as party, t.provider_name as party_name, t.provider,
      t.provider_activity, t.value, t.usd, max(t.type = '1' and t.usd is null and t.value is not null) over same as without_rate,
      min(case t.type when '1' then coalesce(t.currency, '') end) over same = max(case t.type when '1' then coalesce(t.currency, '') end) over same as one_currency,
      min(coalesce(t.currency, '')) over same = max(coalesce(t.currency, '')) over same as alike
    from activity_transaction t
    where :who = 'funder' and t.type in ('1', '3', '4') and (t.date is null or t.date <= :valid_on) and t.activity in (select activity from asked)
    window same as (partition by t.activity)
  )
),
-- What came from an activity that is counted already is counted under its giver, and weighs here no more.
counted as materialized (
  select l.activity, max(g.supporter) as giver from left_out l left join support g on g.identifier = l.other_identifier
  where l.reason = 'received_from_counted' group by l.activity
),
came_in as (
  select m.activity, m.party, m.party_name, m.provider, m.amount, m.doubtful, c.giver, c.activity is not null and g.identifier is not null as linked
  from moved m left join counted c on c.activity = m.activity left join (select distinct identifier from support) g on g.identifier = m.provider_activity
  where m.type = '1' and m.party is not null
),
funded as (
  select activity, party, party_name, amount, doubtful
  from (select *, max(linked) over (partition by activity) as by_activity from came_in)
  where not linked and (by_activity or (provider is distinct from giver) or giver is null)
  union all
  -- What a publisher that is named as a funder spends beyond the money that came in is its own.
  select a.activity, a.supporter, max(a.supporter_name), sum(case m.type when '1' then -m.amount else m.amount end), 0
  from asked a join moved m on m.activity = a.activity and m.comparable
  where exists (select 1 from activity_organisation o where o.activity = a.activity and o.role = '1' and o.ref = a.supporter)
  group by a.activity, a.supporter having max(m.type = '1') and sum(case m.type when '1' then -m.amount else m.amount end) > 0
),
-- Refunds are taken off.
paid_in as materialized (
  select activity, party, max(party_name) as party_name, sum(amount) as amount, max(doubtful) as doubtful from funded
  group by activity, party having sum(amount) > 0
),
named as materialized (
  select o.activity, coalesce(o.ref, o.name) as party, max(o.name) as party_name
  from activity_organisation o left join (select distinct activity from paid_in) i on i.activity = o.activity
  where o.role = case :who when 'funder' then '1' when 'implementer' then '4' end and coalesce(o.ref, o.name) is not null
    and o.activity in (select activity from asked) and i.activity is null
  group by o.activity, party
),
parties as materialized (
  select activity, party, party_name, amount / sum(amount) over (partition by activity) as weight, max(doubtful) over (partition by activity) as doubtful from paid_in
  union all
  select activity, party, party_name, 1.0 / count(*) over (partition by activity), 0 from named
  union all
  select a.activity, a.supporter, a.supporter_name, 1.0, 0
  from asked a left join (select distinct activity from paid_in) i on i.activity = a.activity
    left join (select distinct activity from named) n on n.activity = a.activity
  where i.activity is null and n.activity is null
),
-- Whoever is called in several ways under one reference has one name; a reference that stands for a name where none is given is none.
party as materialized (
  select activity, party, coalesce(max(nullif(party_name, party)) over (partition by party), party) as party_name, weight, doubtful from parties
)
