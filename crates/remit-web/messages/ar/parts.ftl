# Tables, bars and pictures.
more-rows = { $n } صفوف أخرى في ملفات التنزيل أسفل الصفحة.
how-counted = كيف يُحسب هذا
nothing-on-record = لا شيء مسجَّل.
figures-behind = الأرقام وراء «{ $title }»
