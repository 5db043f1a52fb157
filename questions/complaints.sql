-- order = 40
-- group = "oversight"
-- made_of = ["complaint_count"]
-- title = { en = "Complaints about services", fr = "Plaintes contre les services", ar = "الشكاوى من الأجهزة" }
-- why = { en = "Whether people complain, to whom, and whether it is of use.", fr = "Se plaint-on, auprès de qui, et cela sert-il ?", ar = "هل يشتكي الناس ولمن وهل يفيد ذلك؟" }
-- [rule]
-- en = "As each body counts, by service and period. Where a body counts by kind of complaint or by sex too, its total is taken, or else the parts are added, never both; of two sources that tell of the same count the more reliable one counts. Admitted ÷ received; upheld ÷ (upheld + dismissed). Few complaints may mean trust, or fear. An institution that names no country is of the one that the workspace is about."
-- fr = "Selon le décompte de chaque organe, par service et période. Si un organe compte aussi par type ou par sexe, son total est retenu, sinon la somme des parties, jamais les deux ; si deux sources parlent du même nombre, la plus fiable compte. Recevables ÷ reçues ; fondées ÷ (fondées + rejetées). Peu de plaintes peut vouloir dire confiance, ou peur. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "كما تعدّها كل جهة، حسب الجهاز والمدة. وإن عدّت حسب النوع أو الجنس أُخذ مجموعها وإلا جُمعت الأجزاء، لا كلاهما، وإن تحدث مصدران عن العدد نفسه احتُسب أوثقهما. المقبولة ÷ الواردة؛ والمثبتة ÷ (المثبتة + المرفوضة). وقلة الشكاوى قد تعني الثقة أو الخوف. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "series"
-- at = "starts"
-- group = "service_name"
-- value = "received"
-- unit = { en = "Complaints received, by the start of the period", fr = "Plaintes reçues, selon le début de la période", ar = "الشكاوى الواردة حسب بداية المدة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "service"
-- record = "actor"
-- label = { en = "Service (acronym, name or identifier)", fr = "Service (sigle, nom ou identifiant)", ar = "الجهاز (المختصر أو الاسم أو المعرّف)" }
with every as materialized (
  select c.record, c.complaint_kind, c.sex, c.reliability, c.said_at, c.service, coalesce(a.name, c.service_name) as service_name, coalesce(a.country, home_country()) as country, c.body, c.body_name, c.starts, c.ends,
    -- 2025 is the period from its first day to its last, however a source writes it.
    case length(c.starts) when 4 then c.starts || '-01-01' when 7 then c.starts || '-01' else c.starts end as first_day,
    case length(c.ends) when 4 then c.ends || '-12-31' when 7 then date(c.ends || '-01', '+1 month', '-1 day') else c.ends end as last_day,
    c.received, c.admitted, c.upheld, c.dismissed, c.pending,
    c.source, c.url, (c.complaint_kind is not null) + 2 * (c.sex is not null) as detail
  from complaint_count c left join actor a on a.record = c.service
  where (:country = '' or coalesce(a.country, home_country()) = :country) and (c.starts is null or c.starts <= :valid_on)
    and (:service = '' or c.service = :service or folded(a.acronym) = folded(:service) or folded(a.name) = folded(:service))
),
-- Two sources that tell of the same count do not add up: of each number that of the more reliable one counts, then what was recorded last.
told as materialized (
  select * from (
    select service, service_name, country, body, body_name, starts, ends, first_day, last_day, detail,
      first_value(received) over (same order by received is null, coalesce(reliability, 'G'), said_at desc, record desc) as received,
      first_value(admitted) over (same order by admitted is null, coalesce(reliability, 'G'), said_at desc, record desc) as admitted,
      first_value(upheld) over (same order by upheld is null, coalesce(reliability, 'G'), said_at desc, record desc) as upheld,
      first_value(dismissed) over (same order by dismissed is null, coalesce(reliability, 'G'), said_at desc, record desc) as dismissed,
      first_value(pending) over (same order by pending is null, coalesce(reliability, 'G'), said_at desc, record desc) as pending,
      row_number() over (same order by length(starts) + length(ends), record) as place
    from every window same as (partition by service, body, first_day, last_day, complaint_kind, sex))
  where place = 1
),
kept as (
  select t.* from told t
  where t.detail = (select min(o.detail) from told o where o.service = t.service and o.body is t.body and o.first_day is t.first_day and o.last_day is t.last_day)
),
added as (
  select country, service, max(service_name) as service_name, body, max(body_name) as body_name, min(starts) as starts, min(ends) as ends, first_day, last_day, min(detail) as detail,
    case when count(received) = count(*) then sum(received) end as received, case when count(admitted) = count(*) then sum(admitted) end as admitted,
    case when count(upheld) = count(*) then sum(upheld) end as upheld, case when count(dismissed) = count(*) then sum(dismissed) end as dismissed,
    case when count(pending) = count(*) then sum(pending) end as pending
  from kept group by country, service, body, first_day, last_day
),
-- Of several sources each is named, and none has the address of another.
sourced as (
  select service, body, first_day, last_day, detail, replace(replace(group_concat(distinct replace(source, ',', char(1))), ',', '; '), char(1), ',') as source,
    case when min(source) = max(source) then max(url) end as url
  from every group by service, body, first_day, last_day, detail
)
select a.country, a.service, a.service_name, a.body as from_body, a.body_name as from_body_name, a.starts, a.ends, a.received, a.admitted, 1.0 * a.admitted / nullif(a.received, 0) as admitted_share, a.upheld, a.dismissed,
  1.0 * a.upheld / nullif(a.upheld + a.dismissed, 0) as upheld_share, a.pending, s.source, s.url
from added a
left join sourced s on s.service = a.service and s.body is a.body and s.first_day is a.first_day and s.last_day is a.last_day and s.detail = a.detail
order by a.country, a.service_name, a.starts, a.body_name, a.ends, a.service, a.body
