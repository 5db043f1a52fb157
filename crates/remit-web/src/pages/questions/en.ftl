questions-lead = Each answer can be linked, printed and downloaded, and says how it counts.
questions-note = A question is a file: add yours to the folder <code>questions</code> of the workspace. <code>remit sql WORKSPACE --views</code> lists what can be asked of.
questions-other = Other questions
questions-groups = Groups of questions
