search = Search
search-of = Search: “{ $words }”
these-words = These words
search-label = Names in any script, acronyms, any words
search-none = No results. Try fewer words, or the beginning of a name.
search-activities = All activities with these words in the title
search-ways = Questions, pages and terms
activity = Activity
a-country = country
a-question = question
a-page = page
a-term = term
and-more = (and { $n } more; add a word)
search-instead = No record has “{ $words }”. These have “{ $instead }”.
search-meant = Did you mean:
found-in = in { $field }: { $text }
more-than = (more than { $n }; add a word)
called-so = { $n ->
     [one] 1 record
    *[other] { $n } records
  } of this name
