data-lead = Tous les jeux de données sur lesquels reposent ces pages. Un import plus récent remplace le précédent, qui reste pour qui demande ce que l’on savait alors.
superseded = remplacé
data-empty = Rien n’est encore importé. <a href="/sheets">Importez des fichiers</a> ici, ou avec <code>remit import ESPACE FICHIER…</code>
data-source = Source
data-licence = Licence
data-named = Mention
data-of = Du
data-imported = Importé
data-holds = Contient
data-holds-text = { $records ->
     [one] { $records } fiche
    *[other] { $records } fiches
  }, { $parts ->
     [one] { $parts } partie
    *[other] { $parts } parties
  }, dans { $files ->
     [one] { $files } fichier
    *[other] { $files } fichiers
  } de { $bytes } octets
data-hash = SHA-256
