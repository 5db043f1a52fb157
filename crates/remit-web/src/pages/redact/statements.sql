-- Every statement about a record, the newest first, with what can be taken away of it.
select * from statement where kind = :kind and record = :record order by seq desc
