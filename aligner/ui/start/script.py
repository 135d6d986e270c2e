"""What Streamlit runs; it runs as `__main__`, so imports are absolute."""

from aligner.ui.frame import main

if __name__ == "__main__":  # not where a process that the pages start imports what they run
    main()
