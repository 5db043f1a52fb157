same-as = Fusionner un doublon de { $name }
merge-lead = Tous les énoncés sur le doublon passent à « { $name } », et les renvois aussi. Ce qui les relie l’un à l’autre est retiré. Vous pouvez annuler.
other-record = Le doublon (nom ou identifiant)
make-one = Fusionner
written-alike = Noms semblables
itself = C’est la fiche elle-même. Saisissez l’autre.
several-called-so = { $n } fiches portent ce nom. Saisissez l’identifiant de l’une : { $ids }
none-called-so = Aucune fiche n’a ce nom ou cet identifiant.
