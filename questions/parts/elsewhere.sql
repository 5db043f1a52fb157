-- The institutions of other countries than the parameter `country`, where it is given.
elsewhere as materialized (select record from actor where :country <> '' and country <> :country)
