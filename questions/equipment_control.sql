-- order = 33
-- group = "people"
-- made_of = ["equipment"]
-- parts = ["called", "trained"]
-- title = { en = "Equipment that was given, and its control", fr = "Matériel remis, et son contrôle", ar = "المعدات المسلَّمة وفحصها" }
-- why = { en = "Who gives equipment answers for where it is: what is lost, diverted, or was not looked at for a year must be seen.", fr = "Qui remet du matériel répond de ce qu’il devient : ce qui est perdu, détourné ou non contrôlé depuis un an doit se voir.", ar = "من يسلّم المعدات مسؤول عن مكانها: يجب أن يظهر ما فُقد أو حُوّل أو لم يُفحص منذ سنة." }
-- [rule]
-- en = "Items handed over by the day, what is lost or diverted first, then by the day of the next control: the one that is stated, else twelve months after the last inspection, else after the handover. Overdue: that day, or all of a month or year that is stated, is past; due: within 90 days. An item without any date is listed as such, not as controlled. Unit today: what the unit became by relations “became” that hold on the day; gone: it does not hold on the day and nothing succeeded it. What was given to a unit that is gone is listed in its country all the same."
-- fr = "Matériel remis à la date, d’abord ce qui est perdu ou détourné, puis selon le prochain contrôle : celui qui est indiqué, sinon douze mois après la dernière inspection, sinon après la remise. En retard : ce jour, ou tout le mois ou l’année indiqués, est passé ; dû : sous 90 jours. Un article sans aucune date est montré comme tel, non comme contrôlé. Unité aujourd’hui : ce que l’unité est devenue par les relations « devenue » valables au jour dit ; disparue : elle n’est pas valable au jour dit et rien ne lui a succédé. Ce qui a été remis à une unité disparue reste listé dans son pays."
-- ar = "المعدات المسلَّمة حتى اليوم، المفقود والمحوّل أولًا، ثم بحسب موعد الفحص التالي: المذكور، وإلا فبعد اثني عشر شهرًا من آخر تفتيش، وإلا من التسليم. متأخر: مضى اليوم، أو مضى الشهر أو العام المذكور كله؛ مستحق: خلال 90 يومًا. والصنف بلا أي تاريخ يُذكر كذلك لا كمفحوص. الوحدة اليوم: ما صارت إليه الوحدة بعلاقات «صارت» السارية في اليوم؛ وزالت: لا تسري في اليوم ولم يخلفها شيء. وما سُلِّم إلى وحدة زالت يبقى مذكورًا في بلدها."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "recipient"
-- label = { en = "Recipient", fr = "Bénéficiaire", ar = "المستفيد" }
with known as materialized (
  -- A unit that has ended since keeps its country.
  select record, max(json_extract(fields, '$.country')) as country from statement where kind = 'actor' and current = 1 group by record
),
given as (
  select q.*, coalesce(k.record, n.record) as unit, coalesce(k.country, n.country, home_country()) as country,
    coalesce(q.next_control, plus_months(case length(q.day) when 4 then q.day || '-12-31' when 7 then date(q.day || '-01', '+1 month', '-1 day') else q.day end, 12)) as control_due
  from (select *, coalesce(inspected, handed_over) as day from equipment) q left join known k on k.record = q.recipient
  left join called n on k.record is null and n.called = folded(coalesce(q.recipient_name, q.recipient)) and n.alone
  where (q.handed_over is null or q.handed_over <= :valid_on)
)
select case when g.condition in ('lost', 'diverted') then 'missing' when g.control_due is null then 'undated' when g.control_due < substr(:valid_on, 1, length(g.control_due)) then 'overdue'
    when g.control_due <= date(:valid_on, '+90 days') then 'due' else 'current' end as control_state,
  g.control_due, g.condition as equipment_condition, g.item, g.serial, g.quantity as items_given, g.unit, coalesce(g.recipient_name, g.recipient) as unit_name,
  d.today as unit_today, e.name as unit_today_name, coalesce(d.successors, 0) as successors,
  case when g.unit is not null and a.record is null and e.record is null then 1 else 0 end as unit_gone,
  g.country, g.supporter_name as trainer_name, g.value, g.currency, g.handed_over, g.inspected, g.decision as decision_record, g.source, g.url
from given g left join actor a on a.record = g.unit left join unit_today d on d.unit = g.unit left join actor e on e.record = d.today
where (:country = '' or g.country = :country)
  and (:recipient = '' or :recipient in (g.recipient, g.unit, d.today) or instr(folded(coalesce(g.recipient_name, g.recipient)), folded(:recipient)) > 0 or instr(folded(e.name), folded(:recipient)) > 0)
order by case when g.condition in ('lost', 'diverted') then 0 else 1 end, g.control_due is null, g.control_due, unit_name, g.item, g.record
