-- A statement, if it may be seen.
select statement from statement where statement = :id and kind = :kind
