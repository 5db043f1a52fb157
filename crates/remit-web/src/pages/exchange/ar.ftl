exchange = المشاركة والتسليم
exchange-lead = للمشاركة مع الزملاء والمكاتب الأخرى: ملف واحد موقّع ينتقل من أحدهم إلى الآخر. يُفحص ما يصل أولًا ويُعرض قبل تسجيل أي شيء، ويمكن التراجع عنه.
exchange-take-in = استلام ملف
exchange-file = ملف من مكتب آخر (‎.remit)
exchange-passphrase-of = عبارة السر إن وُجدت
exchange-look = افحصه
exchange-choose = اختر ملفًا أنشأه `remit pack` أو `remit bundle` أو هذه الصفحة (‎.remit).
exchange-not-opened = لم يُفتح «{ $file }» ولم يؤخذ منه شيء.
exchange-make = إنشاء ملف
exchange-what = ما يحتويه
exchange-bundle = الجديد لمكتب منذ آخر ملف له
exchange-part = جزء: ما هو قائم اليوم حتى تصنيف معيّن
exchange-whole = مساحة العمل كلها مع تاريخها وكل التصنيفات
exchange-office = لأي مكتب
exchange-kinds = بعض أنواع السجلات فقط
exchange-who-opens = من يستطيع فتحه
exchange-lock-note = إما عبارة سر تبلّغها بطريق آخر، وإما مفاتيح من سيقرؤه. ولا يجوز الإرسال بدونهما إلا لما هو جديد لمكتب.
exchange-passphrase = عبارة السر
exchange-again = العبارة نفسها مرة أخرى
exchange-keys = المفاتيح، واحد في كل سطر (age1…‎)
exchange-make-it = أنشئ الملف
exchange-own-keys = مفتاحا مساحة العمل هذه
exchange-keys-note = ليس أي منهما سرًّا. بلّغهما للمكاتب الأخرى بطريق غير الملفات.
exchange-signs = توقّع بـ
exchange-opens = تفتح بـ
exchange-so-far = حتى الآن
exchange-sent = أُرسل إلى { $office }، { $moment }، حتى تصنيف { $marking }
exchange-received = استُلم من { $from }، { $moment }، موقّعًا بـ { $key }
exchange-needs-office = اذكر لأي مكتب هو: فالجديد يُحسب منذ آخر ملف له.
exchange-needs-lock = اذكر من يستطيع فتحه: أعطِ عبارة سر أو مفاتيح من سيقرؤه.
exchange-one-lock = يُفتح الملف إما بعبارة سر وإما بمفاتيح: اترك أحدهما فارغًا.
exchange-not-same = عبارتا السر مختلفتان.
exchange-short = عبارة السر قصيرة: { $least } حرفًا على الأقل، والأفضل أربع كلمات أو خمس.
exchange-no-key = «{ $key }» ليس مفتاحًا؛ يبدأ المفتاح بـ age1.
exchange-nothing-new = لا شيء للإرسال: لا جديد، أو لا شيء ينتمي إلى هذا الجزء.
exchange-made = الملف جاهز
exchange-made-n = { $statements ->
    [zero] لا بيانات فيه
    [one] فيه بيان واحد
    [two] فيه بيانان
    [few] فيه { $statements } بيانات
    [many] فيه { $statements } بيانًا
   *[other] فيه { $statements } بيان
}{ $imports ->
    [0] .
    [one] ، واستيراد واحد.
   *[other] ، وعمليات استيراد عددها { $imports }.
}
exchange-left-out = تُرك لأن تصنيفه أعلى: بيانات عددها { $left }، وقيم مفردة من { $redacted } غيرها. ولا يذكر الملف ذلك.
exchange-not-locked = الملف غير مشفّر: من يملكه يستطيع قراءته.
exchange-save = احفظ الملف
exchange-note = المذكرة المرفقة التي يستطيع أي شخص قراءتها
exchange-large = الملف أكبر من أن يمر عبر المتصفح؛ أنشئه بالأمر `remit pack`.
exchange-gone = لم يعد هذا الملف محفوظًا. أنشئه أو أرسله مرة أخرى.
exchange-wrong = تعذّر ذلك؛ ولم يتغير شيء.
exchange-opened = ما يأتي به «{ $name }»
exchange-holds = التوقيع والمحتوى كله سليمان. لم يُسجَّل شيء بعد.
exchange-made-by = أنشأه
exchange-made-on = أُنشئ في
exchange-signed-with = موقّع بـ
exchange-unknown-key = لم يأت شيء من «{ $name }» من قبل. اسألهم بطريق آخر هل المفتاح أعلاه لهم.
exchange-nothing-comes = لا جديد فيه هنا.
exchange-comes = ما يأتي
exchange-line = { $of }: { $what } ({ $author }، { $day })
exchange-more = … و{ $n } غيرها
exchange-conflicts = { $n ->
    [one] أحدها يتعارض مع شيء آخر
   *[other] { $n } منها تتعارض مع شيء آخر
}
exchange-conflicts-note = يبقى كلاهما متعارضين إلى أن يقول أحد أيهما الصحيح.
exchange-replaced = { $n ->
    [one] أحدها يحل محل ما قيل هنا
   *[other] { $n } منها تحل محل ما قيل هنا
}
exchange-replaced-note = أولًا ما قيل هنا، ثم ما يحل محله، ممن يذكره { $name }. إن لم تعرفوا به فاسألوهم أولًا.
exchange-refused = لم يؤخذ
exchange-not-known = لا يوجد «{ $name }» في نموذج مساحة العمل هذه.
exchange-left-there = تُرك هناك لأنك لا تستطيع رؤيته: بيانات عددها { $left }، وقيم مفردة من { $redacted } غيرها.
exchange-take-it = استلمه
exchange-undo-note = يمكنك التراجع.
exchange-taken = تم الاستلام
exchange-taken-n = { $statements ->
    [zero] لم يُسجَّل شيء من «{ $name }».
    [one] سُجّل بيان واحد من «{ $name }».
    [two] سُجّل بيانان من «{ $name }».
    [few] سُجّلت { $statements } بيانات من «{ $name }».
    [many] سُجّل { $statements } بيانًا من «{ $name }».
   *[other] سُجّل { $statements } بيان من «{ $name }».
}
exchange-not-all = لا تُرسل مساحة العمل كاملة إلا من حيث يجوز رؤيتها كلها. أرسل جزءًا منها.
exchange-carried-out = { $n ->
    [one] ستُحجب نهائيًا قيم في بيان واحد هنا، كما أُمر به هناك.
    [two] ستُحجب نهائيًا قيم في بيانين هنا، كما أُمر به هناك.
    [few] ستُحجب نهائيًا قيم في { $n } بيانات هنا، كما أُمر به هناك.
    [many] ستُحجب نهائيًا قيم في { $n } بيانًا هنا، كما أُمر به هناك.
   *[other] ستُحجب نهائيًا قيم في { $n } بيان هنا، كما أُمر به هناك.
 } ولا يمكن التراجع عن ذلك.
