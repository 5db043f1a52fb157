-- Who carries out what is stated, where that is said: those who implement a project, and the trainers of a training. Reads projects from
-- `own_projects`, who gives from `known_givers`. What has several stands once for each; `nth` is 1 for the one with whom its amount is told.
implementers as materialized (
  select i.kind, i.record, i.implementer, coalesce(nullif(i.implementer_name, i.implementer), e.name, i.implementer) as implementer_name, i.nth
  from (
    select 'project' as kind, p.record, y.value as implementer, case when y.value is p.implementer then p.implementer_name end as implementer_name,
      row_number() over (partition by p.record order by y.value is not p.implementer, y.key) as nth
    from own_projects p, json_each(json_insert(coalesce(p.other_implementers, '[]'), '$[#]', p.implementer)) y where y.value is not null
    union all
    select 'training', record, coalesce(trained_by, trainer_unit), coalesce(trained_by_name, trainer_unit), 1 from training
    where coalesce(trained_by, trainer_unit) is not null
  ) i left join known_givers e on e.actor = i.implementer
)
