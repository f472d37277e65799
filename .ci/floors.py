"""Print the lowest versions that a pyproject.toml allows of what the tests need, as constraints for pip."""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
wanted, requirements = ["test"], list(project["dependencies"])
for extra in wanted:
    for requirement in extras[extra]:
        nested = re.fullmatch(r"shellflow\[(.+)\]", requirement)
        if nested:
            wanted += nested[1].split(",")
        else:
            requirements.append(requirement)
for requirement in requirements:
    floor = re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?>=([0-9.]+)", requirement)
    if floor is None:
        sys.exit(f"{requirement}: must be a name and a floor, such as numpy>=2.0")
    print(f"{floor[1]}=={floor[2]}")
