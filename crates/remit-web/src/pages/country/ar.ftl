who-supports-whom = من يدعم من: المصفوفة
needs-attention = ما يستدعي الانتباه
why-shown = لماذا يظهر هذا
no-notes = لم تُعثر على ثغرات أو انقطاعات أو تداخلات أو قيادة مزدوجة أو غياب رقابة.
all-activities = كل الأنشطة
missions-institutions = البعثات والمؤسسات
with-active-activity = منها { $n } لها نشاط جارٍ
how-it-is-made = كيف حُسب
t-activities-last = الأنشطة، ما ينتهي آخرًا أولًا
t-missions-institutions = البعثات والمؤسسات المسجَّلة
t-known-by-class = ما هو معروف حسب فئة الجهة
country-none = لا دعم مسجَّل لقطاع الأمن في هذا البلد. وهذا غير انعدام الدعم.
country-lead = الأنشطة المسجَّلة: { $n }، والجهات الداعمة: { $s }؛ الجارية من الأنشطة في هذا اليوم: { $active }.
note-gap = ثغرة.
note-gap-text = لا دعم جارٍ معروف لـ: { $names }.
note-cliff = انقطاع.
note-cliff-text = خطوط الدعم التي تنتهي خلال ستة أشهر ولا يتبعها شيء مسجَّل: { $n }.
note-overlap = تداخل.
note-overlap-text = تعمل جهتان داعمتان أو أكثر على الشيء نفسه في عدد من الفئات والوظائف: { $n }.
note-two-lead = مؤسستان تقودان.
note-two-lead-text = أكثر من مؤسسة تقود: { $names }.
note-oversight = رقابة.
note-oversight-text = لا تُعرف سلطة رقابة تُمارَس على: { $names }.
note-reach = إلى متى.
note-reach-text = آخر ما ذكره مصدر أو جرى التحقق منه: { $day }. وما حدث بعده غير معروف هنا.
note-stale = متقادم.
note-stale-text = بيانات لم ينظر فيها أحد منذ سنة: { $n }.
note-classless = دون فئة.
note-classless-text = مؤسسات لا فئة لها ولا ترد في أي جدول أو مصفوفة حسب الفئة: { $n }.
places-in = الأماكن في { $country }
places-unit = أنشطة قطاع الأمن التي تذكر المكان
places-source = المواقع كما نُشرت؛ المناطق: Natural Earth، خطوط الأمر الواقع، دون إقرار
places-note = أنشطة لها مكان على هذه الخريطة: { $n } من { $all }.
place = المكان
where-in-country = أين
note-unknown = غير معروف.
note-unknown-text = لا مصدر في الملف يبيّن هل يدعم أحد: { $names }.
country-told-otherwise = لا نشاط معونة لقطاع الأمن مسجَّل، بل { $n ->
        [one] دليل آخر على الدعم
        [two] دليلان آخران على الدعم
        [few] { $n } أدلة أخرى على الدعم
        *[other] { $n } دليلًا آخر على الدعم
    }: تصريح أو تكليف أو تقرير. وهو في المصفوفة.
make-a-brief = إعداد موجز من صفحتين
who-is-there = من الموجود
all-that-runs = كل ما هو جارٍ
aid-activities = أنشطة المعونة
t-running = ما هو جارٍ في هذا اليوم وما هو مخطَّط وما انتهى حديثًا
country-runs = الجاري في هذا اليوم: { $what }.
country-runs-nothing = لا يُعرف أن شيئًا جارٍ في هذا اليوم.
country-past-end = مضت آخر نهاية مسجلة له أو لم يذكره مصدر منذ سنة، فلا يُعرف أمستمر هو: { $n }.
runs-missions = بعثات ({ $n })
runs-projects = مشاريع ({ $n })
runs-trainings = دورات تدريب ({ $n })
runs-activities = أنشطة معونة ({ $n })
