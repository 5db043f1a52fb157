-- order = 24
-- group = "oversight"
-- made_of = ["relation"]
-- title = { en = "Who oversees whom: the oversight matrix", fr = "Qui contrôle qui : la matrice du contrôle", ar = "من يراقب من: مصفوفة الرقابة" }
-- why = { en = "A power of oversight that is not used is none; a service without a working overseer answers to itself.", fr = "Un pouvoir de contrôle non exercé n’en est pas un ; un service sans contrôle effectif ne répond qu’à lui-même.", ar = "صلاحية رقابة لا تُستعمل ليست رقابة، والجهاز الذي لا رقيب فاعلًا عليه لا يُسأل أمام غيره." }
-- parts = ["exercised", "hindered"]
-- [rule]
-- en = "Every military, police, intelligence, corrections and private security actor with those who oversee it on the day of validity; units that are part of another service are seen with it. A power whose exercise was last told more than a year before the day, or without a day, is not confirmed; neither is one that was dormant or blocked when it was last told of more than a year before. “No power known to be exercised”: nobody is on record as exercising one; one that is not confirmed does not count. An institution that names no country is of the one that the workspace is about."
-- fr = "Chaque acteur militaire, de police, de renseignement, pénitentiaire ou privé avec ceux qui le contrôlent au jour de validité ; les unités d’un autre service sont vues avec lui. Un pouvoir dont l’exercice a été rapporté pour la dernière fois plus d’un an avant ce jour, ou sans date, n’est pas confirmé ; ni celui qui était en sommeil ou bloqué lorsqu’on en a parlé pour la dernière fois il y a plus d’un an. « Aucun pouvoir exercé » : personne n’est enregistré comme en exerçant un ; un pouvoir non confirmé ne compte pas. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "كل جهة عسكرية أو شرطية أو استخبارية أو سجون أو أمن خاص مع من يراقبها في يوم السريان، وتُرى الوحدات التابعة مع جهازها. والصلاحية التي ذُكرت ممارستها آخر مرة قبل أكثر من سنة من ذلك اليوم، أو بلا يوم، غير مؤكدة؛ وكذلك ما كان معطلًا أو محظورًا حين ذُكر آخر مرة قبل أكثر من سنة. «لا صلاحية ممارسة»: لا أحد مسجل يمارسها، ولا تُعد غير المؤكدة. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "marks"
-- title = { en = "Services and those who oversee them", fr = "Services et ceux qui les contrôlent", ar = "الأجهزة ومن يراقبها" }
-- label = "service_name"
-- group = "overseer_name"
-- short = "overseer_short"
-- value = "in_practice"
-- signs = [["exercised", "●"], ["not_confirmed", "●?"], ["dormant", "○"], ["dormant_before", "○?"], ["blocked", "✕"], ["blocked_before", "✕?"], ["", "?"]]
-- words = ["power", "on_paper"]
-- usual = { on_paper = "yes" }
-- note = "legal_basis"
-- flags = ["no_overseer", "no_exercised"]
-- [[draw]]
-- form = "graph"
-- title = { en = "Lines of oversight", fr = "Liens de contrôle", ar = "خطوط الرقابة" }
-- from = "overseer_name"
-- to = "service_name"
-- group = "in_practice"
-- note = "power"
-- unit = { en = "Powers of oversight on the day, by whether they are used", fr = "Pouvoirs de contrôle au jour, selon leur exercice", ar = "صلاحيات الرقابة في اليوم حسب ممارستها" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with service as materialized (
  select a.record, a.name, a.class, coalesce(a.country, home_country()) as country from actor a
  where a.class in ('military', 'police', 'intelligence', 'corrections', 'private_security') and (:country = '' or coalesce(a.country, home_country()) = :country)
    and (exists (select 1 from relation r where r.relation = 'oversees' and r.object = a.record)
      or not exists (select 1 from relation r join actor p on p.record = r.object where r.relation = 'part_of' and r.subject = a.record and p.class = a.class))
)
select v.record as service, v.name as service_name, v.class as actor_class, v.country, r.subject as overseer, r.subject_name as overseer_name, o.acronym as overseer_short, o.class as overseer_class,
  r.power, r.on_paper, case when r.in_practice = 'exercised' and not e.still_exercised then 'not_confirmed'
    when not h.still_hindered then r.in_practice || '_before' else r.in_practice end as in_practice,
  case when r.in_practice = 'exercised' then e.last_exercised end as last_exercised, r.legal_basis, r.source, r.url,
  case when not exists (select 1 from relation x where x.relation = 'oversees' and x.object = v.record and x.in_practice = 'exercised'
      and not exists (select 1 from exercised y where y.record = x.record and not y.still_exercised)) then 1 else 0 end as no_exercised,
  case when not exists (select 1 from relation x where x.relation = 'oversees' and x.object = v.record) then 1 else 0 end as no_overseer
from service v
left join relation r on r.relation = 'oversees' and r.object = v.record
left join actor o on o.record = r.subject
left join exercised e on e.record = r.record
left join hindered h on h.record = r.record and h.in_practice = r.in_practice
order by v.country, v.class, v.name, overseer_name, r.power
