import shlex, pytest
CMDS = __import__('pathlib').Path('/tmp/w/cmds').read_text().strip().split('\n')
def test_all(registry, invoke):
    with open('/tmp/w/out','w') as f:
        for c in CMDS:
            before = registry.read_text()
            r = invoke(*shlex.split(c))
            f.write(f"$ {c}\n{r.out}--err--\n{r.err}-> {r.code} {'same' if registry.read_text()==before else 'CHANGED'}\n\n")
            if not c.startswith('keep'): registry.write_text(before)
