"""Runs tools against one another on the same rows in the same hour, interleaved; see README.md."""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import psycopg2

import content
import measure
from tools import Race

MEGABYTE = 1_000_000


def arguments():
    parser = argparse.ArgumentParser(prog="bench/races/run", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pairs", default="pg-duckdb,pg-pg,mysql-duckdb")
    parser.add_argument("--tools", help="default: all, with the floors")
    parser.add_argument("--limit", type=int, default=1800, help="seconds after which a load is ended")
    return parser.parse_args()


def servers(home, rows):
    """Started as a process that ends with this one's end of its standard input."""
    home.mkdir(parents=True, exist_ok=True)
    where = home / "servers.json"
    where.unlink(missing_ok=True)
    process = subprocess.Popen(
        ["java", "-cp", "bench/target/fast/benchmarks.jar", "io.headworks.bench.RaceServers", str(rows), str(where)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL)
    while not (where.exists() and where.read_text().endswith("\n")):
        if process.poll() is not None:
            sys.exit("races: Cannot run: the servers did not start")
        time.sleep(0.2)
    return process, json.loads(where.read_text())


class Judge:
    """Knows the source's content, and looks at what a tool made of it."""

    def __init__(self, race):
        self.race = race
        rows = content.postgres_as_duckdb(race.psql, race.url("postgres"))
        self.duckdb = [content.of_duckdb(rows, "lineitem", trimmed) for trimmed in (False, True)]
        native = race.home / "native.duckdb"
        native.unlink(missing_ok=True)
        rows.execute(f"ATTACH '{native}' AS native")
        rows.execute("CREATE TABLE native.lineitem AS FROM lineitem")
        rows.close()
        self.postgres = self._postgres("postgres", "lineitem")

    def _postgres(self, name, table):
        with psycopg2.connect(self.race.url(name)) as connection, connection.cursor() as cursor:
            return [content.of_postgres(cursor, table, trimmed) for trimmed in (False, True)]

    def verdict(self, pair, entry):
        if not entry.table:
            return ""
        if pair == "pg-pg":
            return content.verdict(self.postgres, self._postgres("warehouse", entry.table))
        # MySQL's CHAR has no padding when it is read
        expected = [self.duckdb[1]] * 2 if pair.startswith("mysql") else self.duckdb
        with duckdb.connect(str(self.race.file(entry.name)), read_only=True) as connection:
            return content.verdict(expected, [content.of_duckdb(connection, entry.table, each) for each in (False, True)])


def empty_warehouse(race, entry):
    connection = psycopg2.connect(race.url("warehouse"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS public, race, race_staging, headworks CASCADE")
        cursor.execute("CREATE SCHEMA public")
        if entry.floor:
            with psycopg2.connect(race.url("postgres")) as source, source.cursor() as columns:
                columns.execute(
                    "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)"
                    " FROM pg_attribute WHERE attrelid = 'lineitem'::regclass AND attnum > 0")
                cursor.execute(f"CREATE TABLE lineitem ({columns.fetchone()[0]})")
        cursor.execute("CHECKPOINT")
    connection.close()


def one(race, judge, pair, entry, limit):
    folder = "native" if entry.floor else entry.name
    race.clean(folder)
    if entry.name == "ours":
        race.of(pair)
    if pair == "pg-pg":
        empty_warehouse(race, entry)
    server = race.servers["mariadb" if pair.startswith("mysql") else "postgres"]["pid"]
    log = race.home / f"{pair}-{entry.name.replace(' ', '-').replace(':', '')}.log"
    taken = measure.run(entry.command, server, log, entry.environment, limit)
    try:
        return taken, "" if taken.failure else judge.verdict(pair, entry)
    except (duckdb.Error, psycopg2.Error) as failed:
        return taken, "cannot be read: " + str(failed).splitlines()[0][:100]


def table(pair, rows, results):
    """A line for each tool; its times are medians."""
    lines = [
        f"### {pair}, {rows:,} rows",
        "| who | wall s | rows/s | CPU s of the tool | CPU s of the server | rows per CPU s | peak MB | ours is"
        " (wall, CPU) | content |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    medians = {}
    for entry, rounds in results.items():
        good = [taken for taken, _ in rounds if not taken.failure]
        if good:
            medians[entry] = [
                statistics.median(getattr(taken, part) for taken in good) for part in ("wall", "cpu", "server", "peak")]
    ours = next((medians[entry] for entry in medians if entry == "ours"), None)
    for entry, rounds in results.items():
        if entry not in medians:
            lines.append(f"| {entry} | | | | | | | | {rounds[0][0].failure if rounds else ''} |")
            continue
        wall, cpu, server, peak = medians[entry]
        times = f"{wall / ours[0]:.1f} ×, {(cpu + server) / (ours[1] + ours[2]):.1f} ×" if ours and entry != "ours" else ""
        verdicts = sorted({verdict for _, verdict in rounds} | {t.failure for t, _ in rounds if t.failure})
        lines.append(
            f"| {entry} | {wall:.1f} | {rows / wall:,.0f} | {cpu:.1f} | {server:.1f} | {rows / (cpu + server):,.0f} |"
            f" {peak / MEGABYTE:,.0f} | {times} | {'; '.join(each for each in verdicts if each)} |")
    return "\n".join(lines)


def main():
    wanted = arguments()
    process, where = servers(wanted.home, wanted.rows)
    try:
        race = Race(wanted.home, where, wanted.rows)
        judge = Judge(race)
        tables = []
        for pair in wanted.pairs.split(","):
            entries = [
                entry for entry in race.of(pair) if not wanted.tools or entry.name in wanted.tools.split(",")]
            results = {entry.name: [] for entry in entries}
            for entry in entries:
                if entry.missing:
                    failure = measure.Taken(0, 0, 0, 0, "not installed: " + entry.missing)
                    results[entry.name].append((failure, ""))
            running = [entry for entry in entries if not entry.missing]
            for turn in range(wanted.rounds):
                # another one begins each time, so that nobody always follows the same neighbour
                for entry in running[turn % len(running):] + running[: turn % len(running)]:
                    failed = results[entry.name] and results[entry.name][-1][0].failure
                    if not failed:
                        results[entry.name].append(one(race, judge, pair, entry, wanted.limit))
                        taken, verdict = results[entry.name][-1]
                        print(f"{pair} {turn + 1} {entry.name}: {taken.wall:.1f} s {taken.failure or verdict}", file=sys.stderr)
            tables.append(table(pair, wanted.rows, results))
            print(tables[-1] + "\n", flush=True)
            # a race that is stopped in a later pair keeps the earlier ones
            (wanted.home / "results.md").write_text("\n\n".join(tables) + "\n")
    finally:
        process.stdin.close()
        process.wait()


if __name__ == "__main__":
    main()
