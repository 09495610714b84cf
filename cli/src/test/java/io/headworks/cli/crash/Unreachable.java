package io.headworks.cli.crash;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
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
            case K1, K2, K3, K4, K10, K12, K13, K15, K16, K17, K18, K19, K20 -> Optional.empty();
            case K5, K6, K7, K8, K9, K11 ->
                when(combination.direct(), "a direct plan reads, transforms and writes in one statement");
            case K14 -> Optional.of("history is not built yet");
            case K21 -> renames();
            case K22 -> Optional.of("no table format is built yet");
            case K23 ->
                when(!combination.target().equals("parquet"), "in a database the transaction takes everything back");
            case K24 -> partitions();
        };
    }

    private Optional<String> renames() {
        return switch (combination.target()) {
            case "parquet" -> Optional.empty();
            case "sqlite" -> Optional.of("SQLite empties a table and fills it; nothing is renamed");
            default -> when(!replacesAll(), "rows are changed in place; nothing is renamed");
        };
    }

    private Optional<String> partitions() {
        boolean some = combination.strategy() == Strategy.PARTITION_SWAP && combination.incremental();
        boolean emptied = combination.target().equals("sqlite") && replacesAll();
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
