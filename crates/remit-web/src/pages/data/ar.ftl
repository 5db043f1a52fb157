data-lead = كل مجموعات البيانات التي تقوم عليها هذه الصفحات. الاستيراد الأحدث يحل محل الأقدم الذي يبقى لمن يسأل عمّا كان معلومًا حينها.
superseded = مستبدَل
data-empty = لم يُستورد شيء بعد. <a href="/sheets">استورد الملفات</a> هنا، أو بالأمر <code dir="ltr">remit import WORKSPACE FILE…</code>
data-source = المصدر
data-licence = الترخيص
data-named = النسبة
data-of = بتاريخ
data-imported = الاستيراد
data-holds = يحتوي
data-holds-text = السجلات: { $records }، الأجزاء: { $parts }، الملفات: { $files } وحجمها بالبايت { $bytes }
data-hash = SHA-256
