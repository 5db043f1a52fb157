-- By what all are called who pay for a project, and all who receive it, the first one first. Reads names from the part `called`, projects from
-- `own_projects`.
all_named as materialized (
  select record, group_concat(case side when 1 then name end, '; ') as supporters, group_concat(case side when 2 then name end, '; ') as recipients
  from (
    select w.record, w.side, coalesce(w.name, max(c.name), w.who) as name
    from (
      select p.record, l.key as side, i.key as nth, i.value as who, case when i.key = 0 then case l.key when 1 then p.supporter_name else p.recipient_name end end as name
      from own_projects p, json_each(json_array(null, json_insert('[]', '$[#]', p.supporter), json_insert('[]', '$[#]', p.recipient))) l, json_each(l.value) i
      union all
      select p.record, l.key, i.key + 1, i.value, null
      from own_projects p, json_each(json_array(null, json(p.other_supporters), json(p.other_recipients))) l, json_each(l.value) i
    ) w left join called c on c.record = w.who where w.who is not null
    group by w.record, w.side, w.nth order by w.record, w.side, w.nth
  ) group by record
)
