"""The product's server, guard and error handling around a page that always fails."""

from pathlib import Path

import streamlit as st

import app

application = st.App(
    Path(__file__).parent / "faulty_page.py",
    lifespan=app.lifespan,
    routes=app.ROUTES,
    middleware=app.MIDDLEWARE,
    on_script_error=app.show_script_error,
)
