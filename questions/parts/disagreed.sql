-- What equally good sources say differently for the day: of all countries, so that it is worked out once for all who ask.
disagreed as materialized (
  select statement, kind, record, field, value from disagreement
)
