select rule, reason from problem where record = :record
