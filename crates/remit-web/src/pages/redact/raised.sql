-- Whether an entry made less of a statement visible: a higher marking, or a field that is withheld now.
select exists (
  select 1 from statement s join statement before on before.statement = s.supersedes
  where s.entry = :entry and (
    case s.marking when 'public' then 0 when 'internal' then 1 when 'confidential' then 2 else 3 end
      > case before.marking when 'public' then 0 when 'internal' then 1 when 'confidential' then 2 else 3 end
    or exists (
      select 1 from json_each(coalesce(nullif(s.withholding, ''), '{}')) now
      where not exists (select 1 from json_each(coalesce(nullif(before.withholding, ''), '{}')) earlier where earlier.key = now.key)))
) as raised
