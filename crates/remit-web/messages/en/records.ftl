kinds = Kinds
enter-new = Enter a new { $kind }
bring-sheet = Bring a sheet in
sheet-to-fill = A sheet to fill in
all-as-sheet = All of them as a sheet
