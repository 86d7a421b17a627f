"""The page distribution."""

import streamlit as st

st.header("Distribution", anchor=False)
