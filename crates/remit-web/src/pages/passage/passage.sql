select p.passage, p.document, p.n, p.number, p.heading, p.text, p.page, p.reading,
  (select d.title from document d where d.record = p.document) as title
from passage p
where p.passage = :passage
