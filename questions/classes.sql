-- order = 25
-- group = "who"
-- made_of = ["actor"]
-- title = { en = "Which kinds of actor are known", fr = "Quelles catégories d’acteurs sont connues", ar = "فئات الجهات المعروفة" }
-- why = { en = "Reform must be comprehensive: a register of soldiers and police alone shows half a security sector.", fr = "La réforme doit être globale : un registre des seuls soldats et policiers montre la moitié du secteur.", ar = "الإصلاح ينبغي أن يكون شاملًا: سجل الجنود والشرطة وحدهم يُظهر نصف القطاع." }
-- [rule]
-- en = "Actors of each class that hold on the day of validity, the relations of management and oversight that name them, and how many rest on no source. An institution that names no country is of the one that the workspace is about, but for those who give support."
-- fr = "Acteurs de chaque catégorie au jour de validité, relations de gestion et de contrôle qui les nomment, et combien ne reposent sur aucune source. Une institution qui ne nomme aucun pays est de celui dont traite l’espace, sauf qui donne un appui."
-- ar = "جهات كل فئة في يوم السريان، وعلاقات الإدارة والرقابة التي تذكرها، وعدد ما لا مصدر له. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل، عدا من يقدم الدعم."
-- [[draw]]
-- form = "bars"
-- label = "actor_class"
-- value = "actors"
-- unit = { en = "Actors on record", fr = "Acteurs enregistrés", ar = "الجهات المسجلة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with a as materialized (
  -- An institution that names no country is of the one that the workspace is about; who gives support is mostly of another.
  select record, class, source from actor where :country = ''
    or coalesce(country, case when class not in (select code from code where list = 'actor_class' and category = 'partner') then home_country() end) = :country
)
select c.code as actor_class, count(a.record) as actors,
  count(case when a.record is not null and a.source is null then 1 end) as unsourced,
  case when count(a.record) = 0 then 1 else 0 end as none_known
from code c left join a on a.class = c.code
where c.list = 'actor_class' and c.code <> 'unspecified'
group by c.code, c.position order by c.position
