-- What is said on the day of whom sources would show. Of one that names the data set in which it stands, only while that is on file: who
-- has what is said of a source and not the source would take all that it shows for gaps.
covering as materialized (
  select v.record, v.title, v.supporters, v.dataset_name from coverage v
  where v.confirmed = 1 and v.undated = 0
    and (v.dataset_name is null or exists (select 1 from snapshot n where n.shown = 1 and folded(n.dataset) = folded(v.dataset_name)))
)
