nav-today = Aujourd’hui
today-title = Aujourd’hui
today-in = { $country } aujourd’hui
today-lead = Ce qui se termine, ce qui est en retard, ce que personne ne contrôle ni ne dirige, ce qui a changé et ce que l’on ignore : les premières lignes de chacun, toutes à un clic.
today-since = Changements depuis le
today-rows = { $n ->
    [one] { $n } ligne.
   *[other] { $n } lignes.
}
today-waiting = { $n ->
    [one] { $n } proposition attend une décision
   *[other] { $n } propositions attendent une décision
}
today-quiet = Rien d’enregistré
