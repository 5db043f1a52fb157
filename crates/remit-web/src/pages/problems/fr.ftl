problems-lead = Endroits des fichiers importés qui n’ont pas été utilisés, ou pas tels quels : { $n }. Rien n’a été écarté : chacun figure avec sa ligne et sa raison.
t-problems = Problèmes selon ce qui n’allait pas
rule = Ce qui n’allait pas
records = Fiches
the-list = La liste
only = Seulement : « { $rule } »
all-problems = Tous les problèmes
no-problems = Aucun problème.
more-in-downloads = { $n ->
     [one] 1 autre est
    *[other] { $n } autres sont
  } dans les téléchargements au pied de la page.
