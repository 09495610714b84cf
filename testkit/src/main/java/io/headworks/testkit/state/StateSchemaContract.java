package io.headworks.testkit.state;

import static io.headworks.testkit.state.Remembered.DAY;
import static io.headworks.testkit.state.Remembered.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.drift.SchemaVersion;
import io.headworks.core.drift.SourceKey;
import io.headworks.core.plan.Planner;
import io.headworks.core.state.SourceSchemas;
import io.headworks.core.state.StateBackup;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is promised of the columns that sources had. */
public abstract class StateSchemaContract extends StateFixture {
    @Nested
    class Schemas {
        private static final SourceKey ORDERS = new SourceKey("default", "orders", "shop:public.orders");
        private static final Schema FIRST = new Schema(List.of(new Field("id", DataType.BIGINT, false)));
        private static final Schema SECOND =
                new Schema(List.of(new Field("id", DataType.BIGINT, false), new Field("note", DataType.TEXT)));

        private void look(SourceKey source, Schema columns, int run) {
            new SourceSchemas(state).seen(source, columns, id(run), DAY.plusSeconds(run));
        }

        private List<String> versions(StateDatabase of) {
            return new SourceSchemas(of)
                    .versions(ORDERS).stream()
                            .map(version -> version.number() + " " + version.schema() + " "
                                    + (version.firstSeen().getEpochSecond() - DAY.getEpochSecond()) + "-"
                                    + (version.lastSeen().getEpochSecond() - DAY.getEpochSecond()) + " "
                                    + version.firstRun().equals(id(1)))
                            .toList();
        }

        @Test
        void goOnUntilTheyDiffer() {
            look(ORDERS, FIRST, 1);
            look(ORDERS, FIRST, 2);
            look(ORDERS, SECOND, 3);
            look(ORDERS, FIRST, 4);
            look(ORDERS, FIRST, 2);

            assertThat(versions(state)).containsExactly("1 id 1-2 true", "2 id, note 3-3 false", "3 id 4-4 false");
        }

        @Test
        void areFoundByTheHashOfALedgerTheNewestOfSeveral() {
            look(ORDERS, FIRST, 1);
            look(ORDERS, SECOND, 2);
            look(ORDERS, FIRST, 3);
            look(new SourceKey("default", "copy", "shop:public.orders"), SECOND, 4);
            look(new SourceKey("ci", "orders", "shop:public.orders"), SECOND, 4);

            assertThat(new SourceSchemas(state).find(ORDERS, Planner.schemaHash(FIRST)))
                    .map(SchemaVersion::number)
                    .contains(3);
            assertThat(new SourceSchemas(state).find(ORDERS, Planner.schemaHash(SECOND)))
                    .map(SchemaVersion::schema)
                    .contains(SECOND);
            assertThat(new SourceSchemas(state).find(ORDERS, "other")).isEmpty();
        }

        @Test
        void areKeptInABackup() {
            look(ORDERS, FIRST, 1);
            look(ORDERS, SECOND, 2);
            Path file = folder.resolve("schemas.db");
            StateBackup.write(state, file);

            try (StateDatabase copy = StateDatabase.open(new StateFile(file))) {
                assertThat(versions(copy)).isEqualTo(versions(state)).hasSize(2);
            }
        }

        @Test
        void doNotGrowWithoutEnd() {
            for (int run = 1; run <= 204; run++) {
                look(ORDERS, run % 2 == 0 ? FIRST : SECOND, run);
            }

            assertThat(new SourceSchemas(state).versions(ORDERS))
                    .hasSize(100)
                    .last()
                    .extracting(SchemaVersion::number)
                    .isEqualTo(204);
        }

        @Test
        void ofLooksAtTheSameTimeAreOneVersion() throws Exception {
            List<Callable<Boolean>> lookers = new ArrayList<>();
            for (int looker = 1; looker <= 4; looker++) {
                int run = looker;
                lookers.add(() -> {
                    try (StateDatabase opened = StateDatabase.open(home)) {
                        new SourceSchemas(opened).seen(ORDERS, FIRST, id(run), DAY.plusSeconds(run));
                        return true;
                    }
                });
            }
            ExecutorService threads = Executors.newFixedThreadPool(lookers.size());
            try {
                for (Future<Boolean> each : threads.invokeAll(lookers)) {
                    assertThat(each.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(new SourceSchemas(state).versions(ORDERS)).hasSize(1);
        }
    }
}
