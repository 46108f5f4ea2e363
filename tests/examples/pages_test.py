"""Pages of docs/ show what the command prints: pages_test.py JICENG PAGE... [--write]

The blocks of a page that begin with `$ ` are run in order, in a folder of their own with demo.jiceng, the ledgers of
`jiceng synth ledgers --division 320102 --members 2000 --seed 1`.  A block under a line that ends in the name of a file and
a colon gives that file.  A line `…` stands for any lines left out.  --write puts what is printed into the pages.
"""

import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
FILE = re.compile(r"`([\w/]+\.(?:csv|textproto))`[^`\n]*:\s*$")


def trimmed(text):
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def fits(shown, printed):
    """Whether a page may show this of what is printed."""
    pattern = "".join("(?:.*\n)*" if line.strip() == "…" else re.escape(line) + "\n" for line in trimmed(shown).splitlines())
    return re.fullmatch(pattern, trimmed(printed) + "\n" if printed.strip() else "") is not None


class Page:
    def __init__(self, command, page, folder):
        self.command, self.page, self.folder = command, pathlib.Path(page), folder
        self.run("jiceng init demo.jiceng && jiceng import demo.jiceng ../ledgers")
        self.wrong = []

    def run(self, line):
        shell = f'jiceng() {{ "{self.command}" "$@"; }}; {line}'
        return subprocess.run(["bash", "-c", shell], cwd=self.folder, check=False, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT).stdout

    def block(self, match):
        body, above = match[2], match.string[: match.start()].rstrip()
        if not body.startswith("$ "):
            if name := FILE.search(above):
                file = self.folder / name[1]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(body, encoding="utf-8")
            return match[0]
        text = ""
        for step in re.split(r"^(?=\$ )", body, flags=re.M)[1:]:
            line, _, shown = step.partition("\n")
            printed = self.run(line[2:])
            if fits(shown, printed):
                text += step
                continue
            self.wrong.append(line)
            self.wrong += difflib.unified_diff(trimmed(shown).splitlines(), trimmed(printed).splitlines(), lineterm="", n=0)
            text += f"{line}\n{trimmed(printed)}\n" if printed.strip() else f"{line}\n"
        return f"```{match[1]}\n{text}```"

    def check(self, write):
        text = BLOCK.sub(self.block, self.page.read_text(encoding="utf-8"))
        if write:
            self.page.write_text(text, encoding="utf-8")
        return self.wrong


def main():
    command, *pages = [word for word in sys.argv[1:] if word != "--write"]
    command = pathlib.Path(command).resolve()
    wrong, commands = [], 0
    with tempfile.TemporaryDirectory() as root:
        subprocess.run([command, "synth", pathlib.Path(root, "ledgers"), "--division", "320102", "--members", "2000",
                        "--seed", "1"], check=True, capture_output=True)
        for page in pages:
            folder = pathlib.Path(root, pathlib.Path(page).stem)
            folder.mkdir()
            found = Page(command, page, folder).check("--write" in sys.argv)
            commands += pathlib.Path(page).read_text(encoding="utf-8").count("\n$ ")
            wrong += [f"{page}:", *found] if found else []
    print("\n".join(wrong) or f"{commands} commands")
    sys.exit(1 if wrong or commands == 0 else 0)


main()
