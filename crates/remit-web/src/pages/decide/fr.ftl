error-no-entry = Cette saisie n’existe pas, ou elle contient plus que ce que vous pouvez voir.
