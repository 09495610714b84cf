package io.headworks.connector.parquet;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Strategy;
import io.headworks.api.rewrite.FileEngine;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.target.TargetState;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.lock.WriterLock;
import io.headworks.connector.parquet.CleanUp.Keep;
import io.headworks.connector.parquet.FolderLayout.TableLayout;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder of Parquet tables, open for a run. */
final class ParquetTarget implements Target {
    private final ParquetFolder folder;
    private final FileEngine engine;
    private final Keep keep;
    private final Map<TableName, WriterLock> locks = new LinkedHashMap<>();

    ParquetTarget(ParquetFolder folder, FileEngine engine, Keep keep) {
        this.folder = folder;
        this.engine = engine;
        this.keep = keep;
    }

    @Override
    public TargetAbilities abilities() {
        return new TargetAbilities(
                List.of(
                        Strategy.APPEND,
                        Strategy.UPSERT,
                        Strategy.MERGE,
                        Strategy.TRUNCATE_RELOAD,
                        Strategy.PARTITION_SWAP,
                        Strategy.SOFT_DELETE),
                false,
                true,
                false,
                false,
                false,
                List.of(
                        "A partition in which a row changes is written anew; without partition_key that is the table.",
                        "Other readers: resolve the table's link once, then read that path; a read through the link while"
                                + " it moves fails or mixes two versions.",
                        "A version is kept until " + keep.versions() + " newer ones exist and " + keep.atLeast()
                                + " have passed since it was replaced: a reader must be done with it by then."));
    }

    @Override
    public TargetState observe(LedgerKey key, TableName table) {
        return files("look at " + table, () -> {
            Optional<Version> current = folder.resolve(table);
            if (current.isEmpty()) {
                return new TargetState(null, null, null, 0, List.of());
            }
            Version version = current.get();
            List<LedgerRow> ledger = LedgerFile.read(version.ledger());
            LedgerRow lastLive = ledger.stream()
                    .filter(row -> row.key().equals(key) && row.kind().equals("live"))
                    .reduce((earlier, later) -> later)
                    .orElse(null);
            long lastRunNumber =
                    ledger.stream().mapToLong(LedgerRow::runNumber).max().orElse(0);
            return new TargetState(
                    version.schema(), version.rows(), lastLive, lastRunNumber, List.of(), null, null, version.names());
        });
    }

    @Override
    public Fence takeFence(LedgerKey key, TableName table, String runId, Instant now) {
        return files("take the fence of " + table, () -> {
            TableLayout layout = folder.layout().table(table);
            CurrentLink link = new CurrentLink(layout);
            link.requireOurs();
            lock(layout);
            Fence fence = new FenceFile(layout).raise(key.dataset(), runId, now);
            new CleanUp(layout, keep).run(now);
            List<Long> versions = new Versions(layout).numbers();
            if (!versions.isEmpty()) {
                link.pointTo(versions.get(versions.size() - 1));
            }
            return fence;
        });
    }

    /** A load that died between its rename and its link. Whoever holds the table moves the link by itself. */
    @Override
    public void finish(TableName table) {
        files("finish the load of " + table, () -> {
            TableLayout layout = folder.layout().table(table);
            CurrentLink link = new CurrentLink(layout);
            List<Long> versions = new Versions(layout).numbers();
            if (!versions.isEmpty() && !link.pointsTo(versions.get(versions.size() - 1))) {
                link.requireOurs();
                lock(layout);
                versions = new Versions(layout).numbers();
                link.pointTo(versions.get(versions.size() - 1));
            }
            return true;
        });
    }

    private void lock(TableLayout layout) throws IOException {
        if (locks.containsKey(layout.name())) {
            return;
        }
        Durable.createFolders(layout.home());
        locks.put(
                layout.name(),
                WriterLock.tryTake(layout.lock()).orElseThrow(() -> held(layout, new FenceFile(layout))));
    }

    private static HeadworksException held(TableLayout layout, FenceFile file) {
        String holder = files("read " + layout.fence(), file::read)
                .map(held -> "run " + held.fence().runId() + " of process " + held.pid() + " holds it since "
                        + held.fence().takenAt())
                .orElse("another process holds it");
        return new HeadworksException(
                FailureKind.HELD, "Cannot load into " + layout.name() + ": " + holder, "wait for it, or stop it");
    }

