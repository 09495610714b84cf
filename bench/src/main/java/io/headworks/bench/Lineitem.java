package io.headworks.bench;

/** Sixteen columns shaped like TPC-H's lineitem, made by the server from a row's number. */
final class Lineitem {

    private Lineitem() {}

    static String table(long rows) {
        return """
                CREATE TABLE lineitem AS SELECT
                  (i / 4 + 1)::int AS l_orderkey, (i * 7919 %% 200000 + 1)::int AS l_partkey,
                  (i * 104729 %% 10000 + 1)::int AS l_suppkey, (i %% 4 + 1)::int AS l_linenumber,
                  (i %% 50 + 1)::numeric(15,2) AS l_quantity,
                  ((i * 15485863 %% 10000000) / 100.0 + 900)::numeric(15,2) AS l_extendedprice,
                  ((i %% 11) / 100.0)::numeric(15,2) AS l_discount, ((i %% 9) / 100.0)::numeric(15,2) AS l_tax,
                  (ARRAY['A','N','R'])[i %% 3 + 1]::char(1) AS l_returnflag,
                  (ARRAY['O','F'])[i %% 2 + 1]::char(1) AS l_linestatus,
                  date '1992-01-01' + (i * 31 %% 2500)::int AS l_shipdate,
                  date '1992-01-01' + (i * 37 %% 2500)::int AS l_commitdate,
                  date '1992-01-01' + (i * 41 %% 2500)::int AS l_receiptdate,
                  (ARRAY['DELIVER IN PERSON','COLLECT COD','NONE','TAKE BACK RETURN'])[i %% 4 + 1]::char(25)
                    AS l_shipinstruct,
                  (ARRAY['REG AIR','AIR','RAIL','SHIP','TRUCK','MAIL','FOB'])[i %% 7 + 1]::char(10) AS l_shipmode,
                  substr(md5(i::text) || md5((i + 1)::text), 1, 10 + (i %% 34)::int)::varchar(44) AS l_comment
                FROM generate_series(0::bigint, %d - 1) AS i""".formatted(rows);
    }
}
