exchange = Partager et transmettre
exchange-lead = Partager avec des collègues et d’autres bureaux : un seul fichier signé passe de l’un à l’autre. Ce qui arrive est vérifié, puis montré avant tout enregistrement, et peut être annulé.
exchange-take-in = Reprendre un fichier
exchange-file = Fichier d’un autre bureau (.remit)
exchange-passphrase-of = Phrase secrète, s’il en a une
exchange-look = Vérifier
exchange-choose = Choisissez un fichier fait par `remit pack`, `remit bundle` ou cette page (.remit).
exchange-not-opened = « { $file } » n’a pas été ouvert, et rien n’en a été repris.
exchange-make = Créer un fichier
exchange-what = Son contenu
exchange-bundle = Ce qui est nouveau pour un bureau depuis le dernier fichier fait pour lui
exchange-part = Une partie : ce qui vaut aujourd’hui, jusqu’à une classification
exchange-whole = Tout l’espace de travail, avec son historique et toutes les classifications
exchange-office = Pour quel bureau
exchange-kinds = Seulement certains types de fiches
exchange-who-opens = Qui peut l’ouvrir
exchange-lock-note = Soit une phrase secrète, que vous communiquez par une autre voie, soit les clés des destinataires. Seul ce qui est nouveau pour un bureau peut s’en passer.
exchange-passphrase = Phrase secrète
exchange-again = La même encore une fois
exchange-keys = Clés, une par ligne (age1…)
exchange-make-it = Créer le fichier
exchange-own-keys = Les clés de cet espace
exchange-keys-note = Aucune n’est secrète. Communiquez-les aux autres bureaux par une autre voie que les fichiers.
exchange-signs = Signe avec
exchange-opens = Ouvre avec
exchange-so-far = Jusqu’ici
exchange-sent = Envoyé à { $office }, { $moment }, jusqu’à { $marking }
exchange-received = Repris de { $from }, { $moment }, signé avec { $key }
exchange-needs-office = Dites pour quel bureau : la nouveauté se compte depuis le dernier fichier fait pour lui.
exchange-needs-lock = Dites qui peut l’ouvrir : donnez une phrase secrète, ou les clés des destinataires.
exchange-one-lock = Un fichier s’ouvre soit avec une phrase secrète, soit avec des clés : laissez l’un des deux vide.
exchange-not-same = Les deux phrases secrètes ne sont pas les mêmes.
exchange-short = La phrase secrète est trop courte : au moins { $least } caractères, mieux quatre ou cinq mots.
exchange-no-key = « { $key } » n’est pas une clé ; une clé commence par age1.
exchange-nothing-new = Il n’y a rien à envoyer : rien n’est nouveau, ou rien n’appartient à cette partie.
exchange-made = Le fichier est prêt
exchange-made-n = { $statements ->
    [one] Un énoncé s’y trouve
   *[other] { $statements } énoncés s’y trouvent
}{ $imports ->
    [0] .
    [one] , et un import.
   *[other] , et { $imports } imports.
}
exchange-left-out = Laissés de côté, car plus classifiés : { $left ->
     [one] { $left } énoncé
    *[other] { $left } énoncés
  }, et certaines valeurs de { $redacted ->
     [one] { $redacted } autre
    *[other] { $redacted } autres
  }. Le fichier n’en dit rien.
exchange-not-locked = Il n’est pas chiffré : qui a le fichier peut le lire.
exchange-save = Enregistrer le fichier
exchange-note = La note jointe, que chacun peut lire
exchange-large = Le fichier est trop grand pour un navigateur ; créez-le avec `remit pack`.
exchange-gone = Ce fichier n’est plus gardé. Créez-le ou envoyez-le de nouveau.
exchange-wrong = Cela n’a pas pu être fait ; rien n’a changé.
exchange-opened = Ce qu’apporte « { $name } »
exchange-holds = La signature et tout le contenu sont intacts. Rien n’est encore enregistré.
exchange-made-by = Fait par
exchange-made-on = Fait le
exchange-signed-with = Signé avec
exchange-unknown-key = Rien n’est encore venu de « { $name } ». Demandez-leur, par une autre voie, si la clé ci-dessus est la leur.
exchange-nothing-comes = Il ne contient rien de nouveau ici.
exchange-comes = Ce qui arrive
exchange-line = { $of } : { $what } ({ $author }, { $day })
exchange-more = … et { $n } autres
exchange-conflicts = { $n ->
    [one] L’un d’eux est en conflit avec autre chose
   *[other] { $n } d’entre eux sont en conflit avec autre chose
}
exchange-conflicts-note = Les deux restent, en conflit, jusqu’à ce que quelqu’un dise lequel vaut.
exchange-replaced = { $n ->
    [one] L’un d’eux remplace ce qui a été dit ici
   *[other] { $n } d’entre eux remplacent ce qui a été dit ici
}
exchange-replaced-note = D’abord ce qui a été dit ici, puis ce qui le remplace, de la personne que nomme { $name }. Si vous n’en savez rien, demandez-leur d’abord.
exchange-refused = Non repris
exchange-not-known = Le modèle de cet espace de travail n’a pas « { $name } ».
exchange-left-there = Laissés là-bas, car vous ne pouvez pas les voir : { $left ->
     [one] { $left } énoncé
    *[other] { $left } énoncés
  }, et certaines valeurs de { $redacted ->
     [one] { $redacted } autre
    *[other] { $redacted } autres
  }.
exchange-take-it = Reprendre
exchange-undo-note = Vous pouvez l’annuler.
exchange-taken = Repris
exchange-taken-n = { $statements ->
    [one] Un énoncé de « { $name } » est enregistré.
   *[other] { $statements } énoncés de « { $name } » sont enregistrés.
}
exchange-not-all = L’espace de travail ne peut être transmis en entier que de là où tout peut être vu. Transmettez-en une partie.
exchange-carried-out = { $n ->
    [one] Dans un énoncé d’ici, des valeurs seront caviardées, comme cela a été ordonné là-bas.
   *[other] Dans { $n } énoncés d’ici, des valeurs seront caviardées, comme cela a été ordonné là-bas.
 } C’est irréversible.
exchange-held-back = Retenus, car des effectifs y portent sur peu de personnes ou révéleraient un tel effectif : { $n ->
    [one] 1 énoncé.
   *[other] { $n } énoncés.
  }
exchange-erased = { $n ->
    [one] Un énoncé parle de ce qui a été effacé ici, et arrive sans cela.
   *[other] { $n } énoncés parlent de ce qui a été effacé ici, et arrivent sans cela.
}
exchange-imports-erased = Effacé là-bas, donc ici aussi, avec ce qui en a été lu : { $documents }. C’est irréversible.
exchange-made-one = Fusionnés avec une fiche qui est effacée : { $records }. Ce qui a été dit de celle-ci n’est pas gardé. S’il s’agit de la même, effacez aussi ces fiches.
exchange-became-one = Fusionnées ici ou là-bas : { $records }. Une fois ceci repris, ce qui est dit de la première est dit de la seconde.
exchange-one-with = { $gone } avec { $kept }
exchange-not-in-it = N’y figurent pas
exchange-activities-behind = { $n ->
    [one] { $n } activité publiée
   *[other] { $n } activités publiées
 } de fichiers importés, et ce qui est dit de la couverture de sources qui ne nomment ni jeu de données ni document
exchange-files-behind = les fichiers importés de { $names }, et ce qui est dit de la couverture de sources qui ne nomment ni jeu de données ni document ; importez-les ici aussi
