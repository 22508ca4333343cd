def load_definition(*a, **k): raise NotImplementedError
read_markdown_form=load_definition
