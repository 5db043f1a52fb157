-- order = 1
-- group = "support"
-- engine = "any"
-- parts = ["party", "by_party", "called", "one_name"]
-- title = { en = "Who supports whom", fr = "Qui soutient qui", ar = "من يدعم من" }
-- why = { en = "Before the next meeting of partners: who supports which part of the security sector, how much, until when.", fr = "Avant la prochaine réunion des partenaires : qui soutient quelle partie du secteur de la sécurité, pour combien, jusqu’à quand.", ar = "قبل اجتماع الشركاء المقبل: من يدعم أي جزء من قطاع الأمن وبكم وحتى متى." }
-- instead = ["all_support"]
-- below = ["overlaps", "gaps", "cliffs", "concentration", "not_split", "not_converted", "without_country"]
-- [rule]
-- en = "One row a supporter and recipient. Supporters are those who report activities, or fund them (by the money that came in less refunds, in its own currency where it has no rate; what a publisher named as funder spends beyond it is its own; else those who are named, in equal parts), or implement them; where an activity names none, its reporter stands for them. An activity counts where its purpose code says security sector (coded), or its title or description does (read). Amounts are the activity’s commitments, and its disbursements and expenditures, dated up to the day of validity, in US dollars at their value date, times the share of country, purpose code, class and modality. What only the text says counts with an estimated share: these amounts stand beside, with how high they may be. Sums are of grants and of what names no type of finance, by the type of each transaction, else the activity’s: loans, and equity, debt relief and guarantees, stand beside and are not added. What a text names without shares is taken in equal parts. Past a planned end that nobody has confirmed, or a planned start if it is still in preparation, an activity is overdue: not known whether it goes on. What begins only after the day is planned, and not active. Money that is counted elsewhere already (parent and child, giver and receiver) is left out."
-- fr = "Une ligne par partenaire et bénéficiaire. Les partenaires sont ceux qui déclarent les activités, les financent (selon l’argent reçu moins les remboursements, dans sa devise s’il n’a pas de taux ; ce qu’un éditeur nommé bailleur dépense au-delà est de lui ; sinon ceux qui sont nommés, à parts égales) ou les mettent en œuvre ; si une activité n’en nomme aucun, son déclarant les représente. Une activité compte si son code-objet relève du secteur de la sécurité (codé), ou si son titre ou sa description le dit (lu). Les montants sont les engagements, et les décaissements et dépenses, datés jusqu’au jour de validité, en dollars à leur date de valeur, multipliés par la part du pays, du code, de la catégorie et de la modalité. Ce que seul le texte dit compte avec une part estimée, indiquée à côté avec son maximum. Les sommes sont celles des dons et de ce qui n’indique pas de type de financement, selon le type de chaque transaction, sinon celui de l’activité : prêts, prises de participation, allégements de dette et garanties sont à côté et ne sont pas ajoutés. Ce qu’un texte nomme sans parts est réparti à parts égales. Après une fin prévue que personne n’a confirmée, ou un début prévu si elle est toujours en préparation, on ignore si une activité se poursuit. Ce qui ne commence qu’après le jour dit est prévu, et non en cours. L’argent déjà compté ailleurs est exclu."
-- ar = "سطر لكل داعم ومستفيد. الداعمون هم من يبلّغون عن الأنشطة أو يموّلونها (بحسب الأموال الواردة ناقصةً المردود منها، وبعملتها إن لم يكن لها سعر، وما ينفقه ناشر مذكور بين المموّلين زيادةً عليها فهو منه، وإلا فالمذكورون بالتساوي) أو ينفذونها؛ وإذا لم يُذكر أحد فالمبلِّغ. يُحتسب النشاط إذا دلّ رمز غرضه على قطاع الأمن (مرمَّز) أو عنوانه أو وصفه (مقروء). المبالغ هي الالتزامات والمدفوعات حتى يوم السريان بالدولار في تاريخ القيمة مضروبة بحصة البلد والرمز والفئة والطريقة. وما لا يدل عليه إلا النص يُحتسب بحصة مقدَّرة تُعرض جانبًا مع حدها الأعلى. والمجاميع للمنح ولما لا يُذكر نوع تمويله، بحسب نوع كل معاملة وإلا فنوع النشاط؛ أما القروض وحصص الملكية وتخفيف الديون والضمانات فتُعرض جانبًا ولا تُضاف. وما يُسمّيه النص دون حصص يُقسم بالتساوي. وما فات موعد انتهائه المخطط دون تأكيد، أو موعد بدئه المخطط وهو قيد الإعداد، لا يُعرف أمستمر هو. وما لا يبدأ إلا بعد اليوم مخطَّط لا جارٍ. وتُستبعد الأموال المحتسبة في موضع آخر."
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
-- [[parameter]]
-- name = "who"
-- choices = ["reporter", "funder", "implementer"]
-- default = "reporter"
-- label = { en = "Supporters by", fr = "Partenaires selon", ar = "الداعمون بحسب" }
-- [[parameter]]
-- name = "sign"
-- choices = ["", "coded", "read"]
-- label = { en = "Sign", fr = "Indice", ar = "الدليل" }
select
  coalesce(i.record, n.record, s.party) as supporter,
  max(coalesce(i.name, n.name, s.party_name)) as supporter_name,
  case :by when 'function' then s.security_function when 'modality' then s.modality
           when 'place' then coalesce(p.place, '') else s.actor_class end as recipient,
  count(distinct s.activity) as activities,
  count(distinct case when s.phase = 'active' then s.activity end) as active,
  count(distinct case when s.phase = 'planned' then s.activity end) as planned_activities,
  count(distinct case when s.phase = 'overdue' then s.activity end) as overdue_activities,
  count(distinct case when s.sign <> 'read' then s.activity end) as coded,
  count(distinct case when s.sign = 'read' then s.activity end) as only_read,
  sum(s.committed_usd * s.weight * coalesce(p.weight, 1.0)) as committed_usd,
  sum(s.disbursed_usd * s.weight * coalesce(p.weight, 1.0)) as disbursed_usd,
  sum(s.committed_eur * s.weight * coalesce(p.weight, 1.0)) as committed_eur,
  sum(s.disbursed_eur * s.weight * coalesce(p.weight, 1.0)) as disbursed_eur,
  sum(case when s.sign = 'read' then s.disbursed_usd * s.weight * coalesce(p.weight, 1.0) end) as disbursed_usd_read,
  sum(case when s.sign = 'read' then s.disbursed_usd_up_to * s.weight * coalesce(p.weight, 1.0) end) as disbursed_usd_up_to,
  sum(case when f.category in ('400', '420') then s.disbursed_usd_set_apart * s.weight * coalesce(p.weight, 1.0) when s.disbursed_usd_set_apart is not null then 0.0 end) as disbursed_usd_loans,
  sum(case when f.category not in ('400', '420') then s.disbursed_usd_set_apart * s.weight * coalesce(p.weight, 1.0) when s.disbursed_usd_set_apart is not null then 0.0 end) as disbursed_usd_other_finance,
  sum(s.committed_usd_set_apart * s.weight * coalesce(p.weight, 1.0)) as committed_usd_set_apart,
  sum(s.disbursed_usd_set_apart * s.weight * coalesce(p.weight, 1.0)) as disbursed_usd_set_apart,
  sum(s.committed_usd_left_out * s.weight * coalesce(p.weight, 1.0)) as committed_usd_left_out,
  sum(s.disbursed_usd_left_out * s.weight * coalesce(p.weight, 1.0)) as disbursed_usd_left_out,
  count(distinct case when s.unconverted > 0 then s.activity end) as with_unconverted,
  count(distinct case when s.may_double = 1 then s.activity end) as doubtful,
  max(s.ends) as ends
from by_party s
left join one_name i on i.key = '#' || s.party left join one_name n on n.key = folded(s.party_name)
left join code f on f.list = 'finance_type' and f.code = s.finance_type
left join (
  select activity, place, 1.0 / count(*) over (partition by activity) as weight
  from (select distinct l.activity, l.name as place from activity_location l
        where :by = 'place' and l.name is not null
          and l.activity in (select activity from support where :country = '' or country = :country))
) p on p.activity = s.activity
where (:country = '' or s.country = :country) and (:sign = '' or :sign = 'read' and s.sign = 'read' or :sign = 'coded' and s.sign <> 'read')
group by coalesce(i.record, n.record, s.party), recipient
order by supporter_name, recipient, supporter
