-- order = 7
-- group = "support"
-- engine = "any"
-- title = { en = "Regional support, not split by country", fr = "Appui régional, non réparti par pays", ar = "دعم إقليمي غير موزَّع على البلدان" }
-- why = { en = "Support to a region may reach the country; nobody has said how much of it does.", fr = "Un appui à une région peut atteindre le pays ; personne n’a dit pour quelle part.", ar = "الدعم المقدَّم لإقليم قد يصل إلى البلد، ولم يذكر أحد أي جزء منه." }
-- [rule]
-- en = "Activities of the security sector that name a region of the country and give no share to countries, with the whole of the sum that the region is given. None of it is in the sums of the country."
-- fr = "Activités du secteur de la sécurité qui nomment une région du pays sans part par pays, avec toute la somme donnée à la région. Rien n’en figure dans les sommes du pays."
-- ar = "أنشطة قطاع الأمن التي تسمي إقليمًا يضم البلد دون حصة للبلدان، مع كامل المبلغ المعطى للإقليم. ولا يدخل منها شيء في مجاميع البلد."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with around as (
  select near.category as first, wider.parent as second, widest.parent as third
  from code near
  left join code wider on wider.list = 'region' and wider.code = near.category
  left join code widest on widest.list = 'region' and widest.code = wider.parent
  where near.list = 'country' and near.code = :country and near.category <> ''
), its_region as (
  select first as region from around union select second from around union select third from around
)
select s.region, max(s.supporter) as supporter, max(s.supporter_name) as supporter_name, s.activity, max(s.identifier) as identifier,
  max(s.title) as title, max(s.sign) as sign, max(s.phase) as phase, max(s.starts) as starts, max(s.ends) as ends,
  sum(s.committed_usd) as committed_usd, sum(s.disbursed_usd) as disbursed_usd,
  sum(s.committed_usd_set_apart) as committed_usd_set_apart, sum(s.disbursed_usd_set_apart) as disbursed_usd_set_apart
from support s
where s.country = '' and s.region <> ''
  and (:country = '' or s.region in (select region from its_region))
group by s.region, s.activity
order by s.region, max(s.supporter_name), max(s.identifier)
