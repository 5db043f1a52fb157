-- order = 30
-- group = "sure"
-- mends = true
-- title = { en = "What contradicts itself", fr = "Ce qui se contredit", ar = "ما يتعارض" }
-- why = { en = "Two people who correct the same statement apart, and two good sources that differ, must be seen: somebody has to choose.", fr = "Deux personnes qui corrigent le même énoncé séparément, deux bonnes sources qui divergent : il faut que quelqu’un choisisse.", ar = "من يصححان البيان نفسه كلٌّ على حدة، ومصدران جيدان يختلفان: لا بد أن يُرى ذلك ليختار أحد." }
-- parts = ["stage_now", "disagreed", "same_state", "told_over", "commanded"]
-- [rule]
-- en = "Two corrections of one statement: statements that replace the same one, say different things, and of which none was chosen; taking over another workspace, and importing a sheet over what somebody corrected, make them. Withdrawn by another workspace: what one has said and another has withdrawn, until somebody withdraws it once more or records it again. Sources of equal grade: values of one field of a record that hold on the day, unless they are those of two such corrections. Stages told of different days are progress and no contradiction: they are compared where they are of the newest day. What is said of a mandate or law, and of the one that has renewed or repealed it, follows one another too. Shown is the one of the best grade, and of equal grades what tells when before what has no date, then the one recorded last; what has no date counts no more than what nobody has graded. An end, where another source that was cited after it says the same and no end, or a source tells a later end: it goes on so long, and both are listed. An end of a posting or relation that another record of the same tells: who commands in the chain, who commanded, screening and support files go by that end; elsewhere the one goes on and the other is past until you make them one. One place of which two are said to hold it on the day: two commanders of a unit, or two of which it is a part, in records of their own; both are shown. Choose by correcting one, or by grading its source."
-- fr = "Deux corrections d’un énoncé : énoncés qui remplacent le même, disent autre chose, et dont aucun n’a été choisi ; la reprise d’un autre espace et l’import d’une feuille sur une correction en créent. Retiré par un autre espace : ce que l’un a dit et qu’un autre a retiré, jusqu’à ce que quelqu’un le retire encore ou l’enregistre de nouveau. Sources de même valeur : valeurs d’un champ d’une fiche valables au jour dit, sauf celles de deux telles corrections. Des étapes énoncées à des jours différents sont un progrès et non une contradiction : elles sont comparées si elles sont du jour le plus récent. Ce qui est dit d’un mandat ou d’une loi et de ce qui le renouvelle ou l’abroge se suit aussi. Est montrée celle de la meilleure classe, et à classe égale celle qui dit quand avant celle sans date, puis la dernière enregistrée ; ce qui est sans date ne compte pas plus que ce que personne n’a classé. Une fin, si une autre source citée après elle dit la même chose sans fin, ou si une source indique une fin ultérieure : cela continue d’autant, et les deux sont listées. Une fin d’affectation ou de relation qu’indique une autre fiche de la même : qui commande dans la chaîne, qui a commandé, la vérification et les dossiers d’appui suivent cette fin ; ailleurs, l’une continue et l’autre est passée jusqu’à ce que vous n’en fassiez qu’une. Une place que deux occupent au jour dit : deux commandants d’une unité, ou deux ensembles dont elle ferait partie, dans des fiches distinctes ; les deux sont montrés. Choisissez en en corrigeant une ou en classant sa source."
-- ar = "تصحيحان لبيان واحد: بيانات تحل محل البيان نفسه وتقول أشياء مختلفة ولم يُختر أحدها؛ وينشأ ذلك من أخذ مساحة عمل أخرى واستيراد جدول فوق ما صُحّح. ما سحبته مساحة عمل أخرى: ما قالته مساحة وسحبته أخرى، إلى أن يسحبه أحد مرة ثانية أو يسجله من جديد. مصادر متساوية الدرجة: قيم لحقل واحد من سجل سارية في اليوم، عدا قيم تصحيحين كهذين. والمراحل المذكورة في أيام مختلفة تقدّم لا تعارض: تُقارن إذا كانت من أحدث يوم. وما يقال عن ولاية أو قانون وعمّا جدّدها أو ألغاه يتبع بعضه بعضًا أيضًا. ويُعرض ذو الدرجة الأعلى، وعند التساوي ما له تاريخ قبل ما لا تاريخ له، ثم آخر ما سُجّل؛ وما لا تاريخ له لا يُحسب أكثر مما لم يصنّفه أحد. وانتهاءٌ إذا ذُكر بعده مصدر آخر يقول الشيء نفسه دون انتهاء، أو قال مصدر بانتهاء لاحق: يُعد مستمرًّا إلى ذلك ويُدرج كلاهما. وانتهاء تعيين أو علاقة يقول به سجل آخر للشيء نفسه: يؤخذ به في من يقود في السلسلة ومن قاد وفي التدقيق وملفات الدعم؛ وفي غيرها يستمر أحدهما ويُعد الآخر ماضيًا إلى أن تجعلهما سجلًّا واحدًا. وموضع واحد يُقال إن اثنين يشغلانه في ذلك اليوم: قائدان لوحدة، أو جهتان تكون جزءًا من كلٍّ منهما، في سجلين مختلفين؛ ويُعرض كلاهما. والاختيار بتصحيح أحدها أو بتصنيف مصدره."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "kind"
-- kind = true
-- label = { en = "Kind", fr = "Type", ar = "النوع" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
),
branch as materialized (
  -- What was withdrawn elsewhere stands beside its withdrawal.
  select c.statement, c.supersedes, c.kind, c.record, c.withdrawn, max(c.statement = c.supersedes) over (partition by c.supersedes) as is_gone
  from conflict c
),
-- What each branch says, with its dates: branches may differ in these alone.
branch_said as materialized (
  select b.statement, b.supersedes, json_patch(s.fields, json_object('valid_from', s.valid_from, 'valid_to', s.valid_to, 'first_cited', s.first_cited, 'last_cited', s.last_cited)) as says
  from branch b join statement s on s.statement = b.statement where not b.withdrawn
),
-- The fields in which the branches of one statement differ, and the one where it is one alone.
apart as materialized (
  select supersedes, json_group_array(key) as keys, case when count(*) = 1 then min(key) end as alone from (
    select b.supersedes, f.key from branch_said b join json_each(b.says) f
    group by b.supersedes, f.key
    having count(distinct f.value) > 1 or count(*) < (select count(*) from branch_said n where n.supersedes = b.supersedes)
  ) group by supersedes
),
-- Of a stage only what is told of its newest day, as far as both days are given.
told_now as materialized (
  select d.statement, d.kind, d.record, d.field, d.value, k.field is not null as is_stage
  from disagreed d
  left join stage k on k.kind = d.kind and k.field = d.field
  left join stage_now n on n.kind = k.kind and n.record = d.record
  left join stage_told s on k.kind is not null and s.statement = d.statement
  where k.kind is null or n.said_on is null or s.said_on is null or instr(n.said_on, s.said_on) = 1 or instr(s.said_on, n.said_on) = 1
),
-- Each is read once: SQLite bounds how much one question may name.
differing as materialized (
  select d.*, min(in_branch) over (partition by kind, record, field) as all_in_branch from (
    select statement, kind, record, field, value, is_stage, statement in (select statement from branch) as in_branch,
      min(value) over (partition by kind, record, field) <> max(value) over (partition by kind, record, field) as differs
    from told_now
  ) d where not is_stage or differs
),
-- An end that one source tells, and after which another was cited that says the same and no end, or a later one: it goes on until somebody chooses.
ends_differently as materialized (
  select a.statement as going_on, e.statement as ended, iif(a.valid_to is null, 'ends', 'two_ends') as sort
  from statement e cross join statement a on a.kind = e.kind and a.record = e.record and a.statement <> e.statement
  join (select distinct kind from kind_field) k on k.kind = e.kind
  where e.current = 1 and a.current = 1 and e.valid_to < substr(:valid_on, 1, length(e.valid_to))
    and case when a.valid_to is null then substr(coalesce(a.valid_from, ''), 1, length(e.valid_to)) <= e.valid_to
        and substr(coalesce(a.last_cited, a.first_cited, a.source_date), 1, length(e.valid_to)) > e.valid_to
        and coalesce(a.first_cited, a.last_cited, a.source_date) <= :valid_on
      -- What begins after that end is another time of the same.
      else substr(a.valid_to, 1, length(e.valid_to)) > e.valid_to
        and substr(coalesce(a.valid_from, a.first_cited, ''), 1, length(e.valid_to)) <= e.valid_to
        and (a.supersedes is null or a.supersedes is not e.supersedes) end
    and not exists (select 1 from json_each(a.fields) f
      where (e.kind not in ('posting', 'relation') or f.key in ('person', 'actor', 'role', 'subject', 'relation', 'object', 'power'))
        and f.value is not null and json_extract(e.fields, '$.' || f.key) is not f.value)
    and (:country = '' or a.record in (select record from own) or exists (select 1 from json_each(a.fields) f where f.value in (select record from own)))
),
-- Postings and relations as they stand, each with what it is one of: who holds which role where, or what stands in which relation to what.
state as materialized (
  select s.statement, s.record, s.valid_to, coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date) as since, s.fields,
    case s.kind when 'posting' then s.kind || ' ' || json_extract(s.fields, '$.person') || ' ' || json_extract(s.fields, '$.actor') || ' ' ||
        coalesce(told('posting_role', json_extract(s.fields, '$.role')), json_extract(s.fields, '$.role_as_written'), json_extract(s.fields, '$.post'))
      else s.kind || ' ' || json_extract(s.fields, '$.subject') || ' ' || json_extract(s.fields, '$.relation') || ' ' || json_extract(s.fields, '$.object')
        || ' ' || coalesce(json_extract(s.fields, '$.power'), '') end as same
  from statement s where s.kind in ('posting', 'relation') and s.current = 1 and not s.undated
),
-- An end that another record of the same tells: the one is shown as past and the other as going on.
ended_elsewhere as materialized (
  select a.same, a.statement as going_on, e.statement as ended
  from state e join state a on a.same = e.same and a.record <> e.record
  where a.valid_to is null and e.valid_to < substr(:valid_on, 1, length(e.valid_to))
    and substr(a.since, 1, length(e.valid_to)) <= e.valid_to and a.since <= :valid_on
    and not exists (select 1 from state o where o.record = a.record and o.same = a.same and o.valid_to < substr(:valid_on, 1, length(o.valid_to)))
    and (:country = '' or exists (select 1 from json_each(a.fields) f where f.value in (select record from own)))
),
-- What one alone holds at a time: the command of a unit, and that of which it is a part.
held_alone as materialized (
  select s.statement, s.kind, s.record, coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date) as since, s.valid_to,
    case s.kind when 'posting' then json_extract(s.fields, '$.actor') else json_extract(s.fields, '$.subject') || ' ' || coalesce(json_extract(s.fields, '$.power'), '') end as place,
    case s.kind when 'posting' then 'person' else 'object' end as field,
    coalesce(json_extract(s.fields, '$.person'), json_extract(s.fields, '$.object')) as holder
  from statement s
  where s.kind in ('posting', 'relation') and s.current = 1 and s.confirmed and not s.undated
    and (told('posting_role', json_extract(s.fields, '$.role')) = 'commands' or json_extract(s.fields, '$.relation') = 'part_of')
    and s.statement not in (select statement from over_now) and s.statement not in (select statement from outdone)
    and coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date) <= :valid_on and coalesce(s.valid_to >= substr(:valid_on, 1, length(s.valid_to)), 1)
    and (:country = '' or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
),
-- Of whom somebody else says the same time; who begins when the other ends follows him.
held_twice as materialized (
  select distinct a.* from held_alone a join held_alone b on b.kind = a.kind and b.place = a.place and b.holder <> a.holder and b.record <> a.record
  where coalesce(substr(b.since, 1, length(a.valid_to)) < substr(a.valid_to, 1, length(b.since)), 1) and coalesce(substr(a.since, 1, length(b.valid_to)) < substr(b.valid_to, 1, length(a.since)), 1)
),
told as materialized (
  select case when c.is_gone then 'withdrawn' else 'branches' end as conflict_sort, c.kind, c.record, c.supersedes as about, x.alone as field,
    json_extract(b.says, '$.' || x.alone) as value, s.title as record_title,
    -- Of what they say alike nobody has to choose.
    case when x.keys is null then s.fields
      else (select json_group_object(k.value, json_extract(b.says, '$.' || k.value)) from json_each(x.keys) k) end as fields, s.grade, s.said_at, s.undated, s.author, s.source, s.url, c.supersedes, c.statement, c.withdrawn
  from branch c join statement s on s.statement = c.statement left join apart x on x.supersedes = c.supersedes and not c.withdrawn
    left join branch_said b on b.statement = c.statement and b.supersedes = c.supersedes
  where (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
  union all
  select 'sources', d.kind, d.record, d.record || ' ' || d.field, d.field, d.value, s.title,
    json_object(d.field, d.value), s.grade, s.said_at, s.undated, s.author, s.source, s.url, s.supersedes, d.statement, 0
  from differing d join statement s on s.statement = d.statement
  where not d.all_in_branch
    and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
),
ranked as (
  select t.*, row_number() over (partition by conflict_sort, kind, about order by withdrawn, weight desc, has_no_date, grade desc, said_at desc, statement desc) as place,
    max(case when withdrawn then null else weight end) over (partition by conflict_sort, kind, about) as best_weight,
    sum(case when withdrawn then 0 else 1 end) over (partition by conflict_sort, kind, about, weight) as of_weight,
    sum(case when withdrawn or has_no_date then 0 else 1 end) over (partition by conflict_sort, kind, about, weight) as of_dated,
    sum(case when withdrawn then 0 else 1 end) over (partition by conflict_sort, kind, about, weight, has_no_date, grade) as of_grade,
    max(case when withdrawn then null else grade end) over (partition by conflict_sort, kind, about, weight, has_no_date) as best_grade,
    sum(case when withdrawn then 0 else 1 end) over (partition by conflict_sort, kind, about) as of_standing
  -- What has no date counts for a day no more than what nobody has graded.
  from (
    select d.*, case when has_no_date then min(grade, 22) else grade end as weight
    from (select told.*, undated and kind in (select kind from kind_field where is_state) as has_no_date from told) d
  ) t
),
shown as (
  select conflict_sort, kind, record, record_title, field, value as field_value, fields, source, url,
    case when withdrawn then 'gone' when conflict_sort = 'withdrawn' then 'withdrawn_elsewhere' when of_standing = 1 then 'shown_stands'
      when place = 1 and of_weight = 1 then 'shown_better' when place = 1 and of_dated = 1 then 'shown_dated'
      -- What has no date counts for a day as if nobody had graded it; among such the grade decides still.
      when place = 1 and of_grade = 1 then 'shown_better' when place = 1 then 'shown_newest'
      when weight < best_weight then 'better_shown' when has_no_date and of_dated > 0 then 'dated_shown'
      when grade < best_grade then 'better_shown' else 'newer_shown' end as conflict_shown,
    case when place = 1 and not withdrawn and conflict_sort <> 'withdrawn' then 1 else 0 end as is_shown,
    author, said_at, supersedes, statement, about, place
  from ranked
  union all
  select d.sort, s.kind, s.record, s.title, 'valid_to', s.valid_to,
    case when s.valid_to is null then json_object('last_cited', coalesce(s.last_cited, s.first_cited, s.source_date)) else json_object('valid_to', s.valid_to) end, s.source, s.url,
    case when d.sort = 'two_ends' then iif(d.goes_on, 'ends_later', 'ends_earlier') else iif(d.goes_on, 'cited_after', 'ended_before') end,
    d.goes_on and coalesce(s.valid_to >= substr(:valid_on, 1, length(s.valid_to)), 1), s.author, s.said_at, s.supersedes, s.statement,
    s.record || ' valid_to', not d.goes_on
  from (select e.sort, b.value as statement, max(b.key = 0) as goes_on from ends_differently e, json_each(json_array(e.going_on, e.ended)) b group by 1, 2) d
    join statement s on s.statement = d.statement
  union all
  select 'ends', s.kind, s.record, s.title, 'valid_to', s.valid_to,
    case when s.valid_to is null then json_object('valid_from', coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date)) else json_object('valid_to', s.valid_to) end, s.source, s.url,
    case when s.valid_to is null then 'goes_on_here' else 'ended_elsewhere' end, s.valid_to is null, s.author, s.said_at, s.supersedes, s.statement,
    d.same || ' valid_to', s.valid_to is not null
  from (select distinct e.same, b.value as statement from ended_elsewhere e, json_each(json_array(e.going_on, e.ended)) b) d join statement s on s.statement = d.statement
  union all
  select 'one_place', s.kind, s.record, s.title, h.field, h.holder, s.fields, s.source, s.url, 'both_shown', 1, s.author, s.said_at, s.supersedes, s.statement,
    h.place || ' ' || h.field, 0
  from held_twice h join statement s on s.statement = h.statement
)
select conflict_sort, kind, record, record_title, field, field_value, fields, source, url, conflict_shown, is_shown,
  author, substr(said_at, 1, 16) as recorded, supersedes, statement
from shown
where :kind = '' or kind = :kind
order by conflict_sort, kind, record_title, about, place, statement
