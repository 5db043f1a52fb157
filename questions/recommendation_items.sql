-- order = 39
-- group = "oversight"
-- change = { kind = "recommendation", record = "recommendation" }
-- title = { en = "Recommendations one by one", fr = "Recommandations une à une", ar = "التوصيات واحدة واحدة" }
-- why = { en = "Which are open, whose, and how old.", fr = "Lesquelles sont ouvertes, à qui, et depuis quand.", ar = "أيها مفتوح ولمن ومنذ متى." }
-- parts = ["stage_now", "ended_actors"]
-- [rule]
-- en = "Recommendations made until the day, open ones and the oldest first; one of which no status is on record is open. Late reply: it came after its day, or has not come. Last step: the newest follow-up on record until the day. One made to a body that has ended since is not open against it: the day of its end stands beside it. What names no country is of the one that the workspace is about."
-- fr = "Recommandations émises jusqu’au jour dit, les ouvertes et les plus anciennes d’abord ; sans état enregistré, une recommandation est ouverte. Réponse tardive : venue après son échéance, ou pas venue. Dernière étape : le suivi le plus récent enregistré. Celle adressée à un organe qui a pris fin depuis n’est pas ouverte à son encontre : le jour de sa fin figure à côté. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "التوصيات الصادرة حتى اليوم، المفتوحة والأقدم أولًا؛ وما لا حالة مسجلة له مفتوح. والرد المتأخر ما جاء بعد موعده أو لم يأتِ. آخر خطوة: أحدث متابعة مسجلة حتى اليوم. وما وُجِّه إلى جهة انتهت منذ ذلك الحين ليس مفتوحًا عليها: ويظهر يوم انتهائها بجانبه. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "body"
-- record = "actor"
-- label = { en = "Made by (acronym, name or identifier)", fr = "Émanant de (sigle, nom ou identifiant)", ar = "الصادرة عن (المختصر أو الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "addressee"
-- record = "actor"
-- label = { en = "Made to (acronym, name or identifier)", fr = "Adressée à (sigle, nom ou identifiant)", ar = "الموجهة إلى (المختصر أو الاسم أو المعرّف)" }
with made as materialized (
  select r.record, coalesce(r.country, a.country, home_country()) as country, r.text, r.addressee, r.addressee_name, r.body, r.body_name, r.date, r.reply_due, r.due,
    -- A reply that came after the day is none on it, whatever it says.
    case when coalesce(r.replied <= :valid_on, 1) then r.reply end as reply, coalesce(n.stage, r.status) as status,
    case when g.record is not null then 0 else coalesce(n.open, r.open) end as open, g.ended as addressee_ended,
    r.due < substr(:valid_on, 1, length(r.due)) and g.record is null and coalesce(n.open, r.open, 1) as overdue,
    -- As long as it is open by its newest status, as that is shown.
    case when g.record is null and coalesce(n.open, r.open, 1) and length(r.date) = 10 then cast(julianday(:valid_on) - julianday(r.date) as integer) end as age, r.days_to_reply, case when g.record is not null then 0 else r.reply_overdue end as reply_overdue, r.unverified, r.reform, r.reform_name, substr(r.verified_at, 1, 10) as verified_at, coalesce(n.source, r.source) as source, case when n.source is null then r.url else n.url end as url,
    case when r.replied > :valid_on then null else r.replied end as replied,
    case when r.replied > :valid_on then 0 when r.replied is not null or r.reply in ('accepted', 'partly', 'rejected') then 1 when r.reply = 'none' then 0 end as has_reply
  from recommendation r left join actor a on a.record = r.addressee left join actor b on b.record = r.body left join stage_now n on n.kind = 'recommendation' and n.record = r.record
    left join ended_actors g on g.record = r.addressee
  where (r.date is null or r.date <= :valid_on) and (:country = '' or coalesce(r.country, a.country, home_country()) = :country)
    and (:body = '' or r.body = :body or folded(b.acronym) = folded(:body) or folded(r.body_name) = folded(:body))
    and (:addressee = '' or r.addressee = :addressee or folded(a.acronym) = folded(:addressee) or folded(r.addressee_name) = folded(:addressee))
)
select m.record as recommendation, m.text as recommendation_title, m.body as from_body, m.body_name as from_body_name, m.addressee, m.addressee_name, m.addressee_ended, m.date, m.age as age_days, m.status as reform_status, m.overdue,
  m.due, m.reply, m.replied, m.reply_due, m.reply_overdue,
  case when m.replied is not null then m.reply_due < substr(m.replied, 1, length(m.reply_due)) when m.addressee_ended is null then m.reply_overdue end as reply_late, m.days_to_reply, m.reform, m.reform_name as reform_title,
  (select f.step || coalesce(' (' || f.date || ')', '') from follow_up f where f.recommendation = m.record and (f.date is null or f.date <= :valid_on)
    order by f.date desc, f.said_at desc, f.record desc limit 1) as last_step,
  m.verified_at, m.unverified, m.country, m.source, m.url
from made m
order by coalesce(m.open, 1) desc, m.date is null, m.date, m.text
