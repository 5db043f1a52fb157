-- order = 4
-- group = "support"
-- engine = "any"
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs"]
-- title = { en = "Cliffs", fr = "Ruptures", ar = "انقطاعات وشيكة" }
-- why = { en = "Support that ends soon with nothing behind it: what was built may be lost.", fr = "Un appui qui prend bientôt fin sans relève : l’acquis peut se perdre.", ar = "دعم ينتهي قريبًا ولا شيء بعده: قد يضيع ما بُني." }
-- [rule]
-- en = "Activities, and projects and trainings that are stated, active on the day of validity, that end within six months, where none of them for the same class and function of the country is active or planned beyond that end. The sign says which it is."
-- fr = "Activités, ainsi que projets et formations déclarés, en cours le jour de validité et finissant dans les six mois, sans qu’aucun autre pour la même catégorie et la même fonction du pays ne soit en cours ou prévu au-delà. L’indice dit duquel il s’agit."
-- ar = "أنشطة ومشاريع وتدريبات مصرَّح بها جارية في يوم السريان وتنتهي خلال ستة أشهر، ولا شيء منها للفئة والوظيفة نفسيهما في البلد جارٍ أو مخطط بعد ذلك. ويبيّن الدليل أيها هو."
-- [event]
-- title = "title"
-- day = "ends"
-- about = ["country", "actor_class", "supporter_name"]
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with told as (
  select country, actor_class, security_function, supporter, supporter_name, sign, 'activity' as kind, identifier as record, identifier, title, phase, ends
  from support
  union all
  select country, actor_class, security_function, supporter, supporter_name, sign, kind, record, null, what, phase, ends
  from other_signs where kind in ('project', 'training')
),
-- How long anything goes on for the same class and function of the country.
lasting as (
  select country, actor_class, security_function, max(case when phase in ('active', 'planned') then coalesce(ends, '9999') end) as until
  from told group by country, actor_class, security_function
)
select t.country, t.actor_class, t.security_function, t.supporter, max(t.supporter_name) as supporter_name, t.identifier, max(t.title) as title,
  max(t.sign) as sign, t.kind, t.record, max(t.ends) as ends
from told t join lasting l on l.country = t.country and l.actor_class = t.actor_class and l.security_function = t.security_function
where t.country <> '' and (:country = '' or t.country = :country) and t.phase = 'active' and t.ends <= :in_six_months and l.until <= t.ends
group by t.country, t.actor_class, t.security_function, t.supporter, t.identifier, t.kind, t.record
order by max(t.ends), t.country, max(t.supporter_name), t.record, t.actor_class, t.security_function, t.supporter, t.identifier, t.kind
