-- Bodies that had ended by the day, with their last one: nobody is left who could do what was asked of them.
ended_actors as materialized (
  select record, max(valid_to) as ended from statement where kind = 'actor' and current = 1 group by record
  having count(*) = count(valid_to) and max(valid_to) < substr(:valid_on, 1, length(max(valid_to)))
)
