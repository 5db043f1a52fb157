-- order = 31
-- group = "sure"
-- mends = true
-- page = "/duplicates"
-- parts = ["alike"]
-- title = { en = "Possible duplicates", fr = "Doublons possibles", ar = "سجلات قد تكون مكررة" }
-- why = { en = "One institution under two names is counted twice, and what is known of it falls apart. Only a person can tell.", fr = "Une institution sous deux noms est comptée deux fois, et ce que l’on en sait se disperse. Seule une personne peut trancher.", ar = "المؤسسة المسجلة باسمين تُحسب مرتين ويتفرق ما يُعرف عنها. ولا يفصل في ذلك إلا إنسان." }
-- [rule]
-- en = "Pairs of records of one kind: they carry the same identifier; or they are called the same, one is called by another name of the other, or they name one country, organisation or mission in two languages, or their names have the same consonants in Latin letters, and nothing says that they are of two countries. Pairs that somebody has called “not the same” are left out. Nothing is merged by itself."
-- fr = "Paires de fiches d’un même type : elles portent le même identifiant ; ou elles ont le même nom, le nom de l’une est un autre nom de l’autre, ou elles nomment un même pays, une même organisation ou mission en deux langues, ou leurs noms ont les mêmes consonnes en lettres latines, et rien ne dit qu’elles sont de deux pays. Les paires que quelqu’un a dites distinctes sont omises. Rien n’est fusionné de soi-même."
-- ar = "أزواج من السجلات من نوع واحد: تحمل المعرّف نفسه، أو لها الاسم نفسه، أو اسم أحدها اسم آخر للآخر، أو تسمّي بلدًا واحدًا أو منظمة أو بعثة واحدة بلغتين، أو لأسمائها الحروف الساكنة نفسها بالحروف اللاتينية، ولا شيء يقول إنها من بلدين. وتُستثنى الأزواج التي قال أحد إنها مختلفة. ولا يُدمج شيء من تلقاء نفسه."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "kind"
-- kind = true
-- label = { en = "Kind", fr = "Type", ar = "النوع" }
with judged as materialized (
  select x.record as decision, x.target_kind as kind, x.target as record from distinct_record x
)
select p.duplicate_reason, p.kind, p.a as record, p.a_called as record_title, p.a_country as country, p.b as other_record, p.b_called as other_title,
  p.b_country as other_country, p.found_in
from alike p
where (:kind = '' or p.kind = :kind) and (p.rank = 1 or p.a_country is null or p.b_country is null or p.a_country = p.b_country)
  and (:country = '' or :country in (coalesce(p.a_country, ''), coalesce(p.b_country, '')))
  and not exists (select 1 from judged x join judged y on y.decision = x.decision and y.kind = x.kind
                  where x.kind = p.kind and x.record = p.a and y.record = p.b)
order by p.rank, p.kind, p.a_called, p.b_called, p.a, p.b
