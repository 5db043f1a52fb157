select file, line, element, record, value, rule, reason from problem where record = :identifier order by line
