# Databricks notebook source
# Scores of the segments. Helpers first.

def average(total, count):
    return total / count

# COMMAND ----------

import collections

customers = spark.sql(
    """
    SELECT c_custkey, c_mktsegment, c_acctbal AS lifetime_value
    FROM samples.tpch.customer
    """
).collect()
print(f"{len(customers)} customers")

# COMMAND ----------

# The segments that the campaign plans with. New ones begin empty.
planned = [
    "AUTOMOBILE",
    "BUILDING",
    "FURNITURE",
    "HOUSEHOLD",
    "MACHINERY",
    "unassigned",
]

segments = collections.OrderedDict()
for segment in planned:
    segments[segment] = []

for customer in customers:
    segments[customer.c_mktsegment].append(customer)

for segment, members in segments.items():
    print(f"{segment}: {len(members)} customers")

scores = {}

# A score is what a customer of the segment is worth.
for segment, members in segments.items():
    total = sum(m.lifetime_value for m in members)
    try:
        scores[segment] = average(total, len(members))
    except ZeroDivisionError as error:
        raise ZeroDivisionError(
            f"{error} in segment '{segment}' ({len(members)} customers, expected at least 1)"
        ) from error

# COMMAND ----------

display(spark.createDataFrame(list(scores.items()), "segment string, score double"))
