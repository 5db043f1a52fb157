no-duplicates = لا سجلان يبدوان مكررين.
duplicates-shown = الأزواج: { $shown } من { $all }. يُسجَّل ما تقرره إدخالًا واحدًا يمكن التراجع عنه.
decide-later = القرار لاحقًا
merge-keep = دمج مع إبقاء «{ $name }»
not-the-same = سجلان مختلفان
record-decisions = تسجيل القرارات
