parameters = معايير السؤال
below = { $n } أدناه
same-as-table = الشيء نفسه كجدول
nothing-here-yet = لا شيء مسجَّل هنا بعد.
stands-out = ما يلفت النظر
same-with-sources = الشيء نفسه كجدول مع المصادر
rows = { $n ->
         [one] صف واحد
         [two] صفان
         [few] { $n } صفوف
         [many] { $n } صفًّا
        *[other] { $n } صف
    }
sum-committed = { $n } دولار ملتزم به
sum-disbursed = { $n } دولار مصروف
sum-counted = { $n } دولار محسوب
sum-parts = ({ $commitments } التزامات و{ $disbursements } مصروفات ونفقات)
decide-here = اتخاذ القرار
without-sign = لا علامة مسجَّلة:
compare-with = قارن مع
no-comparison = بلا مقارنة
asked-of-nothing = { $n ->
     [one] لم يُسأل عن شيء بعد. املأ: { $what }.
    *[other] لم يُسأل عن شيء بعد. املأ واحدًا مما يأتي: { $what }.
  }
how-to-begin = كيف تبدأ
in-a-line = كم سطرًا يقول ماذا
looked-at = ما نُظر فيه ضمن ما يمكنك رؤيته: { $names }.
