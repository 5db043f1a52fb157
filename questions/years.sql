-- order = 8
-- group = "support"
-- engine = "any"
-- title = { en = "Support by year", fr = "Appui par année", ar = "الدعم حسب السنة" }
-- why = { en = "Whether support grows or fades, and who carries it: one large year is not a trend.", fr = "L’appui croît-il ou diminue-t-il, et qui le porte : une grande année ne fait pas une tendance.", ar = "هل يزداد الدعم أم يتراجع ومن يحمله: سنة واحدة كبيرة ليست اتجاهًا." }
-- [rule]
-- en = "Commitments, and disbursements with expenditures, of the security sector by the year of their date, up to the day of validity; each with the share that counts and not counted twice, as under “Who supports whom”. The year of the day of validity is not over; publishers report late. What has no date has no year."
-- fr = "Engagements, et décaissements avec dépenses, du secteur de la sécurité selon l’année de leur date, jusqu’au jour de validité, avec la part retenue et sans double compte, comme sous « Qui soutient qui ». L’année du jour de validité n’est pas finie ; les déclarations sont tardives. Ce qui est sans date est sans année."
-- ar = "الالتزامات والمدفوعات والنفقات في قطاع الأمن حسب سنة تاريخها حتى يوم السريان، بالحصة المحتسبة ودون احتساب مرتين كما في «من يدعم من». سنة يوم السريان لم تنتهِ والتبليغ يتأخر. وما لا تاريخ له لا سنة له."
-- [[draw]]
-- form = "stacked"
-- label = "year"
-- group = "supporter_name"
-- value = "disbursed_usd"
-- unit = { en = "Disbursed and spent, US dollars at value date", fr = "Décaissé et dépensé, dollars des États-Unis à la date de valeur", ar = "المصروف، بالدولار الأمريكي في تاريخ القيمة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
select substr(t.date, 1, 4) as year, s.supporter, max(s.supporter_name) as supporter_name, count(distinct s.activity) as activities,
  sum(case when t.type = '2' then t.usd * s.share * s.committed_counted end) as committed_usd,
  sum(case when t.type in ('3', '4') then t.usd * s.share * s.disbursed_counted end) as disbursed_usd,
  sum(case when t.type = '2' then t.usd * s.share * (1.0 - s.committed_counted) end) as committed_usd_left_out,
  sum(case when t.type in ('3', '4') then t.usd * s.share * (1.0 - s.disbursed_counted) end) as disbursed_usd_left_out
from (
  select activity, split, max(supporter) as supporter, max(supporter_name) as supporter_name, sum(share) as share,
    max(committed_counted) as committed_counted, max(disbursed_counted) as disbursed_counted
  from support where :country = '' or country = :country
  group by activity, split
) s join activity_transaction t on t.activity = s.activity and t.split = s.split
where t.type in ('2', '3', '4') and (t.date is null or t.date <= :valid_on)
group by 1, s.supporter
order by 1, supporter_name
