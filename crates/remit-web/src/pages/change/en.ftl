error-none-chosen = Choose at least one record.
error-nothing-changes = Nothing was changed: enter what should be different.
error-needs-source = Enter the source of the change.
error-lowers = This lowers a marking that was { $was }. Give the reason.
error-imported = “{ $record }” comes from an import and has no statement to change. Correct it in its file, or add information to it.
error-withheld = A field that you may not see would be changed.
error-verified-is-changed = A value was changed here, so it cannot be confirmed as unchanged. Save it, or set it back.
