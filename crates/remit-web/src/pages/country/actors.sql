select record, name, acronym, class, mandate_giver, legal_basis, starts, ends
from actor
where country = :country
order by name
