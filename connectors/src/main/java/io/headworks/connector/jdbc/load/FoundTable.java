package io.headworks.connector.jdbc.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.jdbc.catalog.Catalog;
import io.headworks.connector.jdbc.catalog.StoredColumn;
import io.headworks.connector.jdbc.catalog.StoredTable;
import io.headworks.connector.jdbc.source.ColumnReadings;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table as it is found. */
final class FoundTable {
    private FoundTable() {}

    static Optional<TargetTable> find(Statements sql, JdbcSpelling spelling, TableName name) {
        return sql.run("look at " + name, () -> {
            StoredTable stored = new Catalog(sql.connection(), spelling.dialect())
                    .table(name)
                    .orElse(null);
            if (stored == null) {
                return Optional.empty();
            } else if (stored.view()) {
                throw TargetTable.isView(name);
            } else if (stored.otherCollation() != null) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot load into " + name + ": it compares texts by " + stored.otherCollation()
                                + " (allowed: "
                                + spelling.dialect().forms().collation() + "), so that changed texts may look the same",
                        "give load.table a table whose texts compare by all their characters");
            }
            List<TargetColumn> columns = new ArrayList<>();
            stored.columns().forEach(column -> columns.add(column(spelling, column)));
            return Optional.of(new TargetTable(name, spelling.table(stored.name()), "", columns, stored.primaryKey()));
        });
    }

    /** Texts compare without the blanks at their end, which is a rule of its own. */
    private static TargetColumn column(JdbcSpelling spelling, StoredColumn column) {
        var type = new ColumnReadings(spelling.dialect()).type(column).orElse(null);
        return new TargetColumn(
                column.name(),
                spelling.name(column.name()),
                column.declared(),
                type,
                column.notNull(),
                column.generated(),
                type != null && type.isText() ? "PAD SPACE" : null);
    }
}
