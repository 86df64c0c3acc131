"""Property tests: the same examples every time, and no verdict by the clock."""

import os

from hypothesis import settings

# Set before anything loads onnxruntime: no test may look up a telemetry host.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
