-- What of an entry may be seen.
select statement from statement where entry = :entry
