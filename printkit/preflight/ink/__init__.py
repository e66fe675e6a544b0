"""How much ink stands where: pictures of a page's plates, and what its colours alone tell."""
