error-no-story = There is no page “{ $name }” made of questions in this workspace.
