package io.headworks.core.spec;

import io.headworks.api.check.Check;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a table's owner promises to those who read it.
 *
 * @param table carries its connection
 * @param checks of the table as a whole; those of columns are with the columns
 * @param policy what a breaking change needs; null where nothing is promised
 * @param channel the alert channel that hears of notices
 * @param promises what types, nullability and freshness come to as checks of the whole table; empty until the table is found
 * @param written the document as it stands in its file, as a tree
 * @param uses the datasets that checks name
 */
public record Contract(
        Place place,
        String name,
        String version,
        @Nullable String owner,
        @Nullable String description,
        DatasetName table,
        List<Consumer> consumers,
        Sla sla,
        List<Column> columns,
        List<Check> checks,
        @Nullable Policy policy,
        @Nullable String channel,
        Map<String, @Nullable Object> written,
        List<Check> promises,
        List<DatasetUse> uses) {

    public Contract {
        consumers = List.copyOf(consumers);
        columns = List.copyOf(columns);
        checks = List.copyOf(checks);
        written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
        promises = List.copyOf(promises);
        uses = List.copyOf(uses);
    }

    /** What a breaking change of a published contract needs. The later, the stricter. */
    public enum Policy {
        /** A raised major version. */
        VERSION_BUMP("version-bump"),
        /** A notice that was opened thirty days before. */
        NOTIFY_30_DAYS("notify-30-days"),
        /** It is refused. */
        NEVER_BREAK("never-break");

        private final String key;

        Policy(String key) {
            this.key = key;
        }

        /** As project files spell it. */
        public String key() {
            return key;
        }
    }

    /** Somebody who reads the table. */
    public record Consumer(String team, @Nullable String contact) {
        @Override
        public String toString() {
            return contact == null ? team : team + " (" + contact + ")";
        }
    }

    /**
     * The promised level of service.
     *
     * @param freshness the greatest age of the newest row; null where nothing is promised
     * @param freshnessColumn the column that says how old a row is; null for the one that the pipeline writes
     */
    public record Sla(
            @Nullable Duration freshness,
            @Nullable String freshnessColumn,
            @Nullable BigDecimal availabilityPercent,
            @Nullable String supportHours) {
        public static final Sla NONE = new Sla(null, null, null, null);
    }

    /** A promised column. */
    public record Column(
            String name,
            DataType type,
            boolean nullable,
            @Nullable String description,
            @Nullable String businessDefinition,
            boolean pii,
            List<Check> checks) {
        public Column {
            checks = List.copyOf(checks);
        }
    }

    public Optional<Column> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /** The checks of columns in their order, then those of the table. */
    public List<Check> allChecks() {
        List<Check> all = new ArrayList<>();
        columns.forEach(column -> all.addAll(column.checks()));
        all.addAll(checks);
        return all;
    }

    /** Its checks as those of a check file. */
    public CheckFile asCheckFile() {
        List<Check> all = new ArrayList<>(promises);
        all.addAll(allChecks());
        return new CheckFile(place, table, new Schedule.Manual(), all, uses);
    }

    /** {@code contract orders 2.1.0}. */
    public String title() {
        return "contract " + name + " " + version;
    }

    /** The same of the table where it is kept, with what it comes to as checks and what these name. */
    public Contract bound(DatasetName where, List<Check> promised, List<DatasetUse> resolved) {
        return new Contract(
                place,
                name,
                version,
                owner,
                description,
                where,
                consumers,
                sla,
                columns,
                checks,
                policy,
                channel,
                written,
                promised,
                resolved);
    }
}
