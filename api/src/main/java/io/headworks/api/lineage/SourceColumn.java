package io.headworks.api.lineage;

/** A column of a table, both as their owner spells them. */
public record SourceColumn(String table, String column) {
    @Override
    public String toString() {
        return table + "(" + column + ")";
    }
}
