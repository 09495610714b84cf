package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.target.Target;
import io.headworks.api.type.Schema;
import io.headworks.core.service.Rows;
import io.headworks.core.spec.Expectation;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a test left behind with what it expects. */
final class TestExpectations {
    private static final int MOST_ROWS = 1_000_000;

    private final LoadTest test;
    private final PipelineSpec pipeline;
    private final TestPlace place;

    TestExpectations(LoadTest test, PipelineSpec pipeline, TestPlace place) {
        this.test = test;
        this.pipeline = pipeline;
        this.place = place;
    }

    /** All rows that went to the dead letter. */
    List<DeadLetter> letters() {
        return place.connections().target(pipeline.connection()).deadLetters(place.key(), true, MOST_ROWS);
    }

    /** Compares the tables; one that is not there, or lacks a column, gives a message. */
    List<ComparedTable> tables(List<String> messages) {
        List<ComparedTable> compared = new ArrayList<>();
        test.after().forEach((name, expectation) -> {
            Target target = place.connections().target(String.valueOf(name.connection()));
            if (!target.tables().contains(name.table())) {
                messages.add("table " + name + " is not there");
                return;
            }
            Relation actual = target.read(name.table());
            Fixtures.Read expected = place.fixtures().read(expectation.rows());
            List<String> columns = columns(expectation, expected, actual.schema());
            List<String> absent = columns.stream()
                    .filter(column -> !actual.schema().has(column))
                    .toList();
            if (absent.isEmpty()) {
                compared.add(compared(name, expectation, columns, expected, actual));
            } else {
                messages.add("table " + name + " has no column " + String.join(", ", absent) + " (columns: "
                        + actual.schema() + ")");
            }
        });
        return compared;
    }

    /** Where no row is expected, every column is shown of those that are there, ours left out. */
    private static List<String> columns(Expectation expectation, Fixtures.Read expected, Schema actual) {
        if (!expectation.columns().isEmpty()) {
            return expectation.columns();
        }
        List<String> written = expected.rows().columns();
        return written.isEmpty()
                ? actual.names().stream()
                        .filter(name -> !name.startsWith("_hw_"))
                        .toList()
                : written;
    }

    private ComparedTable compared(
            DatasetName name, Expectation expectation, List<String> columns, Fixtures.Read expected, Relation table) {
        Schema schema = new Schema(columns.stream()
                .map(column -> table.schema().field(column).orElseThrow())
                .toList());
        List<List<@Nullable Object>> wanted = rows(place.fixtures().typed(expected.rows(), schema));
        List<List<@Nullable Object>> actual = rows(new Relation(table.sql(), schema, List.of()));
        RowComparison comparison =
                new RowComparison(name, columns, key(name, expectation, columns), expectation.match());
        return new ComparedTable(name, expectation, columns, actual, comparison.compare(wanted, actual));
    }

    private List<List<@Nullable Object>> rows(Relation relation) {
        List<List<@Nullable Object>> rows = Rows.first(place.engine(), relation, MOST_ROWS + 1L);
        if (rows.size() > MOST_ROWS) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot compare the rows of a test: there are more than " + MOST_ROWS,
                    "test with fewer rows");
        }
        return rows;
    }

    /** The key that is stated, else the load's where all of it is compared. */
    private List<String> key(DatasetName name, Expectation expectation, List<String> columns) {
        if (!expectation.key().isEmpty()) {
            if (!columns.containsAll(expectation.key())) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot compare " + name + " by key " + String.join(", ", expectation.key())
                                + ": not all of it is among the columns (" + String.join(", ", columns) + ")");
            }
            return expectation.key();
        }
        List<String> keys = pipeline.load().mergeKeys().isEmpty()
                ? test.primaryKey()
                : pipeline.load().mergeKeys();
        return name.equals(pipeline.writes()) && columns.containsAll(keys) ? keys : List.of();
    }
}
