select * from activity where record = :identifier
