kinds = الأنواع
enter-new = أدخل جديدًا: { $kind }
sheet-to-fill = نموذج فارغ
all-as-sheet = كلها في جدول
none-on-record-stop = لا شيء مسجَّل.
register-of = السجل: { $kind }
