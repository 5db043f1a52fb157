error-no-story = Il n’y a pas de page « { $name } » faite de questions dans cet espace de travail.
