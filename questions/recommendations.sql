-- order = 38
-- group = "oversight"
-- title = { en = "Recommendations and replies", fr = "Recommandations et réponses", ar = "التوصيات والردود" }
-- why = { en = "A recommendation that nobody follows up is a page of paper.", fr = "Une recommandation sans suite n’est que du papier.", ar = "توصية بلا متابعة مجرد ورق." }
-- below = ["recommendation_items"]
-- parts = ["stage_now", "ended_actors"]
-- [rule]
-- en = "Recommendations made until the day, by addressee. Open: not carried out in full, also where no status is on record; of how many it is not stands beside it. Reply rate = replied ÷ (replied + known to have had no reply); where nobody recorded whether there was a reply, it is “reply not known” and left out. Median days: between the day it was made and the day of the reply, where both are known to the day. Oldest: days since the oldest one that is open, or of which no status is on record, was made. One made to a body that has ended since is not open against it: the day of its end stands beside it. What names no country is of the one that the workspace is about."
-- fr = "Recommandations émises jusqu’au jour dit, par destinataire. Ouvertes : non entièrement mises en œuvre, aussi sans état enregistré ; le nombre de ces dernières figure à côté. Taux de réponse = répondues ÷ (répondues + sans réponse connue) ; si l’on ignore s’il y a eu réponse, elles sont comptées à part. Délai médian : entre le jour de l’émission et celui de la réponse, si les deux sont connus. Plus ancienne : jours depuis la plus ancienne encore ouverte ou sans état enregistré. Celle adressée à un organe qui a pris fin depuis n’est pas ouverte à son encontre : le jour de sa fin figure à côté. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "التوصيات الصادرة حتى اليوم حسب المخاطَب. المفتوحة: ما لم يُنفذ كاملًا، ولو لم تُسجل حالته؛ وعدد هذه بجانبها. نسبة الرد = ما رُدَّ عليه ÷ (ما رُدَّ عليه + ما عُرف أنه بلا رد)؛ وما لا يُعرف أمره يُعدّ على حدة. وسيط الأيام: بين يوم الصدور ويوم الرد حين يُعرفان. الأقدم: الأيام منذ صدور أقدم توصية مفتوحة أو بلا حالة مسجلة. وما وُجِّه إلى جهة انتهت منذ ذلك الحين ليس مفتوحًا عليها: ويظهر يوم انتهائها بجانبه. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "bars"
-- label = "addressee_name"
-- value = "open_count"
-- title = { en = "Open recommendations", fr = "Recommandations ouvertes", ar = "التوصيات المفتوحة" }
-- unit = { en = "Recommendations not yet carried out in full, by addressee", fr = "Recommandations non encore entièrement mises en œuvre, par destinataire", ar = "توصيات لم تُنفذ كاملة بعد، حسب المخاطَب" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "body"
-- record = "actor"
-- label = { en = "Made by (acronym, name or identifier)", fr = "Émanant de (sigle, nom ou identifiant)", ar = "الصادرة عن (المختصر أو الاسم أو المعرّف)" }
with made as materialized (
  select r.record, coalesce(r.country, a.country, home_country()) as country, r.text, r.addressee, r.addressee_name, r.body, r.body_name, r.date, r.reply_due, r.due, r.reply, coalesce(n.stage, r.status) as status,
    case when g.record is not null then 0 else coalesce(n.open, r.open) end as open, g.ended as addressee_ended,
    r.due < substr(:valid_on, 1, length(r.due)) and g.record is null and coalesce(n.open, r.open, 1) as overdue,
    -- As long as it is open by its newest status, as that is shown.
    case when g.record is null and coalesce(n.open, r.open, 1) and length(r.date) = 10 then cast(julianday(:valid_on) - julianday(r.date) as integer) end as age, r.days_to_reply, case when g.record is not null then 0 else r.reply_overdue end as reply_overdue, r.unverified, r.reform, r.reform_name, substr(r.verified_at, 1, 10) as verified_at, r.source, r.url,
    case when r.replied > :valid_on then null else r.replied end as replied,
    case when r.replied > :valid_on then 0 when r.replied is not null or r.reply in ('accepted', 'partly', 'rejected') then 1 when r.reply = 'none' then 0 end as has_reply
  from recommendation r left join actor a on a.record = r.addressee left join actor b on b.record = r.body left join stage_now n on n.kind = 'recommendation' and n.record = r.record
    left join ended_actors g on g.record = r.addressee
  where (r.date is null or r.date <= :valid_on) and (:country = '' or coalesce(r.country, a.country, home_country()) = :country)
    and (:body = '' or r.body = :body or folded(b.acronym) = folded(:body) or folded(r.body_name) = folded(:body))
),
ranked as (
  select addressee, days_to_reply as days, row_number() over (partition by addressee order by days_to_reply) as place, count(*) over (partition by addressee) as total
  from made where days_to_reply is not null
),
median as (
  select addressee, avg(days) as days from ranked where place in ((total + 1) / 2, (total + 2) / 2) group by addressee
)
select m.addressee, max(m.addressee_name) as addressee_name, max(m.country) as country, count(*) as recommendations, sum(coalesce(m.open, 1)) as open_count, count(*) - count(m.open) as status_not_known,
  max(m.age) as oldest_days, sum(m.has_reply) as replied_count, 1.0 * sum(m.has_reply) / nullif(count(m.has_reply), 0) as reply_rate,
  count(*) - count(m.has_reply) as reply_not_known, max(d.days) as median_days_to_reply, sum(m.reply_overdue) as reply_overdue_count, sum(m.overdue) as overdue_count, max(m.addressee_ended) as addressee_ended
from made m left join median d on d.addressee is m.addressee
group by m.addressee
order by open_count desc, addressee_name
