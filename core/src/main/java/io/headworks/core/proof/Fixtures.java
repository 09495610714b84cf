package io.headworks.core.proof;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.isolation.FrozenBatch;
import io.headworks.core.isolation.FrozenSource;
import io.headworks.core.json.Json;
import io.headworks.core.service.Rows;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.Fixture.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the rows of a test their types: those it states, those of {@code extract.columns}, else what they look like. */
final class Fixtures {
    private static final long MOST_ROWS = 1_000_000;

    private final EngineSession engine;
    private final TypedRows typed;
    private final Map<String, DataType> stated;

    Fixtures(EngineSession engine, Map<String, DataType> stated) {
        this.engine = engine;
        this.typed = new TypedRows(engine);
        this.stated = stated;
    }

    /** Rows as they are written, with the types that a SELECT gives. */
    record Read(Fixture.Rows rows, Map<String, DataType> types) {}

    Read read(Fixture fixture) {
        if (fixture instanceof Fixture.Rows rows) {
            return new Read(rows, Map.of());
        }
        Relation answer = engine.query(((Fixture.Query) fixture).sql());
        Map<String, DataType> types = new LinkedHashMap<>();
        answer.schema().fields().forEach(field -> types.put(field.name(), field.type()));
        List<List<Cell>> cells = Rows.first(engine, answer, MOST_ROWS).stream()
                .map(row -> row.stream().map(Fixtures::cell).toList())
                .toList();
        return new Read(new Fixture.Rows(answer.schema().names(), cells, null), types);
    }

    private static Cell cell(@Nullable Object value) {
        if (value == null) {
            return Cell.NULL;
        }
        boolean nested = value instanceof Map || value instanceof List;
        return new Cell(nested ? Json.compact(value) : value.toString(), nested ? Cell.Form.NESTED : Cell.Form.PLAIN);
    }

    /** The columns of several fixtures of one table together. */
    Schema schema(List<Read> all) {
        return schema(all, Map.of(), names(all));
    }

    private static Set<String> names(List<Read> all) {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(each -> names.addAll(each.rows().columns()));
        return names;
    }

    private Schema schema(List<Read> all, Map<String, DataType> declared, Set<String> names) {
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            DataType known = Stream.concat(
                            Stream.of(stated.get(name), declared.get(name)),
                            all.stream().map(each -> each.types().get(name)))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            fields.add(new Field(name, known == null ? CellTypes.of(cells(all, name)) : known));
        }
        return new Schema(fields);
    }

    private static List<Cell> cells(List<Read> all, String name) {
        List<Cell> cells = new ArrayList<>();
        for (Read each : all) {
            int position = each.rows().columns().indexOf(name);
            if (position >= 0) {
                each.rows().rows().forEach(row -> cells.add(row.get(position)));
            }
        }
        return cells;
    }

    Relation typed(Fixture.Rows rows, Schema schema) {
        return typed.of(rows, schema);
    }

    /** The rows, in memory. */
    FrozenBatch frozen(Fixture.Rows rows, Schema schema) {
        return new FrozenBatch(schema, typed.batches(typed.of(rows, schema)));
    }

    /** What an extract gives, batch for batch, all with the same columns. */
    List<FrozenBatch> batches(List<Fixture> written, Extract extract) {
        List<Read> all = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            all.add(withAdded(read(written.get(i)), extract, FrozenSource.path(i)));
        }
        Map<String, DataType> declared = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (Extract.ColumnChoice column : extract.columns()) {
            names.add(column.name());
            DataType type = column.type();
            if (type != null) {
                declared.put(column.name(), type);
            }
        }
        added(extract).keySet().forEach(names::add);
        requireExtracted(all, names, extract);
        Schema schema = schema(all, declared, extract.columns().isEmpty() ? names(all) : names);
        if (schema.fields().isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot run the test: no batch has a column, and the pipeline declares none",
                    "give one batch a row, or name a CSV file with a header");
        }
        return all.stream().map(each -> frozen(each.rows(), schema)).toList();
    }

    private static Map<String, String> added(Extract extract) {
        FileReading files = extract.files();
        return files == null ? Map.of() : files.add();
    }

    /** Path and line of a row, where the pipeline asks for them and the test does not say. */
    private static Read withAdded(Read read, Extract extract, String path) {
        Fixture.Rows rows = read.rows();
        for (Map.Entry<String, String> column : added(extract).entrySet()) {
            if (!rows.columns().contains(column.getKey())) {
                List<String> columns = new ArrayList<>(rows.columns());
                columns.add(column.getKey());
                List<List<Cell>> cells = new ArrayList<>();
                for (List<Cell> row : rows.rows()) {
                    String text = column.getValue().equals("path") ? path : Integer.toString(cells.size() + 2);
                    List<Cell> more = new ArrayList<>(row);
                    more.add(new Cell(text, Cell.Form.PLAIN));
                    cells.add(more);
                }
                rows = new Fixture.Rows(columns, cells, rows.file());
            }
        }
        return new Read(rows, read.types());
    }

    private static void requireExtracted(List<Read> all, Set<String> names, Extract extract) {
        Set<String> unknown = names(all);
        unknown.removeAll(names);
        if (!extract.columns().isEmpty() && !unknown.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot run the test: the pipeline does not extract " + String.join(", ", unknown)
                            + " (extract.columns: " + String.join(", ", names) + ")",
                    "take the column out of the batch, or add it to extract.columns");
        }
    }
}
