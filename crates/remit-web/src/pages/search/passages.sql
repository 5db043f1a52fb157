select p.passage, p.document, p.n, p.number, p.text, d.title, d.language
from document d join passage p on p.document = d.record
where has_words(p.text, d.language, :words)
order by d.date desc, d.record, p.n
limit 41
