search = Recherche
search-of = Recherche : « { $words } »
these-words = Ces mots
search-label = Noms dans toute écriture, sigles, tous les mots
search-none = Aucun résultat. Essayez moins de mots, ou le début d’un nom.
search-activities = Toutes les activités avec ces mots dans le titre
search-ways = Questions, pages et termes
activity = Activité
a-country = pays
a-question = question
a-page = page
a-term = terme
and-more = (et { $n } de plus ; ajoutez un mot)
search-instead = Aucune fiche ne contient « { $words } ». Celles-ci contiennent « { $instead } ».
search-meant = Vouliez-vous dire :
found-in = dans { $field } : { $text }
more-than = (plus de { $n } ; ajoutez un mot)
called-so = { $n ->
     [one] { $n } fiche
    *[other] { $n } fiches
  } de ce nom
