region-or-not-stated = إقليم أو غير مذكور
not-stated = غير مذكور
place-not-stated = المكان غير مذكور
not-named = غير مسمّى
dollars-at-value-date = المبالغ بدولار الولايات المتحدة بتاريخ القيمة
