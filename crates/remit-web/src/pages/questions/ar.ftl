questions-lead = كل جواب يمكن ربطه وطباعته وتنزيله، ويبيِّن كيف يحسب.
questions-note = السؤال ملف: أضف أسئلتك إلى المجلد <code dir="ltr">questions</code> في مساحة العمل. والأمر <code dir="ltr">remit sql WORKSPACE --views</code> يسرد ما يمكن سؤاله.
questions-other = أسئلة أخرى
questions-groups = مجموعات الأسئلة
