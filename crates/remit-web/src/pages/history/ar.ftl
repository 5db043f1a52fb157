error-no-history = لم يُسجَّل عنه شيء يجوز لك رؤيته.
history-empty = لم يُسجَّل شيء بعد. استورد جدولًا بالأمر <code dir="ltr">remit import</code> أو أدخل سجلًا.
stands-no-more = لم يعد ساريًا.
undo-entry = تراجع عن هذا الإدخال
history-lead = ما سُجِّل، كل إدخال دفعة واحدة، الأحدث أولًا. يمكن التراجع عن كل منها كاملًا؛ ولا يضيع شيء.
history-of = تاريخ { $name }
history-of-lead = كل البيانات عنه، الأحدث أولًا: من ومتى ومن أي مصدر وما الذي غيَّره.
statements-stand = { $n } بيان، القائم منها { $standing }
history-row = { $when }، { $who }: { $what }
nothing = لا شيء
says-no-more = { $act } (لا يقول شيئًا بعد)
