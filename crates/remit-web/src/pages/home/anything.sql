-- Something, if there is anything at all.
select 1 from (select 1 from statement limit 1) union all select 1 from (select 1 from activity limit 1)
