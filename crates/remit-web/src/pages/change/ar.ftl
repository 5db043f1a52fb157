error-none-chosen = اختر سجلًا واحدًا على الأقل.
error-nothing-changes = لم يتغير شيء: أدخل ما ينبغي أن يتغير.
error-needs-source = أدخل مصدر التغيير.
error-lowers = هذا يخفض تصنيفًا كان { $was }. اذكر السبب.
error-imported = «{ $record }» من استيراد وليس له بيان يُغيَّر. صحّحه في ملفه أو أضف إليه معلومات.
error-withheld = سيتغير حقل لا يجوز لك رؤيته.
error-verified-is-changed = تغيّرت قيمة هنا، فلا يمكن تأكيد أنها لم تتغير. احفظها أو أعدها كما كانت.
