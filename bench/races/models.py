"""Graphs of SQL models, the same SQL for each tool: how long a graph takes to read, and how long to build."""

import argparse
import os
import random
import shutil
import statistics
from pathlib import Path

import duckdb
import measure

SOURCES = ("orders", "customers")


def reading_graph(count):
    """Model by model: its SQL with {0} and {1} for what it reads, and the two."""
    chance, layers, graph = random.Random(42), 10, []
    for number in range(count):
        below = number * layers // count * (count // layers)
        reads = SOURCES if below == 0 else tuple(f"model_{chance.randrange(below)}" for _ in range(2))
        graph.append((f"model_{number}", reads, f"""with paid as (
    select id, customer_id, month, gross from {{0}} where status = 'paid {number}'
),
named as (
    select p.*, c.segment
    from paid as p left join {{1}} as c on c.customer_id = p.customer_id
)
select
    id, customer_id, month, segment, 'paid {number}' as status,
    sum(gross) over (partition by customer_id order by month) as gross
from named
where gross > {number}
qualify row_number() over (partition by id order by month desc) = 1
"""))
    return graph


def building_graph():
    """30 models in three layers: rows as they are, joined and ranked, summed up."""
    graph = []
    for part in range(6):
        graph.append((f"stg_{part}", SOURCES, f"""select o.id, o.customer_id, o.month, o.status, o.gross * {part + 1} as gross, c.segment
from {{0}} as o join {{1}} as c on c.customer_id = o.customer_id
where o.id % 6 = {part}
"""))
    for number in range(12):
        one, other = f"stg_{number % 6}", f"stg_{(number + 1) % 6}"
        graph.append((f"mid_{number}", (one, other), f"""with spent as (
    select customer_id, month, sum(gross) as gross, count(*) as orders from {{1}} group by customer_id, month
)
select a.id, a.customer_id, a.month, a.segment, a.gross, s.gross as other_gross, s.orders,
    row_number() over (partition by a.customer_id order by a.gross desc, a.id) as place
from {{0}} as a left join spent as s on s.customer_id = a.customer_id and s.month = a.month
qualify place <= {number + 1}
"""))
    for number in range(12):
        graph.append((f"mart_{number}", (f"mid_{number}", f"mid_{(number + 5) % 12}"), """select a.segment, a.month,
    count(*) as orders, sum(a.gross) as gross, count(distinct b.customer_id) as customers
from {0} as a left join {1} as b on b.id = a.id
group by a.segment, a.month
"""))
    return graph


def sources(file, rows):
    if file.exists():
        return
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        # as the oldest of the tools can read it
        connection.execute(f"attach '{part}' as sources (storage_version 'v1.2.0'); use sources")
        connection.execute(f"""
            create table orders as select range as id, (hash(range) % 1000000)::bigint as customer_id,
                'paid ' || hash(range + 1) % 5 as status, (hash(range) % 36)::int as month,
                (hash(range + 2) % 100000 / 100)::decimal(18, 2) as gross from range({rows});
            create table customers as select range as customer_id, 'segment ' || hash(range) % 20 as segment
                from range(1000000)""")
    part.rename(file)


class Tool:
    def __init__(self, home, work, graph, database):
        self.home, self.folder, self.graph = home, work / self.name, graph
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "models").mkdir(parents=True)
        if database:
            shutil.copyfile(database, self.folder / "w.duckdb")
        for name, reads, sql in graph:
            self.model(name, reads, sql)

    def write(self, path, text):
        (self.folder / path).write_text(text)

    def missing(self):
        return None


class Ours(Tool):
    name = "ours"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.write("headworks.yml", """project: {name: race, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a12}
external: [orders, customers]
connections: {warehouse: {type: duckdb, path: w.duckdb}}
""")
        self.write("models/models.yml", "defaults: {owner: race, load: {connection: warehouse, strategy: truncate-reload}}\n")

    def model(self, name, reads, sql):
        self.write(f"models/{name}.sql", sql.format(*reads))

    def command(self, *arguments):
        return [str(Path("hw").resolve()), "--project", str(self.folder), *arguments]

    def read(self):
        return self.command("plan", "path:models")

    def build(self):
        return self.command("run", "--all")

    def forget(self):
        shutil.rmtree(self.folder / ".headworks", ignore_errors=True)


class Dbt(Tool):
    name = "dbt"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.write("dbt_project.yml", """name: race
version: "1.0.0"
profile: race
model-paths: [models]
models: {race: {+materialized: table}}
""")
        self.write("profiles.yml", f"""race:
  target: dev
  outputs: {{dev: {{type: duckdb, path: {self.folder / "w.duckdb"}, threads: {os.cpu_count()}}}}}
""")
        tables = "\n".join(f"      - name: {name}" for name in SOURCES)
        self.write("models/sources.yml", f"version: 2\nsources:\n  - name: raw\n    schema: main\n    tables:\n{tables}\n")

    def model(self, name, reads, sql):
        refs = [f"{{{{ source('raw', '{one}') }}}}" if one in SOURCES else f"{{{{ ref('{one}') }}}}" for one in reads]
        self.write(f"models/{name}.sql", sql.format(*refs))

    def missing(self):
        return None if (self.home / "dbt/bin/dbt").exists() else "not installed: bench/races/install"

    def command(self, *arguments):
        at = str(self.folder)
        return [str(self.home / "dbt/bin/dbt"), "--no-send-anonymous-usage-stats", "--no-version-check", *arguments,
                "--project-dir", at, "--profiles-dir", at]

    def read(self):
        return self.command("--no-partial-parse", "parse")

    def build(self):
        return self.command("run")

    def forget(self):
        shutil.rmtree(self.folder / "target", ignore_errors=True)


