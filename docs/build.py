"""Makes the site of the documentation: build.py SWEEP FOLDER. Warnings are errors.

The pages are the Markdown files of the repository as they are, and those of this folder; the reference is made from what
the program says of itself. The site lies in FOLDER/site and needs no network, neither here nor where it is read.
"""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import man  # noqa: E402

# The title in the menu, and the page; one that is not there yet is left out.
GUIDES = [("Teach a class", "CLASS.md"), ("Run an ablation", "ablation.md"), ("Programs of your own", "PROGRAMS.md"),
          ("On a cluster", "CLUSTER.md"), ("Your own photographs", "PHOTOGRAPHS.md"), ("From Python", "PYTHON.md"),
          ("Questions in SQL", "SQL.md"), ("What may be concluded", "STATISTICS.md"), ("The trainer", "TRAINER.md"),
          ("Bodies for photographs", "bodies/README.md")]
REFERENCE = [("Keys of a spec", "SPEC.md"), ("Settings", "settings.md"), ("Commands", "commands.md"),
             ("Exit codes", "exit-codes.md"), ("Refusals", "refusals.md"),
             ("JSON formats", "formats.md")]
PROJECT = [("The map", "ARCHITECTURE.md"), ("Contributing", "CONTRIBUTING.md"), ("Security", "SECURITY.md"),
           ("Changelog", "CHANGELOG.md")]


def cell(text):
    """A text in a row of a Markdown table."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def settings(program):
    answer = subprocess.run([program, "settings", "--json"], capture_output=True, text=True, check=True).stdout
    rows = [f"| `{row['name']}` | {cell(row['values'])} | {cell(row['default'])} | {cell(row['summary'])} |"
            for row in json.loads(answer)]
    return "\n".join(["# Settings of the built-in trainer", "", "| setting | values | without it | what it is |",
                      "|---|---|---|---|", *rows, ""])


def commands(program):
    answer = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout
    lines = ["# Commands", "", "`sweep COMMAND --help` prints the same.", ""]
    for command in json.loads(answer)["command"]["subcommands"]:
        if not command["shouldDisplay"] or command["commandName"] == "help":
            continue
        lines += [f"## `sweep {command['commandName']}`", "", cell(command["abstract"]), ""]
        if command.get("discussion"):
            lines += [cell(command["discussion"]), ""]
        lines += ["| argument | meaning |", "|---|---|"]
        for argument in command["arguments"]:
            if not argument["shouldDisplay"] or argument["valueName"] in ("help", "version"):
                continue
            value = argument["valueName"].upper()
            names = ", ".join(map(man.flag, argument.get("names", [])))
            typed = {"positional": value, "option": f"{names} {value}", "flag": names}[argument["kind"]]
            lines.append(f"| `{typed}` | {cell(man.description(argument))} |")
        lines.append("")
    return "\n".join(lines)


def exit_codes():
    return "\n".join(["# Exit codes", "", "| code | meaning |", "|---|---|",
                      *(f"| {code} | {cell(meaning)} |" for code, meaning in man.CODES), ""])


def refusals(program):
    return subprocess.run([program, "explain", "--format", "md"], capture_output=True, text=True, check=True).stdout


def gallery(program, folder):
    """Reports that the sweeps of the repository made: those that are committed, and the page of the smallest one."""
    found = []
    for report in sorted(ROOT.glob("results/*/report.md")):
        name = report.parent.name
        target = folder / "gallery" / name
        target.mkdir(parents=True)
        shutil.copy(report, target / "report.md")
        if (report.parent / "figures").is_dir():
            shutil.copytree(report.parent / "figures", target / "figures")
        found.append((name, f"gallery/{name}/report.md"))
    results = folder.parent / "results"
    # Its last line says how the runs stand; those that are there are kept.
    subprocess.run([program, "run", "sweeps/quickstart.json", "--quiet", "--results", results], cwd=folder.parent,
                   check=True, capture_output=True)
    subprocess.run([program, "report", "quickstart", "--results", results, "--format", "html",
                    "-o", folder / "gallery" / "quickstart.html"], check=True, capture_output=True)
    rows = [f"- [{name}]({path.removeprefix('gallery/')}), as Markdown" for name, path in found]
    (folder / "gallery" / "index.md").write_text("\n".join(
        ["# Reports", "", "Made by the program from specs of this repository, with everything that a report has.", "",
         "- [quickstart](quickstart.html), the page that `sweep report --format html` writes", *rows, ""]))
    return [("Reports", "gallery/index.md"), *found]


def assemble(program, folder):
    """Writes all pages, and returns the menu."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for page in ROOT.glob("*.md"):
        shutil.copy(page, folder / ("index.md" if page.name == "README.md" else page.name))
    for page in [*Path(__file__).parent.glob("*.md"), Path(__file__).parent / "offline-search.js"]:
        shutil.copy(page, folder)
    shutil.copy(ROOT / "python" / "README.md", folder / "PYTHON.md")
    (folder / "bodies").mkdir()
    shutil.copy(ROOT / "bodies" / "README.md", folder / "bodies")
    (folder / "results" / "quickstart" / "figures").mkdir(parents=True)
    for picture in [*ROOT.glob("results/*.png"), *ROOT.glob("results/quickstart/figures/*.svg")]:
        shutil.copy(picture, folder / picture.relative_to(ROOT))
    (folder / "settings.md").write_text(settings(program))
    (folder / "commands.md").write_text(commands(program))
    (folder / "exit-codes.md").write_text(exit_codes())
    (folder / "refusals.md").write_text(refusals(program))

    def present(pages):
        return [{title: page} for title, page in pages if (folder / page).exists()]

    return [{"Start": "index.md"}, {"Guides": present(GUIDES)}, {"Reference": present(REFERENCE)},
            {"Gallery": present(gallery(program, folder))}, {"Project": present(PROJECT)}]


def unnamed_formats():
    """Formats of JSON in the sources that the page does not name."""
    page = (ROOT / "docs" / "formats.md").read_text()
    found = {name for file in (ROOT / "Sources").rglob("*.swift")
             for name in re.findall(r'"([a-z-]+/\d+)"', file.read_text()) if not name.startswith(("text/", "image/"))}
    return sorted(name for name in found if f"`{name}`" not in page)


def bring_search_home(site):
    """Puts our own script in the place of the one that the theme would load from a server of others."""
    for page in site.rglob("*.html"):
        home = os.path.relpath(site / "offline-search.js", page.parent)
        page.write_text(re.sub(r"https://[^\"']*/iframe-worker/shim", home, page.read_text()))


def main(program, folder):
    if missing := unnamed_formats():
        sys.exit(f"docs/formats.md does not name {', '.join(missing)}")
    program, folder = str(Path(program).resolve()), Path(folder).resolve()
    menu = assemble(program, folder / "pages")
    # JSON is YAML.
    config = folder / "mkdocs.yml"
    config.write_text((ROOT / "docs" / "mkdocs.yml").read_text() + "nav: " + json.dumps(menu) + "\n")
    environment = {**os.environ, "SWEEP_DOCS": str(folder / "pages"), "SWEEP_SITE": str(folder / "site"),
                   "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", config],
                          env=environment)
    if done.returncode:
        sys.exit(done.returncode)
    bring_search_home(folder / "site")
    print(f"The documentation is {folder / 'site' / 'index.html'}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
