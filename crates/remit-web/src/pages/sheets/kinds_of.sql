-- Institutions are added with any sheet, and tell nothing of what it is about.
select distinct kind from statement where entry = :entry and kind <> 'actor' order by kind
