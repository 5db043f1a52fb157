-- order = 38
-- group = "oversight"
-- made_of = ["survey", "estimate"]
-- title = { en = "What people answer", fr = "Ce que répondent les gens", ar = "ما يجيب به الناس" }
-- why = { en = "Whether trust moved between two surveys, or only the sample did.", fr = "La confiance a-t-elle changé entre deux enquêtes, ou seulement l’échantillon ?", ar = "هل تغيرت الثقة بين استطلاعين أم تغيرت العينة فقط؟" }
-- [rule]
-- en = "Share of respondents that chose an answer, by survey, up to the day of validity; where two reports of the same disagree, the one recorded last. The interval, as the source states it, else Wilson’s, holds the true share in 19 of 20 samples, at 0 and 100 per cent too; it says nothing of who was not reached. The number of respondents is divided by the design effect of the question, else of the survey, else 1, which makes the interval as narrow as it can be. Of a group, sex or place only its own number counts; without it there is no interval. A change is from the wave before of the same question, service, answer, group, sex and place, and is called one only where two shares as far apart would come by chance in fewer than 1 of 20 cases (z-test of two proportions), adjusted by Holm’s method for all comparisons of this answer: who asks for fewer, compares fewer. Net trust: the shares that say trust less those that say distrust, as marked, else told from the words of the answer, where both are on record. Surveys of other firms or modes may ask otherwise; no cause is claimed."
-- fr = "Part des répondants ayant choisi une réponse, par enquête, jusqu’au jour de validité ; si deux rapports divergent, le dernier enregistré. L’intervalle, celui de la source, sinon celui de Wilson, contient la vraie part dans 19 échantillons sur 20, y compris à 0 et 100 % ; il ne dit rien de ceux qui n’ont pas été joints. Le nombre de répondants est divisé par l’effet de plan de la question, sinon de l’enquête, sinon 1, ce qui rend l’intervalle aussi étroit que possible. Pour un groupe, un sexe ou un lieu, seul son propre nombre compte ; sans lui, pas d’intervalle. Une évolution se rapporte à la vague précédente pour mêmes question, service, réponse, groupe, sexe et lieu, et n’est dite telle que si un tel écart ne surviendrait par hasard que dans moins de 1 cas sur 20 (test z de deux proportions), ajusté par la méthode de Holm pour toutes les comparaisons de cette réponse : qui en demande moins en compare moins. Confiance nette : parts de confiance moins parts de défiance, telles que marquées, sinon déduites des mots, si les deux sont enregistrées. D’autres instituts ou modes peuvent demander autrement ; aucune cause n’est affirmée."
-- ar = "نسبة المستجيبين الذين اختاروا جوابًا بحسب الاستطلاع حتى يوم السريان؛ وإن اختلف تقريران عن الشيء نفسه فالأخير تسجيلًا. والنطاق، كما يذكره المصدر وإلا فنطاق ويلسون، يتضمن النسبة الحقيقية في 19 من 20 عينة، وعند 0 و100 بالمئة أيضًا، ولا يقول شيئًا عمّن لم يُسأل. ويُقسم عدد المستجيبين على أثر تصميم السؤال وإلا فالاستطلاع وإلا فعلى 1 فيكون النطاق أضيق ما يمكن. وللفئة أو الجنس أو المكان لا يُحتسب إلا عدده، وبدونه لا نطاق. والتغير عن الجولة السابقة للسؤال والجهاز والجواب والفئة والجنس والمكان نفسها، ولا يسمى تغيرًا إلا إن كان فرق كهذا يقع صدفة في أقل من حالة من 20 (اختبار z لنسبتين) مع تعديل بطريقة هولم لكل مقارنات هذا الجواب: من يطلب أقل يقارن أقل. صافي الثقة: نسب الثقة ناقص نسب عدم الثقة كما عُلّمت وإلا فمن كلمات الجواب إن سُجلتا معًا. وقد تسأل استطلاعات أخرى بطريقة مختلفة، ولا يُدّعى سبب."
-- [[draw]]
-- form = "series"
-- at = "starts"
-- group = "asked"
-- value = "percent"
-- low = "percent_low"
-- high = "percent_high"
-- unit = { en = "Respondents that chose the answer, per cent, with the interval of 19 in 20", fr = "Répondants ayant choisi la réponse, en %, avec l’intervalle de 19 sur 20", ar = "المستجيبون الذين اختاروا الجواب، نسبة مئوية مع نطاق 19 من 20" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Service asked about (name or identifier)", fr = "Service concerné (nom ou identifiant)", ar = "الجهاز المسؤول عنه (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "answer"
-- label = { en = "Answer", fr = "Réponse", ar = "الجواب" }
with told as materialized (
  select s.country, s.record as survey_record, s.title as survey, coalesce(s.starts, s.ends) as starts, e.question, e.actor, e.actor_name, e.answer, e.population_group, e.sex, e.place,
    e.question || coalesce(' — ' || e.actor_name, '') || ' — ' || e.answer || coalesce(' (' || e.population_group || ')', '') || case e.sex when 'women' then ' ♀' when 'men' then ' ♂' else '' end
      || coalesce(' · ' || e.place_name, '') as asked,
    coalesce(e.sense, told('answer_sense', e.answer)) as sense, e.share as percent, e.share / 100.0 as p,
    coalesce(e.respondents, case when coalesce(e.population_group, e.sex, e.place) is null then s.respondents end) as respondents,
    coalesce(e.design_effect, s.design_effect) as design_effect, e.mean, e.low, e.high, e.method, s.mode, e.source, e.url
  -- Of several reports of the same, the one that was said last: of a group, SQLite takes what is not added up from the row with the greatest.
  from (
    select *, max(coalesce(said_at, '') || ' ' || record) as newest
    from estimate group by survey, question, actor, answer, population_group, sex, place
  ) e join survey s on s.record = e.survey
  where coalesce(s.starts, s.ends, '') <= :valid_on and (:country = '' or s.country = :country)
    and (:actor = '' or e.actor = :actor or folded(e.actor_name) = folded(:actor))
),
sized as materialized (
  select *, respondents / coalesce(design_effect, 1.0) as n,
    sum(case when sense = 'trust' then percent end) over wave as trusting, sum(case when sense = 'distrust' then percent end) over wave as distrusting
  from told window wave as (partition by survey_record, question, actor, population_group, sex, place)
),
before as materialized (
  select *, lag(p) over same as p0, lag(n) over same as n0, lag(percent) over same as percent0, row_number() over same as wave
  from sized where :answer = '' or folded(answer) = folded(:answer)
  window same as (partition by country, question, actor, answer, population_group, sex, place order by starts, survey_record)
),
tested as materialized (
  select *, case when p0 * n0 + p * n in (0, n0 + n) then case when n0 is not null then 0.0 end
      else abs(p - p0) / sqrt((p * n + p0 * n0) / (n + n0) * (1 - (p * n + p0 * n0) / (n + n0)) * (1 / n + 1 / n0)) end as z
  from before
),
-- Both tails of the normal distribution beyond z: Abramowitz and Stegun 26.2.19, right to six digits.
tailed as materialized (
  select *, 1 / (root16 * root16) as chance from (
    select *, root8 * root8 as root16 from (
      select *, root4 * root4 as root8 from (
        select *, root2 * root2 as root4 from (
          select *, 1 + z * (0.0498673470 + z * (0.0211410061 + z * (0.0032776263 + z * (0.0000380036 + z * (0.0000488906 + z * 0.0000053830))))) as root2
          from tested))))
),
-- Holm: the smallest chance by all comparisons, the next by one fewer, and none smaller than the one before.
ranked as materialized (
  select *, count(chance) over () as compared, case when chance is not null then row_number() over (order by chance is null, chance) end as nth from tailed
),
adjusted as (
  select *, case when chance is not null then max(min(1.0, (compared - nth + 1) * chance)) over (order by chance is null, nth) end as chance_adjusted from ranked
)
select asked, actor, actor_name, sex, survey, starts, country, mode, percent, mean,
  coalesce(low, case when n > 0 then round(100 * max(0.0, (p + 1.920729410347062 / n - 1.959963984540054 * sqrt(p * (1 - p) / n + 0.960364705173531 / n / n)) / (1 + 3.841458820694124 / n)), 6) end) as percent_low,
  coalesce(high, case when n > 0 then round(100 * min(1.0, (p + 1.920729410347062 / n + 1.959963984540054 * sqrt(p * (1 - p) / n + 0.960364705173531 / n / n)) / (1 + 3.841458820694124 / n)), 6) end) as percent_high,
  respondents, design_effect, n as effective_respondents, percent - percent0 as points_changed, chance_adjusted as chance, compared,
  case when wave = 1 then 'first' when chance_adjusted is null then 'not_testable' when chance_adjusted >= 0.05 then 'not_shown'
    when percent > percent0 then 'risen' else 'fallen' end as wave_change,
  case when sense = 'trust' and trusting + distrusting <= 100.5 then trusting - distrusting end as net_trust, method, source, url
from adjusted
order by asked, country, starts, survey_record
