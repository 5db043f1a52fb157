select record, name, acronym, class, mandate_giver, legal_basis, starts, ends
from actor
where coalesce(country, case when class not in (select code from code where list = 'actor_class' and category = 'partner') then home_country() end) = :country
order by name
