{
  node "$ROOT/scripts/build-python.js" .
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check ./*.whl
} >&2
.venv/bin/python session.py "$@"
