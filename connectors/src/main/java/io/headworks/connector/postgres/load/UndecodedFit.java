package io.headworks.connector.postgres.load;

import io.headworks.api.source.Frames;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.copy.CopyFrames;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether rows of a binary COPY are, byte for byte, those that would be written into a table. */
final class UndecodedFit {
    private UndecodedFit() {}

    /** Why not, of a table that is there or, where it is not, of the one that would be created; null when they are. */
    static @Nullable String refusal(
            Frames frames, Schema columns, @Nullable TargetTable table, PostgresSpelling spelling) {
        for (Field field : columns.fields()) {
            Optional<TargetColumn> stored = table == null ? Optional.empty() : table.column(field.name());
            if (table != null && stored.isEmpty()) {
                return "the table lacks column '" + field.name() + "'";
            }
            String declared =
                    stored.map(TargetColumn::declared).orElseGet(() -> spelling.declared(field.type(), field.name()));
            String refusal = refusal(frames, field.name(), declared);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    static @Nullable String refusal(Frames frames, LoadColumns columns) {
        for (Pair pair : columns.data()) {
            String refusal =
                    refusal(frames, pair.delivered().name(), pair.column().declared());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable String refusal(Frames frames, String column, String declared) {
        if (!frames.form().equals(CopyFrames.FORM)) {
            return "rows come as " + frames.form();
        }
        String sent = frames.types().get(column);
        if (sent == null) {
            return "the source does not send '" + column + "'";
        } else if (!bytes(sent).equals(bytes(declared))) {
            return "column '" + column + "' is " + sent + " at the source and " + declared + " in the table";
        } else if (!ArrayWriter.writes(declared)) {
            return "column '" + column + "' is " + declared + ", which may mean something else on another server";
        }
        return null;
    }

    /** The same for types whose values are written alike and have the same bounds: none. */
    private static String bytes(String type) {
        return type.equals("character varying") ? "text" : type;
    }
}
