"""Whether a table holds what the source has: rows counted and hashed, column by column in one form for every tool."""

import subprocess

import duckdb

NUMBERS = ["l_orderkey", "l_partkey", "l_suppkey", "l_linenumber"]
AMOUNTS = ["l_quantity", "l_extendedprice", "l_discount", "l_tax"]
DATES = ["l_shipdate", "l_commitdate", "l_receiptdate"]
TEXTS = ["l_returnflag", "l_linestatus", "l_shipinstruct", "l_shipmode", "l_comment"]


def _forms(trimmed, number, amount):
    texts = [f"rtrim(CAST({name} AS VARCHAR))" if trimmed else f"CAST({name} AS VARCHAR)" for name in TEXTS]
    return (
        [f"CAST({name} AS {number})" for name in NUMBERS]
        + [f"CAST({name} AS {amount})" for name in AMOUNTS]
        + [f"CAST({name} AS DATE)" for name in DATES]
        + texts
    )


def of_duckdb(connection, table, trimmed):
    columns = ", ".join(_forms(trimmed, "BIGINT", "DECIMAL(15,2)"))
    return connection.execute(f"SELECT count(*), CAST(sum(hash({columns})) AS VARCHAR) FROM {table}").fetchone()


def of_postgres(cursor, table, trimmed):
    columns = ", ".join(_forms(trimmed, "bigint", "numeric(15,2)"))
    # a row's text tells NULL from an empty text
    cursor.execute(f"SELECT count(*), sum(hashtextextended(ROW({columns})::text, 0)::numeric)::text FROM {table}")
    return cursor.fetchone()


def postgres_as_duckdb(psql, url):
    """The source's own rows by its own client, in a DuckDB table: no tool of the race has touched them."""
    connection = duckdb.connect()
    types = {name: "BIGINT" for name in NUMBERS} | {name: "DECIMAL(15,2)" for name in AMOUNTS}
    types |= {name: "DATE" for name in DATES} | {name: "VARCHAR" for name in TEXTS}
    order = (
        "l_orderkey l_partkey l_suppkey l_linenumber l_quantity l_extendedprice l_discount l_tax l_returnflag"
        " l_linestatus l_shipdate l_commitdate l_receiptdate l_shipinstruct l_shipmode l_comment").split()
    columns = "{" + ", ".join(f"'{name}': '{types[name]}'" for name in order) + "}"
    with subprocess.Popen(
            [psql, url, "-qc", "COPY lineitem TO STDOUT (FORMAT csv)"], stdout=subprocess.PIPE) as process:
        connection.execute(
            f"CREATE TABLE lineitem AS FROM read_csv('/dev/fd/{process.stdout.fileno()}', header=false,"
            f" auto_detect=false, delim=',', quote='\"', columns={columns})")
    return connection


def verdict(expected, found):
    """Of pairs (exact, trimmed)."""
    if found[0] == expected[0]:
        return "equal"
    if found[1] == expected[1]:
        return "equal but for trailing blanks"
    return f"DIFFERS ({found[0][0]} rows, {expected[0][0]} expected)"
