package io.headworks.core.service;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.TableProfile;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.core.profile.ForeignKey;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Columns whose values are contained in the key of another table of the project. A number is contained in any table with
 * enough rows, so that its name must point there; texts with enough different values need not be called alike.
 */
final class ReferenceSearch {
    private static final int MOST_CANDIDATES = 40;
    private static final long TELLING_VALUES = 20;

    /** So large a share of values may be missing there. */
    private static final double MOST_MISSING = 0.01;

    private final Project project;
    private final EngineSession engine;
    private final DatasetRows datasets;
    private final Instant now;
    private final Map<DatasetName, Optional<Relation>> parents = new LinkedHashMap<>();

    ReferenceSearch(Project project, EngineSession engine, DatasetRows datasets, Instant now) {
        this.project = project;
        this.engine = engine;
        this.datasets = datasets;
        this.now = now;
    }

    /** A table of the project with the column that tells its rows apart. */
    private record Parent(DatasetName table, String key) {}

    /**
     * What was proved on all rows.
     *
     * @param sample rows of the table by which most candidates are refuted
     */
    List<ForeignKey> of(DatasetName table, TableProfile profile, Relation rows, Relation sample) {
        List<ForeignKey> found = new ArrayList<>();
        int looked = 0;
        for (ColumnProfile column : profile.columns()) {
            for (Parent parent : parents(table)) {
                if (looked < MOST_CANDIDATES && isWorthALook(column, parent)) {
                    looked++;
                    contained(column, parent, rows, sample).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private List<Parent> parents(DatasetName table) {
        Map<DatasetName, String> keys = new LinkedHashMap<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            List<String> key = pipeline.load().uniqueKey();
            if (key.size() == 1) {
                keys.putIfAbsent(pipeline.writes(), key.get(0));
            }
        }
        for (Contract contract : project.contracts().current()) {
            contract.allChecks().stream()
                    .filter(check -> check.rule() instanceof Rule.Unique unique
                            && unique.columns().size() == 1)
                    .forEach(check -> keys.putIfAbsent(
                            contract.table(),
                            ((Rule.Unique) check.rule()).columns().get(0)));
        }
        keys.remove(table);
        return keys.entrySet().stream()
                .map(entry -> new Parent(entry.getKey(), entry.getValue()))
                .toList();
    }

    private boolean isWorthALook(ColumnProfile column, Parent parent) {
        DataType type = column.field().type();
        boolean mayName = type.isInteger() || type.isText() || type == DataType.Simple.UUID;
        if (!mayName || column.present() == 0) {
            return false;
        }
        boolean telling = !type.isInteger() && column.distinct().count() >= TELLING_VALUES;
        if (!telling && !namesAlike(column.name(), parent)) {
            return false;
        }
        return read(parent.table())
                .flatMap(rows -> rows.schema().fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase(parent.key()))
                        .map(Field::type)
                        .findFirst())
                .filter(other -> other.isInteger() == type.isInteger() && other.isText() == type.isText())
                .isPresent();
    }

    /** {@code customer_id} points at {@code customers(id)} and at {@code dim_customer(customer_id)}. */
    static boolean namesAlike(String column, String table, String key) {
        String name = column.toLowerCase(Locale.ROOT);
        String other = key.toLowerCase(Locale.ROOT);
        if (name.equals(other)) {
            return !name.equals("id");
        }
        String thing = name.endsWith("_" + other) ? name.substring(0, name.length() - other.length() - 1) : "";
        String singular = thing.endsWith("y") ? thing.substring(0, thing.length() - 1) : thing;
        return !singular.isEmpty() && table.toLowerCase(Locale.ROOT).contains(singular);
    }

    private static boolean namesAlike(String column, Parent parent) {
        return namesAlike(column, parent.table().table().table(), parent.key());
    }

    /** Empty for a table that is not there yet. */
    private Optional<Relation> read(DatasetName table) {
        return parents.computeIfAbsent(table, name -> {
            try {
                Relation rows = datasets.read(name);
                engine.bind(name, rows);
                return Optional.of(rows);
            } catch (HeadworksException missing) {
                if (missing.kind() != FailureKind.PROJECT) {
                    throw missing;
                }
                return Optional.empty();
            }
        });
    }

    private Optional<ForeignKey> contained(ColumnProfile column, Parent parent, Relation rows, Relation sample) {
        ForeignKey key = new ForeignKey(column.name(), parent.table(), parent.key(), column.present(), 0);
        if (share(key, sample) > MOST_MISSING) {
            return Optional.empty();
        }
        CheckResult all = look(key, rows);
        boolean holds = all.status() != CheckResult.Status.ERROR
                && all.failingRows() <= MOST_MISSING * Math.max(1, column.present());
        return holds ? Optional.of(key.missing(all.failingRows())) : Optional.empty();
    }

    private double share(ForeignKey key, Relation rows) {
        CheckResult found = look(key, rows);
        return found.status() == CheckResult.Status.ERROR
                ? 1
                : (double) found.failingRows() / Math.max(1, found.rows());
    }

    private CheckResult look(ForeignKey key, Relation rows) {
        Check check = key.proposed().asCheck();
        return engine.check(new CheckScope(rows, rows, now, 0), List.of(check)).get(0);
    }
}
