kinds = Kinds
enter-new = Enter a new { $kind }
sheet-to-fill = A sheet to fill in
all-as-sheet = All of them as a sheet
none-on-record-stop = none on record.
register-of = Register: { $kind }
