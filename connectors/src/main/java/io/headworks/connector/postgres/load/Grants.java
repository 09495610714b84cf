package io.headworks.connector.postgres.load;

import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.api.name.NameTable;
import io.headworks.connector.server.ServerSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rights that a user needs for some loads: of its own tables it needs none, because it makes them. */
record Grants(ServerSettings server, PostgresSpelling spelling) {

    List<String> of(List<Load> loads) {
        String user = spelling.name(server.user());
        String own = spelling.name(LedgerTables.SCHEMA);
        List<String> grants = new ArrayList<>();
        grants.add("GRANT CONNECT, TEMPORARY ON DATABASE " + spelling.name(server.database()) + " TO " + user);
        // large tables are reloaded beside, in our schema
        grants.add("GRANT USAGE, CREATE ON SCHEMA " + own + " TO " + user);
        for (String table :
                List.of(LedgerTables.LEDGER, LedgerTables.FENCE, LedgerTables.DEAD_LETTER, NameTable.NAME)) {
            grants.add("GRANT SELECT, INSERT, UPDATE ON " + spelling.own(table) + " TO " + user);
        }
        Set<String> schemas = new TreeSet<>();
        loads.forEach(load -> schemas.add(spelling.schema(load.table())));
        schemas.forEach(schema -> {
            grants.add("CREATE SCHEMA IF NOT EXISTS " + spelling.name(schema));
            grants.add("GRANT USAGE, CREATE ON SCHEMA " + spelling.name(schema) + " TO " + user);
        });
        ofOthers(loads)
                .forEach((table, rights) -> grants.add("DO $hw$ BEGIN IF to_regclass(" + spelling.text(table)
                        + ") IS NOT NULL THEN GRANT " + String.join(", ", rights) + " ON " + table + " TO " + user
                        + "; END IF; END $hw$"));
        return grants;
    }

    /** For tables that are there already and belong to somebody else. */
    private TreeMap<String, Set<String>> ofOthers(List<Load> loads) {
        TreeMap<String, Set<String>> rights = new TreeMap<>();
        for (Load load : loads) {
            Set<String> needed = rights.computeIfAbsent(spelling.table(load.table()), table -> new LinkedHashSet<>());
            needed.addAll(List.of("SELECT", "INSERT"));
            if (load.strategy() == Strategy.TRUNCATE_RELOAD
                    || load.strategy() == Strategy.PARTITION_SWAP
                    || load.strategy() == Strategy.APPEND
                    || load.strategy() == Strategy.MERGE) {
                needed.add("DELETE");
            }
            if (load.strategy().needsKeys()) {
                needed.add("UPDATE");
            }
        }
        return rights;
    }
}
