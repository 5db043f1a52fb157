proposals-wait = { $n } مقترحات تنتظر في هذه الوثيقة.
not-read-label = لم يُقرأ:
how-marks-look = مظهر العلامات
parts-of-document = أجزاء الوثيقة
error-no-document = لا توجد هذه الوثيقة، أو لا يجوز لك رؤيتها.
