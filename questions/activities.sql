-- order = 8
-- group = "support"
-- engine = "any"
-- parts = ["party", "called", "one_name"]
-- title = { en = "Activities of the security sector", fr = "Activités du secteur de la sécurité", ar = "أنشطة قطاع الأمن" }
-- why = { en = "What stands behind a cell.", fr = "Ce qui se trouve derrière une cellule.", ar = "ما وراء الخلية." }
-- [rule]
-- en = "One row an activity, with the part of its money that belongs to what was asked for."
-- fr = "Une ligne par activité, avec la part de son argent qui relève de ce qui est demandé."
-- ar = "سطر لكل نشاط مع الجزء من ماله الذي يخص السؤال."
-- [[draw]]
-- form = "timeline"
-- label = "title"
-- group = "phase"
-- start = "starts"
-- end = "ends"
-- unit = { en = "Activities from start to end, years", fr = "Activités du début à la fin, années", ar = "الأنشطة من بدايتها إلى نهايتها، بالسنوات" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "supporter"
-- label = { en = "Supporter", fr = "Partenaire", ar = "الداعم" }
-- [[parameter]]
-- name = "who"
-- choices = ["reporter", "funder", "implementer"]
-- default = "reporter"
-- label = { en = "Supporters by", fr = "Partenaires selon", ar = "الداعمون بحسب" }
-- [[parameter]]
-- name = "class"
-- list = "actor_class"
-- label = { en = "Actor class", fr = "Catégorie d’acteur", ar = "فئة الجهة" }
-- [[parameter]]
-- name = "function"
-- list = "security_function"
-- label = { en = "Function", fr = "Fonction", ar = "الوظيفة" }
-- [[parameter]]
-- name = "modality"
-- list = "modality"
-- label = { en = "Modality", fr = "Modalité", ar = "الطريقة" }
-- [[parameter]]
-- name = "place"
-- label = { en = "Place", fr = "Lieu", ar = "المكان" }
-- [[parameter]]
-- name = "sign"
-- choices = ["", "coded", "read", "both"]
-- label = { en = "Sign", fr = "Indice", ar = "الدليل" }
-- [[parameter]]
-- name = "text"
-- label = { en = "Words in the title", fr = "Mots du titre", ar = "كلمات في العنوان" }
with alike as (
  select o.key from one_name o join one_name a on a.record = o.record where a.key in ('#' || :supporter, folded(:supporter))
), theirs as (
  select p.activity from party p left join alike i on i.key = '#' || p.party left join alike n on n.key = folded(p.party_name)
  where p.party = :supporter or i.key is not null or n.key is not null
)
select s.activity, max(s.identifier) as identifier, max(s.title) as title, max(s.supporter) as supporter, max(s.supporter_name) as supporter_name,
  max(s.sign) as sign, max(s.phase) as phase, max(s.starts) as starts, max(s.ends) as ends,
  case when min(s.finance_type) < max(s.finance_type) then min(s.finance_type) || ', ' || max(s.finance_type) else max(s.finance_type) end as finance_type,
  -- What is paid with shares or a finance type of its own is a split, and each of them has the whole of it.
  sum(s.share_from) / count(distinct s.split) as share_from, sum(s.share_up_to) / count(distinct s.split) as share_up_to,
  sum(s.committed_usd) as committed_usd, sum(s.disbursed_usd) as disbursed_usd,
  sum(s.committed_usd_set_apart) as committed_usd_set_apart, sum(s.disbursed_usd_set_apart) as disbursed_usd_set_apart,
  max(s.unconverted) as unconverted, max(s.doubtful) as doubtful, max(s.left_out_reason) as left_out_reason
from support s
where (:country = '' or s.country = :country) and (:supporter = '' or s.activity in (select activity from theirs))
  and (:class = '' or s.actor_class = :class) and (:function = '' or s.security_function = :function)
  and (:modality = '' or s.modality = :modality) and (:sign = '' or s.sign = :sign or :sign = 'coded' and s.sign = 'both')
  and (:place = '' or s.activity in (select l.activity from activity_location l where l.name = :place
       and l.activity in (select activity from support where :country = '' or country = :country)))
  and (:text = '' or lower(s.title) like lower('%' || :text || '%') or s.identifier = :text)
group by s.activity
order by case when max(s.ends) is null then 0 else 1 end, max(s.ends) desc, max(s.identifier)
