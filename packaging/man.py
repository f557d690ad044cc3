"""Man pages from what the program says of its commands: man.py SWEEP FOLDER.

The source is `sweep --experimental-dump-help`, the definitions that help and completions come from too.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

CODES = [
    ("0", "All is well."),
    ("1", "A run failed, or a check found something."),
    ("64", "A flag or a file that the user has to put right."),
    ("74", "The disk or the database."),
    ("75", "Another process works on this sweep."),
    ("130", "Stopped by Ctrl-C or SIGTERM; the sweep can go on."),
]


def roff(text):
    """A text in which nothing is a request to roff. A line of it is a paragraph's."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\n".join(("\\&" if line.startswith((".", "'")) else "") + line for line in text.split("\n"))


def flag(name):
    return ("--" if name["kind"] == "long" else "-") + name["name"]


def words(argument):
    """How an argument is typed, in roff: bold what stands as it is, italics what the user puts in its place."""
    value = f"\\fI{roff(argument.get('valueName', ''))}\\fR"
    if argument["kind"] == "positional":
        return value + (" ..." if argument["isRepeating"] else "")
    names = ", ".join(f"\\fB{roff(flag(name))}\\fR" for name in argument["names"])
    return names + (f" {value}" if argument["kind"] == "option" else "")


def synopsis(command, name):
    parts = [f"\\fB{roff(name)}\\fR"]
    for argument in command.get("arguments", []):
        if not argument["shouldDisplay"] or argument["valueName"] in ("help", "version"):
            continue
        text = words(argument)
        parts.append(f"[{text}]" if argument["isOptional"] else text)
    if command.get("subcommands"):
        parts.append("\\fIcommand\\fR ...")
    return " ".join(parts)


def description(argument):
    text = argument.get("abstract", "").strip()
    if argument.get("allValues") and not all(value in text for value in argument["allValues"]):
        text += f" One of {', '.join(argument['allValues'])}."
    if argument.get("defaultValue") and "default" not in text:
        text += f" Without it: {argument['defaultValue']}."
    return text


def page(command, name, version, others):
    title = name.replace(" ", "-")
    lines = [f'.TH "{title.upper()}" 1 "" "sweep {version}" "User Commands"', ".SH NAME",
             f"{roff(title)} \\- {roff(command['abstract'].rstrip('.'))}", ".SH SYNOPSIS", synopsis(command, name)]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION"] + [line for part in command["discussion"].split("\n\n")
                                        for line in (".PP", roff(part))]
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    if shown:
        lines.append(".SH OPTIONS")
        for argument in shown:
            lines += [".TP", words(argument), roff(description(argument)) or "\\&"]
    commands = [each for each in command.get("subcommands", []) if each["shouldDisplay"]]
    if commands:
        lines.append(".SH COMMANDS")
        for each in commands:
            lines += [".TP", f"\\fB{roff(each['commandName'])}\\fR", roff(each["abstract"])]
    lines.append(".SH EXIT STATUS")
    for code, meaning in CODES:
        lines += [".TP", f"\\fB{code}\\fR", roff(meaning)]
    lines += [".SH SEE ALSO", ", ".join(f"\\fB{roff(other)}\\fR(1)" for other in others if other != title)]
    return "\n".join(lines) + "\n"


def pages(program):
    """Each man page by its file's name."""
    answer = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    root = json.loads(answer)["command"]
    commands = [each for each in root["subcommands"] if each["shouldDisplay"] and each["commandName"] != "help"]
    names = ["sweep"] + [f"sweep-{each['commandName']}" for each in commands]
    found = {"sweep.1": page(root, "sweep", version, names)}
    for each in commands:
        found[f"sweep-{each['commandName']}.1"] = page(each, f"sweep {each['commandName']}", version, ["sweep"])
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in pages(sys.argv[1]).items():
        assert not re.search(r"^\.(?!TH|SH|PP|TP)", text, re.M), file
        (folder / file).write_text(text)
