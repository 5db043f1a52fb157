select title
from statement
where kind = :kind and record = :record and current = 1
order by coalesce(valid_from, first_cited, ''), seq
