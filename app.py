"""The app, for `streamlit run app.py`; everything is in aligner.ui."""

from aligner.ui.frame import main

main()
