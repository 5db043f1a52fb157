select actor_class, security_function, modality, country, region, sign, finance_type, country_share, sector_share, share, committed_usd,
  disbursed_usd, coalesce(committed_usd_set_apart, 0) + coalesce(committed_usd_left_out, 0) as committed_usd_left_out,
  coalesce(disbursed_usd_set_apart, 0) + coalesce(disbursed_usd_left_out, 0) as disbursed_usd_left_out
from support
where activity = :id
order by share desc
