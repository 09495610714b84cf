package io.headworks.api.check;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check demands. Bounds and values are texts, read as the column's type. */
public sealed interface Rule {

    /** The key that names this rule in project files. */
    String key();

    Dimension dimension();

    /** True when the rule points at single rows, so that they can be counted, sampled and rejected. */
    default boolean isRowRule() {
        return true;
    }

    /** True when the rule looks at something a load cannot wait for: it runs after COMMIT and never blocks. */
    default boolean isAfterCommit() {
        return false;
    }

    /** None of the columns is NULL. */
    record NotNull(List<String> columns) implements Rule {
        public NotNull {
            columns = List.copyOf(columns);
        }

        @Override
        public String key() {
            return "not_null";
        }

        @Override
        public Dimension dimension() {
            return Dimension.COMPLETENESS;
        }
    }

    /** No two rows agree on all the columns; rows with a NULL among them are left out. */
    record Unique(List<String> columns) implements Rule {
        public Unique {
            columns = List.copyOf(columns);
        }

        @Override
        public String key() {
            return "unique";
        }

        @Override
        public Dimension dimension() {
            return Dimension.UNIQUENESS;
        }

        @Override
        public boolean isRowRule() {
            return false;
        }
    }

    /** The value is within bounds; NULL passes, NaN fails. */
    record Range(
            String column, @Nullable String min, @Nullable String max, boolean minExclusive, boolean maxExclusive)
            implements Rule {
        @Override
        public String key() {
            return "range";
        }

        @Override
        public Dimension dimension() {
            return Dimension.VALIDITY;
        }
    }

    /** The value is one of the list; NULL passes. */
    record Accepted(String column, List<String> values) implements Rule {
        public Accepted {
            values = List.copyOf(values);
        }

        @Override
        public String key() {
            return "accepted";
        }

        @Override
        public Dimension dimension() {
            return Dimension.VALIDITY;
        }
    }

    /** The whole value matches a regular expression; NULL passes. */
    record Pattern(String column, String matches) implements Rule {
        @Override
        public String key() {
            return "pattern";
        }

        @Override
        public Dimension dimension() {
            return Dimension.VALIDITY;
        }
    }

    /** The number of characters is within bounds; NULL passes. */
    record Length(
            String column, @Nullable Long min, @Nullable Long max) implements Rule {
        @Override
        public String key() {
            return "length";
        }

        @Override
        public Dimension dimension() {
            return Dimension.VALIDITY;
        }
    }

    /** The column has this type. */
    record ColumnType(String column, DataType type) implements Rule {
        @Override
        public String key() {
            return "column_type";
        }

        @Override
        public Dimension dimension() {
            return Dimension.VALIDITY;
        }

        @Override
        public boolean isRowRule() {
            return false;
        }
    }

    /** Each value is found in another dataset; rows with a NULL among the columns pass. */
    record References(List<String> columns, DatasetName to, List<String> toColumns) implements Rule {
        public References {
            columns = List.copyOf(columns);
            toColumns = List.copyOf(toColumns);
        }

        @Override
        public String key() {
            return "references";
        }

        @Override
        public Dimension dimension() {
            return Dimension.CONSISTENCY;
        }
    }

    /** The number of rows of a run or table is within bounds, or within a share of its own history. */
    record Volume(
            @Nullable Long min,
            @Nullable Long max,
            @Nullable BigDecimal change,
            @Nullable Duration against,
            boolean perRun)
            implements Rule {
        @Override
        public String key() {
            return "volume";
        }

        @Override
        public Dimension dimension() {
            return Dimension.COMPLETENESS;
        }

        @Override
        public boolean isRowRule() {
            return false;
        }

        @Override
        public boolean isAfterCommit() {
            return change != null;
        }
    }

    /** The newest value is not older than this. */
    record Freshness(String column, Duration within) implements Rule {
        @Override
        public String key() {
            return "freshness";
        }

        @Override
        public Dimension dimension() {
            return Dimension.FRESHNESS;
        }

        @Override
        public boolean isRowRule() {
            return false;
        }

        @Override
        public boolean isAfterCommit() {
            return true;
        }
    }

    /** No single value has more than this share of the rows (0 to 1). */
    record Distribution(String column, BigDecimal maxShare) implements Rule {
        @Override
        public String key() {
            return "distribution";
        }

        @Override
        public Dimension dimension() {
            return Dimension.ACCURACY;
        }

        @Override
        public boolean isRowRule() {
            return false;
        }
    }

    /** An aggregate equals the one computed on another system, within a share (0 to 1). */
    record Reconcile(String expression, DatasetName with, BigDecimal tolerance) implements Rule {
        @Override
        public String key() {
            return "reconcile";
        }

        @Override
        public Dimension dimension() {
            return Dimension.ACCURACY;
        }

        @Override
        public boolean isRowRule() {
            return false;
        }

        @Override
        public boolean isAfterCommit() {
            return true;
        }
    }

    /** The table has these columns with these types, and others only when {@code extraAllowed}. */
    record SchemaIs(Map<String, DataType> columns, boolean extraAllowed) implements Rule {
        public SchemaIs {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }

        @Override
        public String key() {
            return "schema";
        }

        @Override
        public Dimension dimension() {
            return Dimension.VALIDITY;
        }

        @Override
        public boolean isRowRule() {
            return false;
        }
    }

    /** A SELECT whose rows are the failing ones; {@code {{ table }}} is the relation checked. */
    record RowSql(String rows) implements Rule {
        @Override
        public String key() {
            return "sql";
        }

        @Override
        public Dimension dimension() {
            return Dimension.VALIDITY;
        }
    }
}
