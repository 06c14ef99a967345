"""Topics of the support tickets, from what visitors looked for."""
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
print("started")
rows = spark.table("main.default.page_views").count()
print(f"read {rows} rows")
topics = spark.sql("SELECT DISTINCT page FROM main.default.page_views").count()
print(f"found {topics} topics")
print("done")
