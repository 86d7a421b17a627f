"""The page data."""

import streamlit as st

st.header("Data", anchor=False)
