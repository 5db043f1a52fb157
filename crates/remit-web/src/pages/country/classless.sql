-- An institution without a class may be anybody's: in a workspace of one country it is asked about there.
select count(*) as n from actor where coalesce(class, '') = '' and coalesce(country, home_country()) = :country
