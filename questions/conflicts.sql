-- order = 30
-- title = { en = "What contradicts itself", fr = "Ce qui se contredit", ar = "ما يتعارض" }
-- why = { en = "Two people who correct the same statement apart must be told.", fr = "Deux personnes qui corrigent le même énoncé séparément doivent le savoir.", ar = "من يصححان البيان نفسه كلٌّ على حدة يجب أن يعلما." }
-- [rule]
-- en = "Statements that replace the same one, of which none replaces the other."
-- fr = "Énoncés qui remplacent le même, dont aucun ne remplace l’autre."
-- ar = "بيانات تحل محل البيان نفسه ولا يحل أحدها محل الآخر."
select c.kind, c.record, s.title as record_title, s.fields, s.author, substr(s.recorded_at, 1, 16) as recorded, s.source, c.supersedes, c.statement
from conflict c join statement s on s.statement = c.statement
order by c.kind, c.record, c.supersedes, s.seq
