package io.headworks.bench;

import io.headworks.duckdb.sql.SqlRunner;

/** Tables of 20 columns: {@code clean}, and {@code dirty} with 1 % bad values in each but one; two to refer to. */
final class OrdersTable {

    private OrdersTable() {}

    static void create(SqlRunner sql, long rows) {
        sql.execute("CREATE TABLE customers AS SELECT i::INTEGER AS customer_id FROM range(7919) t(i)");
        sql.execute("CREATE TABLE skus AS SELECT 'SKU-' || lpad(i::VARCHAR, 6, '0') AS sku FROM range(50000) t(i)");
        sql.execute(CLEAN.formatted(rows));
        sql.execute(DIRTY);
        sql.execute("CHECKPOINT");
    }

    private static final String CLEAN = """
            CREATE TABLE clean AS SELECT
              i::BIGINT AS id,
              (i %% 7919)::INTEGER AS customer_id,
              (hash(i + 1) %% 1000)::SMALLINT AS store_id,
              ['pending', 'paid', 'shipped', 'closed'][1 + (hash(i + 2) %% 4)::INTEGER] AS status,
              ['EUR', 'USD', 'GBP', 'CHF', 'SEK'][1 + (hash(i + 3) %% 5)::INTEGER] AS currency,
              ['IT', 'FR', 'DE', 'ES'][1 + (hash(i + 4) %% 4)::INTEGER] AS country,
              lpad((hash(i + 5) %% 900)::VARCHAR, 3, '0') AS code,
              ((hash(i + 6) %% 10000000) / 100.0)::DECIMAL(18,2) AS amount,
              ((hash(i + 7) %% 10000) / 100.0)::DECIMAL(9,2) AS tax,
              (hash(i + 8) %% 100)::INTEGER AS quantity,
              (hash(i + 9) %% 1000000) / 1000.0 AS weight,
              (hash(i + 10) %% 1000000) / 1000.0 - 500 AS score,
              DATE '2020-01-01' + (i // 10000)::INTEGER AS placed_on,
              TIMESTAMP '2020-01-01' + to_seconds(i * 10) AS updated_at,
              'user' || (hash(i + 11) %% 3000000)::VARCHAR || '@example.com' AS email,
              'order note ' || (hash(i + 12) %% 5000000)::VARCHAR AS note,
              hash(i + 13) %% 2 = 0 AS is_gift,
              'SKU-' || lpad((hash(i + 14) %% 50000)::VARCHAR, 6, '0') AS sku,
              (i // 4)::BIGINT AS order_no,
              (i %% 4)::INTEGER AS line_no
            FROM range(%d) t(i)
            """;

    private static final String DIRTY = """
            CREATE TABLE dirty AS SELECT
              CASE WHEN hash(id + 31) % 100 = 0 THEN id // 2 ELSE id END AS id,
              CASE WHEN hash(id + 32) % 200 = 0 THEN 9999 WHEN hash(id + 32) % 200 = 1 THEN NULL ELSE customer_id END AS customer_id,
              CASE WHEN hash(id + 33) % 100 = 0 THEN NULL ELSE store_id END AS store_id,
              CASE WHEN hash(id + 34) % 100 = 0 THEN 'Lost' ELSE status END AS status,
              CASE WHEN hash(id + 35) % 100 = 0 THEN 'eur' ELSE currency END AS currency,
              CASE WHEN hash(id + 36) % 100 = 0 THEN NULL ELSE country END AS country,
              CASE WHEN hash(id + 37) % 100 = 0 THEN 'ABCD' ELSE code END AS code,
              CASE WHEN hash(id + 38) % 100 = 0 THEN -1 ELSE amount END AS amount,
              CASE WHEN hash(id + 39) % 100 = 0 THEN 5000 ELSE tax END AS tax,
              CASE WHEN hash(id + 40) % 100 = 0 THEN -1 ELSE quantity END AS quantity,
              CASE WHEN hash(id + 41) % 100 = 0 THEN 'nan'::DOUBLE ELSE weight END AS weight,
              CASE WHEN hash(id + 42) % 100 = 0 THEN 99999 ELSE score END AS score,
              CASE WHEN hash(id + 43) % 100 = 0 THEN DATE '1970-01-01' ELSE placed_on END AS placed_on,
              CASE WHEN hash(id + 44) % 100 = 0 THEN NULL ELSE updated_at END AS updated_at,
              CASE WHEN hash(id + 45) % 100 = 0 THEN 'nobody' ELSE email END AS email,
              CASE WHEN hash(id + 46) % 100 = 0 THEN '' ELSE note END AS note,
              CASE WHEN hash(id + 47) % 100 = 0 THEN NULL ELSE is_gift END AS is_gift,
              CASE WHEN hash(id + 48) % 100 = 0 THEN 'X' ELSE sku END AS sku,
              CASE WHEN hash(id + 49) % 100 = 0 THEN order_no - 1 ELSE order_no END AS order_no,
              line_no
            FROM clean
            """;
}
