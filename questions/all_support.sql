-- order = 12
-- title = { en = "Support by every sign", fr = "Appui selon chaque indice", ar = "الدعم بحسب كل دليل" }
-- why = { en = "Aid activities are only one trace of support: what missions are asked to do, what documents report as done, what offices state and who was trained are others.", fr = "Les activités d’aide ne sont qu’une trace de l’appui : ce que les mandats demandent, ce que des documents disent fait, ce que des bureaux déclarent et qui a été formé en sont d’autres.", ar = "أنشطة المعونة أثر واحد فقط من آثار الدعم: ما يُطلب من البعثات وما تذكر الوثائق إنجازه وما تصرّح به المكاتب ومن جرى تدريبه آثار أخرى." }
-- [rule]
-- en = "One row for each sign, supporter, recipient, function and country. Coded: the publisher’s purpose code says so. Read: only the publisher’s words do; the amount is an estimated share. Stated: somebody recorded a project, training, equipment or a relation of support. Mandated: a document asks a mission to do it. Reported: a document says that it was done. The signs tell of the same support in different ways, so rows of different signs are not to be added up. A row without an amount counts as a row."
-- fr = "Une ligne par indice, partenaire, bénéficiaire, fonction et pays. Codé : le code-objet le dit. Lu : seuls les mots le disent ; le montant est une part estimée. Déclaré : un projet, une formation, un équipement ou une relation d’appui a été enregistré. Prévu par le mandat : un document le demande à une mission. Rapporté : un document dit que cela a été fait. Les indices disent le même appui de façons différentes : leurs lignes ne s’additionnent pas. Une ligne sans montant compte comme ligne."
-- ar = "سطر لكل دليل وداعم ومستفيد ووظيفة وبلد. مرمَّز: رمز الغرض يدل. مقروء: الكلمات وحدها تدل والمبلغ حصة مقدَّرة. مصرَّح به: سُجِّل مشروع أو تدريب أو تجهيز أو علاقة دعم. مكلّف به: وثيقة تطلبه من بعثة. مُبلَّغ عنه: وثيقة تذكر إنجازه. الأدلة تصف الدعم نفسه بطرق مختلفة فلا تُجمع أسطرها. والسطر بلا مبلغ يُحتسب سطرًا."
-- [[draw]]
-- form = "matrix"
-- label = "supporter_name"
-- group = "sign"
-- value = "entries"
-- unit = { en = "Activities, trainings, tasks and reports, by sign", fr = "Activités, formations, tâches et rapports, par indice", ar = "الأنشطة والتدريبات والمهام والتقارير بحسب الدليل" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "sign"
-- choices = ["", "coded", "read", "stated", "mandated", "reported"]
-- label = { en = "Sign", fr = "Indice", ar = "الدليل" }
with known as (
  select case when sign = 'read' then 'read' else 'coded' end as sign, supporter_name, actor_class, security_function, country,
    'activity ' || activity as entry, disbursed_usd as usd, starts, ends, null as recipient_name,
    case when phase = 'active' then 1 else 0 end as active
  from support
  union all
  select 'stated', coalesce(p.supporter_name, p.supporter), coalesce(p.recipient_class, a.class, 'unspecified'),
    coalesce(p.function, 'unspecified'), coalesce(p.country, a.country), 'project ' || p.record,
    case when p.currency = 'USD' then p.spent end, p.starts, p.ends, p.recipient_name,
    case when (p.starts is null or p.starts <= :valid_on) and (p.ends is null or p.ends >= substr(:valid_on, 1, length(p.ends)))
      and coalesce(p.status, '2') in ('2', '3') then 1 else 0 end
  from project p left join actor a on a.record = p.recipient
  where p.starts is null or p.starts <= :valid_on
  union all
  select 'stated', t.supporter, coalesce(a.class, 'unspecified'), 'training_and_education', t.country,
    'training ' || t.record, case when t.currency = 'USD' then t.cost end, t.starts, t.ends, coalesce(a.name, t.recipient_unit),
    case when t.starts <= :valid_on and t.ends >= :valid_on then 1 else 0 end
  from training t left join actor a on a.name = t.recipient_unit and a.country = t.country
  where t.starts is null or t.starts <= :valid_on
  union all
  select 'stated', coalesce(q.supporter_name, q.supporter), coalesce(a.class, 'unspecified'), 'unspecified', a.country,
    'equipment ' || q.record, case when q.currency = 'USD' then q.value end, q.handed_over, q.handed_over, q.recipient_name, 0
  from equipment q left join actor a on a.record = q.recipient
  where q.handed_over is null or q.handed_over <= :valid_on
  union all
  select 'stated', r.subject_name, coalesce(a.class, 'unspecified'), 'unspecified', a.country,
    'relation ' || r.record, null, r.valid_from, r.valid_to, r.object_name, 1
  from relation r left join actor a on a.record = r.object
  where r.relation = 'supports'
  union all
  select 'mandated', m.mission_name, 'unspecified', coalesce(m.function, 'unspecified'), coalesce(m.country, a.country),
    'mandated_task ' || m.record, null, m.valid_from, m.valid_to, null, 1
  from mandated_task m left join actor a on a.record = m.mission
  union all
  select 'reported', e.mission_name, coalesce(p.class, 'unspecified'), coalesce(e.function, 'unspecified'),
    coalesce(e.country, a.country), 'engagement ' || e.record, null, e.date, e.date, e.partner_name,
    case when e.mode = 'ongoing' then 1 else 0 end
  from engagement e left join actor a on a.record = e.mission left join actor p on p.record = e.partner
  where e.mode in ('done', 'ongoing') and (e.date is null or e.date <= :valid_on)
)
select sign, supporter_name, actor_class, security_function, country,
  count(distinct entry) as entries, count(distinct case when active = 1 then entry end) as active,
  sum(usd) as disbursed_usd, min(starts) as starts, max(ends) as ends, group_concat(distinct recipient_name) as recipient_names
from known
where (:country = '' or country = :country) and (:sign = '' or sign = :sign)
group by sign, supporter_name, actor_class, security_function, country
order by sign, supporter_name, actor_class, security_function, country
