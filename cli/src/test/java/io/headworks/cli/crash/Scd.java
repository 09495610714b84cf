package io.headworks.cli.crash;

/** A history that a load keeps: every column by one type, or each type somewhere. */
enum Scd {
    TYPE_1("default: 1"),
    TYPE_2("default: 2"),
    TYPE_3("default: 3"),
    TYPE_4("default: 4"),
    TYPE_6("default: 6"),
    MIXED("default: 2, columns: {note: 1, amount: 6, city: 4, size: 3}");

    private final String columns;

    Scd(String columns) {
        this.columns = columns;
    }

    /** As YAML. Every moment comes from the source, but that at which an absent key is found absent. */
    String declaration(String target) {
        String names = this == TYPE_2 || this == TYPE_6 || this == MIXED ? ", names: {surrogate: version}" : "";
        return "{" + (publishesSeveral(target) ? columns : columns.replace("city: 4", "city: 3")) + ", valid_at: month"
                + names + "}";
    }

    boolean isPossible(String target) {
        return this != TYPE_4 || publishesSeveral(target);
    }

    /** A folder publishes one table at a time. */
    private static boolean publishesSeveral(String target) {
        return !target.equals("parquet");
    }

    @Override
    public String toString() {
        return "scd " + name().replace("TYPE_", "").toLowerCase(java.util.Locale.ROOT);
    }
}
