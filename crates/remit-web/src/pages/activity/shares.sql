select actor_class, security_function, modality, country, region, sign, country_share, sector_share, share, committed_usd,
  disbursed_usd
from support
where activity = :id
order by share desc
