package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.secret.Secret;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Derive;
import io.headworks.api.transform.Operation.Filter;
import io.headworks.api.transform.Operation.Hash;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations through the engine's own session, with its settings. */
class SessionOperationsTest {
    @TempDir
    Path folder;

    @Test
    void theSessionsSettingsMakeDivisionByZeroAnErrorForEveryType() {
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder);
                EngineSession session = engine.session("r1", folder, new Cancellation())) {
            Relation rows = session.query("SELECT 1 AS a, 0 AS z, 1.5 AS d, 0.0::double AS f");
            for (String division : List.of("a / z", "a // z", "a % z", "cast(d / z as decimal(9,2))", "a / f")) {
                Relation divided =
                        session.apply(rows, List.of(new Derive(Pairs.of("x", division)), new Filter("x > 0")));
                assertThatThrownBy(() -> session.count(divided))
                        .as(division)
                        .isInstanceOf(HeadworksException.class)
                        .hasMessageContaining("Division by zero");
            }
        }
    }

    @Test
    void saltsAndDatasetsHoldUntilTheRelationIsRun() {
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder);
                EngineSession session = engine.session("r1", folder, new Cancellation())) {
            session.bind(DatasetName.parse("dim"), session.query("SELECT 1 AS k, 'one' AS v"));
            List<Operation> operations = List.of(
                    new Hash(Pairs.of("mail", "md5"), new Secret("salt")),
                    new Lookup(
                            DatasetName.parse("dim"),
                            Pairs.of("id", "k"),
                            null,
                            Pairs.of("v", "v"),
                            Lookup.Missing.KEEP,
                            null));
            Relation output =
                    session.materialise("out", session.apply(session.query("SELECT 1 AS id, 'x' AS mail"), operations));
            assertThat(output.schema().names()).containsExactly("id", "mail", "v");
            assertThat(session.max(output, "v")).isEqualTo("one");
            assertThat(session.max(output, "mail")).hasSize(32);
        }
    }
}
