"""The app, for `streamlit run app.py`; everything is in aligner.ui."""

from aligner.ui.frame import main

if __name__ == "__main__":  # not where a process that the pages start imports what they run
    main()
