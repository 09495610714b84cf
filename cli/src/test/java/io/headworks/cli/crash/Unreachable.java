package io.headworks.cli.crash;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import java.util.List;
import java.util.Optional;

/** The fail-points that a combination does not pass, each with its reason. */
final class Unreachable {
    private final Combination combination;

    private Unreachable(Combination combination) {
        this.combination = combination;
    }

    static Optional<String> reason(Combination combination, FailPoint point) {
        return new Unreachable(combination).reason(point);
    }

    private Optional<String> reason(FailPoint point) {
        return switch (point) {
            case K1, K2, K3, K4, K10, K12, K13, K15, K16, K17, K18, K19, K20, K25 -> Optional.empty();
            case K5, K6, K7, K8, K9, K11 ->
                when(combination.direct(), "a direct plan reads, transforms and writes in one statement");
            case K14 -> when(combination.history() == null, "rows are written over");
            case K21 -> renames();
            case K22 -> Optional.of("no table format is built yet");
            case K23 ->
                when(!combination.target().equals("parquet"), "in a database the transaction takes everything back");
            case K24 -> partitions();
            case K26 -> when(!combination.target().equals("parquet"), "the database writes its own files");
        };
    }

    private Optional<String> renames() {
        return switch (combination.target()) {
            case "parquet" -> Optional.empty();
            case "duckdb" -> when(!replacesAll(), "rows are changed in place; nothing is renamed");
            case "postgresql" -> Optional.of("PostgreSQL empties a table under 64 MB and fills it; nothing is renamed");
            default -> Optional.of("the database empties a table and fills it; nothing is renamed");
        };
    }

    private Optional<String> partitions() {
        boolean some = combination.strategy() == Strategy.PARTITION_SWAP && combination.incremental();
        boolean emptied = !List.of("duckdb", "parquet").contains(combination.target()) && replacesAll();
        return when(!some && !emptied, "no part of a table is replaced by itself");
    }

    private boolean replacesAll() {
        return combination.strategy() == Strategy.TRUNCATE_RELOAD
                || combination.strategy() == Strategy.PARTITION_SWAP && !combination.incremental();
    }

    private static Optional<String> when(boolean condition, String reason) {
        return condition ? Optional.of(reason) : Optional.empty();
    }
}
