"""A cmi5 platform that refuses what the specification refuses, by the number of the requirement. Kept in memory.

The numbers are those of ADL's list of requirements (CATAPULT): the section of the specification, and a running number.
"""

from lokaltmot_lms.serve.cmi5.http import Cmi5Server
from lokaltmot_lms.serve.cmi5.platform import Cmi5Platform
from lokaltmot_lms.serve.cmi5.rules import RefusedError
from lokaltmot_lms.serve.cmi5.units import Unit, read_units

__all__ = ["Cmi5Platform", "Cmi5Server", "RefusedError", "Unit", "read_units"]
