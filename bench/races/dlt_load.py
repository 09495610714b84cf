"""One load by dlt: dlt_load.py SOURCE_URL DESTINATION_URL FOLDER; ConnectorX where the source is PostgreSQL."""

import sys

import dlt
from dlt.sources.sql_database import sql_table

source, destination, folder = sys.argv[1:4]
backend = "connectorx" if source.startswith("postgres") else "pyarrow"
table = sql_table(credentials=source, table="lineitem", backend=backend, reflection_level="full_with_precision")
if destination.startswith("duckdb:"):
    target, file_format = dlt.destinations.duckdb(destination.removeprefix("duckdb:")), "parquet"
else:
    target, file_format = dlt.destinations.postgres(destination), "csv"
pipeline = dlt.pipeline("race", pipelines_dir=folder, destination=target, dataset_name="race")
pipeline.run(table, write_disposition="replace", loader_file_format=file_format).raise_on_failed_jobs()
