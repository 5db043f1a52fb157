redact = حجب قيم نهائيًا
redact-older = حجب ما قيل من قبل نهائيًا
redact-of = حجب قيم من { $name } نهائيًا
redact-lead = اختر ما يُحذف نهائيًا. ويبقى أن شيئًا قيل، ومن أمر بحجبه، ولماذا. ولا يمكن التراجع عن ذلك.
redact-copies = النسخ والنسخ الاحتياطية والملفات المصدَّرة والمستوردة التي أُنشئت من قبل ما زالت تحتوي عليه. دوّن أماكنها، واحذفه منها أيضًا.
redact-statement = { $when }، { $who }، { $marking }. { $stands }
redact-stands = سارٍ.
redact-ordered-by = من أمر به
redact-reason = السبب
redact-reason-help = لا تسمِّ أحدًا هنا: فكل من يجوز له رؤية البيان يستطيع قراءته.
redact-none-chosen = اختر قيمة واحدة على الأقل.
redact-needs-order = اذكر من أمر به، ولماذا.
redacted-done = { $n ->
    [one] حُجبت قيمة واحدة.
    [two] حُجبت قيمتان.
    [few] حُجبت { $n } قيم.
    [many] حُجبت { $n } قيمة.
   *[other] حُجبت { $n } قيمة.
  }
redacted-named-in = ما زالت الكلمات نفسها واردة في: { $records }. راجعها.
redacted-in-log = أحدهم فتح مساحة العمل. تبقى القيم القديمة في سجلها الداخلي إلى أن تتوقف كل الخوادم.
redacted-line = { $field }: حُجب في { $when } بأمر من { $who } ({ $why })
redacted-before = { $field }: حجبه إصدار أقدم، ودُوِّن في { $when }
redacted-value = محجوب
