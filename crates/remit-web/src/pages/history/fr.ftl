error-no-history = Rien n’a jamais été enregistré à ce sujet que vous puissiez voir.
history-empty = Rien n’a encore été enregistré. Importez un tableur, ou ajoutez une fiche.
stands-no-more = N’est plus valable.
undo-entry = Annuler cette saisie
history-lead = Ce qui a été enregistré, le plus récent d’abord. Chaque saisie peut être annulée, sauf ce qui a été caviardé ou effacé.
history-of = Historique de { $name }
history-of-lead = Tous les énoncés à son sujet, le plus récent d’abord : qui, quand, de quelle source, et ce que cela a changé.
statements-stand = { $n ->
     [one] { $n } énoncé, dont { $standing } valable
    *[other] { $n } énoncés, dont { $standing } valables
  }
taken-back-n = { $n ->
     [one] { $n } énoncé retiré
    *[other] { $n } énoncés retirés
  }
proposals-n = { $n ->
     [one] { $n } proposition en attente
    *[other] { $n } propositions en attente
  }
history-as-says = { $author }, selon { $name }
history-row = { $when }, { $who } : { $what }
nothing = rien
says-no-more = { $act } (n’est plus valable)
said-while-one = Ce sont de nouveau deux fiches. Ce qui a été dit pendant qu’elles n’en faisaient qu’une reste où cela a été dit, aux pages ci-dessous. Si cela concerne l’autre fiche, importez de nouveau la feuille, ou retirez-le là et dites-le de l’autre.
