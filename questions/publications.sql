-- order = 36
-- group = "due"
-- title = { en = "What went out", fr = "Ce qui a été diffusé", ar = "ما صدر" }
-- why = { en = "A figure in a footnote can be asked for again, and compared with what is known now.", fr = "Un chiffre en note peut être redemandé et comparé à ce que l’on sait maintenant.", ar = "يمكن طلب رقم في حاشية من جديد ومقارنته بما يُعرف الآن." }
-- [rule]
-- en = "Every figure of a report that was published, with its code, its question, the day and moment that it was asked for, and its rows as they went out."
-- fr = "Chaque chiffre d’un rapport publié, avec son code, sa question, le jour et le moment demandés, et ses lignes telles que diffusées."
-- ar = "كل رقم في تقرير منشور برمزه وسؤاله واليوم واللحظة المطلوبين وصفوفه كما صدرت."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "code"
-- label = { en = "Code in the footnote", fr = "Code en note", ar = "الرمز في الحاشية" }
select p.record as publication, p.title as publication_title, p.country, f.code as figure_code, f.question as figure_question, f.parameters as asked_for,
  f.date as figure_day, f.known_on as figure_known_on, f.row_count as figure_rows, f.content as figure_content
from figure f join publication p on p.record = f.publication
where (:country = '' or p.country = :country) and (:code = '' or lower(f.code) = lower(:code))
order by f.known_on desc, p.record, f.code
