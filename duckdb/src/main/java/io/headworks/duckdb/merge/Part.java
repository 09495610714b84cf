package io.headworks.duckdb.merge;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.rewrite.FileTable;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that a load could change or must see: whole partitions, so that they can be written anew. More than
 * needed is only slow; a column that is missing is left to the load itself to refuse.
 *
 * @param staysWhole true when no row of the table can go, so that not whole partitions but only rows to compare are held
 */
record Part(Relation rows, boolean staysWhole) {

    static Part of(LoadRequest request, FileTable table, PartitionText partitions) {
        Relation all = table.rows();
        Load load = request.load();
        Slice slice = request.slice();
        boolean keyed = !load.mergeKeys().isEmpty();
        return switch (load.strategy()) {
            case TRUNCATE_RELOAD -> keyed ? new Part(all, false) : none(all);
            case APPEND -> {
                if (slice != null) {
                    yield whole(table, partitions, inSlice(all.schema(), slice));
                }
                yield keyed ? matched(request, all) : none(all);
            }
            case UPSERT -> whole(table, partitions, hasKeyInBatch(request, all.schema()));
            case MERGE, SOFT_DELETE ->
                request.kind() == BatchKind.SNAPSHOT
                        ? new Part(all, false)
                        : whole(table, partitions, hasKeyInBatch(request, all.schema()));
            case PARTITION_SWAP ->
                slice == null ? new Part(all, false) : whole(table, partitions, inSlice(all.schema(), slice));
            case VIEW -> none(all);
        };
    }

    private static Part none(Relation all) {
        return new Part(where(all, Optional.of("false")), true);
    }

    private static Part matched(LoadRequest request, Relation all) {
        return new Part(where(all, hasKeyInBatch(request, all.schema())), true);
    }

    /** The partitions that have a row for which the condition holds; all when there is no condition. */
    private static Part whole(FileTable table, PartitionText partitions, Optional<String> condition) {
        if (condition.isEmpty()) {
            return new Part(table.rows(), false);
        }
        Set<@Nullable String> touched =
                partitions.count(table.rows(), condition.get()).partitions();
        return new Part(table.rows(touched), false);
    }

    private static Relation where(Relation all, Optional<String> condition) {
        return new Relation(
                "SELECT " + DuckSql.names(all.schema().names()) + " FROM (" + all.sql() + ") AS t WHERE "
                        + condition.orElse("true"),
                all.schema(),
                all.hidden());
    }

    private static Optional<String> inSlice(Schema schema, Slice slice) {
        return column(schema, slice.column()).map(field -> {
            DataType type = field.type();
            String name = "t." + DuckSql.name(field.name());
            return name + " >= " + DuckSql.literal(slice.from(), type) + " AND " + name + " < "
                    + DuckSql.literal(slice.to(), type);
        });
    }

    /** The keys of the batch in the types of the table, which hold them exactly. */
    private static Optional<String> hasKeyInBatch(LoadRequest request, Schema schema) {
        Schema batch = request.batch().schema();
        boolean known = request.load().mergeKeys().stream()
                .allMatch(key ->
                        column(schema, key).isPresent() && column(batch, key).isPresent());
        if (!known) {
            return Optional.empty();
        }
        return Optional.of("EXISTS (SELECT 1 FROM (" + request.batch().sql() + ") AS b WHERE "
                + request.load().mergeKeys().stream()
                        .map(key -> equal(
                                column(schema, key).orElseThrow(),
                                column(batch, key).orElseThrow()))
                        .collect(Collectors.joining(" AND "))
                + ")");
    }

    private static String equal(Field stored, Field delivered) {
        return "t." + DuckSql.name(stored.name()) + " = CAST(b." + DuckSql.name(delivered.name()) + " AS "
                + DuckTypes.spelling(stored.type()) + ")";
    }

    private static Optional<Field> column(Schema schema, String name) {
        return schema.field(name)
                .or(() -> schema.fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst());
    }
}
