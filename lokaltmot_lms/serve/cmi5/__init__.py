"""A strict cmi5 platform that refuses every breach of the specification and gives the number of the requirement.

The numbers are those of ADL's list of requirements (CATAPULT): section of the specification and a running number. All
data is in memory.
"""

from lokaltmot_lms.serve.cmi5.http import Cmi5Server
from lokaltmot_lms.serve.cmi5.platform import Cmi5Platform
from lokaltmot_lms.serve.cmi5.rules import RefusedError
from lokaltmot_lms.serve.cmi5.units import Unit, read_units

__all__ = ["Cmi5Platform", "Cmi5Server", "RefusedError", "Unit", "read_units"]
