error-no-entry = Cette saisie n’existe pas, ou elle contient plus que ce que vous pouvez voir.
error-partly-withheld = Une partie vous est cachée : qui peut tout voir peut le faire.
