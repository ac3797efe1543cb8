"""Find, check and keep the published versions of a bill."""

from legannot.fetch.update import update_bill, update_bills
from legannot.fetch.values import Failed, Listing, Update

__all__ = ["Failed", "Listing", "Update", "update_bill", "update_bills"]
