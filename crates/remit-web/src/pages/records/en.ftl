kinds = Kinds
enter-new = Enter a new { $kind }
sheet-to-fill = Blank template
all-as-sheet = All of them as a sheet
none-on-record-stop = none on record.
register-of = Register: { $kind }
