<<<<<<< HEAD
"""Everything Qt. Nothing outside this package imports PySide6."""
=======
"""Everything that needs Qt, and nothing else."""

from learnpath.gui.interpreter import protect_none

protect_none()
>>>>>>> kit
