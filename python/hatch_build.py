"""Puts the program into the wheel, where the environment's SWEEP_BINARY names it; without it the package alone."""
import os
import sysconfig
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarriedProgram(BuildHookInterface):
    def initialize(self, version, build_data):
        binary = os.environ.get("SWEEP_BINARY")
        if not binary:
            return
        # It is no module of Python: any version of it will do, on this kind of machine.
        platform = os.environ.get("SWEEP_PLATFORM") or sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        build_data["shared_scripts"][binary] = "sweep"
        root = Path(self.root).parent
        for name in ("LICENSE", "NOTICE"):
            build_data["force_include"][str(root / name)] = f"sweeplab/{name}"
