"""Long lists page by page: `turned` gives the page that the address asks for, and the links around it."""

from schools.paging.turning import PageLinks, address, turned

__all__ = ["PageLinks", "address", "turned"]
