"""Writes the Parquet files of the bad-input corpus into the current folder. Needs pyarrow (made with 26.0)."""
import datetime
import decimal
import os
import struct

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

ROWS = 50
good = pa.table({"id": pa.array(range(ROWS), pa.int64()), "name": [f"name {i}" for i in range(ROWS)]})


def save(name, data):
    with open(name, "wb") as file:
        file.write(data)


def load(name):
    with open(name, "rb") as file:
        return file.read()


pq.write_table(good, "good.parquet", compression="snappy", use_dictionary=False)
whole = load("good.parquet")
footer = struct.unpack("<I", whole[-8:-4])[0]
save("cut-footer.parquet", whole[:-20])
save("cut-half.parquet", whole[: len(whole) // 2])
save("footer-too-long.parquet", whole[:-8] + struct.pack("<I", 0x7FFFFFF0) + b"PAR1")
save("footer-noise.parquet", whole[: -8 - footer] + bytes((i * 37 + 11) % 256 for i in range(footer)) + whole[-8:])
save("not-parquet.parquet", b"id,name\n1,a\n2,b and some more text\n")
save("no-bytes.parquet", b"")
page = bytearray(whole)
for at in range(60, 120):
    page[at] ^= 0xFF
save("page-noise.parquet", bytes(page))

pq.write_table(good, "checksum.parquet", compression="none", use_dictionary=False, write_page_checksum=True)
broken = bytearray(load("checksum.parquet"))
at = broken.index(b"name 17")
broken[at + 5] = ord("9")
save("checksum.parquet", bytes(broken))

pq.write_table(good.schema.empty_table(), "no-rows.parquet")
with pq.ParquetWriter("no-row-groups.parquet", good.schema):
    pass

stamps = pa.table({"at": pa.array([datetime.datetime(1969, 12, 31, 23, 59, 59, 999999), datetime.datetime(2026, 3, 29, 2, 30)], pa.timestamp("ns"))})
pq.write_table(stamps, "int96.parquet", use_deprecated_int96_timestamps=True)

amounts = pa.table({"amount": pa.array([decimal.Decimal("12345678901234567890123456.7890123456"), decimal.Decimal("-0.0000000001")], pa.decimal128(38, 10))})
pq.write_table(amounts, "decimal-bytes.parquet")

halves = pa.table({"half": pa.array([1.5, -2.25], pa.float16())})
pq.write_table(halves, "float16.parquet")

wide = pa.table({"wide": pa.array([decimal.Decimal("1" * 60)], pa.decimal256(60, 0))})
pq.write_table(wide, "decimal60.parquet")

nested = pa.table({"tags": [["a", None], [], None], "point": [{"x": 1, "y": None}, None, {"x": 3, "y": "z"}]})
pq.write_table(nested, "nested.parquet")

names = pa.Table.from_arrays([pa.array([1]), pa.array([2]), pa.array([3]), pa.array([4])], names=["id", "ID", 'a"b', "sel ect.x"])
pq.write_table(names, "names.parquet")

pq.write_table(pa.table({"id": pa.array([1, 2], pa.int32())}), "narrow.parquet")
pq.write_table(pa.table({"id": pa.array([2**40, 3], pa.int64()), "late": ["x", None]}), "later.parquet")
pq.write_table(pa.table({"id": ["one"]}), "text-id.parquet")

specials = pa.table({"v": pa.array([float("nan"), float("inf"), float("-inf"), -0.0, 5e-324, None], pa.float64())})
pq.write_table(specials, "doubles.parquet")


class Keys(pe.KmsClient):
    def __init__(self, config):
        super().__init__()

    def wrap_key(self, key, master):
        return key

    def unwrap_key(self, key, master):
        return key


factory = pe.CryptoFactory(lambda config: Keys(config))
config = pe.EncryptionConfiguration(footer_key="k", column_keys={"k": ["id", "name"]})
with pq.ParquetWriter("encrypted.parquet", good.schema, encryption_properties=factory.file_encryption_properties(pe.KmsConnectionConfig(), config)) as writer:
    writer.write_table(good)
print(sum(os.path.getsize(f) for f in os.listdir(".") if f.endswith(".parquet")), "bytes")
