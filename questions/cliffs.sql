-- order = 4
-- title = { en = "Cliffs", fr = "Ruptures", ar = "انقطاعات وشيكة" }
-- why = { en = "Support that ends soon with nothing behind it: what was built may be lost.", fr = "Un appui qui prend bientôt fin sans relève : l’acquis peut se perdre.", ar = "دعم ينتهي قريبًا ولا شيء بعده: قد يضيع ما بُني." }
-- [rule]
-- en = "Active on the day of validity, ends within six months, and no other activity for the same class and function of the country is active or planned beyond that end."
-- fr = "En cours le jour de validité, prend fin dans les six mois, et aucune autre activité pour la même catégorie et la même fonction du pays n’est en cours ou prévue au-delà."
-- ar = "جارٍ في يوم السريان وينتهي خلال ستة أشهر، ولا نشاط آخر جارٍ أو مخطط بعده للفئة والوظيفة نفسيهما في البلد."
-- [event]
-- title = "title"
-- day = "ends"
-- about = ["country", "actor_class", "supporter_name"]
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with last as (
  select country, actor_class, security_function,
    max(coalesce(ends, '9999')) as until
  from support
  where phase in ('active', 'planned') and (:country = '' or country = :country)
  group by country, actor_class, security_function
)
select s.country, s.actor_class, s.security_function, s.supporter, s.supporter_name, s.identifier, s.title, s.ends
from support s join last l
  on l.country = s.country and l.actor_class = s.actor_class and l.security_function = s.security_function
where s.phase = 'active' and s.ends <= :in_six_months and l.until <= s.ends and s.country <> ''
group by s.country, s.actor_class, s.security_function, s.activity
order by s.ends, s.country, s.supporter_name, s.identifier
