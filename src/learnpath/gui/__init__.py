"""Everything that needs Qt, and nothing else."""

from learnpath.gui.interpreter import protect_singletons

protect_singletons()
