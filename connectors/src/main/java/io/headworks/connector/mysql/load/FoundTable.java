package io.headworks.connector.mysql.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.mysql.catalog.Catalog;
import io.headworks.connector.mysql.catalog.StoredColumn;
import io.headworks.connector.mysql.catalog.StoredTable;
import io.headworks.connector.mysql.session.MysqlSql;
import io.headworks.connector.mysql.source.ColumnReadings;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of a MySQL database as it is found. */
final class FoundTable {
    private static final int HUGE_DIGITS = 39;

    private FoundTable() {}

    static Optional<TargetTable> find(Statements sql, MysqlSpelling spelling, TableName name) {
        String qualified = spelling.table(name);
        return sql.run("look at " + name, () -> {
            StoredTable stored = new Catalog(sql.connection()).table(name).orElse(null);
            if (stored == null) {
                return Optional.empty();
            } else if (stored.view()) {
                throw TargetTable.isView(name);
            } else if (!stored.isTransactional()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot load into " + name + ": its engine " + stored.engine()
                                + " has no transactions (allowed: InnoDB)",
                        "ALTER TABLE " + qualified + " ENGINE=InnoDB");
            }
            List<TargetColumn> columns = new ArrayList<>();
            stored.columns().forEach(column -> columns.add(column(column)));
            return Optional.of(new TargetTable(name, qualified, "", columns, stored.primaryKey()));
        });
    }

    private static TargetColumn column(StoredColumn column) {
        String collation = column.collation();
        // an enum's values are ordered by their numbers unless they are cast
        boolean exact = collation != null
                && TextOrder.isExact(collation)
                && (column.type().endsWith("char") || column.type().endsWith("text"));
        return new TargetColumn(
                column.name(),
                MysqlSql.name(column.name()),
                exact ? column.declared() + " COLLATE " + collation : column.declared(),
                type(column),
                column.notNull(),
                column.generated(),
                exact ? null : collation);
    }

    /** A TINYINT(1) is what we make for a truth, and what others mean by it. Null where it has no counterpart. */
    static @Nullable DataType type(StoredColumn column) {
        if (column.declared().startsWith("tinyint(1)")) {
            return Simple.BOOLEAN;
        }
        boolean huge = column.type().equals("decimal") && column.length() == HUGE_DIGITS && column.scale() == 0;
        return huge ? Simple.HUGEINT : ColumnReadings.type(column).orElse(null);
    }
}
