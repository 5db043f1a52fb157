home-title = { $country }، { $day }
my-countries = بلداني
changed-since = التغييرات منذ
keep-country = اعرض هذا البلد في الصفحة الرئيسية
remove-country = أزل هذا البلد من الصفحة الرئيسية
first-run = ابدأ من هنا
first-demo = شاهد العرض التجريبي: الأمر <code dir="ltr">remit demo</code> يبنيه ويفتحه.
first-country = أضف أول مؤسسة
first-sheet = استورد جدولًا يحتفظ به مكتبك
first-document = أرسل ولاية أو تقريرًا ليُقرأ
first-import = استورد بيانات المعونة: <code dir="ltr">remit import WORKSPACE FILE…</code> يقبل ملفات IATI والجداول مع مطابقتها.
welcome-seen = رأيته: لا تُظهر هذا مرة أخرى
add-institution = أضف مؤسسة
all-about = كل ما يخص: { $country }
nothing-of = لا شيء مسجَّل في:
