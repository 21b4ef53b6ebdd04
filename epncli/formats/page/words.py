"""The words of the web page, in English, by their names in the template, the style sheet and the script."""

from __future__ import annotations

from typing import Final

from epncli.i18n import N_

FOR_TEMPLATE: Final = {
    "search": N_("Search for a place"),
    "hint": N_("A name, a street, a postcode or a phone number"),
    "filters": N_("Filters"),
    "form": N_("Search and filters"),
    "commune": N_("Commune"),
    "arrondissement": N_("Arrondissement"),
    "label": N_("Label"),
    "service": N_("Service"),
    "now": N_("Open now"),
    "near": N_("Near me"),
    "clear_all": N_("Clear all"),
    "sort": N_("Sort by"),
    "as_listed": N_("Order of the list"),
    "plan": N_("Map"),
    "outlines": N_("Outlines: {source}"),
    "bold": N_("Bold: places with a label"),
    "more": N_("Show more"),
    "date": N_("List of {date}"),
    "contact": N_("Something wrong or missing? Tell us: {contact}"),
    "sources": N_("Source: {sources}"),
}

EVERY: Final = {
    "commune": N_("All communes"),
    "arrondissement": N_("All arrondissements"),
    "label": N_("All labels"),
    "service": N_("All services"),
}
"""The first choice of each filter, which leaves every place in the list."""

FOR_CSS: Final = {
    "call": N_("Call"),
    "map": N_("map"),
    "confirmed": N_("Confirmed in"),
}

FOR_SCRIPT: Final = {
    "all_one": N_("{total} place"),
    "all_other": N_("{total} places"),
    "some_one": N_("{shown} place out of {total}"),
    "some_other": N_("{shown} places out of {total}"),
    "none": N_("No place matches. Try fewer words or another filter."),
    "hidden": N_("closed places that match: {count}"),
    "services_one": N_("{count} service"),
    "services_other": N_("{count} services"),
    "open": N_("Now open"),
    "shut": N_("Now closed"),
    "today": N_("today: {hours}"),
    "not_today": N_("Closed today"),
    "holiday": N_("Closed today, a public holiday"),
    "sorted": N_("sorted by: {column}"),
    "sorted_down": N_("sorted by: {column}, in reverse order"),
    "nearest": N_("the nearest first"),
    "asking": N_(
        "Your browser asks whether the page may know where you are. Your position stays on this device."
    ),
    "nowhere": N_("Your browser did not say where you are."),
    "distance": N_("{distance} km away"),
    "until": N_("closed until {date}"),
    "for_a_time": N_("closed for a time"),
    "reason": N_("{closed}: {reason}"),
}
