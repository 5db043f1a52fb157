-- order = 33
-- group = "people"
-- made_of = ["equipment"]
-- title = { en = "Equipment that was given, and its control", fr = "Matériel remis, et son contrôle", ar = "المعدات المسلَّمة وفحصها" }
-- why = { en = "Who gives equipment answers for where it is: what is lost, diverted, or was not looked at for a year must be seen.", fr = "Qui remet du matériel répond de ce qu’il devient : ce qui est perdu, détourné ou non contrôlé depuis un an doit se voir.", ar = "من يسلّم المعدات مسؤول عن مكانها: يجب أن يظهر ما فُقد أو حُوّل أو لم يُفحص منذ سنة." }
-- [rule]
-- en = "Items handed over by the day, what is lost or diverted first, then by the day of the next control: the one that is stated, else twelve months after the last inspection, else after the handover. Overdue: that day, or all of a month or year that is stated, is past; due: within 90 days. An item without any date is listed as such, not as controlled."
-- fr = "Matériel remis à la date, d’abord ce qui est perdu ou détourné, puis selon le prochain contrôle : celui qui est indiqué, sinon douze mois après la dernière inspection, sinon après la remise. En retard : ce jour, ou tout le mois ou l’année indiqués, est passé ; dû : sous 90 jours. Un article sans aucune date est montré comme tel, non comme contrôlé."
-- ar = "المعدات المسلَّمة حتى اليوم، المفقود والمحوّل أولًا، ثم بحسب موعد الفحص التالي: المذكور، وإلا فبعد اثني عشر شهرًا من آخر تفتيش، وإلا من التسليم. متأخر: مضى اليوم، أو مضى الشهر أو العام المذكور كله؛ مستحق: خلال 90 يومًا. والصنف بلا أي تاريخ يُذكر كذلك لا كمفحوص."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "recipient"
-- label = { en = "Recipient", fr = "Bénéficiaire", ar = "المستفيد" }
with given as (
  select q.*, a.country as country, coalesce(q.next_control, date(coalesce(q.inspected, q.handed_over) || substr('-12-31', 1 + max(0, length(coalesce(q.inspected, q.handed_over)) - 4)), '+12 months')) as control_due
  from equipment q left join actor a on a.record = q.recipient
  where (q.handed_over is null or q.handed_over <= :valid_on)
)
select case when condition in ('lost', 'diverted') then 'missing' when control_due is null then 'undated' when control_due < substr(:valid_on, 1, length(control_due)) then 'overdue'
    when control_due <= date(:valid_on, '+90 days') then 'due' else 'current' end as control_state,
  control_due, condition as equipment_condition, item, serial, quantity as items_given, recipient as unit, recipient_name as unit_name, country, supporter_name as trainer_name, value, currency,
  handed_over, inspected, decision as decision_record, source, url
from given
where (:country = '' or country = :country) and (:recipient = '' or recipient = :recipient or instr(folded(recipient_name), folded(:recipient)) > 0)
order by case when condition in ('lost', 'diverted') then 0 else 1 end, control_due is null, control_due, unit_name, item
