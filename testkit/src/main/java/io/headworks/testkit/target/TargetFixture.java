package io.headworks.testkit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What a target's test supplies: an engine, a way to open the target over a folder, and what it lacks. */
public abstract class TargetFixture {
    /** id, name, amount, updated_at (an order), day (a slice or partition). */
    static final Schema ORDERS = new Schema(List.of(
            new Field("id", DataType.BIGINT),
            new Field("name", DataType.TEXT),
            new Field("amount", new DataType.Decimal(18, 2)),
            new Field("updated_at", DataType.TIMESTAMP),
            new Field("day", Simple.DATE)));

    static final TableName ORDERS_TABLE = new TableName(null, "orders");

    @TempDir
    Path folder;

    private Engine engine;
    TargetLab lab;

    /** What a target may lack. The contract then checks that it refuses, or leaves out what cannot be asked. */
    public enum Lack {
        /** Tables in named schemas. */
        SCHEMAS,
        /** A user's SQL in the load's transaction. */
        USER_SQL,
        /** Any text as the name of a table or column. */
        HOSTILE_NAMES,
        /** Columns whose names differ only in case. */
        CASE_IN_NAMES,
        /** Instants: they are kept as times, in UTC. */
        INSTANTS,
        /** Telling texts apart that differ only in blanks at the end: keys compare by the target's rule. */
        BLANKS_IN_KEYS,
        /** Stopping a statement that runs: a load stops behind it. */
        STATEMENTS_STOPPED,
        /** Changing the type of a column that is there. */
        WIDER_COLUMNS,
        /** Taking back a new table with the load that made it. The table stays, without a row. */
        CHANGES_TAKEN_BACK
    }

    protected abstract Engine openEngine(Path temporary);

    /** Opens the target over its storage in a folder; the same folder gives the same tables. */
    protected abstract Target openTarget(Path folder, EngineSession session);

    protected Set<Lack> lacks() {
        return Set.of();
    }

    /** Types that the target refuses to store. */
    protected List<DataType> refusedTypes() {
        return List.of();
    }

    /** Values that the target refuses though it stores others of their type. */
    protected List<Object> refusedValues(DataType type) {
        return List.of();
    }

    @BeforeEach
    void openLab() throws IOException {
        engine = openEngine(folder.resolve("temporary"));
        lab = openLab("first");
    }

    private TargetLab openLab(String run) throws IOException {
        EngineSession session =
                engine.session(run, Files.createDirectories(folder.resolve("work-" + run)), new Cancellation());
        return new TargetLab(session, openTarget(folder.resolve("storage"), session));
    }

    /** The same storage as the next process would see it. */
    void reopen() throws IOException {
        lab.target.close();
        lab.session.close();
        lab = openLab("again");
    }

    @AfterEach
    void closeLab() {
        lab.target.close();
        lab.session.close();
        engine.close();
    }

    TableUnderTest orders(Loads load) {
        assumeTrue(
                lab.target.abilities().strategies().contains(load.strategy()),
                () -> "the target lists no " + load.strategy().key());
        return new TableUnderTest(lab, ORDERS, load);
    }

    static void assertCounts(
            LoadCounts counts, long staged, long inserted, long updated, long unchanged, long stale, long deleted) {
        assertThat(List.of(
                        counts.staged(),
                        counts.inserted(),
                        counts.updated(),
                        counts.unchanged(),
                        counts.stale(),
                        counts.deleted()))
                .as("staged, inserted, updated, unchanged, stale, deleted")
                .containsExactly(staged, inserted, updated, unchanged, stale, deleted);
    }

    boolean supports(Strategy strategy) {
        return lab.target.abilities().strategies().contains(strategy);
    }
}
