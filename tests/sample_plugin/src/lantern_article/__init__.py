"""An annotated op-ed for oped-dataset."""

from importlib.resources import files


def lantern_fund() -> bytes:
    """The article's file, read when it is first asked for."""
    return files(__name__).joinpath("lantern-fund.json").read_bytes()
