publish-title = Publier un site
publish-lead = Créez des pages qui se lisent sans Remit : elles s’ouvrent depuis un dossier, une clé USB ou n’importe quel serveur web, dans chaque langue, avec leurs données et leurs graphiques. Ce que vous ne choisissez pas ici ne sort pas.
publish-make = Publier
publish-done = { $pages ->
     [one] { $pages } page se trouve dans { $folder }.
    *[other] { $pages } pages se trouvent dans { $folder }.
  }
publish-open = Pour le lire, ouvrez ce fichier. Pour le transmettre, copiez tout le dossier.
publish-wrong = Le site n’a pas été publié : { $why }
publish-under-way = Un site est déjà en cours de publication. Attendez la fin, puis réessayez.
publish-persons = Les personnes n’ont pas de page à elles, mais qui est nommé par un énoncé de cette classification l’est là où il est montré. Une nouvelle publication n’écrit que ce qui a changé.
publish-command = En ligne de commande, dans un dossier de votre choix :
