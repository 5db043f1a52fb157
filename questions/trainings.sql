-- order = 33
-- title = { en = "Who was trained", fr = "Qui a été formé", ar = "من تلقى تدريبًا" }
-- why = { en = "Whoever trains should know who trained the same unit before, and find it again afterwards.", fr = "Qui forme devrait savoir qui a formé la même unité auparavant, et la retrouver ensuite.", ar = "على من يدرّب أن يعرف من درّب الوحدة نفسها قبله، وأن يجدها بعد ذلك." }
-- [rule]
-- en = "Trainings that began up to the day of validity, or whose start is not known, as their sources tell them: those of missions and donors in the register, and those of data sets that were imported. People are counted where a source gives a number; where none does, that is not none."
-- fr = "Formations commencées jusqu’au jour de validité, ou dont le début est inconnu, telles que les sources les relatent : celles du registre et celles des jeux de données importés. Les personnes ne sont comptées que si une source donne un nombre ; sinon, ce n’est pas zéro."
-- ar = "التدريبات التي بدأت حتى يوم السريان أو التي لا يُعرف بدؤها كما تذكرها المصادر: ما في السجل وما في البيانات المستوردة. ويُعدّ الأشخاص حيث يذكر مصدر عددًا، وغياب العدد ليس صفرًا."
-- [[draw]]
-- form = "bars"
-- label = "supporter_name"
-- value = "people_trained"
-- unit = { en = "People trained, where a source gives a number", fr = "Personnes formées, si une source donne un nombre", ar = "الأشخاص المتدربون حيث يذكر مصدر عددًا" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "supporter"
-- label = { en = "Supporter (words of its name)", fr = "Partenaire (mots du nom)", ar = "الداعم (كلمات من اسمه)" }
select t.country, t.supporter as supporter_name, coalesce(t.course, t.program) as course, t.program, t.recipient_unit, t.quantity as people_trained,
  t.starts, t.ends, t.location, t.source, t.url
from training t
where (t.starts is null or t.starts <= :valid_on) and (:country = '' or t.country = :country)
  and (:supporter = '' or instr(lower(t.supporter), lower(:supporter)) > 0)
order by t.starts is null, t.starts desc, supporter_name, t.recipient_unit
