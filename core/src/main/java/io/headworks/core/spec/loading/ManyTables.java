package io.headworks.core.spec.loading;

import io.headworks.api.dataset.TableName;
import io.headworks.api.source.SourceTable;
import io.headworks.core.spec.TableChoice;
import io.headworks.core.spec.TablePattern;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.format.TablesFormat;
import io.headworks.core.spec.yaml.Merge;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a pipeline of many tables, and what it says of each of them: itself, with what overrides say laid over it
 * in their order, and the names of the table filled in.
 *
 * @param template without {@code extract.tables} and {@code overrides}
 * @param tables the value of {@code extract.tables}
 */
record ManyTables(
        String name,
        String connection,
        TableChoice choice,
        Node.Mapping template,
        Node tables,
        List<Difference> differences) {
    private static final String EXTRACT = "extract";
    private static final String NAME = "name";
    private static final List<String> OF_INCREMENTAL = List.of("incremental_key", "lookback", "settle", "null_keys");

    ManyTables {
        differences = List.copyOf(differences);
    }

    /** What holds for some of the tables. */
    record Difference(TablePattern pattern, Node.Scalar key, Node.Mapping part) {}

    static boolean isIn(Node pipeline) {
        Node.Mapping extract = extract(pipeline);
        return extract != null && extract.entry("tables") != null;
    }

    /** Reads what the tables have in common; null when it is wrong, which was reported. */
    static @Nullable ManyTables of(Node.Mapping pipeline, Reading in) {
        Node.Mapping extract = extract(pipeline);
        Node.Entry tables = extract == null ? null : extract.entry("tables");
        Node.Entry named = pipeline.entry(NAME);
        if (extract == null || tables == null) {
            throw new IllegalArgumentException("Cannot read tables: there are none");
        }
        if (named == null) {
            in.refuse(pipeline, "missing-key", "key 'name' is missing", "add name: shop");
            return null;
        }
        String name = in.part(NAME, Scalars.NAMED, named.value());
        TableChoice choice = in.part("extract.tables", TablesFormat.KIND, tables.value());
        String connection = connection(extract, in);
        List<Difference> overrides = overrides(pipeline, in);
        boolean whole = isNotTold(extract, in) & isTold(pipeline, in);
        if (name == null || choice == null || connection == null || overrides == null || !whole) {
            return null;
        }
        Node.Mapping template =
                pipeline.without(List.of("overrides")).with(EXTRACT, extract.without(List.of("tables")));
        return new ManyTables(name, connection, choice, template, tables.value(), overrides);
    }

    private static Node.@Nullable Mapping extract(Node pipeline) {
        Node extract = pipeline instanceof Node.Mapping map ? map.get(EXTRACT) : null;
        return extract instanceof Node.Mapping map ? map : null;
    }

    private static @Nullable String connection(Node.Mapping extract, Reading in) {
        Node node = extract.get("connection") == null ? extract.get("source_system") : extract.get("connection");
        if (node == null) {
            in.refuse(extract, "missing-key", "key 'connection' is missing in extract", "add connection: shop_db");
            return null;
        }
        return in.text(node, "the name of a connection");
    }

    /** One of these says what to read; tables says it already. */
    private static boolean isNotTold(Node.Mapping extract, Reading in) {
        boolean alone = true;
        for (String other : List.of("table", "query", "path")) {
            Node.Entry entry = extract.entry(other);
            if (entry != null) {
                in.refuse(
                        entry.value(),
                        "conflicting-keys",
                        "extract." + other + " excludes extract.tables (allowed: one of them)",
                        null);
                alone = false;
            }
        }
        return alone;
    }

    /** Each table needs a table of its own to go to. */
    private static boolean isTold(Node.Mapping pipeline, Reading in) {
        Node load = pipeline.get("load");
        Node table = load instanceof Node.Mapping map ? map.get("table") : null;
        if (table instanceof Node.Scalar scalar && !TableWords.isIn(scalar.text())) {
            in.refuse(
                    table,
                    "invalid-value",
                    "load.table '" + scalar.text() + "' is the same for all tables (allowed: a name with ${table})",
                    "write \"raw_${table}\"");
            return false;
        }
        return true;
    }

    private static @Nullable List<Difference> overrides(Node.Mapping pipeline, Reading in) {
        Node node = pipeline.get("overrides");
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Node.Mapping map)) {
            in.refuse(node, "wrong-type", "overrides is " + node.kind() + " (allowed: a map by table)", null);
            return null;
        }
        List<Difference> overrides = new ArrayList<>();
        for (Node.Entry entry : map.entries()) {
            if (entry.value() instanceof Node.Mapping part) {
                overrides.add(new Difference(new TablePattern(entry.name()), entry.key(), part));
            } else {
                in.refuse(
                        entry.value(),
                        "wrong-type",
                        "overrides." + entry.name() + " is " + entry.value().kind()
                                + " (allowed: a part of a pipeline)",
                        "as {extract: {strategy: full}}");
            }
        }
        return overrides.size() == map.entries().size() ? overrides : null;
    }

    /** The connection of the loads. */
    @Nullable
    String target() {
        String named = ofLoad("connection");
        return named == null ? ofLoad("target_system") : named;
    }

    /** What the tables that are written look like. */
    TablePattern written() {
        return new TablePattern(TableWords.ANY.fill(String.valueOf(ofLoad("table"))));
    }

    private @Nullable String ofLoad(String key) {
        Node value = template.get("load") instanceof Node.Mapping load ? load.get(key) : null;
        return value instanceof Node.Scalar scalar ? scalar.text() : null;
    }

    /** What the pipeline of a table is called behind the dot: as an override says, or else as the table. */
    String partName(SourceTable table) {
        String called = table.name().table();
        for (Difference each : differences) {
            if (each.pattern().isFor(table) && each.part().get(NAME) instanceof Node.Scalar own) {
                called = own.text();
            }
        }
        return called;
    }

    /** The definition of one table's pipeline, under its name without the group's. */
    Node.Mapping definition(SourceTable table, TablePattern by) {
        Node.Mapping merged = template;
        List<String> dropped = List.of();
        for (Difference each : differences) {
            if (each.pattern().isFor(table)) {
                merged = Merge.over(merged, each.part());
                dropped = dropped(each.part(), dropped);
            }
        }
        Node.Mapping extract = extract(merged);
        if (extract == null) {
            throw new IllegalStateException("a definition with tables has an extract");
        }
        TableName spelt = by.spelt(table);
        Node.Mapping read = extract.without(dropped).with("table", scalar(tables, spelt.toString()));
        Node.Mapping whole = new Node.Mapping(template.source(), template.line(), template.column(), merged.entries());
        Node nameAt = whole.get(NAME) == null ? template : whole.get(NAME);
        Node.Mapping named = whole.with(EXTRACT, chosenKey(read, table)).with(NAME, scalar(nameAt, partName(table)));
        return (Node.Mapping) TableWords.of(table.name()).fill(named);
    }

    /** Keys of incremental reading that mean nothing once an override says full. */
    private static List<String> dropped(Node.Mapping override, List<String> before) {
        Node.Mapping extract = extract(override);
        if (extract == null || !(extract.get("strategy") instanceof Node.Scalar strategy)) {
            return before;
        }
        return strategy.text().equals("incremental")
                ? List.of()
                : OF_INCREMENTAL.stream()
                        .filter(key -> extract.entry(key) == null)
                        .toList();
    }

    /** Of several incremental keys the first that the table has; all of them when it has none. */
    private static Node.Mapping chosenKey(Node.Mapping extract, SourceTable table) {
        if (extract.get(OF_INCREMENTAL.get(0)) instanceof Node.Sequence keys) {
            for (Node key : keys.items()) {
                if (key instanceof Node.Scalar scalar) {
                    for (String column : table.columns()) {
                        if (column.equalsIgnoreCase(scalar.text())) {
                            return extract.with(OF_INCREMENTAL.get(0), scalar(scalar, column));
                        }
                    }
                }
            }
        }
        return extract;
    }

    /** The incremental keys that the definition names, in their order. */
    List<String> incrementalKeys() {
        return missingKeys(template);
    }

    /** The keys that a definition goes on to name when the table has none of them. */
    static List<String> missingKeys(Node.Mapping definition) {
        Node.Mapping extract = extract(definition);
        Node keys = extract == null ? null : extract.get(OF_INCREMENTAL.get(0));
        List<String> names = new ArrayList<>();
        if (keys instanceof Node.Sequence list) {
            list.items().forEach(item -> names.add(item instanceof Node.Scalar scalar ? scalar.text() : "?"));
        }
        return names;
    }

    static Node.Scalar scalar(Node at, String text) {
        return new Node.Scalar(at.source(), at.line(), at.column(), 0, 0, text, Node.Scalar.Style.PLAIN);
    }
}
