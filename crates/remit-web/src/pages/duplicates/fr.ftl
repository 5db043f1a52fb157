no-duplicates = Aucune fiche ne ressemble à une autre.
duplicates-shown = { $shown ->
     [one] { $shown } paire sur { $all }.
    *[other] { $shown } paires sur { $all }.
  } Vos décisions sont enregistrées en une saisie que vous pouvez annuler.
decide-later = Décider plus tard
merge-keep = Fusionner, garder « { $name } »
not-the-same = Fiches distinctes
record-decisions = Enregistrer les décisions
