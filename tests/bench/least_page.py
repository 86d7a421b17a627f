"""The least page that Streamlit can draw with the same two filters: no figure is counted.

What a click takes here, no page in Streamlit can do without. It is measured, never shipped.
"""

import os

import pandas as pd
import streamlit as st

st.set_page_config(layout="wide")


@st.cache_data
def sites() -> list[str]:
    return sorted(
        pd.read_parquet(os.environ["NAIVE_RECORDS"], columns=["site"])["site"].dropna().unique()
    )


left, right = st.columns(2)
site = left.selectbox("Site", ["All sites", *sites()])
shown = right.segmented_control("Show", ["Share", "Number"], default="Share")
st.html(f'<p id="picked">{site}, {shown}</p>')
