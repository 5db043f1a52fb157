-- order = 40
-- title = { en = "Complaints about services", fr = "Plaintes contre les services", ar = "الشكاوى من الأجهزة" }
-- why = { en = "Whether people complain, to whom, and whether it is of use.", fr = "Se plaint-on, auprès de qui, et cela sert-il ?", ar = "هل يشتكي الناس ولمن وهل يفيد ذلك؟" }
-- [rule]
-- en = "As each body counts, by service and period. Where a body counts by kind of complaint or by sex too, its total is taken, or else the parts are added, never both. Admitted ÷ received; upheld ÷ (upheld + dismissed). Few complaints may mean trust, or fear."
-- fr = "Selon le décompte de chaque organe, par service et période. Si un organe compte aussi par type ou par sexe, son total est retenu, sinon la somme des parties, jamais les deux. Recevables ÷ reçues ; fondées ÷ (fondées + rejetées). Peu de plaintes peut vouloir dire confiance, ou peur."
-- ar = "كما تعدّها كل جهة، حسب الجهاز والمدة. وإن عدّت حسب النوع أو الجنس أُخذ مجموعها وإلا جُمعت الأجزاء، لا كلاهما. المقبولة ÷ الواردة؛ والمثبتة ÷ (المثبتة + المرفوضة). وقلة الشكاوى قد تعني الثقة أو الخوف."
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
with told as materialized (
  select c.service, coalesce(a.name, c.service_name) as service_name, a.country, c.body, c.body_name, c.starts, c.ends, c.received, c.admitted, c.upheld, c.dismissed, c.pending,
    c.source, c.url, (c.complaint_kind is not null) + 2 * (c.sex is not null) as detail
  from complaint_count c left join actor a on a.record = c.service
  where (:country = '' or a.country = :country) and (c.starts is null or c.starts <= :valid_on)
    and (:service = '' or c.service = :service or lower(a.acronym) = lower(:service) or lower(a.name) = lower(:service))
),
kept as (
  select t.* from told t
  where t.detail = (select min(o.detail) from told o where o.service = t.service and o.body is t.body and o.starts is t.starts and o.ends is t.ends)
),
added as (
  select country, service, max(service_name) as service_name, body, max(body_name) as body_name, starts, ends, max(source) as source, url_of(source, url) as url,
    case when count(received) = count(*) then sum(received) end as received, case when count(admitted) = count(*) then sum(admitted) end as admitted,
    case when count(upheld) = count(*) then sum(upheld) end as upheld, case when count(dismissed) = count(*) then sum(dismissed) end as dismissed,
    case when count(pending) = count(*) then sum(pending) end as pending
  from kept group by country, service, body, starts, ends
)
select country, service, service_name, body as from_body, body_name as from_body_name, starts, ends, received, admitted, 1.0 * admitted / nullif(received, 0) as admitted_share, upheld, dismissed,
  1.0 * upheld / nullif(upheld + dismissed, 0) as upheld_share, pending, source, url
from added
order by country, service_name, starts, body_name
