-- order = 6
-- group = "support"
-- engine = "any"
-- title = { en = "How sure: by code and by text", fr = "Degré de certitude : par code et par texte", ar = "مدى اليقين: بالرمز وبالنص" }
-- why = { en = "Purpose codes alone miss much support: none of them covers military training or equipment.", fr = "Les codes-objet seuls manquent beaucoup d’appuis : aucun ne couvre la formation ou l’équipement militaires.", ar = "رموز الأغراض وحدها تفوّت كثيرًا من الدعم: لا رمز يشمل التدريب أو التجهيز العسكري." }
-- [rule]
-- en = "Coded: only the publisher’s purpose code says security sector. Read: only the words of title or description do. Both: each says so; the money is the share that the code gives. Money that is only read is an estimated share of the activity’s."
-- fr = "Codé : seul le code-objet de l’éditeur le dit. Lu : seuls les mots du titre ou de la description le disent. Les deux : chacun le dit ; l’argent est la part que donne le code. L’argent seulement lu est une part estimée."
-- ar = "مرمَّز: رمز الغرض وحده يدل. مقروء: كلمات العنوان أو الوصف وحدها تدل. كلاهما: كلٌّ يدل، والمبلغ هو الحصة التي يعطيها الرمز."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
select sign, count(distinct activity) as activities,
  count(distinct case when phase = 'active' then activity end) as active,
  count(distinct supporter) as supporters,
  sum(committed_usd) as committed_usd, sum(disbursed_usd) as disbursed_usd,
  sum(committed_usd_set_apart) as committed_usd_set_apart, sum(disbursed_usd_set_apart) as disbursed_usd_set_apart,
  sum(committed_usd_left_out) as committed_usd_left_out, sum(disbursed_usd_left_out) as disbursed_usd_left_out,
  count(distinct case when unconverted > 0 then activity end) as with_unconverted
from support where :country = '' or country = :country
group by sign order by sign
