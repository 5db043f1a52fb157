-- order = 35
-- title = { en = "What people answer", fr = "Ce que répondent les gens", ar = "ما يجيب به الناس" }
-- why = { en = "Whether trust moved between two surveys, or only the sample did.", fr = "La confiance a-t-elle changé entre deux enquêtes, ou seulement l’échantillon ?", ar = "هل تغيرت الثقة بين استطلاعين أم تغيرت العينة فقط؟" }
-- [rule]
-- en = "Share of respondents that chose an answer, by survey. The interval holds the true share in 19 of 20 samples (normal approximation, with the survey’s design effect, or 1 where none is stated); it says nothing of who was not reached. Without a number of respondents there is none."
-- fr = "Part des répondants ayant choisi une réponse, par enquête. L’intervalle contient la vraie part dans 19 échantillons sur 20 (approximation normale, avec l’effet de plan de l’enquête, ou 1 à défaut) ; il ne dit rien de ceux qui n’ont pas été joints. Sans nombre de répondants, pas d’intervalle."
-- ar = "نسبة المستجيبين الذين اختاروا جوابًا حسب الاستطلاع. يتضمن النطاق النسبة الحقيقية في 19 من 20 عينة (تقريب طبيعي بأثر تصميم الاستطلاع أو 1 إن لم يُذكر)، ولا يقول شيئًا عمّن لم يُسأل. وبلا عدد المستجيبين لا نطاق."
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
-- name = "answer"
-- label = { en = "Answer", fr = "Réponse", ar = "الجواب" }
with told as (
  select s.country, s.title as survey, s.starts, e.question || coalesce(' — ' || e.actor_name, '') || ': ' || e.answer || coalesce(' (' || e.population_group || ')', '') || coalesce(' · ' || e.place_name, '') as asked,
    e.share as percent, coalesce(e.respondents, s.respondents) as respondents, coalesce(s.design_effect, 1.0) as design_effect, e.source, e.url
  from estimate e join survey s on s.record = e.survey
  where (:country = '' or s.country = :country) and (:answer = '' or lower(e.answer) = lower(:answer))
)
select asked, survey, starts, country, percent,
  max(0.0, percent - 196 * sqrt(design_effect * (percent / 100.0) * (1 - percent / 100.0) / respondents)) as percent_low,
  min(100.0, percent + 196 * sqrt(design_effect * (percent / 100.0) * (1 - percent / 100.0) / respondents)) as percent_high,
  respondents, source, url
from told
order by asked, starts
