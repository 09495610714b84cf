package io.headworks.cli.crash;

import static java.util.Comparator.comparing;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of the crash matrix that every change must pass: some two minutes of it. The slow suite has the rest. */
final class EveryBuild {
    /** Each strategy and each target somewhere. */
    static final List<Combination> COMBINATIONS = List.of(
            new Combination("duckdb", Strategy.APPEND, true, true),
            new Combination("duckdb", Strategy.TRUNCATE_RELOAD, false, false),
            new Combination("duckdb", Strategy.PARTITION_SWAP, true, false),
            new Combination("parquet", Strategy.UPSERT, true, false),
            new Combination("sqlite", Strategy.SOFT_DELETE, false, false),
            new Combination("postgresql", Strategy.MERGE, true, false),
            new Combination("mysql", Strategy.MERGE, true, false));

    static final List<Combination> HISTORIES = List.of(
            Combination.keeping(Scd.MIXED, "duckdb", true),
            Combination.keeping(Scd.TYPE_6, "parquet", false),
            Combination.keeping(Scd.MIXED, "postgresql", false));

    private EveryBuild() {}

    /** Each point before BEGIN once, each behind it on each target, and each combination on both sides of its COMMIT. */
    static List<CrashCell> of(List<CrashCell> cells) {
        Map<String, List<CrashCell>> places = new LinkedHashMap<>();
        for (CrashCell cell : cells) {
            if (cell.passing().number() == 1) {
                places.computeIfAbsent(place(cell), alike -> new ArrayList<>()).add(cell);
            }
        }
        Map<Combination, Integer> taken = new HashMap<>();
        List<CrashCell> some = new ArrayList<>();
        for (List<CrashCell> alike : places.values()) {
            CrashCell cell = Collections.min(alike, comparing(each -> taken.getOrDefault(combination(each), 0)));
            taken.merge(combination(cell), 1, Integer::sum);
            some.add(cell);
        }
        return some;
    }

    /** Cells of one place are as good as each other. */
    private static String place(CrashCell cell) {
        FailPoint point = cell.passing().point();
        if (point == FailPoint.K16 || point == FailPoint.K17) {
            return point + " " + combination(cell);
        }
        return cell.passing().isInTarget() ? point + " " + combination(cell).target() : point.name();
    }

    private static Combination combination(CrashCell cell) {
        return cell.rehearsal().combination();
    }
}
