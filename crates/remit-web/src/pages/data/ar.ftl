data-lead = كل مجموعات البيانات التي تقوم عليها هذه الصفحات. الاستيراد الأحدث يحل محل الأقدم الذي يبقى لمن يسأل عمّا كان معلومًا حينها.
superseded = مستبدَل
data-empty = لم يُستورد شيء بعد. الأمر <code dir="ltr">remit import WORKSPACE FILE…</code> يستورد الملفات.
data-source = المصدر
data-licence = الترخيص
data-named = النسبة
data-of = بتاريخ
data-imported = الاستيراد
data-holds = يحتوي
data-holds-text = { $records } سجل، { $parts } جزء، في { $files } ملف حجمها { $bytes } بايت
data-hash = SHA-256
