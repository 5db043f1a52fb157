select recorded_at, author, act, statements, standing, entry
from entry
order by recorded_at desc
limit 200
