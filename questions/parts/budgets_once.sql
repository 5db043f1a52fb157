-- Budget lines, each of its institution, years, class, source of money and currency once: of several reports of the same, of each amount the one
-- that was said last, in whichever workspace. Of a group, SQLite takes what is not added up from the row with the greatest.
budgets_once as materialized (
  select institution, institution_name, year, until_year, economic_class, money_source, currency, max(case measure when 'approved' then amount end) as approved,
    max(case measure when 'released' then amount end) as released, max(case measure when 'spent' then amount end) as spent, max(source) as source, url_of(source, url) as url
  from (
    select b.institution, b.institution_name, b.year, b.until_year, b.economic_class, b.money_source, b.currency, m.measure,
      case m.measure when 'approved' then b.approved when 'released' then b.released else b.spent end as amount, b.source, b.url,
      max(coalesce(b.said_at, '') || ' ' || b.record) as newest
    from budget_line b join (select 'approved' as measure union all select 'released' union all select 'spent') m
    where case m.measure when 'approved' then b.approved when 'released' then b.released else b.spent end is not null and b.year <= :valid_on
    group by b.institution, b.year, b.until_year, b.economic_class, b.money_source, b.currency, m.measure)
  group by institution, year, until_year, economic_class, money_source, currency
)
