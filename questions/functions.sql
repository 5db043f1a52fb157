-- order = 23
-- group = "who"
-- made_of = ["assignment"]
-- title = { en = "Division of labour: the function matrix", fr = "Répartition des tâches : la matrice des fonctions", ar = "تقسيم العمل: مصفوفة الوظائف" }
-- why = { en = "Where two services lead the same function they get in each other’s way; where none leads, nobody answers for it.", fr = "Là où deux services dirigent la même fonction, ils se gênent ; là où aucun ne dirige, personne n’en répond.", ar = "حين يقود جهازان وظيفة واحدة يتعارضان، وحين لا يقودها أحد لا يُسأل عنها أحد." }
-- [rule]
-- en = "Assignments that hold on the day of validity. “Two or more lead”: more than one actor leads. Contested: somebody contests it, whether or not one leads. “No lead on record”: nobody is on record as leading or contesting it, which is not the same as none. Confirmed: no source says that the role ended before the day, and where sources only spoke of it, one still does. An institution that names no country is of the one that the workspace is about."
-- fr = "Attributions valables au jour de validité. « Double responsabilité » : plus d’un acteur dirige. Contestée : quelqu’un la conteste, qu’il y ait un responsable ou non. « Sans responsable » : personne n’est enregistré comme dirigeant ou contestant, ce qui ne veut pas dire personne. Confirmé : aucune source ne dit que le rôle avait pris fin, et là où des sources n’en ont que parlé, l’une en parle encore. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "الإسنادات السارية في يوم السريان. «قيادة مزدوجة»: أكثر من جهة تقود. متنازع عليها: ينازع فيها أحد، قادها أحد أم لا. «بلا قيادة»: لا أحد مسجلًا قائدًا أو منازعًا، وهذا غير انعدامه. مؤكد: لا مصدر يقول إن الدور انتهى قبل اليوم، وحيث اكتفت المصادر بذكره فأحدها ما زال يذكره. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "marks"
-- title = { en = "Functions and institutions", fr = "Fonctions et institutions", ar = "الوظائف والمؤسسات" }
-- label = "security_function"
-- group = "actor_name"
-- by = "actor_class"
-- short = "actor_short"
-- value = "role"
-- signs = [["lead", "L"], ["support", "S"], ["oversight", "O"], ["contested", "C"]]
-- note = "legal_basis"
-- flags = ["no_lead", "double_lead", "contested"]
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with held as materialized (
  select s.function, s.actor, s.actor_name, s.role, s.confirmed, s.last_cited, s.legal_basis, s.source, s.url, a.class, coalesce(a.country, home_country()) as country, a.acronym
  from assignment s join actor a on a.record = s.actor
  where :country = '' or coalesce(a.country, home_country()) = :country
)
select c.code as security_function,
  h.actor_name, h.role, h.confirmed, h.last_cited, h.legal_basis, h.class as actor_class, h.country, h.source, h.url, h.actor, h.acronym as actor_short,
  case when (select count(distinct l.actor) from held l where l.function = c.code and l.role = 'lead') > 1 and h.role = 'lead' then 1 else 0 end as double_lead,
  case when not exists (select 1 from held l where l.function = c.code and l.role in ('lead', 'contested')) then 1 else 0 end as no_lead,
  h.role = 'contested' as contested
from code c
left join held h on h.function = c.code
where c.list = 'security_function' and c.code <> 'unspecified'
order by c.position, case h.role when 'lead' then 0 when 'contested' then 1 when 'support' then 2 else 3 end, h.actor_name
