questions-lead = Chaque réponse peut être liée, imprimée et téléchargée, et dit comment elle compte.
questions-note = Une question est un fichier : ajoutez la vôtre au dossier <code>questions</code> de l’espace. <code>remit sql ESPACE --views</code> liste ce que l’on peut interroger.
questions-other = Autres questions
questions-groups = Groupes de questions
