glossary-lead = What the terms on these pages mean.
