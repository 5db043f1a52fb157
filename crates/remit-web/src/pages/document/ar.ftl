proposals-wait = المقترحات المنتظرة في هذه الوثيقة: { $n }.
not-read-label = لم يُقرأ:
how-marks-look = مظهر العلامات
parts-of-document = أجزاء الوثيقة
error-no-document = لا توجد هذه الوثيقة، أو لا يجوز لك رؤيتها.
say-whose = حدِّد البعثة التي تخصها هذه الوثيقة
read-again = اقرأ من جديد
from-picture = قُرئ من صورة (OCR): قد تكون بعض الحروف خاطئة
