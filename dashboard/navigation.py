"""Who sees which pages, and the one place that shows a refusal."""

import streamlit as st

st.set_page_config(page_title="Leg circulation intake", layout="wide")
st.write("hello")
