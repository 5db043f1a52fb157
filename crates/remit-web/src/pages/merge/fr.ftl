same-as = La même chose que { $name }
merge-lead = Tout ce qui est dit de l’autre fiche sera dit de « { $name } », y compris ce qui y renvoie. On peut annuler.
other-record = L’autre fiche (nom ou identifiant)
make-one = N’en faire qu’une
written-alike = D’écriture semblable
itself = C’est cette fiche elle-même ; nommez l’autre.
several-called-so = { $n } fiches s’appellent ainsi : écrivez l’identifiant de l’une ({ $ids }).
none-called-so = Rien ne s’appelle ainsi.
