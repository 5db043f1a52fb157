publish-title = انشر موقعًا
publish-lead = أنشئ صفحات تُقرأ من دون Remit: تُفتح من مجلد أو ذاكرة محمولة أو أي خادم ويب، بكل لغة، مع بياناتها ورسومها. وما لا تختاره هنا لا يخرج.
publish-make = انشر
publish-done = { $pages ->
     [one] صفحة واحدة في { $folder }.
     [two] صفحتان في { $folder }.
     [few] { $pages } صفحات في { $folder }.
     [many] { $pages } صفحة في { $folder }.
    *[other] { $pages } صفحة في { $folder }.
  }
publish-open = لقراءته افتح هذا الملف. ولتسليمه انسخ المجلد كله.
publish-wrong = لم يُنشر الموقع: { $why }
publish-under-way = يُنشر موقع الآن. انتظر حتى ينتهي ثم حاول من جديد.
publish-persons = ليس للأشخاص صفحات خاصة بهم، لكن من يسمّيه بيان بهذه الدرجة يُذكر حيث يُعرض. والنشر من جديد لا يكتب إلا ما تغيّر.
publish-command = في سطر الأوامر، في مجلد تختاره:
