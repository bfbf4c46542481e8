"""`python -m toolkit` is the same as `toolkit`: for machines where scripts are not on the path."""

from toolkit.cli import main

main()
