kinds = الأنواع
enter-new = أضف سجلًا: { $kind }
sheet-to-fill = نموذج فارغ
all-as-sheet = كل السجلات في جدول
none-on-record-stop = لا شيء مسجَّل.
register-of = السجل العام: { $kind }
other-kinds = أنواع أخرى من السجلات
filter = تصفية
clear-filter = مسح التصفية
with-words = كلمات في السجل
records-n = { $n ->
     [one] سجل واحد
     [two] سجلان
     [few] { $n } سجلات
     [many] { $n } سجلًّا
    *[other] { $n } سجل
  }
records-part = السجلات من { $first } إلى { $last } من { $n }
previous-page = الصفحة السابقة
next-page = الصفحة التالية
pages-of-list = الصفحات
link-to-list = رابط هذه القائمة
choose-columns = الأعمدة
column-earlier = قدّم
column-later = أخّر
column-hide = أخفِ
column-show = أظهر
with-the-chosen = غيّر السجلات المختارة
choose-all = اختر كل ما في هذه الصفحة
change-values = القيم
grade = التقييم
reliability = موثوقية المصدر
credibility = مصداقية المعلومة
set-grade = قيّم
set-marking = صنّف
withdraw-chosen = اسحب
