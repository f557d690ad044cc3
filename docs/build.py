"""Makes the site of the documentation: build.py SWEEP FOLDER. Warnings are errors.

The pages are the Markdown files of the repository as they are, and those of this folder; the reference is made from what
the program says of itself. The site lies in FOLDER/site and needs no network, neither here nor where it is read.
"""
import csv
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


# Sweeps of the repository that a few seconds suffice for, with what each is there to show.
LIVE = [("quickstart", "the first minute: a hit, a surprise, and a question that 12 seeds leave open"),
        ("curve", "a network as a curve: what ReLUs bend"),
        ("polynomial-degree", "a program of one's own in Python: too stiff, right, too wild"),
        ("early-stopping", "when to stop, and what it costs to choose by the validation images")]


def run(program, spec, results, **more):
    """Makes what is missing of a sweep; runs that are there are kept."""
    subprocess.run([program, "run", spec, "--quiet", "--results", results], check=True, capture_output=True, **more)


def gallery(program, folder):
    """Reports that the sweeps of the repository made: those that are committed, and pages of sweeps that are made here."""
    rows, found = [], []
    results = folder.parent / "results"
    (folder / "gallery").mkdir()
    for name, words in LIVE:
        run(program, ROOT / "sweeps" / f"{name}.json", results)
        subprocess.run([program, "report", name, "--results", results, "--format", "html",
                        "-o", folder / "gallery" / f"{name}.html"], check=True, capture_output=True)
        rows.append(f"- [{name}]({name}.html): {words}")
    rows += ["", "And from longer sweeps, as Markdown:", ""]
    for report in sorted(ROOT.glob("results/*/report.md")):
        name = report.parent.name
        target = folder / "gallery" / name
        target.mkdir(parents=True)
        shutil.copy(report, target / "report.md")
        if (report.parent / "figures").is_dir():
            shutil.copytree(report.parent / "figures", target / "figures")
        found.append((name, f"gallery/{name}/report.md"))
        rows.append(f"- [{name}]({name}/report.md)")
    (folder / "gallery" / "index.md").write_text("\n".join(
        ["# Reports", "", "Made by the program from specs of this repository, with everything that a report has. These "
         "are the pages that `sweep report --format html` writes, of runs that were made as this site was:", "", *rows, ""]))
    return [("Reports", "gallery/index.md"), *found]


CONCLUSIONS = """## What this looks like

**The three verdicts**, and the open one, in the sweep `quickstart`, which was run as this page was made: *down* and *up* lie beyond
what was said to matter, *none* would lie within it, and of the last one the seeds cannot tell.

![the answers of quickstart, with their intervals](figures/answers.svg)

**Does a 95 % interval hold the true change?** The program has analysed {experiments:,} made-up experiments whose change is known, after two seeds
and after twenty; the page's own sweep, `docs/figures/coverage.json`, made and reported this. {least} to {most} of 100 intervals
hold the truth at every number of seeds: few seeds do not make the interval wrong,

![coverage against seeds](figures/coverage.svg)

they make it wide. Of a change of 2.5 times what matters, which is as large as the scatter of a run, this share is settled:

![settled verdicts against seeds](figures/settled.svg)

"""


def conclusions(program, folder):
    """The page on statistics with figures that the program makes now; the quickstart sweep has been run."""
    results, made = folder.parent / "results", folder.parent / "figures"
    for file in (ROOT / "docs" / "figures").iterdir():
        shutil.copy(file, folder.parent)
    # The worker calls the program by its name.
    path = f"{Path(program).parent}{os.pathsep}{os.environ['PATH']}"
    run(program, folder.parent / "coverage.json", results, env={**os.environ, "PATH": path})
    for name in ("quickstart", "coverage"):
        subprocess.run([program, "report", name, "--results", results, "--figures", made / name, "-o", made / f"{name}.md"],
                       check=True, capture_output=True)
    (folder / "figures").mkdir()
    for name, figure in [("answers", "quickstart/answers"), ("coverage", "coverage/dose-coverage-runs"),
                         ("settled", "coverage/dose-settled-runs")]:
        shutil.copy(made / f"{figure}.svg", folder / "figures" / f"{name}.svg")
    table = subprocess.run([program, "report", "coverage", "--results", results, "--format", "csv"], capture_output=True,
                           text=True, check=True).stdout
    found = {}
    for row in csv.DictReader(table.splitlines()):
        found.setdefault(row["runs"], []).append(float(row["coverage"]))
    shares = sorted(round(100 * sum(each) / len(each)) for each in found.values())
    words = CONCLUSIONS.format(experiments=100 * sum(map(len, found.values())), least=shares[0], most=shares[-1])
    page = (folder / "STATISTICS.md").read_text()
    place = page.index("\n## ") + 1
    (folder / "STATISTICS.md").write_text(page[:place] + words + page[place:])


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

    shown = gallery(program, folder)
    conclusions(program, folder)
    return [{"Start": "index.md"}, {"Guides": present(GUIDES)}, {"Reference": present(REFERENCE)},
            {"Gallery": present(shown)}, {"Project": present(PROJECT)}]


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
