"""One load by Spark over JDBC, two partitions: spark_load.py DRIVER_JAR SOURCE_JDBC_URL DESTINATION_JDBC_URL ROWS."""

import sys

from pyspark.sql import SparkSession

jar, source, destination, rows = sys.argv[1:5]
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", jar)
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.memory", "2g")
    .getOrCreate()
)
options = {"driver": "org.postgresql.Driver", "fetchsize": "10000"}
frame = (
    spark.read.format("jdbc")
    .options(**options, url=source, dbtable="lineitem", partitionColumn="l_orderkey", numPartitions="2")
    .options(lowerBound="1", upperBound=str(int(rows) // 4))
    .load()
)
frame.write.format("jdbc").options(**options, url=destination, dbtable="lineitem", batchsize="10000").save()
