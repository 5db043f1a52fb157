region-or-not-stated = region or not stated
not-stated = not stated
place-not-stated = place not stated
not-named = not named
dollars-at-value-date = Amounts in US dollars at their value date
