package io.headworks.connector.relational;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.List;

/**
 * Rows of a table with keys that find nothing to be compared with, as those of a first load. A batch that is proven to hold
 * each key once need not be written a first time into a temporary table.
 */
record FirstLoad(Statements sql, EngineSession engine, TargetTable table, LoadColumns columns) {

    /** True when every row of the batch is simply inserted. Called with the table locked against other writers. */
    boolean isPlain(LoadRequest request) {
        List<Pair> keys = columns.keys();
        columns.orderBy();
        if (request.frames() != null) {
            return isStillNew(request);
        }
        return !keys.isEmpty()
                && request.load().strategy() != Strategy.PARTITION_SWAP
                && request.slice() == null
                && request.materialised()
                && !request.batch().carries(HiddenColumns.OP)
                && keys.stream().map(Pair::column).allMatch(FirstLoad::isComparedAlike)
                && (replacesAll(request.load()) || isEmpty())
                && isOneRowPerKey(request);
    }

    /** Types whose values are the same to every engine: no collation, no padding, no rounding. */
    private static boolean isComparedAlike(TargetColumn key) {
        DataType type = key.readAs();
        boolean padded = type instanceof DataType.Bounded bounded && bounded.padded();
        return key.collation() == null
                && !padded
                && (type == Simple.BOOLEAN
                        || type == Simple.DATE
                        || type == Simple.UUID
                        || type instanceof DataType.Decimal
                        || type instanceof DataType.Timestamp
                        || type.isInteger()
                        || type.isText());
    }

    /** The plan has seen that the source keeps the keys unique, and no table. */
    private boolean isStillNew(LoadRequest request) {
        if (!isEmpty()) {
            throw new HeadworksException(
                    FailureKind.APPROVAL,
                    "Cannot " + request.load().strategy().key() + " into " + table.name()
                            + ": it has rows by now, and the plan was made for a new table",
                    "run it again: a new plan will compare the rows");
        }
        return true;
    }

    /** Whatever was there goes, and nobody asks how much of it differs. */
    private static boolean replacesAll(Load load) {
        return load.strategy() == Strategy.TRUNCATE_RELOAD && load.breaker().equals(Breaker.NONE);
    }

    private boolean isEmpty() {
        return sql.query("SELECT 1 FROM " + table.sql() + " LIMIT 1", row -> row.getInt(1))
                .isEmpty();
    }

    private boolean isOneRowPerKey(LoadRequest request) {
        List<String> names =
                columns.keys().stream().map(key -> key.delivered().name()).toList();
        CheckScope batch = new CheckScope(request.batch(), null, request.loadedAt(), 0);
        return engine.check(batch, List.of(check(new Rule.NotNull(names)), check(new Rule.Unique(names)))).stream()
                .allMatch(result -> result.status() == Status.PASSED);
    }

    private static Check check(Rule rule) {
        return new Check(
                rule.key(),
                rule,
                Severity.P0,
                Threshold.NONE,
                Threshold.NONE,
                null,
                Scope.BATCH,
                rule.dimension(),
                OnFail.RECORD,
                null);
    }
}
