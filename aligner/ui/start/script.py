"""What Streamlit runs; it runs as `__main__`, so imports are absolute."""

from aligner.ui.frame import main

main()
