-- order = 21
-- group = "who"
-- needs = ["actor"]
-- parts = ["same_state", "told_over", "commanded", "asked_body", "actor_names"]
-- title = { en = "Chain of command", fr = "Chaîne de commandement", ar = "سلسلة القيادة" }
-- why = { en = "Support to a unit concerns everybody above it.", fr = "L’appui à une unité concerne tous ceux qui sont au-dessus d’elle.", ar = "دعم وحدة يعني كل من فوقها." }
-- below = ["commanders"]
-- [rule]
-- en = "From the unit upwards by “is part of”, “commands” and “manages”, as they hold on the day of validity; each link once, with the body that it leads up from. Who manages a body answers for it and does not command it: the link says which it is. Who commands, acts and deputises on that day stands apart. “Not confirmed”: last cited before the day, and nobody says that it ended, or only its end is known and the day lies before; who of several that is, and when each was last cited, stands in a column of its own. “No date”: nothing says when. “Nobody on record that you may see”: no dated commander in your view; postings above it are not shown. “Was erased”: somebody did on that day, and what named them was erased."
-- fr = "De l’unité vers le haut par « fait partie de », « commande » et « administre », au jour de validité ; chaque lien une fois, avec l’organe dont il part. Qui administre un organe en répond et ne le commande pas : le lien dit lequel c’est. Commandants, intérimaires et adjoints de ce jour sont distingués. « Non confirmé » : cité pour la dernière fois avant ce jour, et personne ne dit que cela a pris fin, ou seule sa fin est connue et ce jour la précède ; de qui il s’agit, et quand il a été cité pour la dernière fois, figure dans une colonne à part. « Sans date » : rien ne dit quand. « Personne d’enregistré que vous puissiez voir » : aucun commandant daté visible pour vous ; les affectations classifiées plus haut ne sont pas montrées. « A été effacé » : quelqu’un commandait ce jour-là, et ce qui le nommait a été effacé."
-- ar = "من الوحدة صعودًا بعلاقات «جزء من» و«يقود» و«يدير» في يوم السريان، وكل صلة مرة واحدة مع الجهة التي تصعد منها. ومن يدير جهة يُسأل عنها ولا يقودها، والصلة تبيّن أيهما. ويُفصل بين القادة والقائمين بالنيابة والنواب في ذلك اليوم. «غير مؤكد»: آخر ذكر له قبل اليوم ولم يقل أحد إنه انتهى، أو لا تُعرف إلا نهايته واليوم قبلها، ومن هو منهم ومتى ذُكر آخر مرة في عمود مستقل. «بلا تاريخ»: لا شيء يقول متى. «لا أحد مسجل مما يمكنك رؤيته»: لا قائد مؤرخ ظاهر لك، ولا تُعرض التعيينات الأعلى سرية. «مُحي»: كان هناك من يقود في ذلك اليوم ومُحي ما يسميه."
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with recursive edge as materialized (
  select subject as child, subject_name as child_name, object as parent, object_name as parent_name, relation, classification, confirmed, first_cited, valid_from,
    last_cited, valid_to, source, url
  from relation where relation = 'part_of'
  union all
  select object, object_name, subject, subject_name, relation, classification, confirmed, first_cited, valid_from, last_cited, valid_to, source, url
  from relation where relation in ('commands', 'manages')
),
start as materialized (
  select distinct record from asked_body
),
above (record, level, below) as (
  select record, 0, null from start
  union
  select e.parent, a.level + 1, a.record from above a join edge e on e.child = a.record
  where a.level < 40 and e.parent not in (select record from start)
),
chain as materialized (select record, min(level) as level, below from above group by record, below),
-- Who holds what where is as the record says: of its statements that say otherwise, the better one is shown, here as everywhere.
held as materialized (
  select v.actor, r.category, min(v.confirmed, max(p.confirmed)) as confirmed, min(p.undated) as undated,
    coalesce(max(v.person_name), max(v.person)) || coalesce(' (' || max(v.rank) || ')', '') as called,
    -- Of a posting whose person was erased the unit, the role and the days are left; a person who is withheld from the reader is there all the same.
    max(p.person is null and instr(' ' || coalesce(p.withheld, '') || ' ', ' person ') = 0) as erased,
    -- Where only the end is known, it is what a source says of it.
    max(case when p.valid_to is not null then '? – ' || p.valid_to else coalesce(p.last_cited, p.first_cited, p.source_date) end) as last_cited
  from posting v join code r on r.list = 'posting_role' and r.code = v.role
  join posting_statement p on p.record = v.record and coalesce(p.actor, v.actor) = v.actor and coalesce(p.person, v.person) is v.person
  where v.actor in (select record from chain) and p.statement not in (select statement from over_now) and r.category in ('command', 'head', 'acting', 'deputy')
  group by v.record
)
select c.level, c.record as actor, coalesce(a.name, e.parent_name, (select n.name from actor_names n where n.record = c.record), c.record) as actor_name, a.classification, e.relation,
  c.below as above, coalesce(b.name, e.child_name, (select n.name from actor_names n where n.record = c.below), c.below) as above_name,
  e.classification as relation_classification, coalesce(e.valid_from, e.first_cited) as linked_since,
  coalesce(e.valid_to, e.last_cited, e.first_cited) as last_known, e.confirmed,
  (select group_concat(called, '; ' order by confirmed desc, called) from held h where h.actor = c.record and not undated and category in ('command', 'head')) as commanders,
  (select group_concat(called, '; ' order by confirmed desc, called) from held h where h.actor = c.record and not undated and category = 'acting') as acting,
  (select group_concat(called, '; ' order by confirmed desc, called) from held h where h.actor = c.record and not undated and category = 'deputy') as deputies,
  (select group_concat(called, '; ' order by confirmed desc, called) from held h where h.actor = c.record and undated) as undated_names,
  (select group_concat(called || coalesce(' · ' || last_cited, ''), '; ' order by last_cited desc, called) from held h
    where h.actor = c.record and not undated and not confirmed) as not_confirmed_names,
  -- Nobody is confirmed without a name.
  coalesce((select case when max(h.confirmed and h.called is not null) then 'confirmed' when count(h.called) then 'not_confirmed' when max(h.erased) then 'erased' end
    from held h where h.actor = c.record and not undated and category <> 'deputy'), 'not_known') as command,
  e.source, e.url
from chain c
left join actor a on a.record = c.record
left join actor b on b.record = c.below
left join edge e on e.child = c.below and e.parent = c.record
order by c.level, actor_name, c.below, e.relation
