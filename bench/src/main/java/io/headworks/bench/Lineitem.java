package io.headworks.bench;

/** Sixteen columns shaped like TPC-H's lineitem, made by the server from a row's number. */
final class Lineitem {

    private Lineitem() {}

    static String table(long rows) {
        return "CREATE TABLE lineitem AS " + select(rows);
    }

    /** With a time of the last change, which is as old as the order. */
    static String timedTable(long rows) {
        return "CREATE TABLE lineitem AS SELECT l.*, timestamptz '2020-01-01Z' + l_orderkey * interval '1 second'"
                + " AS updated_at FROM (" + select(rows) + ") AS l";
    }

    private static String select(long rows) {
        return """
                SELECT
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

    /** The same rows in MariaDB's words. */
    static String inMariaDb(long rows) {
        return """
                CREATE TABLE lineitem (
                  l_orderkey int NOT NULL, l_partkey int NOT NULL, l_suppkey int NOT NULL, l_linenumber int NOT NULL,
                  l_quantity decimal(15,2) NOT NULL, l_extendedprice decimal(15,2) NOT NULL,
                  l_discount decimal(15,2) NOT NULL, l_tax decimal(15,2) NOT NULL, l_returnflag char(1) NOT NULL,
                  l_linestatus char(1) NOT NULL, l_shipdate date NOT NULL, l_commitdate date NOT NULL,
                  l_receiptdate date NOT NULL, l_shipinstruct char(25) NOT NULL, l_shipmode char(10) NOT NULL,
                  l_comment varchar(44) NOT NULL) ENGINE=InnoDB
                SELECT seq DIV 4 + 1 AS l_orderkey, seq * 7919 %% 200000 + 1 AS l_partkey,
                  seq * 104729 %% 10000 + 1 AS l_suppkey, seq %% 4 + 1 AS l_linenumber, seq %% 50 + 1 AS l_quantity,
                  round((seq * 15485863 %% 10000000) / 100.0 + 900, 2) AS l_extendedprice,
                  round((seq %% 11) / 100.0, 2) AS l_discount, round((seq %% 9) / 100.0, 2) AS l_tax,
                  elt(seq %% 3 + 1, 'A', 'N', 'R') AS l_returnflag, elt(seq %% 2 + 1, 'O', 'F') AS l_linestatus,
                  date '1992-01-01' + INTERVAL (seq * 31 %% 2500) DAY AS l_shipdate,
                  date '1992-01-01' + INTERVAL (seq * 37 %% 2500) DAY AS l_commitdate,
                  date '1992-01-01' + INTERVAL (seq * 41 %% 2500) DAY AS l_receiptdate,
                  elt(seq %% 4 + 1, 'DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN') AS l_shipinstruct,
                  elt(seq %% 7 + 1, 'REG AIR', 'AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB') AS l_shipmode,
                  substr(concat(md5(seq), md5(seq + 1)), 1, 10 + seq %% 34) AS l_comment
                FROM seq_0_to_%d""".formatted(rows - 1);
    }
}
