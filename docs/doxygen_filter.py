#!/usr/bin/env python3
"""A header as Doxygen reads it, on standard output: doxygen_filter.py HEADER

The headers have plain comments.  One in front of a declaration becomes a comment of that declaration, one behind it on its line
likewise, and the one a header begins with becomes the header's.  Lines stay where they are.
"""
import re
import sys


def filtered(text):
    out, at = [], 0
    for comment in re.finditer(r"/\*(.*?)\*/", text, re.S):
        begin = text.rfind("\n", 0, comment.start()) + 1
        before = text[begin:comment.start()].strip()
        if before.startswith("#"):
            mark, end = "/*", "*/"
        elif comment.start() == 0:
            mark, end = "/**", "\\file */"
        else:
            mark, end = "/**<" if before else "/**", "*/"
        out += [text[at:comment.start()], mark, comment.group(1), end]
        at = comment.end()
    return "".join(out) + text[at:]


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as header:
        sys.stdout.write(filtered(header.read()))
