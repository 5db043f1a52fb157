usd = { $n } دولار
world-title = دعم إصلاح قطاع الأمن حسب البلد
where-support-goes = إلى أين يذهب الدعم
borders-note = عدم وجود سجل لا يعني عدم وجود دعم. الحدود هي خطوط الأمر الواقع لدى Natural Earth (إسقاط Equal Earth)؛ ولا تنطوي هي ولا الأسماء على إقرار أو قبول.
most-activities = الأكثر أنشطة
what-is-supported = ما الذي يُدعم
countries = البلدان
reporting-organisations = منظمات مبلِّغة
with-an-activity = فيها نشاط واحد على الأقل
usd-at-value-date = دولار الولايات المتحدة بتاريخ القيمة
and-spent = والمنفق
no-support-yet = لم يُسجَّل بعد أي دعم لقطاع أمن.
world-lead = الأنشطة المسجَّلة في قطاع الأمن: { $n }، في { $c ->
         [one] بلد واحد
         [two] بلدين
         [few] { $c } بلدان
         [many] { $c } بلدًا
        *[other] { $c } بلد
    }.
world-lead-most = الأنشطة المسجَّلة في قطاع الأمن: { $n }، في { $c ->
         [one] بلد واحد
         [two] بلدين
         [few] { $c } بلدان
         [many] { $c } بلدًا
        *[other] { $c } بلد
    }؛ وأكثرها في { $leader } ({ $most }).
t-countries = البلدان الأكثر أنشطة
active-and-other = الجارية وغيرها
