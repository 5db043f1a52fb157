-- Which rank codes are part of which others that stand for a whole: OF-4 of senior officers, and these of all officers. Where a list
-- counts a whole, its parts are in it and are not added to it.
rank_wholes as materialized (
  select p.code as part, p.parent as whole from code p where p.list = 'rank_band' and p.parent <> ''
  union all
  select p.code, w.parent from code p join code w on w.list = 'rank_band' and w.code = p.parent and w.parent <> '' where p.list = 'rank_band'
)
