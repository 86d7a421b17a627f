"""The server: Streamlit's app behind the guard, compressed, warm before its first reader.

`make run` serves `app:application` by uvicorn; `streamlit run dashboard/app.py` works too.
"""

import gc
import importlib
import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

# Before pyarrow is imported: its own allocator keeps 40 MB after reading a million records.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config, file_util

from circulation import errors, incidents
from ui import compression, first_start, frame, guard, shared_data

HERE = Path(__file__).parent
HOST = os.environ.get("INTAKE_HOST", "127.0.0.1")
HOSTS = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
PRIVATE = {  # what .streamlit/config.toml says and a start from a wrong folder would lose
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
}

ROOM = 100_000_000  # bytes free on the disk of the store; a review takes less than a thousand
NEEDS: Mapping[str, Callable[[], bool]] = {
    "records": lambda: shared_data.everything() is not None,
    "reviews": lambda: shared_data.reviews().version() >= 0,
    "disk": lambda: shutil.disk_usage(shared_data.store()).free >= ROOM,
}
LOG = logging.getLogger("uvicorn.error")


def check_private() -> None:
    """Refuses to serve with Streamlit's open defaults, or beyond this computer without sign-in."""
    for name, wanted in PRIVATE.items():
        if config.get_option(name) != wanted:
            raise errors.DashboardError(
                f"Streamlit's setting {name}",
                f"must be {wanted!r}",
                "Start in the folder that holds .streamlit/config.toml, as `make run` does",
            )
    if HOST not in {"127.0.0.1", "localhost", "::1"}:
        raise errors.DashboardError(
            "INTAKE_HOST",
            "this server has no sign-in yet, so it listens on this computer only",
            "Use 127.0.0.1",
        )


def warm_up() -> None:
    """Loads every module and the records, then keeps them out of the garbage collector's way."""
    importlib.import_module("plotly.graph_objects")
    for file in sorted([*HERE.glob("circulation/**/*.py"), *HERE.glob("ui/*.py")]):
        importlib.import_module(".".join(file.relative_to(HERE).with_suffix("").parts))
    first_start.warm()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, bool]]:
    """Runs before the first connection is accepted."""
    incidents.keep_values_out_of_logs()
    check_private()
    await to_thread.run_sync(warm_up)
    yield {"ready": True}


async def health(_request: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


async def readyz(_request: Request) -> JSONResponse:
    """The records are loaded, reviews can be read and there is room to save."""
    missing = await to_thread.run_sync(_missing)
    if missing:
        return JSONResponse({"status": "not ready", "missing": missing}, status_code=503)
    return JSONResponse({"status": "ready"})


def _missing() -> list[str]:
    """What a reader could not have now, by name."""
    return [name for name, can in NEEDS.items() if not _succeeds(can)]


def _succeeds(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except Exception:  # whatever it is, the answer is "not ready" and the log says why
        LOG.exception("not ready")
        return False


def show_script_error(error: Exception) -> bool:
    """Shows a refusal as it stands and any other exception as a reference code only."""
    frame.show_error(error)
    return True


ROUTES = [Route("/health", health), Route("/readyz", readyz)]
MIDDLEWARE = [
    Middleware(
        guard.Guard,
        hosts=HOSTS,
        local_only=True,
        policy=guard.content_policy(Path(file_util.get_static_dir()) / "index.html"),
    ),
    Middleware(compression.Compression),
]
application = st.App(
    HERE / "navigation.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=show_script_error,
)
