"""Who races in which pair: for each tool the command of one whole load, run where nothing is left of an earlier one."""

import glob
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """A tool in a pair; `table` is what it makes. A floor is no tool: it shows what the two ends alone take."""

    name: str
    command: list
    table: str = "lineitem"
    environment: dict = field(default_factory=dict)
    missing: str | None = None
    floor: bool = False


class Race:
    def __init__(self, home, servers, rows):
        self.home, self.servers, self.rows = home.resolve(), servers, rows
        self.work = self.home / "work"
        self.psql = shutil.which("psql") or "psql"

    def url(self, name, scheme="postgresql"):
        at = self.servers[name]
        return f"{scheme}://{at['user']}:{at['password']}@127.0.0.1:{at['port']}/{at['database']}"

    def _missing(self, name):
        file = self.home / f"{name}.missing"
        return file.read_text().strip() if file.exists() else None

    def file(self, tool):
        return self.work / tool / "w.duckdb"

    def clean(self, tool):
        """What a tool left behind, but for the project of ours."""
        folder = self.work / tool
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def of(self, pair):
        return {"pg-duckdb": self._pg_duckdb, "pg-pg": self._pg_pg, "mysql-duckdb": self._mysql_duckdb}[pair]()

    def _pg_duckdb(self):
        source = self.url("postgres")
        return [
            self._ours("postgres", duckdb=True),
            self._sling(source + "?sslmode=disable", "public.lineitem", duckdb=True),
            self._dlt(source, f"duckdb:{self.file('dlt')}", "race.lineitem"),
            self._ingestr(source + "?sslmode=disable", "public.lineitem", f"duckdb:///{self.file('ingestr')}", "main.lineitem"),
            self._drain(),
            self._native(),
        ]

    def _pg_pg(self):
        source, target = self.url("postgres"), self.url("warehouse")
        plain = "?sslmode=disable"
        return [
            self._ours("postgres", duckdb=False),
            self._sling(source + plain, "public.lineitem", duckdb=False),
            self._dlt(source, target, "race.lineitem"),
            self._ingestr(source + plain, "public.lineitem", target + plain, "public.lineitem"),
            Entry(
                "pgloader",
                ["pgloader", "--root-dir", str(self.work / "pgloader"), self.url("postgres", "pgsql") + plain,
                 self.url("warehouse", "pgsql") + plain],
                missing=self._missing("pgloader")),
            self._spark(),
            Entry(
                "floor: COPY pipe",
                ["python3", str(HERE / "copy_pipe.py"), self.psql, source, target],
                missing=self._missing("psql"),
                floor=True),
        ]

    def _mysql_duckdb(self):
        at = self.servers["mariadb"]
        source = self.url("mariadb", "mysql")
        return [
            self._ours("mariadb", duckdb=True),
            self._sling(source, f"{at['database']}.lineitem", duckdb=True),
            self._dlt(self.url("mariadb", "mysql+pymysql"), f"duckdb:{self.file('dlt')}", "race.lineitem"),
            self._ingestr(source, f"{at['database']}.lineitem", f"duckdb:///{self.file('ingestr')}", "main.lineitem"),
            self._native(),
        ]

    def _ours(self, source, duckdb):
        return Entry("ours", ["./hw", "--project", str(self.project(source, duckdb)), "run", "lineitem"])

    def project(self, source, duckdb):
        folder = self.work / "ours"
        kind = "postgresql" if source == "postgres" else "mysql"
        warehouse = "{type: duckdb, path: w.duckdb}" if duckdb else self._connection("postgresql", "warehouse")
        (folder / "pipelines").mkdir(parents=True, exist_ok=True)
        (folder / "headworks.yml").write_text(
            "project: {name: race, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a15}\n"
            f"connections:\n  shop: {self._connection(kind, source)}\n  warehouse: {warehouse}\n")
        (folder / "pipelines" / "lineitem.yml").write_text(
            "pipeline:\n  name: lineitem\n  extract: {connection: shop, table: lineitem}\n"
            "  load: {connection: warehouse, table: lineitem, strategy: truncate-reload}\n")
        return folder

    def _connection(self, kind, name):
        at = self.servers[name]
        (self.work / "ours").mkdir(parents=True, exist_ok=True)
        (self.work / "ours" / f"{name}.password").write_text(at["password"])
        return (
            f"{{type: {kind}, host: 127.0.0.1, port: {at['port']}, database: {at['database']}, user: {at['user']},"
            f" password: \"${{file:{name}.password}}\"}}")

    def _sling(self, source, stream, duckdb):
        programs = glob.glob(str(self.home / "sling/lib/python3*/site-packages"))
        program = f"{programs[0]}/sling_linux_amd64/bin/sling-linux-amd64" if programs else "sling"
        target = "RACE_TARGET" if duckdb else self.url("warehouse") + "?sslmode=disable"
        return Entry(
            "sling",
            [program, "run", "--src-conn", source, "--src-stream", stream, "--tgt-conn", target, "--tgt-object",
             "main.lineitem" if duckdb else "public.lineitem", "--mode", "full-refresh"],
            environment={
                "HOME": str(self.work / "sling"),
                "SLING_DISABLE_TELEMETRY": "TRUE",
                # the way by HTTP needs an extension of DuckDB's that is fetched
                "RACE_TARGET": f"{{type: duckdb, instance: {self.file('sling')}, copy_method: named_pipes}}",
                "RACE_DUCKDB": f"{programs[0]}/duckdb_cli/duckdb" if programs else "",
                "DUCKDB_PATH": str(HERE / "duckdb-as-sling-wants-it")},
            missing=self._missing("sling"))

    def _dlt(self, source, target, table):
        return Entry(
            "dlt",
            [str(self.home / "dlt/bin/python"), str(HERE / "dlt_load.py"), source, target, str(self.work / "dlt")],
            table=table,
            environment={"RUNTIME__DLTHUB_TELEMETRY": "false"},
            missing=self._missing("dlt"))

    def _ingestr(self, source, table, target, into):
        return Entry(
            "ingestr",
            [str(self.home / "ingestr/bin/ingestr"), "ingest", "--source-uri", source, "--source-table", table,
             "--dest-uri", target, "--dest-table", into, "--yes", "--progress", "log"],
            environment={
                "HOME": str(self.work / "ingestr"),
                "DISABLE_TELEMETRY": "true",
                "ADBC_DRIVER_PATH": str(self._adbc())},
            missing=self._missing("ingestr"))

    def _adbc(self):
        """DuckDB for ingestr, which would fetch it: the very library that ours has."""
        folder = self.home / "adbc"
        folder.mkdir(parents=True, exist_ok=True)
        library = Path("cli/target/headworks/native/libduckdb_java.so").resolve()
        (folder / "duckdb.toml").write_text(
            'manifest_version = 1\nname = "DuckDB"\nversion = "2.0.0"\n[ADBC]\nversion = "1.1.0"\n[Driver]\n'
            f'entrypoint = "duckdb_adbc_init"\n[Driver.shared]\nlinux_amd64 = "{library}"\n')
        return folder

    def _spark(self):
        jars = sorted(glob.glob(os.path.expanduser("~/.m2/repository/org/postgresql/postgresql/*/postgresql-*.jar")))
        return Entry(
            "spark jdbc",
            [str(self.home / "spark/bin/python"), str(HERE / "spark_load.py"), jars[-1] if jars else "",
             self._jdbc("postgres"), self._jdbc("warehouse"), str(self.rows)],
            missing=self._missing("spark") or (None if jars else "no driver of PostgreSQL in the Maven repository"))

    def _jdbc(self, name):
        at = self.servers[name]
        return (
            f"jdbc:postgresql://127.0.0.1:{at['port']}/{at['database']}?user={at['user']}&password={at['password']}"
            "&sslmode=disable")

    def _drain(self):
        # the middle is a number, so that it is not computed for each row
        halves = "middle=$(\"$0\" \"$1\" -qtAc \"SELECT pg_relation_size('lineitem') / 16384\"); "
        halves += " & ".join(
            f"\"$0\" \"$1\" -qc \"COPY (SELECT * FROM lineitem WHERE ctid {part} '($middle,0)'::tid) TO STDOUT"
            " (FORMAT binary)\" > /dev/null"
            for part in ("<", ">="))
        return Entry(
            "floor: two COPY streams to nowhere",
            ["sh", "-c", halves + " & wait", self.psql, self.url("postgres")],
            table="",
            missing=self._missing("psql"),
            floor=True)

    def _native(self):
        return Entry(
            "floor: DuckDB's own insert",
            [str(self.home / "dlt/bin/python"), "-c",
             "import duckdb, sys; c = duckdb.connect(sys.argv[2]); c.execute(f\"ATTACH '{sys.argv[1]}' AS n (READ_ONLY)\");"
             " c.execute('CREATE TABLE lineitem AS FROM n.lineitem')",
             str(self.home / "native.duckdb"), str(self.file("native"))],
            table="",
            floor=True)
