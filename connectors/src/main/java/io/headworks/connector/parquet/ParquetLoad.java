package io.headworks.connector.parquet;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.rewrite.FileEngine;
import io.headworks.api.rewrite.Merge;
import io.headworks.api.run.FailPoint;
import io.headworks.api.target.LoadGuard;
import io.headworks.api.target.LoadTransaction;
import io.headworks.connector.parquet.FolderLayout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A load into a Parquet folder: the next version is built aside, and committing is the rename that publishes it. */
final class ParquetLoad implements LoadTransaction {
    private final TableLayout table;
    private final FileEngine engine;
    private final VersionBuild build;
    private final TableDraft draft;
    private final DeadLetterFiles deadLetters;
    private final LoadGuard guard;
    private final List<Relation> written = new ArrayList<>();
    private final List<LedgerRow> ledger = new ArrayList<>();

    private ParquetLoad(TableLayout table, FileEngine engine, VersionBuild build, TableDraft draft) {
        this.table = table;
        this.engine = engine;
        this.build = build;
        this.draft = draft;
        this.deadLetters = new DeadLetterFiles(build.deadLetters(), build.number());
        this.guard = new LoadGuard(table.name().toString());
    }

    static ParquetLoad begin(TableLayout table, FileEngine engine) throws IOException {
        Optional<Version> base = new Versions(table).current();
        VersionBuild build = VersionBuild.begin(table, base.orElse(null));
        FailPoint.K12.pass();
        return new ParquetLoad(table, engine, build, new TableDraft(table.name(), engine, build, base.orElse(null)));
    }

    @Override
    public void change(List<SchemaChange> changes) {
        step(() -> draft.change(changes));
    }

    @Override
    public void execute(String sql) {
        guard.run(() -> {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot run load.before on " + table.name() + ": a folder of Parquet files runs no SQL");
        });
    }

    @Override
    public LoadCounts apply(LoadRequest request) {
        return guard.run(() -> FileErrors.translate("load into " + table.name(), () -> {
            draft.partitionBy(request.load());
            Merge merge = engine.merge(draft, request);
            FailPoint.K13.pass();
            draft.take(merge, request.load().clusteringKeys());
            written.add(merge.written());
            return merge.counts();
        }));
    }

    @Override
    public Relation touched() {
        return guard.run(() -> switch (written.size()) {
            case 0 -> engine.empty(draft.schema());
            case 1 -> written.get(0);
            default -> engine.union(written);
        });
    }

    @Override
    public Relation table() {
        return guard.run(draft::rows);
    }

    @Override
    public long deadLetters(LedgerKey key, String runId, Instant rejectedAt, List<Relation> rejects) {
        return guard.run(() -> FileErrors.translate("write dead letters of " + table.name(), () -> {
            long letters = 0;
            for (Relation relation : rejects) {
                try (BatchReader rows = engine.read(relation)) {
                    letters += deadLetters.write(key, runId, rejectedAt, rows);
                }
            }
            return letters;
        }));
    }

    @Override
    public void resolve(List<String> deadLetterIds, String runId, Instant resolvedAt) {
        step(() -> {
            DeadLetterFiles.requireOpen(build.earlierDeadLetters(), deadLetterIds);
            deadLetters.resolve(deadLetterIds, runId, resolvedAt);
        });
    }

    @Override
    public void record(LedgerRow row) {
        step(() -> {
            LedgerFile.requireNext(build.earlierLedger(), row);
            ledger.add(row);
        });
    }

    @Override
    public void commit() {
        step(() -> {
            if (ledger.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.INTERNAL, "Cannot commit the load into " + table.name() + ": it has no ledger row");
            }
            Instant publishedAt = ledger.get(ledger.size() - 1).committedAt();
            Version version = build.seal(draft.contents(ledger, publishedAt));
            FailPoint.K16.pass();
            build.publish();
            FailPoint.K17.pass();
            FailPoint.K21.pass();
            new CurrentLink(table).pointTo(version.number());
        });
        guard.end();
    }

    @Override
    public void close() {
        guard.end();
        try {
            build.discard();
        } catch (IOException leftover) {
            throw new UncheckedIOException(
                    "Cannot remove " + table.work() + "; the next load into " + table.name() + " will", leftover);
        }
    }

    private void step(Step step) {
        guard.run(() -> FileErrors.translate("load into " + table.name(), () -> {
            step.run();
            return true;
        }));
    }

    private interface Step {
        void run() throws IOException;
    }
}
