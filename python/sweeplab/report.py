"""The report of a sweep, which shows itself in a notebook."""
import html

from .program import answer


def report(sweep=None, results="results"):
    """The page that `sweep report --format html` makes. It reveals: predictions that come after it are late."""
    named = [sweep] if sweep else []
    return Report(answer("report", *named, "--results", results, "--format", "html"))


class Report:
    """One page, whole in itself: no network, no file beside it."""

    def __init__(self, page):
        self.page = page

    def save(self, path):
        """Writes the page to a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.page)

    def _repr_html_(self):
        # A frame of its own, so that the page's style and the notebook's do not meet.
        return (f'<iframe srcdoc="{html.escape(self.page)}" style="width:100%;height:40em;border:0" '
                'sandbox="allow-scripts" title="report of a sweep"></iframe>')
