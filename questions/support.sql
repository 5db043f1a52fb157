-- order = 1
-- title = { en = "Who supports whom", fr = "Qui soutient qui", ar = "من يدعم من" }
-- why = { en = "Before the next meeting of partners: who supports which part of the security sector, how much, until when.", fr = "Avant la prochaine réunion des partenaires : qui soutient quelle partie du secteur de la sécurité, pour combien, jusqu’à quand.", ar = "قبل اجتماع الشركاء المقبل: من يدعم أي جزء من قطاع الأمن وبكم وحتى متى." }
-- below = ["overlaps", "gaps", "cliffs", "concentration"]
-- [rule]
-- en = "One row a supporter (the organisation that reports the activity) and recipient. An activity counts where its purpose code says security sector (coded), or its title or description does (read). Amounts are the activity’s commitments, and its disbursements and expenditures, dated up to the day of validity, in US dollars at their value date, times the share of country, purpose code, class and modality. What a text names without shares is taken in equal parts. Money that is counted elsewhere already (parent and child, giver and receiver) is left out."
-- fr = "Une ligne par partenaire (l’organisation qui déclare l’activité) et bénéficiaire. Une activité compte si son code-objet relève du secteur de la sécurité (codé), ou si son titre ou sa description le dit (lu). Les montants sont les engagements, et les décaissements et dépenses, datés jusqu’au jour de validité, en dollars à leur date de valeur, multipliés par la part du pays, du code, de la catégorie et de la modalité. Ce qu’un texte nomme sans parts est réparti à parts égales. L’argent déjà compté ailleurs est exclu."
-- ar = "سطر لكل داعم (الجهة التي تبلّغ عن النشاط) ومستفيد. يُحتسب النشاط إذا دلّ رمز غرضه على قطاع الأمن (مرمَّز) أو عنوانه أو وصفه (مقروء). المبالغ هي الالتزامات والمدفوعات حتى يوم السريان بالدولار في تاريخ القيمة مضروبة بحصة البلد والرمز والفئة والطريقة. وما يُسمّيه النص دون حصص يُقسم بالتساوي. وتُستبعد الأموال المحتسبة في موضع آخر."
-- [[draw]]
-- form = "stacked"
-- label = "supporter_name"
-- group = "recipient"
-- value = "disbursed_usd"
-- unit = { en = "Disbursed and spent, US dollars at value date", fr = "Décaissé et dépensé, dollars des États-Unis à la date de valeur", ar = "المصروف، بالدولار الأمريكي في تاريخ القيمة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "by"
-- choices = ["class", "function", "modality", "place"]
-- default = "class"
-- label = { en = "Recipients by", fr = "Bénéficiaires par", ar = "المستفيدون حسب" }
select
  s.supporter,
  max(s.supporter_name) as supporter_name,
  case :by when 'function' then s.security_function when 'modality' then s.modality
           when 'place' then coalesce(p.place, '') else s.actor_class end as recipient,
  count(distinct s.activity) as activities,
  count(distinct case when s.phase = 'active' then s.activity end) as active,
  count(distinct case when s.sign <> 'read' then s.activity end) as coded,
  count(distinct case when s.sign = 'read' then s.activity end) as only_read,
  sum(s.committed_usd * coalesce(p.weight, 1.0)) as committed_usd,
  sum(s.disbursed_usd * coalesce(p.weight, 1.0)) as disbursed_usd,
  sum(s.committed_eur * coalesce(p.weight, 1.0)) as committed_eur,
  sum(s.disbursed_eur * coalesce(p.weight, 1.0)) as disbursed_eur,
  count(distinct case when s.unconverted > 0 then s.activity end) as with_unconverted,
  count(distinct case when s.doubtful = 1 then s.activity end) as doubtful,
  max(s.ends) as ends
from support s
left join (
  select activity, place, 1.0 / count(*) over (partition by activity) as weight
  from (select distinct l.activity, l.name as place from activity_location l
        where :by = 'place' and l.name is not null
          and l.activity in (select activity from support where :country = '' or country = :country))
) p on p.activity = s.activity
where :country = '' or s.country = :country
group by s.supporter, recipient
order by max(s.supporter_name), recipient
