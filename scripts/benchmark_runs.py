"""What the benchmark scripts share: timed runs, contests in turns, beginnings of corpora, tables."""

import concurrent.futures
import dataclasses
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


class Failed(Exception):
    """A program that ended with an error, or that is not there."""


@dataclasses.dataclass
class Run:
    seconds: float
    peak_bytes: int  # resident, of the process or the largest of several; Python's own 20 MB or more
    output: str = ""


def run(command, environment=None, stdin=None, stdout=None):
    """Runs a program to its end; 'stdin' and 'stdout' are paths. Throws Failed."""
    if not command[0] or not shutil.which(command[0]):
        raise Failed(f"there is no program '{command[0]}'")
    with tempfile.TemporaryFile() as text, \
            open(stdin or os.devnull, "rb") as source, \
            open(stdout or os.devnull, "r+b" if not stdout else "wb") as target:
        begin = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdin=source,
                                   stdout=target if stdout else text, stderr=text,
                                   env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        text.seek(0)
        output = text.read().decode(errors="replace")
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}\nended with {process.returncode}:\n"
                     f"{output[-2000:]}")
    return Run(seconds, usage.ru_maxrss * 1024, output)


def contest(contestants, turns):
    """contestants: {name: function returning a Run}. In turns, so that what disturbs the machine
    disturbs all; returns {name: its Runs}."""
    results = {name: [] for name in contestants}
    for turn in range(turns):
        for name, start in contestants.items():
            result = start()
            results[name].append(result)
            print(f"run {turn + 1}  {name:32} {result.seconds:8.2f} s  "
                  f"{result.peak_bytes / 1e6:8.0f} MB", file=sys.stderr)
    return results


def median_seconds(runs):
    return statistics.median(each.seconds for each in runs)


def median_peak(runs):
    return statistics.median(each.peak_bytes for each in runs)


def aside(function, *arguments):
    """Calls it in a process of its own: what Python takes here would count as its children's peak."""
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def write_beginning(source, target, byte_count):
    """The first bytes of a text, to the last whole word."""
    with open(source, "rb") as corpus, open(target, "wb") as short:
        text = corpus.read(byte_count)
        short.write(text[: text.rfind(b" ") + 1] if len(text) == byte_count else text)


def blocks_of_words(path):
    """Lists of words, block after block."""
    rest = b""
    with open(path, "rb") as corpus:
        while block := corpus.read(1 << 20):
            words = (rest + block).split()
            rest = words.pop() if words and not block[-1:].isspace() else b""
            yield words
    yield [rest] if rest else []


def count_words(path):
    return sum(len(words) for words in blocks_of_words(path))


def print_table(heading, rows):
    """Text on the left, numbers on the right."""
    table = [list(map(str, row)) for row in [heading, *rows]]
    widths = [max(len(row[column]) for row in table) for column in range(len(heading))]
    for row in table:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  ".join(cells).rstrip())
    print(flush=True)