exchange-held-back = حُجبت لأن أعدادًا فيها تخص أشخاصًا قليلين أو تكشف عددًا كهذا: { $n ->
    [one] بيان واحد.
    [two] بيانان.
    [few] { $n } بيانات.
    [many] { $n } بيانًا.
   *[other] { $n } بيان.
  }
exchange-erased = { $n ->
    [one] يذكر بيان واحد ما مُحي هنا، ويصل من دونه.
    [two] يذكر بيانان ما مُحي هنا، ويصلان من دونه.
    [few] تذكر { $n } بيانات ما مُحي هنا، وتصل من دونه.
    [many] يذكر { $n } بيانًا ما مُحي هنا، وتصل من دونه.
   *[other] يذكر { $n } بيان ما مُحي هنا، وتصل من دونه.
}
exchange-imports-erased = مُحي هناك، ويُمحى إذًا هنا أيضًا مع ما قُرئ منه: { $documents }. ولا يمكن التراجع عن ذلك.
exchange-made-one = دُمج ما يلي مع سجل ممحوّ: { $records }. لا يُحفظ ما قيل عن ذلك السجل. إن كانا واحدًا فامحُ هذه أيضًا.
exchange-became-one = دُمج ما يلي هنا أو هناك: { $records }. بعد أخذ هذا يُقال عن الثاني ما قيل عن الأول.
exchange-one-with = { $gone } مع { $kept }
exchange-not-in-it = ليس فيها
exchange-activities-behind = أنشطة منشورة من ملفات مستوردة، وما قيل عن نطاق مصادر لا تسمي مجموعة بيانات ولا مستندًا: { $n }
exchange-files-behind = الملفات المستوردة من { $names }، وما قيل عن نطاق مصادر لا تسمي مجموعة بيانات ولا مستندًا؛ استوردوها هنا أيضًا
