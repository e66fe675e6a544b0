"""Every rule there is: a module of rules registers its own when it is imported."""

from printkit.preflight.codes import inks as codes_inks
from printkit.preflight.codes import print_id as codes_print_id
from printkit.preflight.codes import reading as codes_reading
from printkit.preflight.codes import strain as codes_strain
from printkit.preflight.core.registry import RULES
from printkit.preflight.gwg import binding as gwg_binding
from printkit.preflight.gwg import file as gwg_file
from printkit.preflight.gwg import image as gwg_image
from printkit.preflight.gwg import ink as gwg_ink
from printkit.preflight.gwg import paint as gwg_paint
from printkit.preflight.gwg import paint_size as gwg_paint_size
from printkit.preflight.gwg import spot as gwg_spot
from printkit.preflight.gwg import steps as gwg_steps
from printkit.preflight.product import bleed as product_bleed
from printkit.preflight.product import file as product_file
from printkit.preflight.product import ink as product_ink
from printkit.preflight.product import picture as product_picture
from printkit.preflight.product import text as product_text
from printkit.preflight.product import zones as product_zones
from printkit.preflight.x4 import colour as x4_colour
from printkit.preflight.x4 import content as x4_content
from printkit.preflight.x4 import file as x4_file
from printkit.preflight.x4 import fonts as x4_fonts
from printkit.preflight.x4 import images as x4_images
from printkit.preflight.x4 import overprint as x4_overprint
from printkit.preflight.x4 import page as x4_page
from printkit.preflight.x4 import paint as x4_paint
from printkit.preflight.x4 import screen as x4_screen

__all__ = ["MODULES", "RULES"]

MODULES = (
    codes_inks,
    codes_print_id,
    codes_reading,
    codes_strain,
    gwg_binding,
    gwg_file,
    gwg_image,
    gwg_ink,
    gwg_paint,
    gwg_paint_size,
    gwg_spot,
    gwg_steps,
    product_bleed,
    product_file,
    product_ink,
    product_picture,
    product_text,
    product_zones,
    x4_colour,
    x4_content,
    x4_file,
    x4_fonts,
    x4_images,
    x4_overprint,
    x4_page,
    x4_paint,
    x4_screen,
)
