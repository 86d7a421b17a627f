"""The page trends."""

import streamlit as st

st.header("Trends", anchor=False)
