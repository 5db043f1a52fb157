-- What each reform waits for and is not known to be there on the day: another reform or an outcome that is not carried out in full, a
-- law that is not in force, a strategy that is not being carried out. Stages are those of the part `stage_now`, as everywhere.
waits_for as materialized (
  select b.record, b.target_name as name
  from reform_blocked_by b
  left join reform br on b.target_kind = 'reform' and br.record = b.target
  left join outcome bo on b.target_kind = 'outcome' and bo.record = b.target
  left join law bl on b.target_kind = 'law' and bl.record = b.target
  left join strategy bs on b.target_kind = 'strategy' and bs.record = b.target
  left join stage_now n on n.kind = b.target_kind and n.record = b.target
  where case b.target_kind
    when 'law' then coalesce(n.stage, bl.stage, '') not in ('in_force', 'by_laws')
    when 'strategy' then coalesce(n.stage, bs.stage, '') not in ('implementation', 'review', 'ended')
    else coalesce(n.stage, br.status, bo.status, '') <> '3' end
)
