"""What the administration shows of every row with a state."""

from schools.admin import ReadOnlyAdmin


class StatefulAdmin(ReadOnlyAdmin):
    """Rows whose state changes by steps alone."""

    list_filter = ("state", "county")
    list_select_related = ("school",)
