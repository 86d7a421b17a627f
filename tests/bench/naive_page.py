"""The same page as a careful author of an ordinary Streamlit app would write it, to be timed.

pandas held by cache_data, one mask, sums, a Plotly heatmap. It is measured, never shipped.
"""

import os

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")


@st.cache_data
def records() -> pd.DataFrame:
    return pd.read_parquet(os.environ["NAIVE_RECORDS"])


data = records()
sites = sorted(data["site"].dropna().unique())
left, middle, right = st.columns(3)
site = left.selectbox("Site", ["All sites", *sites])
sex = middle.selectbox("Sex", ["All", "female", "male"])
shown = right.segmented_control("Show", ["Share", "Number"], default="Share")

kept = data
if site != "All sites":
    kept = kept[kept["site"] == site]
if sex != "All":
    kept = kept[kept["sex"] == sex]
findings = [name for name in data.columns if name.startswith("finding_")]
causes = [name for name in data.columns if name.startswith("suspected_")]
present = pd.DataFrame({c: (kept[kept[c] == 2][findings] == 2).sum() for c in causes})
asked = pd.DataFrame({c: (kept[kept[c] == 2][findings] != 0).sum() for c in causes})
values = present / asked if shown == "Share" else present

st.header(f"{len(kept):,} of {len(data):,} records")
st.plotly_chart(
    go.Figure(
        go.Heatmap(
            z=values.to_numpy(),
            x=[name.removeprefix("suspected_") for name in causes],
            y=[name.removeprefix("finding_") for name in findings],
            colorscale="Blues",
        ),
        layout={"height": 700},
    )
)
st.dataframe(kept.head(50))
