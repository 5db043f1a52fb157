dollars-at-value-date = Amounts in US dollars at their value date
