package io.headworks.connector.parquet;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ledger.ndjson}: ledger version 1, a row per line, oldest first. */
final class LedgerFile {
    private LedgerFile() {}

    static List<LedgerRow> read(Path file) throws IOException {
        List<LedgerRow> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(row(Json.object(line)));
        }
        return rows;
    }

    /** Throws when a row's run number is not above those of all other runs of its dataset. */
    static void requireNext(List<LedgerRow> earlier, LedgerRow row) {
        long last = earlier.stream()
                .filter(other -> other.key().dataset().equals(row.key().dataset())
                        && !other.runId().equals(row.runId()))
                .mapToLong(LedgerRow::runNumber)
                .max()
                .orElse(0);
        row.requireAbove(last);
    }

    /** The text of a ledger with rows more. */
    static String with(@Nullable Path earlier, List<LedgerRow> rows) throws IOException {
        StringBuilder text = new StringBuilder(earlier == null ? "" : Files.readString(earlier));
        rows.forEach(row -> text.append(line(row)).append('\n'));
        return text.toString();
    }

    private static String line(LedgerRow row) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        List<@Nullable Object> values = LedgerTables.values(row);
        List<Field> columns = LedgerTables.LEDGER_COLUMNS.fields();
        for (int i = 0; i < columns.size(); i++) {
            line.put(columns.get(i).name(), values.get(i));
        }
        return Json.text(line);
    }

    /** Columns a newer minor version added are ignored. */
    private static LedgerRow row(Map<String, @Nullable Object> line) throws IOException {
        long version = Json.number(line, "ledger_version");
        if (version > LedgerRow.VERSION) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read the ledger: its version is " + version + " (known: up to " + LedgerRow.VERSION + ")",
                    "use the newer release of Headworks that wrote it");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Field column : LedgerTables.LEDGER_COLUMNS.fields()) {
            Object value = line.get(column.name());
            boolean instant = column.type().equals(DataType.TIMESTAMPTZ) && value != null;
            values.add(instant ? Instant.parse(Json.string(line, column.name())) : value);
        }
        return LedgerTables.row(values);
    }
}
