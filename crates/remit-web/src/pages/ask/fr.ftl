parameters = Paramètres de la question
below = { $n } au-dessous
same-as-table = La même chose en tableau
nothing-here-yet = Rien n’est encore enregistré ici.
stands-out = Ce qui ressort
same-with-sources = La même chose en tableau, avec les sources
rows = { $n ->
         [one] { $n } ligne
        *[other] { $n } lignes
    }
sum-committed = { $n } USD engagés
sum-disbursed = { $n } USD décaissés
sum-counted = { $n } USD comptés
sum-parts = ({ $commitments } d’engagements, { $disbursements } de décaissements et de dépenses)
decide-here = Décider
without-sign = Aucun signe enregistré :
compare-with = Comparer avec
no-comparison = sans comparaison
asked-of-nothing = { $n ->
     [one] Rien n’a encore été demandé. Indiquez : { $what }.
    *[other] Rien n’a encore été demandé. Indiquez l’un de ceux-ci : { $what }.
  }
how-to-begin = Pour commencer
in-a-line = Combien de lignes disent quoi
looked-at = Examinés, dans la limite de votre accès : { $names }.
