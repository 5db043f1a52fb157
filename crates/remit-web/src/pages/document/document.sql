select * from document where record = :record