class SqlMesh(Tool):
    name = "sqlmesh"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.write("config.yaml", f"""gateways: {{local: {{connection: {{type: duckdb, database: {self.folder / "w.duckdb"}}}}}}}
default_gateway: local
model_defaults: {{dialect: duckdb, start: 2024-01-01}}
disable_anonymized_analytics: true
""")
        self.write("external_models.yaml", """- name: main.orders
  columns: {id: bigint, customer_id: bigint, status: text, month: int, gross: "decimal(18, 2)"}
- name: main.customers
  columns: {customer_id: bigint, segment: text}
""")

    def model(self, name, reads, sql):
        full = [f"main.{one}" if one in SOURCES else f"race.{one}" for one in reads]
        self.write(f"models/{name}.sql", f"MODEL (name race.{name}, kind FULL);\n" + sql.format(*full))

    def missing(self):
        return None if (self.home / "sqlmesh/bin/sqlmesh").exists() else "not installed: bench/races/install"

    def command(self, *arguments):
        return [str(self.home / "sqlmesh/bin/sqlmesh"), "--log-file-dir", str(self.folder / "logs"), "-p", str(self.folder),
                *arguments]

    def read(self):
        # it shows the plan and asks whether to apply it
        return ["sh", "-c", 'echo n | "$@"', "sh", *self.command("plan", "--no-prompts", "--skip-tests")]

    def build(self):
        return self.command("plan", "--no-prompts", "--skip-tests", "--auto-apply")

    def forget(self):
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)


def contents(tool, graph):
    schema = "race" if tool.name == "sqlmesh" else "main"
    with duckdb.connect(str(tool.folder / "w.duckdb"), read_only=True) as connection:
        columns = {}
        for table, column in connection.execute(
                "select table_name, column_name from duckdb_columns() where schema_name = ? and column_name not like"
                " '\\_hw\\_%' escape '\\' order by column_name", [schema]).fetchall():
            columns.setdefault(table, []).append(column)
        return {
            name: connection.execute(
                f"select count(*), cast(sum(hash({', '.join(columns[name])})) as varchar) from {schema}.{name}").fetchone()
            for name, _, _ in graph}


def race(title, tools, command, rounds, log, database=None, graph=None):
    print(f"\n{title}\n\n| tool | wall s | CPU s | peak MB | ours is | content |\n|---|---|---|---|---|---|")
    taken, content = {tool.name: [] for tool in tools}, {}
    for number in range(rounds):
        for tool in tools[number % len(tools):] + tools[:number % len(tools)]:
            if tool.missing():
                continue
            tool.forget()
            if database:
                shutil.copyfile(database, tool.folder / "w.duckdb")
            else:
                (tool.folder / "w.duckdb").unlink(missing_ok=True)
            taken[tool.name].append(measure.run(command(tool), os.getpid(), log / f"models-{tool.name}.log"))
            if graph and not taken[tool.name][-1].failure:
                content[tool.name] = contents(tool, graph)
    ours = None
    for tool in tools:
        runs = taken[tool.name]
        failed = tool.missing() or next((run.failure for run in runs if run.failure), None)
        if failed:
            print(f"| {tool.name} | {failed} | | | | |")
            continue
        wall, cpu = (statistics.median(getattr(run, what) for run in runs) for what in ("wall", "cpu"))
        ours = ours or (wall, cpu)
        same = "" if not graph else "equal" if content[tool.name] == content["ours"] else "DIFFERS"
        print(f"| {tool.name} | {wall:.2f} | {cpu:.2f} | {max(run.peak for run in runs) / 1e6:.0f} |"
              f" {wall / ours[0]:.1f} x, {cpu / ours[1]:.1f} x CPU | {same} |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--models", type=int, default=1000)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--parts", default="read,build")
    given = arguments.parse_args()
    home, work = given.home.resolve(), given.home.resolve() / "work" / "models"
    work.mkdir(parents=True, exist_ok=True)
    kinds = (Ours, Dbt, SqlMesh)
    if "read" in given.parts:
        graph = reading_graph(given.models)
        database = work / "sources-1000.duckdb"
        sources(database, 1000)
        tools = [kind(home, work / "read", graph, database) for kind in kinds]
        race(f"a graph of {given.models} SQL models read (hw plan, dbt parse, sqlmesh plan), nothing cached",
             tools, lambda tool: tool.read(), given.rounds, home, database)
    if "build" in given.parts:
        database = work / f"sources-{given.rows}.duckdb"
        sources(database, given.rows)
        graph = building_graph()
        tools = [kind(home, work / "build", graph, database) for kind in kinds]
        race(f"30 SQL models over {given.rows:,} rows built", tools, lambda tool: tool.build(), given.rounds, home,
             database, graph)


main()
