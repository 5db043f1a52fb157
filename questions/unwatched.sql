-- order = 50
-- group = "oversight"
-- title = { en = "Services without exercised oversight", fr = "Services sans contrôle exercé", ar = "أجهزة بلا رقابة ممارسة" }
-- why = { en = "A service without a working overseer answers to itself.", fr = "Un service sans contrôle effectif ne répond qu’à lui-même.", ar = "الجهاز الذي لا رقيب فاعلًا عليه لا يُسأل أمام غيره." }
-- parts = ["exercised"]
-- [rule]
-- en = "Military, police, intelligence, corrections and private security actors of which nobody is on record as exercising a power of oversight on the day. A power whose exercise was last told more than a year before the day, or without a day, does not count as exercised: who holds it is named beside, as are powers that are dormant, blocked, or of which nobody says whether they are used. Units of another service of the class are seen with it, unless they have overseers of their own. One that sources only spoke of, none of them for ten years, is not listed: nobody knows whether it is still there. A service that names no country is of the one that the workspace is about; where it is about several, ask without a country to see it."
-- fr = "Acteurs militaires, de police, de renseignement, pénitentiaires et privés dont personne n’est enregistré comme exerçant le contrôle au jour dit. Un pouvoir dont l’exercice a été rapporté pour la dernière fois plus d’un an avant ce jour, ou sans date, ne compte pas comme exercé : son titulaire est nommé à côté, de même que les pouvoirs en sommeil, bloqués ou dont l’usage est inconnu. Les unités d’un autre service de la catégorie sont vues avec lui, sauf contrôle propre. Celui dont des sources ont seulement parlé, aucune depuis dix ans, n’est pas listé : nul ne sait s’il existe encore. Un service qui ne nomme aucun pays est de celui dont traite l’espace ; s’il en traite plusieurs, demandez sans pays pour le voir."
-- ar = "جهات عسكرية وشرطية واستخبارية وسجون وأمن خاص لا يُسجَّل أن أحدًا يمارس رقابة عليها في اليوم. والصلاحية التي ذُكرت ممارستها آخر مرة قبل أكثر من سنة من ذلك اليوم، أو بلا يوم، لا تُعد ممارَسة: يُذكر صاحبها بجانب الجهاز، كما تُذكر الصلاحيات المعطلة والمحظورة وما لا يُعرف استعماله. وتُرى وحدات جهاز آخر من الفئة معه ما لم يكن لها رقيب خاص. وما ذكرته المصادر فحسب ولم يذكره أي منها منذ عشر سنوات لا يُدرج: فلا يُعلم أما زال قائمًا. والجهاز الذي لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل؛ وإن كانت تُعنى بعدة بلدان فاسأل دون بلد لتراه."
-- [[draw]]
-- form = "bars"
-- label = "actor_class"
-- value = "items"
-- unit = { en = "Number of services", fr = "Nombre de services", ar = "عدد الأجهزة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with overseen as materialized (
  -- Who is overseen, and who is part of what, are read once, and not again for each service.
  select distinct object as record from relation where relation = 'oversees'
),
-- Of a large register, whoever may be a service is found first, and only of these it is asked what they are part of.
candidate as materialized (
  select a.record, a.name, a.class, coalesce(a.country, home_country()) as country, a.last_cited from actor a
  where a.class in ('military', 'police', 'intelligence', 'corrections', 'private_security') and (:country = '' or coalesce(a.country, home_country()) = :country)
),
part as materialized (
  select distinct r.subject as record, r.object from relation r where r.relation = 'part_of' and r.subject in (select record from candidate)
),
-- What is a service of the country itself need not be looked up again.
within as materialized (
  select t.record, c.class from part t join candidate c on c.record = t.object
  union select t.record, p.class from part t join actor p on p.record = t.object where t.object not in (select record from candidate) and p.class is not null
),
service as materialized (
  select a.record, a.name, a.class, a.country from candidate a
  where (a.record in (select record from overseen) or (a.record, a.class) not in (select record, class from within))
    -- Of whom nobody has spoken for so long it is not known whether there is anybody to oversee.
    and coalesce(a.last_cited >= substr(date(:valid_on, '-10 years'), 1, length(a.last_cited)), 1)
),
watch as materialized (
  select r.object, r.subject_name, case when r.in_practice = 'exercised' and not e.still_exercised then 'not_confirmed' else r.in_practice end as in_practice,
    e.last_exercised
  from relation r left join exercised e on e.record = r.record where r.relation = 'oversees'
)
select s.country, s.class as actor_class, s.record as service, s.name as service_name,
  case when not exists (select 1 from watch w where w.object = s.record) then 1 else 0 end as no_overseer,
  (select group_concat(name, '; ' order by name) from (
    select subject_name || coalesce(' (' || max(last_exercised) || ')', '') as name from watch w where w.object = s.record and w.in_practice = 'not_confirmed' group by subject_name)) as unconfirmed_overseers,
  (select group_concat(name, '; ' order by name) from (select distinct subject_name as name from watch w where w.object = s.record and w.in_practice = 'dormant')) as dormant_overseers,
  (select group_concat(name, '; ' order by name) from (select distinct subject_name as name from watch w where w.object = s.record and w.in_practice = 'blocked')) as blocked_overseers,
  (select group_concat(name, '; ' order by name) from (select distinct subject_name as name from watch w where w.object = s.record and w.in_practice is null)) as overseers_not_known, 1 as items
from service s
where not exists (select 1 from watch w where w.object = s.record and w.in_practice = 'exercised')
order by s.country, s.class, s.name
