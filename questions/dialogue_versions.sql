-- order = 44
-- group = "oversight"
-- title = { en = "Where sources differ on a dialogue", fr = "Où les sources divergent sur un dialogue", ar = "ما تختلف فيه المصادر بشأن حوار" }
-- why = { en = "Acts and press may count the same outcomes differently, and word them differently.", fr = "Les actes et la presse peuvent compter et formuler différemment les mêmes résultats.", ar = "قد تختلف الوثائق والصحافة في عدّ النتائج نفسها وصياغتها." }
-- [rule]
-- en = "How many outcomes were adopted, as each source says, beside how many are on record; and each wording of an outcome where there is more than one. Statements that nothing has replaced; a dialogue that is over is still one. What names no country is of the one that the workspace is about."
-- fr = "Nombre de résultats adoptés selon chaque source, à côté de ceux enregistrés ; et chaque formulation d’un résultat s’il y en a plusieurs. Énoncés que rien n’a remplacés. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "عدد النتائج المعتمدة حسب كل مصدر إلى جانب المسجل منها؛ وكل صيغة لنتيجة لها أكثر من صيغة. بيانات لم يحل محلها شيء. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "dialogue"
-- record = "dialogue"
-- label = { en = "Dialogue (title or identifier)", fr = "Dialogue (titre ou identifiant)", ar = "الحوار (العنوان أو المعرّف)" }
with dialogue_of as materialized (
  select record, best(json_extract(fields, '$.title'), grade, said_at, statement) as title, best(json_extract(fields, '$.country'), grade, said_at, statement) as country
  from statement where kind = 'dialogue' and current = 1 and (valid_from is null or valid_from <= :valid_on) group by record
),
chosen as materialized (
  select record, title, coalesce(country, home_country()) as country from dialogue_of
  where (:country = '' or coalesce(country, home_country()) = :country) and (:dialogue = '' or record = :dialogue or folded(title) = folded(:dialogue))
),
counted as materialized (
  select s.record as dialogue, json_extract(s.fields, '$.outcomes_adopted') as outcomes_adopted, s.source, s.url, substr(s.recorded_at, 1, 10) as recorded,
    (select count(*) from outcome o where o.dialogue = s.record and (o.date is null or o.date <= :valid_on)) as on_record
  from statement s where s.kind = 'dialogue' and s.current = 1 and json_extract(s.fields, '$.outcomes_adopted') is not null and s.record in (select record from chosen)
),
worded as materialized (
  select s.dialogue, s.record as outcome, s.text, s.source, s.url, substr(s.recorded_at, 1, 10) as recorded
  from outcome_statement s where s.dialogue in (select record from chosen) and s.text is not null and (s.date is null or s.date <= :valid_on)
)
select d.country, c.dialogue, d.title as dialogue_name, null as outcome, null as wording, c.outcomes_adopted, c.on_record as outcomes_on_record,
  (select count(distinct o.outcomes_adopted) from counted o where o.dialogue = c.dialogue) > 1 or c.outcomes_adopted <> c.on_record as differs, c.source, c.url, c.recorded
from counted c join chosen d on d.record = c.dialogue
union all
select d.country, w.dialogue, d.title, w.outcome, w.text, null, null, 1, w.source, w.url, w.recorded
from worded w join chosen d on d.record = w.dialogue
where (select count(distinct o.text) from worded o where o.outcome = w.outcome) > 1
order by 1, 3, 4, 6, 11, 9
