"""The page reference."""

import streamlit as st

st.header("Reference", anchor=False)
