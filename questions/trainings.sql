-- order = 33
-- group = "people"
-- made_of = ["training"]
-- parts = ["called", "trained"]
-- title = { en = "Who was trained, by whom, and in which unit they are today", fr = "Qui a été formé, par qui, et dans quelle unité aujourd’hui", ar = "من تدرّب وعلى يد من وفي أي وحدة هو اليوم" }
-- why = { en = "A course counts for what comes after it: the unit may have been renamed, merged or closed since.", fr = "Un cours vaut par ce qui suit : l’unité a pu être renommée, fusionnée ou dissoute depuis.", ar = "تُقاس الدورة بما بعدها: فقد تكون الوحدة غيّرت اسمها أو دُمجت أو حُلّت منذئذ." }
-- [rule]
-- en = "Trainings that began by the day, the latest first. The unit is as published; its record is the one that a person linked, else the only one of that name in the country (to be confirmed). Unit today: what it became by relations “became” that hold on the day; several successors are counted. Gone: its record does not hold on the day and nothing succeeded it. Cost per person: cost by people trained, in the currency of the report."
-- fr = "Formations commencées à la date, les plus récentes d’abord. L’unité est telle que publiée ; sa fiche est celle qu’une personne a reliée, sinon la seule de ce nom dans le pays (à confirmer). Unité aujourd’hui : ce qu’elle est devenue selon les relations « est devenu » valables ce jour ; plusieurs successeurs sont comptés. Disparue : sa fiche n’est pas valable ce jour et rien ne lui succède. Coût par personne : coût divisé par les personnes formées, dans la devise du rapport."
-- ar = "التدريبات التي بدأت حتى اليوم، الأحدث أولًا. الوحدة كما نُشرت؛ وسجلها ما ربطه شخص، وإلا فالوحيد بهذا الاسم في البلد (يحتاج إلى تأكيد). الوحدة اليوم: ما أصبحت عليه بحسب علاقات «أصبح» السارية في اليوم؛ وتُعدّ الوحدات اللاحقة إن تعددت. زالت: سجلها غير سارٍ في اليوم ولا وحدة تلتها. كلفة الشخص: الكلفة على عدد المتدربين بعملة التقرير."
-- [[draw]]
-- form = "bars"
-- label = "trainer_name"
-- value = "people_trained"
-- unit = { en = "People trained, where a source gives a number", fr = "Personnes formées, si une source donne un nombre", ar = "الأشخاص المتدربون حيث يذكر مصدر عددًا" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "supporter"
-- label = { en = "Supporter (words of its name)", fr = "Partenaire (mots du nom)", ar = "الداعم (كلمات من اسمه)" }
-- [[parameter]]
-- name = "unit"
-- label = { en = "Unit (name or identifier)", fr = "Unité (nom ou identifiant)", ar = "الوحدة (الاسم أو المعرّف)" }
select t.supporter_name as trainer_name, t.program, coalesce(t.course, t.program) as course, t.course_level, t.recipient_unit, t.record_link, t.unit, t.unit_name,
  d.today as unit_today, e.name as unit_today_name, coalesce(d.successors, 0) as successors,
  case when t.unit is not null and a.record is null and e.record is null then 1 else 0 end as unit_gone,
  t.country, coalesce(t.place_name, t.location) as trained_at, t.people as people_trained, t.women, t.cost, t.currency,
  case when t.people > 0 then round(t.cost / t.people, 2) end as cost_per_person, t.starts, t.ends, t.source, t.url
from trained t left join actor a on a.record = t.unit left join unit_today d on d.unit = t.unit left join actor e on e.record = d.today
where (:country = '' or t.country = :country)
  and (:supporter = '' or instr(folded(t.supporter_name), folded(:supporter)) > 0)
  and (:unit = '' or :unit in (t.unit, d.today) or folded(:unit) in (folded(t.unit_name), folded(e.name), folded(t.recipient_unit))
    or exists (select 1 from called c where c.called = folded(:unit) and c.record in (t.unit, d.today)))
order by t.starts is null, t.starts desc, t.supporter_name, t.course, t.recipient_unit, t.record
