glossary-lead = Ce que veulent dire les termes de ces pages.
