select passage, n, number, heading, lead, text, page, reading, recognised from passage where document = :record order by n