    @Override
    public LoadTransaction begin(Fence fence, TableName table) {
        return files("load into " + table, () -> {
            TableLayout layout = folder.layout().table(table);
            long newest = new FenceFile(layout)
                    .read()
                    .map(held -> held.fence().number())
                    .orElse(0L);
            if (!locks.containsKey(table) || newest != fence.number()) {
                throw new HeadworksException(
                        FailureKind.HELD,
                        "Cannot load into " + table + ": fence " + fence.number() + " is no longer held (newest: "
                                + newest + ")");
            }
            return ParquetLoad.begin(layout, engine);
        });
    }

    @Override
    public Optional<LedgerRow> committed(LedgerKey key, String runId, int epoch) {
        return files("read the ledger of " + key.dataset(), () -> {
            for (TableName table : folder.tables()) {
                for (LedgerRow row : ledger(table)) {
                    if (row.key().equals(key) && row.runId().equals(runId) && row.epoch() == epoch) {
                        return Optional.of(row);
                    }
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public List<LedgerRow> ledger(String projectId, String environment) {
        return files("read the ledgers of " + folder.layout().folder(), () -> {
            List<LedgerRow> rows = new ArrayList<>();
            for (TableName table : folder.tables()) {
                rows.addAll(ledger(table));
            }
            rows.removeIf(row -> !row.key().projectId().equals(projectId)
                    || !row.key().environment().equals(environment));
            rows.sort(Comparator.comparing(LedgerRow::committedAt).thenComparing(LedgerRow::runNumber));
            return rows;
        });
    }

    private List<LedgerRow> ledger(TableName table) throws IOException {
        Optional<Version> version = folder.resolve(table);
        return version.isPresent() ? LedgerFile.read(version.get().ledger()) : List.of();
    }

    @Override
    public List<DeadLetter> deadLetters(LedgerKey of, boolean resolvedToo, int limit) {
        return files("read the dead letters of " + folder.layout().folder(), () -> {
            List<DeadLetter> letters = new ArrayList<>();
            for (TableName table : folder.tables()) {
                Optional<Version> version = folder.resolve(table);
                if (version.isPresent()) {
                    letters.addAll(DeadLetterFiles.read(version.get(), of, resolvedToo));
                }
            }
            letters.sort(Comparator.comparing(DeadLetter::rejectedAt).reversed().thenComparing(DeadLetter::id));
            return List.copyOf(letters.subList(0, Math.min(limit, letters.size())));
        });
    }

    @Override
    public Relation read(TableName table) {
        return files("read " + table, () -> {
            Version version = version(table);
            return new TableScan(engine, version.columnSets()).rows(version.files());
        });
    }

    private Version version(TableName table) throws IOException {
        Optional<Version> version = folder.resolve(table);
        if (version.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + table + ": no such table in "
                            + folder.layout().folder() + " (tables: " + folder.tables() + ")");
        }
        return version.get();
    }

    @Override
    public Relation keys(TableName table, List<String> columns, @Nullable String mark) {
        return files("read the keys of " + table, () -> {
            Version version = version(table);
            List<Field> keys = columns.stream()
                    .map(name -> version.schema().fields().stream()
                            .filter(field -> field.name().equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow())
                    .toList();
            TableScan scan = new TableScan(engine, version.columnSets());
            Optional<Field> marking = Optional.ofNullable(mark).flatMap(version.schema()::field);
            if (marking.isEmpty()) {
                return scan.rows(version.files(), new Schema(keys));
            }
            List<Field> read = new ArrayList<>(keys);
            read.add(marking.get());
            String live = '"' + marking.get().name().replace("\"", "\"\"") + "\" IS DISTINCT FROM true";
            return engine.apply(
                    scan.rows(version.files(), new Schema(read)),
                    List.of(
                            new Operation.Filter(live),
                            new Operation.Select(keys.stream().map(Field::name).toList())));
        });
    }

    @Override
    public List<TableName> tables() {
        return files("list the tables of " + folder.layout().folder(), folder::tables);
    }

    /** Nothing to set up in a folder. */
    @Override
    public List<String> setupSql() {
        return List.of();
    }

    @Override
    public void setUp() {
        // a table's folder is made by its first load
    }

    @Override
    public void close() {
        files("release the lock", () -> {
            for (WriterLock lock : locks.values()) {
                lock.close();
            }
            locks.clear();
            return true;
        });
    }

    private static <T> T files(String what, FileErrors.Step<T> step) {
        return FileErrors.translate(what, step);
    }
}
