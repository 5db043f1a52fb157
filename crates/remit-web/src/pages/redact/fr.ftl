redact = Caviarder des valeurs
redact-older = Caviarder ce qui était dit auparavant
redact-of = Caviarder des valeurs de { $name }
redact-lead = Choisissez ce qui doit disparaître définitivement. Il reste que quelque chose a été dit, qui a ordonné de le caviarder, et pourquoi. C’est irréversible.
redact-copies = Les copies, sauvegardes, exports et fichiers importés faits auparavant l’ont encore. Notez où ils se trouvent, et supprimez-le là aussi.
redact-statement = { $when }, { $who }, { $marking }. { $stands }
redact-stands = Valable.
redact-ordered-by = Qui l’a ordonné
redact-reason = Pourquoi
redact-reason-help = Ne nommez personne ici : quiconque peut voir l’énoncé peut le lire.
redact-none-chosen = Choisissez au moins une valeur.
redact-needs-order = Indiquez qui l’a ordonné, et pourquoi.
redacted-done = { $n ->
    [one] Une valeur a été caviardée.
   *[other] { $n } valeurs ont été caviardées.
  }
redacted-named-in = Les mêmes mots figurent encore dans : { $records }. Relisez-les.
redacted-in-log = Quelqu’un a ouvert l’espace de travail. Les anciennes valeurs restent dans son journal jusqu’à l’arrêt de tous les serveurs.
redacted-line = { $field } : caviardé le { $when }, sur ordre de { $who } ({ $why })
redacted-before = { $field } : caviardé par une version antérieure, noté le { $when }
redacted-value = caviardé
