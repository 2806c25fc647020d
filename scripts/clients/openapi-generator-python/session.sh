{
  generate -g python -o turnwise
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check ./turnwise
} >&2
.venv/bin/python session.py "$@"
