-- order = 33
-- group = "people"
-- made_of = ["training"]
-- parts = ["called", "trained"]
-- title = { en = "Who was trained, by whom, and in which unit they are today", fr = "Qui a été formé, par qui, et dans quelle unité aujourd’hui", ar = "من تدرّب وعلى يد من وفي أي وحدة هو اليوم" }
-- why = { en = "A course counts for what comes after it: the unit may have been renamed, merged or closed since.", fr = "Un cours vaut par ce qui suit : l’unité a pu être renommée, fusionnée ou dissoute depuis.", ar = "تُقاس الدورة بما بعدها: فقد تكون الوحدة غيّرت اسمها أو دُمجت أو حُلّت منذئذ." }
-- [rule]
-- en = "Trainings that began by the day, the latest first. The unit is as published; its record is the one that a person linked, else the only one of that name in the country, or of that name at all where one of the two says no country (to be confirmed). Unit today: what it became by relations “became” that hold on the day; several successors are counted. Gone: its record does not hold on the day and nothing succeeded it. Cost per person: cost by people trained, in the currency of the report. Still in the unit: of the people who held a post there on the last day of the training, the share of those who hold one there, or in what the unit became, twelve months later; counted are those of whom postings that you may see tell that they stayed or left. What names no country is of the one that the workspace is about."
-- fr = "Formations commencées à la date, les plus récentes d’abord. L’unité est telle que publiée ; sa fiche est celle qu’une personne a reliée, sinon la seule de ce nom dans le pays, ou de ce nom tout court si l’une des deux n’indique pas de pays (à confirmer). Unité aujourd’hui : ce qu’elle est devenue selon les relations « est devenu » valables ce jour ; plusieurs successeurs sont comptés. Disparue : sa fiche n’est pas valable ce jour et rien ne lui succède. Coût par personne : coût divisé par les personnes formées, dans la devise du rapport. Encore dans l’unité : parmi les personnes qui y tenaient un poste le dernier jour de la formation, la part de celles qui en tiennent un, dans l’unité ou ce qu’elle est devenue, douze mois après ; ne comptent que celles dont les affectations que vous pouvez voir disent qu’elles sont restées ou parties. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "التدريبات التي بدأت حتى اليوم، الأحدث أولًا. الوحدة كما نُشرت؛ وسجلها ما ربطه شخص، وإلا فالوحيد بهذا الاسم في البلد، أو بهذا الاسم مطلقًا إن لم يذكر أحدهما بلدًا (يحتاج إلى تأكيد). الوحدة اليوم: ما أصبحت عليه بحسب علاقات «أصبح» السارية في اليوم؛ وتُعدّ الوحدات اللاحقة إن تعددت. زالت: سجلها غير سارٍ في اليوم ولا وحدة تلتها. كلفة الشخص: الكلفة على عدد المتدربين بعملة التقرير. ما زالوا في الوحدة: نسبة من يشغلون منصبًا في الوحدة أو فيما أصبحت عليه بعد اثني عشر شهرًا إلى من كانوا يشغلون منصبًا فيها في آخر يوم من التدريب؛ ولا يُحتسب إلا من تدل التعيينات التي يمكنك رؤيتها على بقائه أو مغادرته. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
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
-- label = { en = "Supporter or trainers (words of the name)", fr = "Partenaire ou formateurs (mots du nom)", ar = "الداعم أو المدرّبون (كلمات من الاسم)" }
-- [[parameter]]
-- name = "unit"
-- label = { en = "Unit (name or identifier)", fr = "Unité (nom ou identifiant)", ar = "الوحدة (الاسم أو المعرّف)" }
with held as materialized (
  select json_extract(fields, '$.person') as person, json_extract(fields, '$.actor') as unit, coalesce(valid_from, first_cited, last_cited, source_date) as since,
    valid_to, coalesce(last_cited, first_cited, source_date) as last_said
  from statement where kind = 'posting' and current = 1
),
-- The last day of each training, and the same day a year later.
finished as materialized (
  select *, plus_months(day, 12) as later from (
    select t.record, t.unit, d.today, case length(coalesce(t.ends, t.starts)) when 4 then coalesce(t.ends, t.starts) || '-12-31'
      when 7 then date(coalesce(t.ends, t.starts) || '-01', '+1 month', '-1 day') else coalesce(t.ends, t.starts) end as day
    from trained t left join unit_today d on d.unit = t.unit where t.unit is not null)
),
-- Whoever held a post there then, and whether one still holds there a year later, or is known to have ended.
followed as materialized (
  select f.record, p.person, max(q.since <= f.later and coalesce(q.valid_to >= substr(f.later, 1, length(q.valid_to)), q.last_said >= substr(f.later, 1, length(q.last_said)), 0)) as stayed,
    max(coalesce(p.valid_to < substr(f.later, 1, length(p.valid_to)), 0)) as ended
  from finished f
  join held p on p.unit = f.unit and p.since <= f.day and coalesce(p.valid_to >= substr(f.day, 1, length(p.valid_to)), 1)
  join held q on q.person = p.person and q.unit in (f.unit, f.today)
  where f.later <= :valid_on group by f.record, p.person
),
there as materialized (
  select record, count(*) as people, sum(stayed) as stayed from followed where stayed or ended group by record
)
select t.supporter_name as trainer_name, t.trainer as course_trainer, t.program, coalesce(t.course, t.program) as course, t.course_level, t.recipient_unit, t.record_link, t.unit, t.unit_name,
  d.today as unit_today, e.name as unit_today_name, coalesce(d.successors, 0) as successors,
  case when t.unit is not null and a.record is null and e.record is null then 1 else 0 end as unit_gone,
  coalesce(t.country, home_country()) as country, coalesce(t.place_name, t.location) as trained_at, t.people as people_trained, t.women, t.cost, t.currency,
  case when t.people > 0 then round(1.0 * t.cost / t.people, 2) end as cost_per_person, t.starts, t.ends,
  h.people as people_followed, round(1.0 * h.stayed / h.people, 3) as still_in_unit, t.source, t.url
from trained t left join actor a on a.record = t.unit left join unit_today d on d.unit = t.unit left join actor e on e.record = d.today
left join there h on h.record = t.record
where (:country = '' or coalesce(t.country, home_country()) = :country)
  and (:supporter = '' or instr(folded(t.supporter_name), folded(:supporter)) > 0 or instr(folded(t.trainer), folded(:supporter)) > 0)
  and (:unit = '' or :unit in (t.unit, d.today) or folded(:unit) in (folded(t.unit_name), folded(e.name), folded(t.recipient_unit))
    or exists (select 1 from called c where c.called = folded(:unit) and c.record in (t.unit, d.today)))
order by t.starts is null, t.starts desc, t.supporter_name, t.course, t.recipient_unit, t.record
