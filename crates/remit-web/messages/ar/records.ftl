kinds = الأنواع
enter-new = أدخل جديدًا: { $kind }
bring-sheet = استيراد جدول
sheet-to-fill = جدول للتعبئة
all-as-sheet = كلها في جدول
