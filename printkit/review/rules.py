"""All rules of design, by id."""

# Each module registers its own where it is loaded.
from printkit.review import code_rules as code_rules
from printkit.review import colour_rules as colour_rules
from printkit.review import far_rules as far_rules
from printkit.review import grid_rules as grid_rules
from printkit.review import people_rules as people_rules
from printkit.review import series_rules as series_rules
from printkit.review import shape_rules as shape_rules
from printkit.review import type_rules as type_rules
from printkit.review import zone_rules as zone_rules
from printkit.review.registry import RULES as RULES
