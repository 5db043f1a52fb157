nav-reports = التقارير
reports-lead = مستند Word يبيّن مصدر كل رقم ويومه وتصنيفه. ولا شيء فيه فوق التصنيف الذي تختاره.
report-which = التقرير
report-mission = البعثة (المختصر أو الاسم)
report-since = بداية الفترة
report-language = لغة التقرير
report-make = أنشئ التقرير
report-own = القالب مستند Word فيه مواضع بين أقواس. والأمر <code dir="ltr">remit templates WORKSPACE brief -o mine.docx</code> يعطيك واحدًا؛ غيّره في Word وضعه في المجلد <code dir="ltr">templates</code> في مساحة العمل.
error-no-template = لا يوجد تقرير «{ $name }». الموجود: { $known }.
error-template = لا يمكن استعمال هذا القالب.
report-pdf = بصيغة PDF
error-no-pdf = ملف PDF ينشئه البرنامج remit-pdf، وهو غير موجود على هذا الجهاز. أنشئ مستند Word واحفظه بصيغة PDF.
