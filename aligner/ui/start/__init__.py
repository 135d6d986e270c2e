"""The script that Streamlit runs; it stands away from `pages`, which Streamlit would take for its own."""
