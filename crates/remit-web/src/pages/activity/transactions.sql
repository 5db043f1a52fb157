select * from activity_transaction where activity = :id order by date, n
