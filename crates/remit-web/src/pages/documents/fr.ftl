documents-lead = Mandats, rapports et pages, lus paragraphe par paragraphe. Ce qu’ils semblent dire est proposé avec sa phrase ; une personne décide.
to-decide-n = { $n ->
     [one] { $n } proposition à trancher
    *[other] { $n } propositions à trancher
  }
send-documents = Envoyer des documents
files-label = Fichiers (PDF, .docx, HTML, texte)
where-published = Où il a été publié
read-them = Lire
d-symbol = Cote
d-date = Date
d-language = Langue
d-mission = Mission
d-passages = Passages
document-not-read = non lu
d-empty = aucun n’a encore été lu. Envoyez-en un ici, ou lisez-en plusieurs avec remit read ESPACE FICHIER….
no-single-mission = pas de mission unique
not-read = { $file } : non lu ; { $why }
was-read = { $file } : { $n ->
     [one] { $n } passage
    *[other] { $n } passages
  }, { $proposals ->
     [one] { $proposals } nouvelle proposition
    *[other] { $proposals } nouvelles propositions
  }
choose-file = Choisissez un fichier : PDF, .docx, HTML ou texte simple.
error-address = L’adresse commence par https:// ou http://.
whose-mission = Mission, s’ils ne la nomment pas
error-no-mission = Aucune mission ne s’appelle « { $called } ». Écrivez un sigle (EUAM Ukraine, UNMISS) ou un nom du registre.
